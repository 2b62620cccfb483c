"""Trace: what a run produced, one row for each recorded iteration. Row 0 is the start, before any update.

iteration (r,) ascending, w (r, n), b (r,), J (r,). Memory is bounded however long the run: when the recorder is full, every second row goes
and from then on only every second iteration is recorded. The turning points of J stay, so that no peak is lost; the last row is always the
latest iteration.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.recording import Rows, write_row
from core.row_memory import KEPT_BYTES, forget, take
from core.thinning import thin

Counts = NDArray[np.int64]

MAX_BYTES = KEPT_BYTES * 7 // 16  # of rows; with those that stay when they are thinned, and a view of the old ones, it is twice that


@dataclass(frozen=True)
class Mark:
    """Something changed at this iteration while the run went on: a setting or a point."""

    iteration: int
    text: str


@dataclass(frozen=True, eq=False)
class Trace:
    """Rows of a run, as far as it has come. The arrays are read, never written, by whoever holds a Trace.

    Every iteration that `stride` divides is there, and the turning points of J, at most two for every `window` iterations beyond 1.
    """

    iteration: Counts
    w: Array
    b: Array
    J: Array
    marks: tuple[Mark, ...] = ()
    stride: int = 1
    window: int = 1
    run: object = None  # the same object in every view of one run, however it is thinned
    state: Array | None = None  # (r, s): what a method of core.descents must know beside w and b to go on from a row
    lanes: tuple["Trace", ...] = ()  # of a race: the other runs, which are at the same iteration or have ended before
    diverged: bool = False  # in a race: the iteration after the last row has left the finite numbers
    stopped: bool = False  # in a race: the stop rule has ended it with the last row

    def __len__(self) -> int:
        return len(self.iteration)

    @property
    def last(self) -> int:
        """The latest iteration of this run."""
        return int(self.iteration[-1])

    @property
    def longest(self) -> "Trace":
        """Of a race the run that came farthest, this one where none came farther; without a race this one."""
        return max((self, *self.lanes), key=lambda run: run.last)

    @property
    def end(self) -> int:
        """The latest iteration of any run of the race."""
        return self.longest.last

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
        cut = {name: getattr(self, name)[:rows] for name in ("iteration", "w", "b", "J")}
        lanes, state = tuple(lane.until(iteration) for lane in self.lanes), None if self.state is None else self.state[:rows]
        whole = iteration >= self.last
        return replace(self, marks=marks, state=state, lanes=lanes, diverged=self.diverged and whole, stopped=self.stopped and whole, **cut)

    def going_on(self) -> "Trace":
        """The same rows, from which every run of a race goes on: under other settings none is at its end."""
        return replace(self, diverged=False, stopped=False, lanes=tuple(lane.going_on() for lane in self.lanes))

    def goes_on_from(self, seen: "Trace") -> bool:
        """Whether this is the run of `seen` at the same iteration or a later one, so that what was made of its rows still holds."""
        if seen.run is not None and seen.run is self.run:
            return self.last >= seen.last
        same_buffer = seen.w.__array_interface__["data"] == self.w.__array_interface__["data"]
        return same_buffer and len(self) >= len(seen) and int(self.iteration[len(seen) - 1]) == seen.last

    def moved(self, w: Array, b: float, text: str) -> "Trace":
        """The same rows with others w (n,), b in the last one, which gets a mark; its J is not known any more (nan)."""
        rows = {name: getattr(self, name).copy() for name in ("w", "b", "J")}
        rows["w"][-1], rows["b"][-1], rows["J"][-1] = w, b, np.nan
        state = None if self.state is None else self.state.copy()
        if state is not None:
            state[-1] = 0.0  # put there by hand, it is at rest
        marks = (*self.marks, Mark(self.last, text))
        return replace(self, marks=marks, run=None, state=state, diverged=False, stopped=False, **rows)

    def thinned(self, max_rows: int) -> "Trace":
        """A copy with at most `max_rows` rows (≥ 8), all lanes together; first, last and turning points of J are among them."""
        max_rows = max(8, max_rows // (1 + len(self.lanes)))
        lanes = tuple(lane.thinned(max_rows) for lane in self.lanes)
        if len(self) <= max_rows:
            state = None if self.state is None else self.state.copy()
            return replace(
                self, iteration=self.iteration.copy(), w=self.w.copy(), b=self.b.copy(), J=self.J.copy(), state=state, lanes=lanes
            )
        keep, stride, window = thin(self.iteration, self.J, self.stride, self.window, max_rows)
        state = None if self.state is None else self.state[keep]
        rows = {name: getattr(self, name)[keep] for name in ("iteration", "w", "b", "J")}
        return replace(self, stride=stride, window=window, run=None, state=state, lanes=lanes, **rows)


class TraceRecorder:
    """The growing trace of one run. Owned and written by the thread that trains; view() may be read by any other.

    `buffers` hold the rows, of which the first `rows` are written; `stride` and `window` say which iterations are recorded.
    Of the n numbers of a row of w the last `state_size` are a state and no weights; whoever writes a row need not know of it.
    """

    state_size = 0

    def __init__(self, n: int, max_bytes: int = MAX_BYTES) -> None:
        self.max_rows = max(16, max_bytes // (8 * (n + 3)))
        self.stride = 1
        self.window = 1
        self.rows = 0
        self.marks: tuple[Mark, ...] = ()
        self.buffers = take(self.max_rows, n)
        self._run = object()

    @classmethod
    def continuing(cls, trace: Trace, state_size: int = 0) -> "TraceRecorder":
        """A recorder that starts with a copy of the rows of `trace`, so that the trace itself stays as it is."""
        recorder = cls(trace.w.shape[1] + state_size)
        recorder.state_size = state_size
        w = trace.w
        if state_size:
            known = trace.state is not None and trace.state.shape[1] == state_size
            w = np.concatenate([w, trace.state if known else np.zeros((len(trace), state_size))], axis=1)
        recorder._fill(Rows(trace.iteration, w, trace.b, trace.J))
        recorder.stride, recorder.window, recorder.marks = trace.stride, trace.window, trace.marks
        return recorder

    def keep_at_most(self, rows: int) -> None:
        """Thin from so many rows on, if not earlier; before the first row is recorded here."""
        if max(rows, self.rows + 16) < self.max_rows:
            self.max_rows = max(rows, self.rows + 16)
            old, r = self.buffers, self.rows
            self.buffers = take(self.max_rows, old.w.shape[1])
            self._fill(Rows(old.iteration[:r], old.w[:r], old.b[:r], old.J[:r]))

    @property
    def last_state(self) -> Array:
        """The state (state_size,) of the last row; a copy."""
        row = self.buffers.w[self.rows - 1]
        state: Array = row[len(row) - self.state_size :].copy()
        return state

    def append(self, iteration: int, w: Array, b: float, J: float) -> None:
        """Record one row, unless its iteration stands last already."""
        if self.rows and self.buffers.iteration[self.rows - 1] == iteration:
            return
        self.make_room(1)
        write_row(self.buffers, self.rows, iteration, w, b, J)
        self.rows += 1

    def replace_last_J(self, J: float) -> None:
        """The cost at the last row is another now: the data or lambda changed under it."""
        if self.buffers.J[self.rows - 1] == J:
            return
        # A new buffer: views of the old one may be on screen.
        old, new = self.buffers.J, np.empty(self.max_rows)
        new[: self.rows] = old[: self.rows]
        new[self.rows - 1] = J
        self.buffers = self.buffers._replace(J=new)

    def make_room(self, rows: int) -> None:
        """Thin until `rows` more rows fit."""
        if self.rows + rows <= self.max_rows:
            return
        iteration, J = self.buffers.iteration[: self.rows], self.buffers.J[: self.rows]
        keep, self.stride, self.window = thin(iteration, J, self.stride, self.window, self.max_rows * 2 // 3)
        old = self.buffers
        # New buffers: views of the old ones may be on screen.
        forget(old)
        self.buffers = take(self.max_rows, old.w.shape[1])
        self.rows = len(keep)
        for buffer, values in zip(self.buffers, old, strict=True):
            # Without mode a second copy would be made on the way; every number of `keep` is one of a row.
            np.take(values, keep, axis=0, out=buffer[: self.rows], mode="clip")

    def _fill(self, rows: Rows) -> None:
        self.rows = len(rows.J)
        for buffer, values in zip(self.buffers, rows, strict=True):
            buffer[: self.rows] = values

    def view(self) -> Trace:
        """The rows so far. Rows are only ever added behind them."""
        r, buffers = self.rows, self.buffers
        n = buffers.w.shape[1] - self.state_size
        rows = buffers.iteration[:r], buffers.w[:r, :n], buffers.b[:r], buffers.J[:r]
        state = buffers.w[:r, n:] if self.state_size else None
        return Trace(*rows, self.marks, self.stride, self.window, self._run, state)
