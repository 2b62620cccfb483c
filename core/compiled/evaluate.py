"""J and the gradient at w, b over all examples.

From PARTS_FROM examples on they are taken in PARTS equal parts, each summed alone and then all in their order, so that the result is the
same whether one thread takes all parts or a team shares them.
"""

import numpy as np

from core.compiled import atomic, block
from core.compiled.borrow import borrow_examples
from core.compiled.options import entry, exact, inner
from core.compiled.signed import is_plain, mean_of_part
from core.dataset import Array
from core.examples import BLOCK, Examples
from core.team import DONE, LIMIT, NEXT, PARTS, PARTS_FROM, STOP, Shared

LOGISTIC = 0
LINEAR = 1


@inner
def part(examples: Examples, start: int, end: int, w: Array, b: float, model: int, z: Array, t: Array, dj_dw: Array) -> tuple[float, float]:
    """J and dj_db of the examples from start to end, both multiples of BLOCK or the end; dj_dw (n,) is overwritten."""
    columns, y = examples.columns, examples.y
    if model == LOGISTIC and examples.signed.shape[1] > 0 and is_plain(examples.reach[0], examples.reach[1], w[0], w[1], b):
        fillers = examples.fillers if end == y.size else 0
        J, dj_db, dj_dw[0], dj_dw[1] = mean_of_part(examples.signed, start, end, fillers, examples.share[0, 0], w[0], w[1], b)
        return J, dj_db
    J = 0.0
    dj_db = 0.0
    for j in range(len(dj_dw)):
        dj_dw[j] = 0.0
    for begin in range(start, end, BLOCK):
        stop = min(begin + BLOCK, end)
        kind = 1 if stop == y.size else 0
        share, real = examples.share[kind], examples.real[kind]
        block.linear_combination(columns, begin, stop, w, b, z)
        if model == LOGISTIC:
            block_J, block_db = block.logistic(z, y[begin:stop], share, real, t)
        elif model == LINEAR:
            block_J, block_db = block.linear(z, y[begin:stop], share, real)
        else:
            block_J, block_db = block.squared(z, y[begin:stop], share)
        block.add_error_times_x(columns, begin, stop, z, dj_dw)
        J += block_J
        dj_db += block_db
    return J, dj_db


@inner
def shared_part(examples: Examples, model: int, number: int, shared: Shared, z: Array, t: Array) -> None:
    """One of PARTS parts at the point shared, into its row of the sums."""
    n = examples.columns.shape[0]
    blocks = -(-examples.y.size // BLOCK)
    start = number * blocks // PARTS * BLOCK
    end = min((number + 1) * blocks // PARTS * BLOCK, examples.y.size)
    sums = shared.sums[number]
    sums[n], sums[n + 1] = part(examples, start, end, shared.point[:n], shared.point[n], model, z, t, sums[:n])


@inner
def take_parts(examples: Examples, model: int, shared: Shared, z: Array, t: Array) -> None:
    """Take parts until none of this iteration is left."""
    counters = shared.counters
    while True:
        number = atomic.load(counters, NEXT)
        if number >= atomic.load(counters, LIMIT):
            return
        if atomic.replace(counters, NEXT, number, number + 1):
            shared_part(examples, model, number % PARTS, shared, z, t)
            atomic.add(counters, DONE, 1)


@inner
def by_parts(examples: Examples, w: Array, b: float, model: int, shared: Shared, z: Array, t: Array, dj_dw: Array) -> tuple[float, float]:
    """J and dj_db of many examples; dj_dw (n,) is overwritten. Whoever assists takes parts as well."""
    n = len(dj_dw)
    counters = shared.counters
    for j in range(n):
        shared.point[j] = w[j]
    shared.point[n] = b
    atomic.store(counters, DONE, 0)
    atomic.add(counters, LIMIT, PARTS)
    take_parts(examples, model, shared, z, t)
    while atomic.load(counters, DONE) < PARTS:
        pass
    J = 0.0
    dj_db = 0.0
    for j in range(n):
        dj_dw[j] = 0.0
    for number in range(PARTS):
        for j in range(n):
            dj_dw[j] += shared.sums[number, j]
        J += shared.sums[number, n]
        dj_db += shared.sums[number, n + 1]
    return J, dj_db


@entry
def assist(examples: Examples, model: int, shared: Shared) -> None:
    """Take parts of every iteration until told to stop."""
    z = np.empty(BLOCK)
    t = np.empty(BLOCK)
    examples = borrow_examples(examples)
    while atomic.load(shared.counters, STOP) == 0:
        take_parts(examples, model, shared, z, t)


@exact
def penalty(w: Array, lambda_: float, m: int) -> float:
    """lambda_/(2m) Σ w_j², in this order: lambda_ times the sum could overflow."""
    squares = 0.0
    for j in range(len(w)):
        squares += w[j] * w[j]
    return lambda_ / (2.0 * m) * squares


@inner
def evaluate(
    examples: Examples, w: Array, b: float, lambda_: float, model: int, shared: Shared, z: Array, t: Array, dj_dw: Array
) -> tuple[float, float]:
    """J and dj_db at w, b; dj_dw (n,) is overwritten. z and t are buffers of one block."""
    n = len(dj_dw)
    M = examples.y.size
    if M >= PARTS_FROM:
        J, dj_db = by_parts(examples, w, b, model, shared, z, t, dj_dw)
    else:
        # Not a literal 0: that would be another type, and compile a second time.
        J, dj_db = part(examples, np.int64(0), M, w, b, model, z, t, dj_dw)
    if lambda_ != 0.0:
        for j in range(n):
            dj_dw[j] += lambda_ / examples.m * w[j]
        J += penalty(w, lambda_, examples.m)
    return J, dj_db
