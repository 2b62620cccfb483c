"""Updates by any method in plain NumPy, and the rows they leave: the specification of core.compiled.stateful and core.compiled.batches."""

from collections.abc import Callable

import numpy as np

from core.dataset import Array
from core.kernels import Made
from core.recording import ROWS_AN_ITERATION, Rows, is_change, keep_turn, write_row, write_turns

Step = Callable[[Array, Array, int], tuple[Array, Array]]


def numpy_advance(
    step: Step,
    cost: Callable[[Array], float],
    every: int,
    point: Array,
    n: int,
    scalars: Array,
    iteration: int,
    updates: int,
    stride: int,
    window: int,
    rows: Rows,
    row: int,
) -> Made:
    """Up to `updates` updates, fewer when the rows are full.

    point (n + s,) is w (n,) and the state (s,), scalars = (b, J, unused, last change of J); both change in place. J is taken at each
    iteration that `every` divides and at the last; what core.recording wants kept of these is written to the rows from index `row` ≥ 1
    on. Stops at the last of them where all is finite.
    Returns the updates made, the next free row, and whether the next ones would have left the finite numbers.
    """
    turns = Rows(np.full(2, -1), np.empty((2, len(point))), np.empty(2), np.empty(2))
    last_row = len(rows.J) - ROWS_AN_ITERATION
    b, J, _, change = scalars.tolist()
    now, state = np.append(point[:n], b), point[n:].copy()
    kept_at, k = iteration, iteration
    diverged = False
    with np.errstate(all="ignore"):
        while k < iteration + updates and row <= last_row:
            now, state = step(now, state, k)
            k += 1
            if k % every and k < iteration + updates:
                continue
            new_J = cost(now)
            if not (np.isfinite(new_J) and np.isfinite(now).all() and np.isfinite(state).all()):
                diverged = True
                break
            if is_change(J, new_J):
                if change * (new_J - J) < 0:
                    keep_turn(turns, kept_at, point, b, J, change > 0)
                change = new_J - J
            point[:n], point[n:], b, J, kept_at = now[:-1], state, float(now[-1]), new_J, k
            if k % window == 0:
                row = write_turns(turns, rows, row)
            if k % stride == 0:
                write_row(rows, row, k, point, b, J)
                row += 1
    scalars[0], scalars[1], scalars[3] = b, J, change
    return kept_at - iteration, write_turns(turns, rows, row), diverged
