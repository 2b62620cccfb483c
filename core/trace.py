"""Trace: what a run produced, one row for each recorded iteration. Row 0 is the start, before any update.

iteration (r,) ascending, w (r, n), b (r,), J (r,). Memory is bounded however long the run: when the recorder is full, every second row goes
and from then on only every second iteration is recorded. The last row is always the latest iteration.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array

Counts = NDArray[np.int64]

MAX_BYTES = 32 * 2**20  # of rows; twice that for a moment while they are thinned


@dataclass(frozen=True)
class Mark:
    """Something changed at this iteration while the run went on: a setting or a point."""

    iteration: int
    text: str


@dataclass(frozen=True, eq=False)
class Trace:
    """Rows of a run, as far as it has come. The arrays are read, never written, by whoever holds a Trace."""

    iteration: Counts
    w: Array
    b: Array
    J: Array
    marks: tuple[Mark, ...] = ()

    def __len__(self) -> int:
        return len(self.iteration)

    @property
    def last(self) -> int:
        """The latest iteration."""
        return int(self.iteration[-1])

    def row_at(self, iteration: int) -> int:
        """Index of the row for `iteration`, or of the nearest recorded one before it."""
        return max(0, int(np.searchsorted(self.iteration, iteration, side="right")) - 1)

    def nearest_row(self, iteration: float) -> int:
        """Index of the recorded row nearest to `iteration`."""
        after = min(int(np.searchsorted(self.iteration, iteration)), len(self) - 1)
        before = max(after - 1, 0)
        return before if iteration - self.iteration[before] < self.iteration[after] - iteration else after

    def until(self, iteration: int) -> "Trace":
        """The rows up to and including `iteration`."""
        rows = self.row_at(iteration) + 1
        marks = tuple(mark for mark in self.marks if mark.iteration <= iteration)
        return Trace(self.iteration[:rows], self.w[:rows], self.b[:rows], self.J[:rows], marks)

    def thinned(self, max_rows: int) -> "Trace":
        """A copy with at most about `max_rows` rows, first and last among them."""
        step = -(-len(self) // max_rows)
        keep = _every(step, len(self))
        return replace(self, iteration=self.iteration[keep], w=self.w[keep], b=self.b[keep], J=self.J[keep])


class TraceRecorder:
    """The growing trace of one run. Owned and written by the thread that trains; view() may be read by any other."""

    def __init__(self, n: int, max_bytes: int = MAX_BYTES) -> None:
        self.max_rows = max(16, max_bytes // (8 * (n + 3)))
        self.stride = 1
        self.rows = 0
        self.marks: tuple[Mark, ...] = ()
        self._allocate(n)

    def _allocate(self, n: int) -> None:
        # Memory is only touched, and so only taken, as rows are written.
        self.iteration: Counts = np.empty(self.max_rows, dtype=np.int64)
        self.w: Array = np.empty((self.max_rows, n))
        self.b: Array = np.empty(self.max_rows)
        self.J: Array = np.empty(self.max_rows)

    @classmethod
    def continuing(cls, trace: Trace) -> "TraceRecorder":
        """A recorder that starts with a copy of the rows of `trace`, so that the trace itself stays as it is."""
        recorder = cls(trace.w.shape[1])
        rows = len(trace)
        recorder.iteration[:rows], recorder.w[:rows] = trace.iteration, trace.w
        recorder.b[:rows], recorder.J[:rows] = trace.b, trace.J
        recorder.rows, recorder.marks = rows, trace.marks
        gaps = np.diff(trace.iteration)
        # The usual gap is the stride; the rows that ended a chunk lie closer together.
        while gaps.size and recorder.stride < np.median(gaps):
            recorder.stride *= 2
        return recorder

    def append(self, iteration: int, w: Array, b: float, J: float) -> None:
        """Record one row, unless its iteration stands last already."""
        if self.rows and self.iteration[self.rows - 1] == iteration:
            return
        self.make_room(1)
        row = self.rows
        self.iteration[row], self.w[row], self.b[row], self.J[row] = iteration, w, b, J
        self.rows += 1

    def replace_last_J(self, J: float) -> None:
        """The cost at the last row is another now: the data or lambda changed under it."""
        # A new buffer: views of the old one may be on screen.
        old, self.J = self.J, np.empty(self.max_rows)
        self.J[: self.rows] = old[: self.rows]
        self.J[self.rows - 1] = J

    def make_room(self, rows: int) -> None:
        """Thin by halves until `rows` more rows fit."""
        while self.rows + rows > self.max_rows:
            keep = _every(2, self.rows)
            old = self.iteration, self.w, self.b, self.J
            # New buffers: views of the old ones may be on screen.
            self._allocate(self.w.shape[1])
            for new, values in zip((self.iteration, self.w, self.b, self.J), old, strict=True):
                new[: len(keep)] = values[keep]
            self.rows = len(keep)
            self.stride *= 2

    def view(self) -> Trace:
        """The rows so far. Rows are only ever added behind them."""
        rows = self.rows
        return Trace(self.iteration[:rows], self.w[:rows], self.b[:rows], self.J[:rows], self.marks)


def _every(step: int, rows: int) -> NDArray[np.intp]:
    keep = np.arange(0, rows, step)
    return keep if keep[-1] == rows - 1 else np.append(keep, rows - 1)
