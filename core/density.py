"""Density: how many examples of each class lie in each cell of a grid over a box of the plane.

The columns are kept as float32 between -1 and 1, which halves the work on a million examples; a view so far zoomed in that 24 bits would
not tell its cells apart is counted in float64. Examples beside the box fall into a border of one cell that is cut off: no masks.
"""

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array, Dataset

Range = tuple[float, float]
Counts = NDArray[np.int64]

FINEST = 2.0**-10  # of the extent: a view smaller than that is counted in float64


class Density:
    """The places of the examples of one dataset, ready to be counted again and again."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._label = dataset.y.astype(np.int32)
        self._axes = [_Axis(dataset.places[:, j]) for j in range(2)]

    def counts(self, x_range: Range, y_range: Range, columns: int, rows: int) -> Counts:
        """How many examples lie in each cell, (rows, columns, 2): row 0 at the bottom of y_range, the last axis is the class."""
        cell = self._axes[1].cells(y_range, rows)
        cell *= columns + 2
        cell += self._axes[0].cells(x_range, columns)
        cell *= 2
        cell += self._label
        counted = np.bincount(cell, minlength=(rows + 2) * (columns + 2) * 2)
        inside: Counts = counted.reshape(rows + 2, columns + 2, 2)[1:-1, 1:-1]
        return inside


class _Axis:
    """One feature (m,)."""

    def __init__(self, values: Array) -> None:
        self._values = values
        low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
        self._middle, self._half = low + (high - low) / 2, (high - low) / 2 or 1.0
        self._short = ((values - self._middle) / self._half).astype(np.float32)

    def cells(self, range_: Range, cells: int) -> NDArray[np.int32]:
        """Cell of each example along this axis: 1 to `cells` inside the range, 0 below and cells + 1 above it."""
        low, high = range_
        if high - low > FINEST * self._half:
            scale = cells / ((high - low) / self._half)
            at = self._short * np.float32(scale)
            at += np.float32(1.0 - (low - self._middle) / self._half * scale)
        else:
            at = (self._values - low) * (cells / (high - low)) + 1.0
        np.clip(at, 0.0, cells + 1.0, out=at)
        return at.astype(np.int32)
