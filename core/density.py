"""Density: how many examples of each class lie in each cell of a grid over a box of the plane.

The columns are kept as float32 between -1 and 1, which halves the work on a million examples; a view so far zoomed in that 24 bits would
not tell its cells apart is counted in float64. Examples beside the box fall into a border of one cell that is cut off: no masks.
Where a hand adds, moves or takes back a few examples, only those are counted again.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array, Dataset

Range = tuple[float, float]
Counts = NDArray[np.int64]
Rows = NDArray[np.intp]
Float32 = NDArray[np.float32]

FINEST = 2.0**-10  # of the extent: a view smaller than that is counted in float64
FEW = 1024  # examples
PIECE = 1 << 16  # examples worked on at once: little memory, used again; memory never touched before takes ten times as long
NOTHING: Counts = np.empty(0, dtype=np.int64)
FARTHEST = 2.0  # half extents from the middle: farther off 24 bits tell less


class _Grid(NamedTuple):
    """Cells over a box of the plane."""

    x_range: Range
    y_range: Range
    columns: int
    rows: int


class Density:
    """The places of the examples of one dataset, ready to be counted again and again."""

    def __init__(self, dataset: Dataset, axes: "list[_Axis] | None" = None) -> None:
        self.dataset = dataset
        self._axes = axes or [_Axis(dataset.places[:, j]) for j in range(2)]
        self._grid: _Grid | None = None  # the one last counted
        self._counted: Counts = NOTHING

    def followed_by(self, dataset: Dataset) -> "Density":
        """The density of another dataset. Where only few examples differ it takes over what was counted here, and brings it up to date."""
        grid, differing = self._grid, _differing(self.dataset, dataset)
        if grid is None or differing is None:
            return Density(dataset)
        gone, new = differing
        axes = [axis.with_values(dataset.places[:, j]) for j, axis in enumerate(self._axes)]
        if not all(axis.reaches(new) for axis in axes):
            return Density(dataset)
        made = Density(dataset, axes)
        made._grid, made._counted = grid, self._counted
        np.subtract.at(made._counted, self._cells(grid, gone), 1)
        np.add.at(made._counted, made._cells(grid, new), 1)
        self._grid = None
        return made

    def counts(self, x_range: Range, y_range: Range, columns: int, rows: int) -> Counts:
        """How many examples lie in each cell, (rows, columns, 2): row 0 at the bottom of y_range, the last axis is the class.

        To be read before anything else is asked of this density.
        """
        grid = _Grid(x_range, y_range, columns, rows)
        if grid != self._grid:
            self._counted = NOTHING  # so that its memory is there for the next
            cells = np.empty(self.dataset.m, dtype=np.intp)  # as bincount() wants them
            for piece in _pieces(self.dataset.m):
                cells[piece] = self._cells(grid, piece)
            self._counted = np.bincount(cells, minlength=(rows + 2) * (columns + 2) * 2)
            self._grid = grid
        inside: Counts = self._counted.reshape(rows + 2, columns + 2, 2)[1:-1, 1:-1]
        return inside

    def _cells(self, grid: _Grid, examples: Rows | slice) -> NDArray[np.int32]:
        cell = self._axes[1].cells(grid.y_range, grid.rows, examples)
        cell *= grid.columns + 2
        cell += self._axes[0].cells(grid.x_range, grid.columns, examples)
        cell *= 2
        cell += self.dataset.y[examples].astype(np.int32)
        return cell


class _Axis:
    """One feature (m,)."""

    def __init__(self, values: Array, middle: float | None = None, half: float = 1.0) -> None:
        self._values = values
        if middle is None:
            low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
            middle, half = low + (high - low) / 2, (high - low) / 2 or 1.0
        self._middle, self._half = middle, half

    def with_values(self, values: Array) -> "_Axis":
        """The same axis with other values: equal numbers fall into the same cell as here."""
        return _Axis(values, self._middle, self._half)

    def reaches(self, examples: Rows) -> bool:
        """Whether float32 is fine enough for these."""
        return bool((np.abs(self._shortened(examples)) <= FARTHEST).all())

    def cells(self, range_: Range, cells: int, examples: Rows | slice) -> NDArray[np.int32]:
        """Cell of each of these examples along this axis: 1 to `cells` inside the range, 0 below and cells + 1 above it."""
        low, high = range_
        if high - low > FINEST * self._half:
            scale = cells / ((high - low) / self._half)
            short = self._short[examples] if isinstance(examples, slice) else self._shortened(examples)
            at = short * np.float32(scale)
            at += np.float32(1.0 - (low - self._middle) / self._half * scale)
        else:
            at = (self._values[examples] - low) * (cells / (high - low)) + 1.0
        np.clip(at, 0.0, cells + 1.0, out=at)
        return at.astype(np.int32)

    @cached_property
    def _short(self) -> Float32:
        short = np.empty(len(self._values), dtype=np.float32)
        for piece in _pieces(len(short)):
            short[piece] = self._shortened(piece)
        return short

    def _shortened(self, examples: Rows | slice) -> Float32:
        short: Float32 = ((self._values[examples] - self._middle) / self._half).astype(np.float32)
        return short


def _pieces(m: int) -> list[slice]:
    return [slice(start, start + PIECE) for start in range(0, m, PIECE)]


def _differing(before: Dataset, after: Dataset) -> tuple[Rows, Rows] | None:
    """The examples of `before` that are no more, and those of `after` that are new, by number; None: too many to be worth it."""
    if before.n != after.n or abs(before.m - after.m) > FEW:
        return None
    both = min(before.m, after.m)
    other = before.y[:both] != after.y[:both]
    for j in range(before.n):
        other |= before.X[:both, j] != after.X[:both, j]
    changed = np.flatnonzero(other)
    if len(changed) > FEW:
        return None
    return np.append(changed, np.arange(both, before.m)), np.append(changed, np.arange(both, after.m))
