"""Logistic regression on two columns, the case of the plane, from the signed columns of core.examples.

With everything times 2y - 1 one formula serves both labels: z is the signed w·x + b and p = g(z) the probability of the label that the
example has, so its loss is -log p = max(-z, 0) + log(1 + t), t = e^-|z|. z is taken to base 2, that is with w and b times log2 e.
Σ log(1 + t) is the logarithm of a product, whose powers of 2 are counted apart. Nothing is shared out before it is summed, so this is for
points where is_plain() says that no sum overflows. 1 - p keeps its digits where f - y has lost them, from z = 30 on.
"""

import math

from core.compiled.exponential import LN2, LOG2_E, exp2_negative, is_exact, log1p_of, log_from_one, without_power
from core.compiled.options import inlined
from core.dataset import Array
from core.examples import BLOCK, HUGE


@inlined
def is_plain(reach_1: float, reach_2: float, w1: float, w2: float, b: float) -> bool:
    """Whether no |z| is huge at w1, w2, b, nor any of these; reach_1 and reach_2 are the `reach` of core.examples."""
    return math.fabs(w1) * reach_1 + math.fabs(w2) * reach_2 + math.fabs(b) < HUGE


@inlined
def _example(x1: float, x2: float, s: float, c1: float, c2: float, c0: float) -> tuple[float, float, float]:
    """z to base 2, t = 2^-|z| and 1 - p."""
    z = c1 * x1 + c2 * x2 + c0 * s
    t = exp2_negative(math.fabs(z))
    return z, t, (t if z >= 0.0 else 1.0) / (1.0 + t)


@inlined
def signed_sums(signed: Array, first: int, last: int, w1: float, w2: float, b: float) -> tuple[float, float, int, float, float, float]:
    """Over the examples from first to last: Σ max(-z, 0) to base 2, the product of 1 + t as a number below 2 and the power of 2 that it is
    times, and the sums of 1 - p, x1 (1 - p), x2 (1 - p), which as the columns are signed are -m times the slopes.
    """
    c1, c2, c0 = w1 * LOG2_E, w2 * LOG2_E, b * LOG2_E
    wrong = 0.0
    product = 1.0
    power = 0
    off_b = 0.0
    off_1 = 0.0
    off_2 = 0.0
    for start in range(first, last, BLOCK):
        end = min(start + BLOCK, last)
        x1, x2, s = signed[0][start:end], signed[1][start:end], signed[2][start:end]
        for i in range(s.size):
            z, t, off = _example(x1[i], x2[i], s[i], c1, c2, c0)
            wrong -= z if z < 0.0 else 0.0
            product *= 1.0 + t
            off_b += off * s[i]
            off_1 += off * x1[i]
            off_2 += off * x2[i]
        product, more = without_power(product)
        power += more
    return wrong, product, power, off_b, off_1, off_2


@inlined
def small_sums(signed: Array, first: int, last: int, w1: float, w2: float, b: float) -> tuple[float, float, int, float, float, float]:
    """The same, but in place of the product Σ log(1 + t) one by one, for where is_exact() says that the product has lost its digits."""
    c1, c2, c0 = w1 * LOG2_E, w2 * LOG2_E, b * LOG2_E
    wrong = 0.0
    logs = 0.0
    off_b = 0.0
    off_1 = 0.0
    off_2 = 0.0
    # By blocks as well: so the slopes are the same to the last digit, whichever of the two made an update.
    for start in range(first, last, BLOCK):
        end = min(start + BLOCK, last)
        x1, x2, s = signed[0][start:end], signed[1][start:end], signed[2][start:end]
        for i in range(s.size):
            z, t, off = _example(x1[i], x2[i], s[i], c1, c2, c0)
            wrong -= z if z < 0.0 else 0.0
            logs += log1p_of(t * math.fabs(s[i]))  # a filler is no example
            off_b += off * s[i]
            off_1 += off * x1[i]
            off_2 += off * x2[i]
    return wrong, logs, 0, off_b, off_1, off_2


@inlined
def mean_of_part(
    signed: Array, first: int, last: int, fillers: int, share: float, w1: float, w2: float, b: float
) -> tuple[float, float, float, float]:
    """What the examples from first to last, of which the last are fillers, have of J, dj_db, dj_dw1, dj_dw2."""
    wrong, product, power, off_b, off_1, off_2 = signed_sums(signed, first, last, w1, w2, b)
    logs = (power - fillers) * LN2 + log_from_one(product)
    if not is_exact(logs, last - first):
        wrong, logs, power, off_b, off_1, off_2 = small_sums(signed, first, last, w1, w2, b)
    return (wrong * LN2 + logs) * share, -off_b * share, -off_1 * share, -off_2 * share
