"""J of logistic regression at every node of a plane of two parameters."""

import math

import numpy as np

from core.compiled.exponential import exp_negative, sum_log1p
from core.compiled.options import entry, inner
from core.dataset import Array
from core.examples import BLOCK


@inner
def _log_loss(begin: Array, one: Array, step: float, t: Array) -> float:
    """Σ log(1 + e^z) with begin + step one for z (size,); t (size,) is scratch."""
    positive = 0.0
    product = 1.0
    for i in range(begin.size):
        zi = begin[i] + step * one[i]
        ti = exp_negative(math.fabs(zi))
        positive += zi if zi > 0.0 else 0.0
        product *= 1.0 + ti
        t[i] = ti
    return float(positive + sum_log1p(product, t, begin.size))


@entry
def log_loss_grid(t: Array, one: Array, other: Array, dp: Array, dq: Array) -> Array:
    """Mean of log(1 + e^t) over the examples, with t + dp one + dq other for t (m,): (len(dq), len(dp))."""
    total = np.zeros((len(dq), len(dp)))
    begin, scratch = np.empty(BLOCK), np.empty(BLOCK)
    for start in range(0, len(t), BLOCK):
        size = min(BLOCK, len(t) - start)
        t_block, one_block, other_block = t[start : start + size], one[start : start + size], other[start : start + size]
        begin_block, scratch_block = begin[:size], scratch[:size]
        for row in range(len(dq)):
            for i in range(size):
                begin_block[i] = t_block[i] + dq[row] * other_block[i]
            for column in range(len(dp)):
                total[row, column] += _log_loss(begin_block, one_block, dp[column], scratch_block)
    return total / len(t)
