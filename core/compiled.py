"""The fused kernel: one pass over the examples gives J and the gradient at w, b, then all parameters move at once.

The mathematics is that of core.logistic and core.linear, which are its oracles. What makes it fast:
- columns (n, m) contiguous, taken in blocks of 512 examples, so that every inner loop is simple enough for LLVM to vectorize;
- t = e^-|z| by an own polynomial (libm's exp does not vectorize), f and the loss both come from t;
- log(1 + t) is summed as the logarithm of a running product, once per block: each factor is at most 2, so 512 of them cannot overflow;
- J of the current w, b comes out of the same pass as the gradient, so a recorded run costs no more than an unrecorded one.

This is the one file that imports numba; core.kernels imports it in the background and calls it only when it is ready.
fastmath without nnan and ninf: a descent that diverges must show inf or nan, not nonsense.
"""

import math

import numba
import numpy as np
from numpy.typing import NDArray

from core.dataset import Array

Counts = NDArray[np.int64]

BLOCK = 512
LOGISTIC = 0
LINEAR = 1

_SUMS = {"reassoc", "contract", "arcp", "nsz"}

_LOG2_E = 1.4426950408889634
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_ROUND = 6755399441055744.0  # 1.5 * 2^52: adding it leaves the nearest integer in the low bits
_EXP_LIMIT = 708.0  # e^-708 is the smallest before numbers become denormal


# Without reassoc: (x + _ROUND) - _ROUND must not be simplified to x.
@numba.njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _exp_negative(a: float) -> float:
    """e^-a for a ≥ 0, to 1 ulp or so; nan stays nan."""
    x = -_EXP_LIMIT if a > _EXP_LIMIT else -a
    shifted = x * _LOG2_E + _ROUND
    k = shifted - _ROUND
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    p = 2.5110049204818658e-08
    p = p * r + 2.763265472252779e-07
    p = p * r + 2.755724088722987e-06
    p = p * r + 2.4801485441561313e-05
    p = p * r + 0.00019841269890076403
    p = p * r + 0.0013888888952352863
    p = p * r + 0.008333333333319589
    p = p * r + 0.04166666666648795
    p = p * r + 0.1666666666666668
    p = p * r + 0.5000000000000019
    p = p * r + 1.0
    p = p * r + 1.0
    bits = np.float64(p).view(np.int64) + (np.float64(shifted).view(np.int64) << np.int64(52))
    return float(np.int64(bits).view(np.float64))


@numba.njit(nogil=True, error_model="numpy", fastmath=_SUMS)
def _sum_log1p(product: float, sum_t: float, t: Array, size: int) -> float:
    """Σ log(1 + t) of one block: the logarithm of the product, or a series where 1 + t would round the small t away.

    Each factor of the product is off by up to 1.1e-16, all in the same direction when the examples are alike.
    The series, for t ≤ 0.1: log(1 + t) = 2 (u + u³/3 + u⁵/5 + …) with u = t/(2 + t).
    """
    if sum_t > min(0.1, 1e-3 * size):
        return math.log(product)
    total = 0.0
    for i in range(size):
        u = t[i] / (2.0 + t[i])
        s = u * u
        p = 1.0 / 11.0 + s * (1.0 / 13.0)
        p = 1.0 / 9.0 + s * p
        p = 1.0 / 7.0 + s * p
        p = 0.2 + s * p
        p = 1.0 / 3.0 + s * p
        total += u * (1.0 + s * p)
    return 2.0 * total


@numba.njit(nogil=True, error_model="numpy", fastmath=_SUMS)
def _logistic_block(z: Array, y: Array, inv_m: float, t: Array) -> tuple[float, float]:
    """Turns z (size,) of one block into 1/m (f - y) in place; returns 1/m Σ loss and Σ (f - y)."""
    size = y.size
    product = 1.0
    sum_t = 0.0
    loss = 0.0
    sum_error = 0.0
    for i in range(size):
        zi = z[i]
        yi = y[i]
        ti = _exp_negative(math.fabs(zi))
        error = (1.0 if zi >= 0.0 else ti) / (1.0 + ti) - yi
        product *= 1.0 + ti
        sum_t += ti
        # Divided before summing: losses near 1e308 would overflow where their mean does not.
        loss += ((zi if zi > 0.0 else 0.0) - yi * zi) * inv_m
        sum_error += error
        t[i] = ti
        z[i] = error * inv_m
    return loss + _sum_log1p(product, sum_t, t, size) * inv_m, sum_error


@numba.njit(nogil=True, error_model="numpy", fastmath=_SUMS)
def _linear_block(z: Array, y: Array, inv_m: float) -> tuple[float, float]:
    """Turns z (size,) of one block into 1/m (f - y) in place; returns 1/(2m) Σ (f - y)² and Σ (f - y)."""
    size = y.size
    loss = 0.0
    sum_error = 0.0
    for i in range(size):
        error = z[i] - y[i]
        loss += error * error * inv_m
        sum_error += error
        z[i] = error * inv_m
    return 0.5 * loss, sum_error


