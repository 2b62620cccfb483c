"""Ranges of axes that change in steps, so that an axis stands still while what it shows moves."""

import numpy as np

HIGHEST = 1e300  # the axes cannot bear more


def round_up(value: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    value = min(value, HIGHEST)
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-12)))
