"""A random sample of rows, the same for the same seed."""

import numpy as np

from core.dataset import Mask
from core.progress import Progress

_KEYS_AT_ONCE = 1 << 18


def rows_to_keep(m: int, at_most: int | None, seed: int, progress: Progress) -> Mask | None:
    """Which of m rows are in the sample (m,); None: all of them."""
    if at_most is None or m <= max(at_most, 1):
        return None
    rng = np.random.default_rng(seed)
    keys = np.empty(m)
    for start in range(0, m, _KEYS_AT_ONCE):
        keys[start : start + _KEYS_AT_ONCE] = rng.random(min(_KEYS_AT_ONCE, m - start))
        progress(1.0)
    last = max(at_most, 1) - 1
    return np.asarray(keys <= np.partition(keys, last)[last])
