"""J and the gradient of one block of examples. z = w·x + b by columns, t = e^-|z|, f and the loss both from t, the gradient by columns:
loops so simple that LLVM vectorizes each of them.
"""

import math

from core.compiled.exponential import exp_negative, sum_log1p
from core.compiled.options import inlined
from core.dataset import Array


@inlined
def logistic(z: Array, y: Array, share: Array, real: Array, t: Array) -> tuple[float, float]:
    """Turns z of one block into (f - y)/m in place; y (size,). Returns J and dj_db."""
    product = 1.0
    loss = 0.0
    dj_db = 0.0
    for i in range(y.size):
        zi = z[i]
        yi = y[i]
        ti = exp_negative(math.fabs(zi))
        error = ((1.0 if zi >= 0.0 else ti) / (1.0 + ti) - yi) * share[i]
        loss += ((zi if zi > 0.0 else 0.0) - yi * zi) * share[i]
        ti *= real[i]
        product *= 1.0 + ti
        dj_db += error
        t[i] = ti
        z[i] = error
    return loss + sum_log1p(product, t, y.size) * share[0], dj_db


@inlined
def linear(z: Array, y: Array, share: Array, real: Array) -> tuple[float, float]:
    """Turns z of one block into (f - y)/m in place; y (size,). Returns J and dj_db."""
    loss = 0.0
    dj_db = 0.0
    for i in range(y.size):
        # Fillers first to 0, as their square could overflow.
        error = (z[i] - y[i]) * real[i]
        loss += error * error * share[i]
        dj_db += error * share[i]
        z[i] = error * share[i]
    return 0.5 * loss, dj_db


@inlined
def squared(z: Array, y: Array, share: Array) -> tuple[float, float]:
    """Turns z of one block into (f - y) f (1 - f)/m in place, f = g(z); y (size,). Returns J and dj_db."""
    loss = 0.0
    dj_db = 0.0
    for i in range(y.size):
        zi = z[i]
        ti = exp_negative(math.fabs(zi))
        error = (1.0 if zi >= 0.0 else ti) / (1.0 + ti) - y[i]
        loss += error * error * share[i]
        slope = error * (ti / ((1.0 + ti) * (1.0 + ti))) * share[i]
        dj_db += slope
        z[i] = slope
    return 0.5 * loss, dj_db


@inlined
def linear_combination(columns: Array, start: int, end: int, w: Array, b: float, z: Array) -> None:
    """z = w·x + b of the examples from start to end, two columns at a time."""
    # Row first, then slice: columns[:, start:end] would lose its contiguity, and with it the vector loops.
    n = columns.shape[0]
    size = end - start
    first, w1 = columns[0][start:end], w[0]
    for i in range(size):
        z[i] = w1 * first[i] + b
    for j in range(1, n - 1, 2):
        x1, x2 = columns[j][start:end], columns[j + 1][start:end]
        w1, w2 = w[j], w[j + 1]
        for i in range(size):
            z[i] += w1 * x1[i] + w2 * x2[i]
    if n % 2 == 0:
        last, w1 = columns[n - 1][start:end], w[n - 1]
        for i in range(size):
            z[i] += w1 * last[i]


@inlined
def add_error_times_x(columns: Array, start: int, end: int, error: Array, dj_dw: Array) -> None:
    """Adds Σ error x_j of the examples from start to end to dj_dw (n,); error is (f - y)/m."""
    n = columns.shape[0]
    size = end - start
    for j in range(0, n - 1, 2):
        x1, x2 = columns[j][start:end], columns[j + 1][start:end]
        s1 = 0.0
        s2 = 0.0
        for i in range(size):
            s1 += error[i] * x1[i]
            s2 += error[i] * x2[i]
        dj_dw[j] += s1
        dj_dw[j + 1] += s2
    if n % 2 == 1:
        last = columns[n - 1][start:end]
        s = 0.0
        for i in range(size):
            s += error[i] * last[i]
        dj_dw[n - 1] += s
