"""Simultaneous updates, and the rows they leave: what core.kernels.numpy_advance does, compiled."""

import math

import numpy as np

from core import recording
from core.compiled.borrow import borrow_examples, borrowed
from core.compiled.evaluate import evaluate
from core.compiled.options import entry
from core.dataset import Array
from core.examples import Examples
from core.recording import Rows, is_change, keep_turn, write_row, write_turns
from core.team import Shared


@entry
def advance(
    examples: Examples,
    w: Array,
    dj_dw: Array,
    scalars: Array,
    alpha: float,
    lambda_: float,
    model: int,
    iteration: int,
    updates: int,
    stride: int,
    window: int,
    rows: Rows,
    row: int,
    scratch: Array,
    shared: Shared,
) -> tuple[int, int, bool]:
    """See core.kernels.numpy_advance; `shared` is for many examples only."""
    n = len(w)
    examples = borrow_examples(examples)
    z, t = borrowed(scratch)[0], borrowed(scratch)[1]
    w_before = np.empty(n)
    turns = Rows(np.full(2, -1), np.empty((2, n)), np.empty(2), np.empty(2))
    b, J, dj_db, change = scalars[0], scalars[1], scalars[2], scalars[3]
    until_row = stride - iteration % stride
    last_row = len(rows.J) - recording.ROWS_AN_ITERATION
    turned = False
    diverged = False
    done = 0
    while done < updates and row <= last_row:
        b_before, J_before = b, J
        for j in range(n):
            w_before[j] = w[j]
            w[j] -= alpha * dj_dw[j]
        b -= alpha * dj_db
        J, dj_db = evaluate(examples, w, b, lambda_, model, shared, z, t, dj_dw)
        finite = math.isfinite(J) and math.isfinite(b)
        for j in range(n):
            finite = finite and math.isfinite(w[j])
        if not finite:
            for j in range(n):
                w[j] = w_before[j]
            b, J = b_before, J_before
            diverged = True
            break
        if is_change(J_before, J):
            if change * (J - J_before) < 0.0:
                keep_turn(turns, iteration + done, w_before, b_before, J_before, change > 0.0)
                turned = True
            change = J - J_before
        done += 1
        if turned and (iteration + done) % window == 0:
            row = write_turns(turns, rows, row)
            turned = False
        until_row -= 1
        if until_row == 0:
            until_row = stride
            write_row(rows, row, iteration + done, w, b, J)
            row += 1
    row = write_turns(turns, rows, row)
    scalars[0], scalars[1], scalars[2], scalars[3] = b, J, dj_db, change
    return done, row, diverged
