"""Which iterations of a run become rows of its trace: every `stride`-th, and the turning points of J between them.

A turning point is an iteration where J changed from falling to rising or back. Of every `window` iterations the highest peak and the
lowest valley are kept; while `window` is 1 that is every one of them. `stride` is a multiple of `window`.

Plain Python on arrays: core.kernels calls it as it is, core.compiled compiles it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array

Counts = NDArray[np.int64]

NOISE = 1e-12  # a change of J by less than this share of it is rounding
PEAK, VALLEY = 0, 1
ROWS_AN_ITERATION = 5  # at most: two turning points, the iteration itself, and two turning points when the call ends


class Rows(NamedTuple):
    """Buffers of r rows: iteration (r,), w (r, n), b (r,), J (r,)."""

    iteration: Counts
    w: Array
    b: Array
    J: Array


def write_row(rows: Rows, row: int, iteration: int, w: Array, b: float, J: float) -> None:
    """Fill one row."""
    rows.iteration[row] = iteration
    for j in range(len(w)):
        rows.w[row, j] = w[j]
    rows.b[row] = b
    rows.J[row] = J


def is_change(J_before: float, J: float) -> bool:
    """Whether the two differ by more than rounding."""
    return abs(J - J_before) > NOISE * abs(J_before)


def keep_turn(turns: Rows, iteration: int, w: Array, b: float, J: float, rising: bool) -> None:
    """Remember a turning point at which J was rising (or falling), unless a higher peak (a lower valley) of this window is known."""
    slot = PEAK if rising else VALLEY
    beyond = J - turns.J[slot]
    if turns.iteration[slot] < 0 or (beyond > 0.0 if rising else beyond < 0.0):
        write_row(turns, slot, iteration, w, b, J)


def write_turns(turns: Rows, rows: Rows, row: int) -> int:
    """Write the remembered turning points as rows from `row` on, in their order, and forget them. Returns the next free row."""
    first = VALLEY if turns.iteration[VALLEY] < turns.iteration[PEAK] else PEAK
    for slot in (first, 1 - first):
        # One that ended an earlier call is a row already.
        if turns.iteration[slot] > rows.iteration[row - 1]:
            write_row(rows, row, turns.iteration[slot], turns.w[slot], turns.b[slot], turns.J[slot])
            row += 1
        turns.iteration[slot] = -1
    return row
