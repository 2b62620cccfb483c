"""Envelope: a curve of about a thousand points at most that shows every peak of J, however many rows the run has.

The axis of iterations is cut into buckets, of 2^s iterations each or, on a logarithmic axis, of 2^s parts of a doubling. A bucket keeps
its least and its greatest J with their iterations. Only rows that are new are looked at, and what was seen stays when the trace is
thinned; when the run has come past the last bucket, buckets merge pairwise and s grows by one. The bucket of a row depends on its
iteration alone, so the portions make no difference.
"""

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.trace import Counts, Trace

BUCKETS = 512  # about as many as a curve has pixels
PARTS = 64  # of a doubling, before any merge
DOUBLINGS = 48  # more than any run has
PORTION = 16_384  # rows taken at a time: what is made on the way stays in the processor's cache

Indices = NDArray[np.intp]
Row = tuple[int, float]  # an iteration and its J

# First iteration of each part of a doubling: whole numbers, so that no rounding decides on which side of an edge a row lies.
_EDGES: Counts = np.ceil(2.0 ** (np.arange(PARTS * DOUBLINGS) / PARTS)).astype(np.int64)


class Envelope:
    """The envelope of one curve. `log_x`: the buckets of a logarithmic axis, from iteration 1 on; `log_J`: only rows with J > 0."""

    def __init__(self, *, log_x: bool = False, log_J: bool = False) -> None:
        self._log_x = log_x
        self._log_J = log_J
        self._seen: Trace | None = None
        self._clear()

    def _clear(self) -> None:
        self._taken = 0  # rows that are in the buckets
        self._shift = 0
        self._ends: tuple[Row | None, Row | None] = (None, None)  # the first and the last row in the buckets
        self._newest: Row = (0, 0.0)  # the last row taken, usable or not
        self._at = np.zeros((BUCKETS, 2), dtype=np.int64)  # iterations of the least and of the greatest J
        self._J = _empty(BUCKETS)

    def points(self, trace: Trace) -> tuple[Array, Array]:
        """Iteration (p,) ascending and J (p,), p ≤ 2 · BUCKETS + 2: rows of the run that can stand on these axes.

        The first and the last such row are among them. Quick when `trace` goes on where the one before ended.
        """
        if not self._goes_on(trace):
            self._clear()
        elif self._taken:
            self._taken = int(np.searchsorted(trace.iteration, self._newest[0], side="right"))  # fewer than it was, once thinned
        self._seen = trace
        # The last row goes into no bucket yet: it is the one that may still change.
        rows = len(trace) - 1
        while self._taken < rows:
            until = min(rows, self._taken + PORTION)
            self._take(trace.iteration[self._taken : until], trace.J[self._taken : until])
            self._taken = until
        at, J = self._extremes()
        head, tail = self._ends
        if self._usable(trace.iteration[-1:], trace.J[-1:]).all():
            tail = (trace.last, float(trace.J[-1]))
        if head is not None and head[0] < at[0]:
            at, J = np.append(head[0], at), np.append(head[1], J)
        if tail is not None and (not len(at) or tail[0] > at[-1]):
            at, J = np.append(at, tail[0]), np.append(J, tail[1])
        return at.astype(np.float64), J

    def _extremes(self) -> tuple[Counts, Array]:
        """Of every bucket with rows the least and the greatest, in their order; one when they are the same row."""
        used = self._J[:, 0] <= self._J[:, 1]
        at, J = self._at[used], self._J[used]
        backwards = at[:, 0] > at[:, 1]
        at[backwards], J[backwards] = at[backwards, ::-1], J[backwards, ::-1]
        distinct = np.column_stack([np.ones(len(at), dtype=bool), at[:, 0] < at[:, 1]])
        return at[distinct], J[distinct]

    def _goes_on(self, trace: Trace) -> bool:
        """Whether the rows taken so far belong to `trace` too: views of the same run, or of the same growing buffers."""
        seen, taken = self._seen, self._taken
        if seen is not None and seen.run is not None and seen.run is trace.run:
            return trace.last > self._newest[0] or not taken
        if seen is None or len(trace) <= taken or _place(seen.iteration) != _place(trace.iteration) or _place(seen.J) != _place(trace.J):
            return False
        if taken == 0:
            return True
        iteration, J = self._newest
        return int(trace.iteration[taken - 1]) == iteration and (float(trace.J[taken - 1]) == J or J != J)

    def _usable(self, iteration: Counts, J: Array) -> NDArray[np.bool_]:
        usable = np.isfinite(J)
        if self._log_J:
            usable &= J > 0
        if self._log_x:
            usable &= iteration > 0
        return usable

    def _take(self, iteration: Counts, J: Array) -> None:
        """Put rows that follow those before into the buckets."""
        self._newest = (int(iteration[-1]), float(J[-1]))
        usable = self._usable(iteration, J)
        if not usable.all():
            iteration, J = iteration[usable], J[usable]
        if not len(J):
            return
        first = self._ends[0] or (int(iteration[0]), float(J[0]))
        self._ends = (first, (int(iteration[-1]), float(J[-1])))
        while self._bucket(int(iteration[-1])) >= BUCKETS:
            self._merge()
        buckets = np.arange(self._bucket(int(iteration[0])), self._bucket(int(iteration[-1])) + 1)
        edges = buckets << self._shift
        begins = np.searchsorted(iteration, _EDGES[edges] if self._log_x else edges)
        begins[0] = 0
        filled = np.append(begins[1:], len(iteration)) > begins
        starts, touched = begins[filled], buckets[filled]
        for side, extreme in ((0, np.minimum), (1, np.maximum)):
            value = extreme.reduceat(J, starts)
            better = value < self._J[touched, side] if side == 0 else value > self._J[touched, side]
            self._J[touched[better], side] = value[better]
            self._at[touched[better], side] = iteration[_first_equal(J, value, starts)][better]

    def _bucket(self, iteration: int) -> int:
        finest = int(np.searchsorted(_EDGES, iteration, side="right")) - 1 if self._log_x else iteration
        return finest >> self._shift

    def _merge(self) -> None:
        """Make one bucket of every two. Of equal extremes the earlier one stays, as it does within a bucket."""
        J, at = self._J.reshape(-1, 2, 2), self._at.reshape(-1, 2, 2)
        later = np.column_stack([J[:, 1, 0] < J[:, 0, 0], J[:, 1, 1] > J[:, 0, 1]])
        half = BUCKETS // 2
        self._J = np.concatenate([np.where(later, J[:, 1], J[:, 0]), _empty(half)])
        self._at = np.concatenate([np.where(later, at[:, 1], at[:, 0]), np.zeros((half, 2), dtype=np.int64)])
        self._shift += 1


def _empty(buckets: int) -> Array:
    """Least J (:, 0) above greatest J (:, 1): a bucket without rows."""
    return np.tile([np.inf, -np.inf], (buckets, 1))


def _place(values: NDArray[np.generic]) -> tuple[object, ...]:
    """Where in memory an array begins, and its stride. The arrays compared are alive, so equal means the same buffer."""
    return values.__array_interface__["data"][0], values.strides, values.dtype


def _first_equal(J: Array, value: Array, starts: Indices) -> Indices:
    """Of each group of rows, which begin at `starts`, the first whose J is the group's value."""
    equal = np.flatnonzero(np.repeat(value, np.diff(starts, append=len(J))) == J)
    first: Indices = equal[np.searchsorted(equal, starts)]
    return first
