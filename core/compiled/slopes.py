"""J, its gradient and its Hessian in one pass, for core.slopes: alone, as this is background work, and without the interpreter's lock.

A block at a time: its columns in the basis, z, f and the loss as in core.compiled.block, then a product of two rows for each entry of H.
"""

import math

import numpy as np

from core.compiled.borrow import borrowed
from core.compiled.exponential import exp_negative, sum_log1p
from core.compiled.options import entry, inlined
from core.dataset import Array
from core.examples import BLOCK

LOGISTIC = 0
LINEAR = 1


@inlined
def _to_basis(columns: Array, start: int, size: int, mu: Array, per_sigma: Array, T: Array, rotated: bool, rows: Array, q: Array) -> None:
    """The examples from start on, standardized into rows (n + 1, BLOCK), and into q = Tᵀ rows, which is not touched where T is nothing."""
    n = columns.shape[0]
    for j in range(n):
        x, standard, mu_j, per_j = columns[j], rows[j], mu[j], per_sigma[j]
        for i in range(size):
            standard[i] = (x[start + i] - mu_j) * per_j
    ones = rows[n]
    for i in range(size):
        ones[i] = 1.0
    if rotated:
        for k in range(n + 1):
            made, factor = q[k], T[n, k]
            for i in range(size):
                made[i] = factor
            for j in range(n):
                standard, factor = rows[j], T[j, k]
                for i in range(size):
                    made[i] += factor * standard[i]


@inlined
def _add_products(q: Array, size: int, s: Array, u: Array, H: Array) -> None:
    """Add Σ s q qᵀ of one block to the lower half of H, two entries at a time."""
    for j in range(H.shape[0]):
        left, row = q[j], H[j]
        for i in range(size):
            u[i] = s[i] * left[i]
        for k in range(0, j, 2):
            first, second = q[k], q[k + 1]
            sum_1 = 0.0
            sum_2 = 0.0
            for i in range(size):
                sum_1 += u[i] * first[i]
                sum_2 += u[i] * second[i]
            row[k] += sum_1
            row[k + 1] += sum_2
        if j % 2 == 0:
            last = 0.0
            for i in range(size):
                last += u[i] * left[i]
            row[j] += last


@entry
def slopes(
    columns: Array,
    y: Array,
    begin: int,
    end: int,
    mu: Array,
    per_sigma: Array,
    T: Array,
    rotated: bool,
    theta: Array,
    model: int,
    per_length: bool,
    scratch: Array,
    gradient: Array,
    H: Array,
) -> tuple[float, float, float, float]:
    """See core.slopes.numpy_slopes; scratch (2 (n + 1) + 5, BLOCK) is a buffer."""
    columns, y, scratch, H = borrowed(columns), borrowed(y), borrowed(scratch), borrowed(H)
    n = columns.shape[0]
    rows = scratch[: n + 1]
    q = scratch[n + 1 : 2 * (n + 1)] if rotated else rows
    z, e, s, u, t = scratch[2 * n + 2], scratch[2 * n + 3], scratch[2 * n + 4], scratch[2 * n + 5], scratch[2 * n + 6]
    J = 0.0
    margin = np.inf
    pull = 0.0
    standard_pull = 0.0
    for start in range(begin, end, BLOCK):
        size = min(BLOCK, end - start)
        _to_basis(columns, start, size, mu, per_sigma, T, rotated, rows, q)
        for i in range(size):
            z[i] = 0.0
            u[i] = 0.0
            t[i] = 0.0
        for k in range(n + 1):
            row = rows[k]
            for i in range(size):
                t[i] += row[i] * row[i]
        for k in range(n + 1):
            row, factor = q[k], theta[k]
            for i in range(size):
                z[i] += factor * row[i]
                u[i] += row[i] * row[i]
        loss = 0.0
        if model == LOGISTIC:
            product = 1.0
            for i in range(size):
                zi = z[i]
                yi = y[start + i]
                ti = exp_negative(math.fabs(zi))
                share = 1.0 / (1.0 + ti)
                loss += (zi if zi > 0.0 else 0.0) - yi * zi
                product *= 1.0 + ti
                e[i] = ti
                s[i] = ti * share * share
                signed = (2.0 * yi - 1.0) * zi
                margin = min(margin, signed)
                # 1 - f where y = 1 and f where y = 0, which rounds to 0 for no |z| below 708: so it can be a proof.
                off = ti * share if signed >= 0.0 else share
                length = math.sqrt(u[i])
                pull += off * length
                standard_pull += off * math.sqrt(t[i])
                if per_length:
                    s[i] /= length
                z[i] = (1.0 - 2.0 * yi) * off
            J += loss + sum_log1p(product, e, size)
        else:
            for i in range(size):
                error = z[i] - y[start + i]
                loss += 0.5 * error * error
                s[i] = 1.0
                z[i] = error
            J += loss
        for k in range(n + 1):
            row = q[k]
            total = 0.0
            for i in range(size):
                total += z[i] * row[i]
            gradient[k] += total
        _add_products(q, size, s, u, H)
    return J, margin, pull, standard_pull
