"""Updates from a few examples each, and the rows they leave: core.descents.batches, compiled."""

import math

import numpy as np

from core import recording
from core.compiled.borrow import borrow_examples, borrowed
from core.compiled.evaluate import LINEAR, LOGISTIC, evaluate
from core.compiled.exponential import exp_negative
from core.compiled.options import entry
from core.compiled.order import example_at, set_round_keys
from core.dataset import Array
from core.descents import order
from core.examples import Examples
from core.recording import Rows, is_change, keep_turn, write_row, write_turns
from core.team import Shared


@entry
def advance_by_batches(
    examples: Examples,
    w: Array,
    dj_dw: Array,
    scalars: Array,
    alpha: float,
    lambda_: float,
    model: int,
    batch_size: int,
    seed: int,
    every: int,
    iteration: int,
    updates: int,
    stride: int,
    window: int,
    rows: Rows,
    row: int,
    scratch: Array,
    shared: Shared,
) -> tuple[int, int, bool]:
    """See core.descents.numpy_advance; `shared` is for many examples only. dj_dw is that of all examples where the call ends."""
    n = len(w)
    m = examples.m
    examples = borrow_examples(examples)
    columns, y = examples.columns, examples.y
    z, t = borrowed(scratch)[0], borrowed(scratch)[1]
    keys = np.empty(order.ROUNDS, dtype=np.uint64)
    bits = 2
    while (1 << bits) < m:
        bits += 1
    low = bits // 2
    high = bits - low
    batches = -(-m // batch_size)
    known = -1
    slopes, kept_w = np.empty(n), w.copy()
    turns = Rows(np.full(2, -1), np.empty((2, n)), np.empty(2), np.empty(2))
    b, J, dj_db, change = scalars[0], scalars[1], scalars[2], scalars[3]
    kept_b, kept_at = b, iteration
    last_row = len(rows.J) - recording.ROWS_AN_ITERATION
    decay = lambda_ / m
    end = iteration + updates
    k = iteration
    diverged = False
    while k < end and row <= last_row:
        number = k // batches
        if number != known:
            known = number
            set_round_keys(seed, number, keys)
        first = (k - number * batches) * batch_size
        last = min(first + batch_size, m)
        slope = 0.0
        for j in range(n):
            slopes[j] = 0.0
        for place in range(first, last):
            i = example_at(place, keys, low, high, m)
            zi = b
            for j in range(n):
                zi += w[j] * columns[j, i]
            if model == LINEAR:
                error = zi - y[i]
            else:
                ti = exp_negative(math.fabs(zi))
                error = (1.0 if zi >= 0.0 else ti) / (1.0 + ti) - y[i]
                if model != LOGISTIC:
                    error *= ti / ((1.0 + ti) * (1.0 + ti))
            slope += error
            for j in range(n):
                slopes[j] += error * columns[j, i]
        share = alpha / (last - first)
        for j in range(n):
            w[j] -= share * slopes[j] + alpha * decay * w[j]
        b -= share * slope
        k += 1
        if k % every != 0 and k < end:
            continue
        new_J, dj_db = evaluate(examples, w, b, lambda_, model, shared, z, t, dj_dw)
        finite = math.isfinite(new_J) and math.isfinite(b)
        for j in range(n):
            finite = finite and math.isfinite(w[j])
        if not finite:
            diverged = True
            break
        if is_change(J, new_J):
            if change * (new_J - J) < 0.0:
                keep_turn(turns, kept_at, kept_w, kept_b, J, change > 0.0)
            change = new_J - J
        J, kept_b, kept_at = new_J, b, k
        for j in range(n):
            kept_w[j] = w[j]
        if k % window == 0:
            row = write_turns(turns, rows, row)
        if k % stride == 0:
            write_row(rows, row, k, w, b, J)
            row += 1
    for j in range(n):
        w[j] = kept_w[j]
    row = write_turns(turns, rows, row)
    scalars[0], scalars[1], scalars[2], scalars[3] = kept_b, J, dj_db, change
    return kept_at - iteration, row, diverged
