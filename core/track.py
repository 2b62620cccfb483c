"""Track: the path of a run over a plane of two parameters, drawn with a bounded number of pieces however long the run.

The plane is cut into cells, far finer than pixels of the home range. A row counts when it lies in another cell than the row before it, and
a piece leads to it from the last row that counted. Only rows that are new are looked at. When there are too many pieces, those that were
gone before are dropped, as in a run that swings between two walls; then cells merge pairwise.
"""

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.landscape import Plane
from core.trace import Counts, Trace

Range = tuple[float, float]

CELLS = 1024  # in the home range, each way
MOST_PIECES = 2048  # each frame of a run that swings from wall to wall draws all of them
PORTION = 32_768  # rows taken at a time: what is made on the way stays in the processor's cache
MOST_AT_ONCE = PORTION  # for the sake of the frames of a run that leaves a million rows a second
MIXER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / the golden ratio: two of 30,000 pieces are taken for one once in 10^10 times
FARTHEST = 1e12  # home ranges; what lies farther off is no place on any picture


class Track:
    """Pieces of the path from `begin` (k, 2) to `end` (k, 2), the iteration reached (k,), and the box of all rows: low (2,), high (2,)."""

    def __init__(self, plane: Plane, p_home: Range, q_home: Range) -> None:
        self.plane = plane
        self.home = p_home, q_home
        self._origin = np.array([p_home[0], q_home[0]])
        self._width = np.array([p_home[1] - p_home[0], q_home[1] - q_home[0]])
        self._seen: Trace | None = None
        self.generation = 0  # another number: pieces that were there have changed
        self._clear()

    def _clear(self) -> None:
        self.generation += 1
        self._taken = 0
        self._cell = self._width / CELLS
        self.begin, self.end = np.empty((0, 2)), np.empty((0, 2))
        self.iteration: Counts = np.empty(0, dtype=np.int64)
        self.low, self.high = np.full(2, np.inf), np.full(2, -np.inf)
        self.start = np.full(2, np.nan)
        self._last = np.full((1, 2), np.nan)  # the last row that counted
        self._before = np.empty((0, 2))  # the last row taken

    def take(self, trace: Trace, *, in_portions: bool = False) -> None:
        """Take the rows of `trace` that are new. Quick when it goes on where the one before ended.

        in_portions: of many new ones only the first, and the others another time.
        """
        seen, newest = self._seen, self._newest
        if seen is None or not trace.goes_on_from(seen):
            self._clear()
        elif newest is not None:
            self._taken = int(np.searchsorted(trace.iteration, newest, side="right"))  # fewer than it was, once thinned
        self._seen = trace
        rows = min(len(trace), self._taken + MOST_AT_ONCE) if in_portions else len(trace)
        while self._taken < rows:
            until = min(rows, self._taken + PORTION)
            part = slice(self._taken, until)
            self._take(trace.iteration[part], self.plane.of(trace.w[part], trace.b[part]).T)
            self._taken = until

    @property
    def _newest(self) -> int | None:
        return int(self._seen.iteration[self._taken - 1]) if self._seen is not None and self._taken else None

    def _take(self, iteration: Counts, axes: Array) -> None:
        """Take rows at axes (2, r). One axis after the other: across them NumPy is ten times as slow."""
        p, q = (np.ascontiguousarray(axis) for axis in axes)
        near = np.ones(len(p), dtype=bool)
        for axis, origin, width in zip((p, q), self._origin, self._width, strict=True):
            near &= np.abs(axis - origin) <= FARTHEST * width
        if not near.all():
            iteration, p, q = iteration[near], p[near], q[near]
        if not len(p):
            return
        first, last = np.array([[p[0], q[0]]]), np.array([[p[-1], q[-1]]])
        if not len(self._before):
            self.start = first[0]
            self._last = self._before = first
        self.low = np.minimum(self.low, (p.min(), q.min()))
        self.high = np.maximum(self.high, (p.max(), q.max()))
        counts = np.zeros(len(p), dtype=bool)
        for axis, before, origin, cell in zip((p, q), self._before[0], self._origin, self._cell, strict=True):
            cells = np.floor((axis - origin) / cell)
            counts[1:] |= cells[1:] != cells[:-1]
            counts[0] |= bool(cells[0] != np.floor((before - origin) / cell))
        self._before = last
        kept = np.column_stack([p[counts], q[counts]])
        if len(kept):
            self.begin = np.concatenate([self.begin, self._last, kept[:-1]])
            self.end = np.concatenate([self.end, kept])
            self.iteration = np.concatenate([self.iteration, iteration[counts]])
            self._last = kept[-1:]
            self._make_room()

    def _cells(self, points: Array) -> NDArray[np.int64]:
        cells: NDArray[np.int64] = np.floor((points - self._origin) / self._cell).astype(np.int64)
        return cells

    def _make_room(self) -> None:
        """Drop pieces until there are few enough."""
        while len(self.end) > MOST_PIECES:
            self.generation += 1
            begin, end = self._cells(self.begin), self._cells(self.end)
            _, first = np.unique(_keys(begin, end), return_index=True)
            first = np.sort(first)
            keep = first[(begin[first] != end[first]).any(axis=1)]
            # What lay within the cell between two that stay leaves no gap, nor what lay before the first.
            before, cell_before = np.append(self.begin[:1], self.end[keep[:-1]], axis=0), np.append(begin[:1], end[keep[:-1]], axis=0)
            joined = (begin[keep] == cell_before).all(axis=1)
            self.begin = np.where(joined[:, np.newaxis], before, self.begin[keep])
            self.end, self.iteration = self.end[keep], self.iteration[keep]
            if len(keep) > MOST_PIECES // 2:
                self._cell = self._cell * 2


def _keys(begin: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number (k,) for each piece between cells (k, 2), the same where they are the same two; to sort rows takes ten times as long."""
    swap = (begin[:, 0] > end[:, 0]) | ((begin[:, 0] == end[:, 0]) & (begin[:, 1] > end[:, 1]))
    low, high = np.where(swap[:, np.newaxis], end, begin), np.where(swap[:, np.newaxis], begin, end)
    keys = np.zeros(len(begin), dtype=np.uint64)
    for column in (*low.T, *high.T):
        keys = (keys ^ column.astype(np.uint64)) * MIXER
        keys ^= keys >> np.uint64(32)
    return keys
