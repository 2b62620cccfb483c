"""Updates by momentum, Nesterov's method and Adam, and the rows they leave: core.descents.momentum, nesterov and adam, compiled."""

import math

import numpy as np

from core import recording
from core.compiled.borrow import borrow_examples, borrowed
from core.compiled.evaluate import evaluate
from core.compiled.options import entry
from core.dataset import Array
from core.descents import codes
from core.examples import Examples
from core.recording import Rows, is_change, keep_turn, write_row, write_turns
from core.team import Shared


@entry
def advance_with_state(
    examples: Examples,
    point: Array,
    dj_dw: Array,
    scalars: Array,
    alpha: float,
    lambda_: float,
    model: int,
    method: int,
    beta: float,
    iteration: int,
    updates: int,
    stride: int,
    window: int,
    rows: Rows,
    row: int,
    scratch: Array,
    shared: Shared,
) -> tuple[int, int, bool]:
    """See core.descents.numpy_advance. point is w (n,) and the state; dj_dw (n,) and scalars[2] = dj_db are those at w, b."""
    n = len(dj_dw)
    examples = borrow_examples(examples)
    z, t = borrowed(scratch)[0], borrowed(scratch)[1]
    w, state = borrowed(point)[:n], borrowed(point)[n:]
    before, ahead = np.empty(len(point)), np.empty(n)
    turns = Rows(np.full(2, -1), np.empty((2, len(point))), np.empty(2), np.empty(2))
    b, J, dj_db, change = scalars[0], scalars[1], scalars[2], scalars[3]
    last_row = len(rows.J) - recording.ROWS_AN_ITERATION
    diverged = False
    done = 0
    while done < updates and row <= last_row:
        b_before, J_before = b, J
        for j in range(len(point)):
            before[j] = point[j]
        if method == codes.ADAM:
            state[2 * n + 2] += 1.0
            p_share = 1.0 - beta ** state[2 * n + 2]
            q_share = 1.0 - codes.BETA2 ** state[2 * n + 2]
            for j in range(n + 1):
                d = dj_dw[j] if j < n else dj_db
                p = beta * state[j] + (1.0 - beta) * d
                q = codes.BETA2 * state[n + 1 + j] + (1.0 - codes.BETA2) * d * d
                state[j], state[n + 1 + j] = p, q
                step = alpha * (p / p_share) / (math.sqrt(q / q_share) + codes.EPSILON)
                if j < n:
                    w[j] -= step
                else:
                    b -= step
        else:
            if method == codes.NESTEROV:
                for j in range(n):
                    ahead[j] = w[j] + beta * state[j]
                _, dj_db = evaluate(examples, ahead, b + beta * state[n], lambda_, model, shared, z, t, dj_dw)
            for j in range(n):
                state[j] = beta * state[j] - alpha * dj_dw[j]
                w[j] += state[j]
            state[n] = beta * state[n] - alpha * dj_db
            b += state[n]
        J, dj_db = evaluate(examples, w, b, lambda_, model, shared, z, t, dj_dw)
        finite = math.isfinite(J) and math.isfinite(b)
        for j in range(len(point)):
            finite = finite and math.isfinite(point[j])
        if not finite:
            for j in range(len(point)):
                point[j] = before[j]
            b, J = b_before, J_before
            diverged = True
            break
        if is_change(J_before, J):
            if change * (J - J_before) < 0.0:
                keep_turn(turns, iteration + done, before, b_before, J_before, change > 0.0)
            change = J - J_before
        done += 1
        k = iteration + done
        if k % window == 0:
            row = write_turns(turns, rows, row)
        if k % stride == 0:
            write_row(rows, row, k, point, b, J)
            row += 1
    row = write_turns(turns, rows, row)
    scalars[0], scalars[1], scalars[2], scalars[3] = b, J, dj_db, change
    return done, row, diverged
