"""Logistic regression on two columns, the case of the plane: everything that changes from one update to the next stays in registers.

Twice as fast as core.compiled.advance at a handful of examples, where an iteration costs no more than a few calls would.
"""

import math

import numpy as np

from core import recording
from core.compiled import block
from core.compiled.borrow import borrowed
from core.compiled.exponential import exp_negative, is_exact, log1p_of_small
from core.compiled.options import entry, inlined
from core.dataset import Array
from core.examples import BLOCK, LANES, Examples
from core.recording import Rows, is_change, keep_turn, write_turns

FEW = 4 * LANES  # up to here one loop over whole vectors is the fastest


@inlined
def few(
    x1: Array, x2: Array, y: Array, share: Array, real: Array, w1: float, w2: float, b: float, small: bool
) -> tuple[float, float, float, float, float]:
    """J, the sum of t = e^-|z|, dj_db, dj_dw1, dj_dw2 of at most FEW examples. Nothing is stored, and the inner loop is one vector.

    `small`: the t are so small that the product of 1 + t would lose their digits.
    """
    product = 1.0
    sum_t = 0.0
    logs = 0.0
    loss = 0.0
    dj_db = 0.0
    dj_dw1 = 0.0
    dj_dw2 = 0.0
    for group in range(y.size // LANES):
        start = group * LANES
        for lane in range(LANES):
            i = start + lane
            zi = w1 * x1[i] + w2 * x2[i] + b
            yi = y[i]
            ti = exp_negative(math.fabs(zi))
            error = ((1.0 if zi >= 0.0 else ti) / (1.0 + ti) - yi) * share[i]
            loss += ((zi if zi > 0.0 else 0.0) - yi * zi) * share[i]
            ti *= real[i]
            if small:
                logs += log1p_of_small(ti)
            else:
                product *= 1.0 + ti
            sum_t += ti
            dj_db += error
            dj_dw1 += error * x1[i]
            dj_dw2 += error * x2[i]
    if not small:
        logs = math.log(product)
    return loss + logs * share[0], sum_t, dj_db, dj_dw1, dj_dw2


@inlined
def blocks(
    x1: Array, x2: Array, y: Array, share: Array, real: Array, w1: float, w2: float, b: float, t: Array
) -> tuple[float, float, float, float]:
    """J, dj_db, dj_dw1, dj_dw2 of any number of examples."""
    J = 0.0
    dj_db = 0.0
    dj_dw1 = 0.0
    dj_dw2 = 0.0
    for start in range(0, y.size, BLOCK):
        end = min(start + BLOCK, y.size)
        kind = 1 if end == y.size else 0
        block_J, block_db, block_dw1, block_dw2 = block.logistic_two(
            x1[start:end], x2[start:end], y[start:end], share[kind], real[kind], w1, w2, b, t
        )
        J += block_J
        dj_db += block_db
        dj_dw1 += block_dw1
        dj_dw2 += block_dw2
    return J, dj_db, dj_dw1, dj_dw2


@entry
def advance_two(
    examples: Examples,
    w: Array,
    dj_dw: Array,
    scalars: Array,
    alpha: float,
    lambda_: float,
    iteration: int,
    updates: int,
    stride: int,
    window: int,
    rows: Rows,
    row: int,
    t: Array,
) -> tuple[int, int, bool]:
    """See core.kernels.numpy_advance; t (BLOCK,) is a buffer."""
    columns, y, t = borrowed(examples.columns), borrowed(examples.y), borrowed(t)
    x1, x2 = columns[0], columns[1]
    share, real = borrowed(examples.share), borrowed(examples.real)
    last_share, last_real = share[1], real[1]
    row_iteration, row_w, row_b, row_J = borrowed(rows.iteration), borrowed(rows.w), borrowed(rows.b), borrowed(rows.J)
    w_turn = np.empty(2)
    turns = Rows(np.full(2, -1), np.empty((2, 2)), np.empty(2), np.empty(2))
    w1, w2, dj_dw1, dj_dw2 = w[0], w[1], dj_dw[0], dj_dw[1]
    b, J, dj_db, change = scalars[0], scalars[1], scalars[2], scalars[3]
    decay = lambda_ / examples.m
    until_row = stride - iteration % stride
    last_row = len(row_J) - recording.ROWS_AN_ITERATION
    small = False
    turned = False
    diverged = False
    done = 0
    while done < updates and row <= last_row:
        w1_before, w2_before, b_before, J_before = w1, w2, b, J
        w1 -= alpha * dj_dw1
        w2 -= alpha * dj_dw2
        b -= alpha * dj_db
        if y.size <= FEW:
            # As in the iteration before, and again the other way in the rare one where that has changed.
            if small:
                J, sum_t, dj_db, dj_dw1, dj_dw2 = few(x1, x2, y, last_share, last_real, w1, w2, b, True)
                small = not is_exact(sum_t, y.size)
            if not small:
                J, sum_t, dj_db, dj_dw1, dj_dw2 = few(x1, x2, y, last_share, last_real, w1, w2, b, False)
                small = not is_exact(sum_t, y.size)
                if small:
                    J, sum_t, dj_db, dj_dw1, dj_dw2 = few(x1, x2, y, last_share, last_real, w1, w2, b, True)
        else:
            J, dj_db, dj_dw1, dj_dw2 = blocks(x1, x2, y, share, real, w1, w2, b, t)
        if lambda_ != 0.0:
            dj_dw1 += decay * w1
            dj_dw2 += decay * w2
            J += 0.5 * decay * (w1 * w1 + w2 * w2)
        if not (math.isfinite(J) and math.isfinite(b) and math.isfinite(w1) and math.isfinite(w2)):
            w1, w2, b, J = w1_before, w2_before, b_before, J_before
            diverged = True
            break
        if is_change(J_before, J):
            if change * (J - J_before) < 0.0:
                w_turn[0], w_turn[1] = w1_before, w2_before
                keep_turn(turns, iteration + done, w_turn, b_before, J_before, change > 0.0)
                turned = True
            change = J - J_before
        done += 1
        if turned and (iteration + done) % window == 0:
            row = write_turns(turns, rows, row)
            turned = False
        until_row -= 1
        if until_row == 0:
            until_row = stride
            row_iteration[row] = iteration + done
            row_w[row, 0], row_w[row, 1] = w1, w2
            row_b[row] = b
            row_J[row] = J
            row += 1
    row = write_turns(turns, rows, row)
    w[0], w[1], dj_dw[0], dj_dw[1] = w1, w2, dj_dw1, dj_dw2
    scalars[0], scalars[1], scalars[2], scalars[3] = b, J, dj_db, change
    return done, row, diverged
