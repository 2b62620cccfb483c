"""e^-a and the sum of log(1 + t) in forms that LLVM vectorizes; libm's exp and log1p do not."""

import math

import numpy as np

from core.compiled.options import exact, inner
from core.dataset import Array

_LOG2_E = 1.4426950408889634
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_ROUND = 6755399441055744.0  # 1.5 * 2^52: adding it leaves the nearest integer in the low bits
_EXP_LIMIT = 708.0  # e^-708 is the smallest before numbers become denormal


# Without reassoc: (x + _ROUND) - _ROUND must not be simplified to x.
@exact
def exp_negative(a: float) -> float:
    """e^-a for a ≥ 0, to 1 ulp or so; nan stays nan."""
    x = -a
    x = -_EXP_LIMIT if x < -_EXP_LIMIT else x  # in this form one instruction, and nan stays
    shifted = x * _LOG2_E + _ROUND
    k = shifted - _ROUND
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    # Estrin's scheme: products side by side instead of Horner's one after the other, whose wait is what a few examples take.
    r2 = r * r
    r4 = r2 * r2
    p01 = 1.0 + r
    p23 = 0.5000000000000019 + 0.1666666666666668 * r
    p45 = 0.04166666666648795 + 0.008333333333319589 * r
    p67 = 0.0013888888952352863 + 0.00019841269890076403 * r
    p89 = 2.4801485441561313e-05 + 2.755724088722987e-06 * r
    p1011 = 2.763265472252779e-07 + 2.5110049204818658e-08 * r
    low, middle, high = p01 + p23 * r2, p45 + p67 * r2, p89 + p1011 * r2
    p = low + (middle + high * r4) * r4
    bits = np.float64(p).view(np.int64) + (np.float64(shifted).view(np.int64) << np.int64(52))
    return float(np.int64(bits).view(np.float64))


@inner
def is_exact(sum_t: float, size: int) -> bool:
    """Whether the product of 1 + t keeps the digits of its logarithm: the t are not so small that 1 + t rounds them away."""
    return sum_t > min(0.1, 1e-3 * size)


@inner
def log1p_of_small(t: float) -> float:
    """log(1 + t) for t ≤ 0.1 by the series 2 (u + u³/3 + u⁵/5 + …) with u = t/(2 + t)."""
    u = t / (2.0 + t)
    s = u * u
    p = 1.0 / 11.0 + s * (1.0 / 13.0)
    p = 1.0 / 9.0 + s * p
    p = 1.0 / 7.0 + s * p
    p = 0.2 + s * p
    p = 1.0 / 3.0 + s * p
    return 2.0 * u * (1.0 + s * p)


@inner
def sum_log1p(product: float, sum_t: float, t: Array, size: int) -> float:
    """Σ log(1 + t) of one block: the logarithm of the product, or a series where 1 + t would round the small t away.

    Each factor of the product is off by up to 1.1e-16, all in the same direction when the examples are alike.
    """
    if is_exact(sum_t, size):
        return math.log(product)
    total = 0.0
    for i in range(size):
        total += log1p_of_small(t[i])
    return total
