"""Examples as the kernels want them: a contiguous row for each column, filled up with empty examples to whole vectors of the processor.

What is filled up weighs nothing: `share` is 1/m for an example and 0 for a filler, `real` is 1 and 0. Both are kept for one full block and
for the last one, which holds all the fillers.
"""

from typing import NamedTuple

import numpy as np

from core.dataset import Array

BLOCK = 512  # examples; small enough for the processor's nearest cache, and (1 + t) ≤ 2 multiplied as often cannot overflow
LANES = 8  # float64 of the widest vector
PORTION = 64  # updates whose J is found together
HUGE = 1e140  # neither the square of such a number nor a sum of as many as there may be overflows


class Examples(NamedTuple):
    """columns (n, M) and y (M,), m of the M real and the last `fillers` not; share and real (2, BLOCK) of any block but the last, and of
    the last.

    signed (3, M): x1, x2 and 1, each times 2y - 1, for core.compiled.signed; (3, 0) unless there are two columns, every y is 0 or 1 and no
    number is HUGE. reach (2,): the largest |x1| and |x2|, or 1.
    """

    columns: Array
    y: Array
    share: Array
    real: Array
    m: int
    signed: Array
    reach: Array
    fillers: int


def lay_out(X: Array, y: Array) -> Examples:
    """Copy X (m, n), y (m,) into the kernels' layout; m ≥ 1."""
    m, n = X.shape
    filled = -(-m // LANES) * LANES
    # Made here and so writable: numba would compile a second kernel for read-only arrays.
    columns = np.zeros((n, filled))
    columns[:, :m] = X.T
    padded_y = np.zeros(filled)
    padded_y[:m] = y
    real = np.ones((2, BLOCK))
    real[1, m - (filled - 1) // BLOCK * BLOCK :] = 0.0
    signed, reach = _sign(columns, padded_y, m)
    return Examples(columns, padded_y, real / m, real, m, signed, reach, filled - m)


def _sign(columns: Array, y: Array, m: int) -> tuple[Array, Array]:
    """`signed` and `reach` of Examples."""
    n, M = columns.shape
    reach = np.maximum(np.abs(columns).max(axis=1), 1.0) if n == 2 else np.ones(2)
    if n != 2 or not (reach < HUGE).all() or ((y != 0.0) & (y != 1.0)).any():
        return np.empty((3, 0)), reach
    signed = np.empty((3, M))
    signed[2, :m] = 2.0 * y[:m] - 1.0
    signed[2, m:] = 0.0
    np.multiply(columns, signed[2], out=signed[:2])
    return signed, reach