@numba.njit(nogil=True, error_model="numpy", fastmath=_SUMS)
def _z_block(columns: Array, start: int, end: int, w: Array, b: float, z: Array) -> None:
    """z (size,) = w·x + b for one block of examples."""
    # Row first, then slice: columns[:, start:end] would lose its contiguity, and with it the vector loops.
    n = columns.shape[0]
    size = end - start
    if n == 2:
        x1, x2 = columns[0][start:end], columns[1][start:end]
        w1, w2 = w[0], w[1]
        for i in range(size):
            z[i] = w1 * x1[i] + w2 * x2[i] + b
        return
    for i in range(size):
        z[i] = b
    for j in range(n):
        wj = w[j]
        xj = columns[j][start:end]
        for i in range(size):
            z[i] += wj * xj[i]


@numba.njit(nogil=True, error_model="numpy", fastmath=_SUMS)
def _add_error_times_x(columns: Array, start: int, end: int, error: Array, dj_dw: Array) -> None:
    """Adds Σ error x_j of one block to dj_dw (n,); error is 1/m (f - y)."""
    n = columns.shape[0]
    size = end - start
    if n == 2:
        x1, x2 = columns[0][start:end], columns[1][start:end]
        s1 = 0.0
        s2 = 0.0
        for i in range(size):
            s1 += error[i] * x1[i]
            s2 += error[i] * x2[i]
        dj_dw[0] += s1
        dj_dw[1] += s2
        return
    for j in range(n):
        xj = columns[j][start:end]
        s = 0.0
        for i in range(size):
            s += error[i] * xj[i]
        dj_dw[j] += s


@numba.njit(nogil=True, error_model="numpy", fastmath=_SUMS)
def _evaluate(
    columns: Array, y: Array, w: Array, b: float, lambda_: float, model: int, dj_dw: Array, z: Array, t: Array
) -> tuple[float, float]:
    """J and dj_db at w, b; dj_dw (n,) is overwritten. z and t are buffers of one block."""
    n, m = columns.shape
    inv_m = 1.0 / m
    J = 0.0
    sum_error = 0.0
    for j in range(n):
        dj_dw[j] = 0.0
    for start in range(0, m, BLOCK):
        end = min(start + BLOCK, m)
        y_block = y[start:end]
        _z_block(columns, start, end, w, b, z)
        if model == LOGISTIC:
            block_J, block_error = _logistic_block(z, y_block, inv_m, t)
        else:
            block_J, block_error = _linear_block(z, y_block, inv_m)
        J += block_J
        sum_error += block_error
        _add_error_times_x(columns, start, end, z, dj_dw)
    squares = 0.0
    for j in range(n):
        dj_dw[j] += lambda_ * inv_m * w[j]
        squares += w[j] * w[j]
    if lambda_ != 0.0:
        J += 0.5 * lambda_ * inv_m * squares
    return J, sum_error * inv_m


@numba.njit(nogil=True, error_model="numpy", cache=True, fastmath=_SUMS)
def advance(
    columns: Array,
    y: Array,
    w: Array,
    dj_dw: Array,
    scalars: Array,
    alpha: float,
    lambda_: float,
    model: int,
    iteration: int,
    updates: int,
    stride: int,
    row_iteration: Counts,
    row_w: Array,
    row_b: Array,
    row_J: Array,
    row: int,
) -> tuple[int, int, bool]:
    """Up to `updates` simultaneous updates from w (n,), scalars = (b, J, dj_db) and dj_dw, all of them changed in place.

    Every iteration divisible by `stride` is written to the row buffers, from index `row` on. Stops at the last finite w, b, J.
    Returns the updates made, the next free row, and whether the next update would have left the finite numbers.
    """
    n = columns.shape[0]
    z = np.empty(BLOCK)
    t = np.empty(BLOCK)
    w_before = np.empty(n)
    b = scalars[0]
    J = scalars[1]
    dj_db = scalars[2]
    until_row = stride - iteration % stride
    for done in range(updates):
        b_before = b
        J_before = J
        for j in range(n):
            w_before[j] = w[j]
            w[j] -= alpha * dj_dw[j]
        b -= alpha * dj_db
        J, dj_db = _evaluate(columns, y, w, b, lambda_, model, dj_dw, z, t)
        finite = math.isfinite(J) and math.isfinite(b)
        for j in range(n):
            finite = finite and math.isfinite(w[j])
        if not finite:
            w[:] = w_before
            scalars[0] = b_before
            scalars[1] = J_before
            return done, row, True
        until_row -= 1
        if until_row == 0:
            until_row = stride
            row_iteration[row] = iteration + done + 1
            for j in range(n):
                row_w[row, j] = w[j]
            row_b[row] = b
            row_J[row] = J
            row += 1
    scalars[0] = b
    scalars[1] = J
    scalars[2] = dj_db
    return updates, row, False
