"""Logistic regression on two columns, the case of the plane: what core.compiled.advance does, several times as fast on a few examples.

From one update to the next everything stays in registers. J, which no update needs, is found for PORTION updates at once: one logarithm
takes as long as eight of them side by side, and as long as the sums over eight examples.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.compiled.borrow import borrowed
from core.compiled.exponential import LN2, is_exact, log_from_one
from core.compiled.options import entry, inlined, inner
from core.compiled.signed import is_plain, signed_sums, small_sums
from core.dataset import Array
from core.examples import PORTION, Examples
from core.recording import ROWS_AN_ITERATION, Rows, is_change, keep_turn, write_turns

State = tuple[float, float, float, float, float, float]  # w1, w2, b, dj_dw1, dj_dw2, dj_db


@inlined
def unpack(scratch: Array) -> tuple[Array, Array, Array, Array, Array, Array, Array]:
    """Of a portion of updates: w1, w2, b, the first three results of its sums, and J."""
    return scratch[0], scratch[1], scratch[2], scratch[3], scratch[4], scratch[5], scratch[6]


# What follows is not inlined: the constants of one would take the registers that those of another stay in from update to update.


def _updates_by(sums: Callable[..., Any]) -> Any:
    """Makes up to `count` updates of state, each from these sums, and leaves them in scratch.

    Returns how many, fewer where the next point would not be plain, and the state.
    """

    @inner
    def updates(
        signed: Array, scratch: Array, count: int, alpha: float, decay: float, share: float, reach: tuple[float, float], state: State
    ) -> tuple[int, State]:
        signed = borrowed(signed)
        w1s, w2s, bs, wrongs, products, powers, _ = unpack(borrowed(scratch))
        w1, w2, b, dj_dw1, dj_dw2, dj_db = state
        for i in range(count):
            new_w1, new_w2, new_b = w1 - alpha * dj_dw1, w2 - alpha * dj_dw2, b - alpha * dj_db
            if not is_plain(reach[0], reach[1], new_w1, new_w2, new_b):
                count = i
                break
            w1, w2, b = new_w1, new_w2, new_b
            wrong, product, power, off_b, off_1, off_2 = sums(signed, np.int64(0), signed.shape[1], w1, w2, b)
            dj_dw1, dj_dw2, dj_db = decay * w1 - off_1 * share, decay * w2 - off_2 * share, -off_b * share
            w1s[i], w2s[i], bs[i] = w1, w2, b
            wrongs[i], products[i], powers[i] = wrong, product, power
        return count, (w1, w2, b, dj_dw1, dj_dw2, dj_db)

    return updates


usual_updates = _updates_by(signed_sums)
small_updates = _updates_by(small_sums)


@inner
def find_J(signed: Array, fillers: int, share: float, decay: float, scratch: Array, count: int, small: bool) -> bool:
    """J of the first `count` updates, into scratch; `small`: they were made from small_sums(). Returns whether the next ones should be."""
    w1s, w2s, bs, wrongs, products, powers, Js = unpack(borrowed(scratch))
    M = signed.shape[1]
    if small:
        for i in range(count):
            Js[i] = products[i]
    else:
        for i in range(count):
            Js[i] = (powers[i] - fillers) * LN2 + log_from_one(products[i])
        for i in range(count):
            if not is_exact(Js[i], M):
                Js[i] = small_sums(signed, np.int64(0), M, w1s[i], w2s[i], bs[i])[1]
    small = count > 0 and not is_exact(Js[count - 1], M)
    for i in range(count):
        Js[i] = (wrongs[i] * LN2 + Js[i]) * share + 0.5 * decay * (w1s[i] * w1s[i] + w2s[i] * w2s[i])
    return small


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
    scratch: Array,
) -> tuple[int, int]:
    """See core.kernels.numpy_advance; ends before the first point that is not plain. Returns the updates made and the next free row.

    scratch (7, PORTION) is a buffer.
    """
    signed, scratch = borrowed(examples.signed), borrowed(scratch)
    w1s, w2s, bs, _, _, _, Js = unpack(scratch)
    row_iteration, row_w, row_b, row_J = borrowed(rows.iteration), borrowed(rows.w), borrowed(rows.b), borrowed(rows.J)
    w_turn = np.empty(2)
    turns = Rows(np.full(2, -1), np.empty((2, 2)), np.empty(2), np.empty(2))
    state = w[0], w[1], scalars[0], dj_dw[0], dj_dw[1], scalars[2]
    J, change = scalars[1], scalars[3]
    share = 1.0 / examples.m
    decay = lambda_ * share
    # Where lambda_ is large, its share of J overflows before z does.
    reach = (1.0 + decay) * examples.reach[0], (1.0 + decay) * examples.reach[1]
    until_row = stride - iteration % stride
    small = False
    turned = False
    plain = True
    done = 0
    while plain and done < updates and row + ROWS_AN_ITERATION <= len(row_J):
        before_w1, before_w2, before_b = state[0], state[1], state[2]
        wanted = min(PORTION, updates - done, (len(row_J) - row) // ROWS_AN_ITERATION)
        if small:
            count, state = small_updates(signed, scratch, wanted, alpha, decay, share, reach, state)
        else:
            count, state = usual_updates(signed, scratch, wanted, alpha, decay, share, reach, state)
        plain = count == wanted
        small = find_J(signed, examples.fillers, share, decay, scratch, count, small)
        for i in range(count):
            J_before, J = J, Js[i]
            if is_change(J_before, J):
                if change * (J - J_before) < 0.0:
                    w_turn[0], w_turn[1] = before_w1, before_w2
                    keep_turn(turns, iteration + done, w_turn, before_b, J_before, change > 0.0)
                    turned = True
                change = J - J_before
            before_w1, before_w2, before_b = w1s[i], w2s[i], bs[i]
            done += 1
            if turned and (iteration + done) % window == 0:
                row = write_turns(turns, rows, row)
                turned = False
            until_row -= 1
            if until_row == 0:
                until_row = stride
                row_iteration[row] = iteration + done
                row_w[row, 0], row_w[row, 1] = w1s[i], w2s[i]
                row_b[row] = bs[i]
                row_J[row] = J
                row += 1
    row = write_turns(turns, rows, row)
    w[0], w[1], scalars[0], dj_dw[0], dj_dw[1], scalars[2] = state
    scalars[1], scalars[3] = J, change
    return done, row
