"""e^-a and the sum of log(1 + t) in forms that LLVM vectorizes; libm's exp and log1p do not."""

import numpy as np

from core.compiled.options import exact, inlined, inner
from core.dataset import Array

LOG2_E = 1.4426950408889634
LN2 = 0.6931471805599453
_ROUND = 6755399441055744.0  # 1.5 * 2^52: adding it leaves the nearest integer in the low bits
_EXP2_LIMIT = 1022.0  # 2^-1022 is the smallest before numbers become denormal
_ONE_BITS = 0x3FF0000000000000
_DIGIT_BITS = 0x000FFFFFFFFFFFFF


# Without reassoc: (x + _ROUND) - _ROUND must not be simplified to x.
@exact
def exp2_negative(a: float) -> float:
    """2^-a for a ≥ 0, to 2 ulp; nan stays nan."""
    x = -a
    x = -_EXP2_LIMIT if x < -_EXP2_LIMIT else x  # in this form one instruction, and nan stays
    shifted = x + _ROUND
    r = x - (shifted - _ROUND)
    # 2^r for |r| ≤ 1/2, by Estrin's scheme: products side by side instead of Horner's one after the other.
    r2 = r * r
    r4 = r2 * r2
    p01 = 1.0 + 0.6931471805599453 * r
    p23 = 0.2402265069591013 + 0.055504108664820084 * r
    p45 = 0.009618129107594119 + 0.0013333558146774657 * r
    p67 = 0.0001540353045711413 + 1.5252733493097065e-05 * r
    p89 = 1.321543528141595e-06 + 1.017819958318913e-07 * r
    p1011 = 7.07378338604225e-09 + 4.434769737683999e-10 * r
    low, middle, high = p01 + p23 * r2, p45 + p67 * r2, p89 + p1011 * r2
    p = low + (middle + high * r4) * r4
    bits = np.float64(p).view(np.int64) + (np.float64(shifted).view(np.int64) << np.int64(52))
    return float(np.int64(bits).view(np.float64))


@exact
def exp_negative(a: float) -> float:
    """e^-a for a ≥ 0; nan stays nan. Off by as much as a rounding of a itself is worth, 1.1e-16 a."""
    return float(exp2_negative(a * LOG2_E))


@exact
def without_power(x: float) -> tuple[float, int]:
    """x ≥ 1 as a number from 1 to 2, and the power of 2 to multiply it by."""
    bits = np.float64(x).view(np.int64)
    digits = np.int64((bits & np.int64(_DIGIT_BITS)) | np.int64(_ONE_BITS))
    return float(digits.view(np.float64)), int((bits >> np.int64(52)) - np.int64(1023))


@inlined
def log1p_of(t: float) -> float:
    """log(1 + t) for 0 ≤ t ≤ 1, to 3 ulp however small t is: 2 (u + u³/3 + u⁵/5 + …) with u = t/(2 + t)."""
    u = t / (2.0 + t)
    s = u * u
    p = 0.04951411835452548 + s * 0.08869875216338645
    p = 0.06793157024808077 + s * p
    p = 0.07682147750340829 + s * p
    p = 0.09091407038826832 + s * p
    p = 0.11111096452146024 + s * p
    p = 0.14285714529004684 + s * p
    p = 0.19999999998024756 + s * p
    p = 0.3333333333333885 + s * p
    return 2.0 * u * (1.0 + s * p)


# Own, as a call would make the loops around it load all their constants again, which took a third of an iteration on a few examples.
@exact
def log_from_one(x: float) -> float:
    """log x for x ≥ 1, to 3 ulp; inf and nan become nan."""
    bits = np.float64(x).view(np.int64)
    power = float((bits >> np.int64(52)) - np.int64(1023))
    digits = np.int64((bits & np.int64(_DIGIT_BITS)) | np.int64(_ONE_BITS)).view(np.float64)
    return float(power * LN2 + log1p_of(digits - 1.0) + (x - x))


@inner
def is_exact(logs: float, size: int) -> bool:
    """Whether Σ log(1 + t) of so many examples keeps its digits as the logarithm of the product of 1 + t.

    Each factor is off by up to 1.1e-16, all in the same direction when the examples are alike, and more than that where t is tiny.
    """
    return logs > 1e-3 * size


@inner
def sum_log1p(product: float, t: Array, size: int) -> float:
    """Σ log(1 + t) of one block: the logarithm of the product, or one by one where that would not be exact."""
    logs = log_from_one(product)
    if not is_exact(logs, size):
        logs = 0.0
        for i in range(size):
            logs += log1p_of(t[i])
    return float(logs)
