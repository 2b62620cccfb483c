"""Examples as the kernels want them: a contiguous row for each column, filled up with empty examples to whole vectors of the processor.

What is filled up weighs nothing: `share` is 1/m for an example and 0 for a filler, `real` is 1 and 0. Both are kept for one full block and
for the last one, which holds all the fillers.
"""

from typing import NamedTuple

import numpy as np

from core.dataset import Array

BLOCK = 512  # examples; small enough for the processor's nearest cache, and (1 + t) ≤ 2 multiplied as often cannot overflow
LANES = 8  # float64 of the widest vector


class Examples(NamedTuple):
    """columns (n, M) and y (M,), m of the M real; share and real (2, BLOCK): of any block but the last, and of the last."""

    columns: Array
    y: Array
    share: Array
    real: Array
    m: int


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
    return Examples(columns, padded_y, real / m, real, m)
