"""Optimum: the w, b of the least cost J, by Newton's method with a line search, and when there is none.

Logistic regression without regularization has no minimum where a line separates the classes: J then falls for ever as w grows along the
separating direction. That is told by a certificate and not by a large w: a w, b that has every example on its side, beyond what rounding
can change. Newton's method comes by one within a few steps where there is one. Where the classes only touch, or a column repeats another,
J has no curvature in some direction, and there is no single minimum to show either.

X (m, n), y (m,) as in core.logistic. Columns are standardized for the way; what is returned is not.
Source: Albert, Anderson 1984 (existence of the minimum); Boyd, Vandenberghe 2004, algorithm 9.5 (Newton with backtracking).
"""

from dataclasses import dataclass

import numpy as np

from core import linear, logistic
from core.dataset import Array
from core.progress import Progress

ROWS_AT_ONCE = 65_536
MOST_STEPS = 60
CLOSE = 1e-9  # the last step is at most this share of w, b
LEAST_FALL = 1e-4  # of what the gradient promises, or the step is halved
SMALLEST_STEP = 1e-10
FLAT = 1e-12  # curvature below this share of the greatest is none


@dataclass(frozen=True, eq=False)
class Optimum:
    """w (n,) and b of the least J."""

    w: Array
    b: float
    J: float


def find_minimum(X: Array, y: Array, model: str = "logistic", lambda_: float = 0.0, progress: Progress = lambda _: None) -> Optimum | None:
    """The minimum of J on X (m, n), y (m,); None when there is no finite one, or none that can be told from its surroundings.

    Takes about ten passes over the examples. `progress` is called often; what it raises ends the work.
    """
    if not len(y):
        return None
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        mu, sigma = X.mean(axis=0), X.std(axis=0)
        sigma = np.where(sigma > 1e-12 * np.abs(mu), sigma, 1.0)
        if not (np.isfinite(mu).all() and np.isfinite(sigma).all()):
            return None
        if model == "linear":
            theta = _solve_linear(X, y, mu, sigma, lambda_, progress)
        else:
            theta = None if y.min() == y.max() else _newton(X, y, mu, sigma, lambda_, progress)
        if theta is None:
            return None
        w, b = _unscaled(theta, mu, sigma)
        J = (linear if model == "linear" else logistic).cost(X, y, w, b, lambda_)
    return Optimum(w, b, J) if np.isfinite([*w, b, J]).all() else None


def separates(X: Array, y: Array, w: Array, b: float) -> bool:
    """Whether w, b has every example on its side, whatever rounding does: a proof that the classes can be separated."""
    sign = 2.0 * y - 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        z = X @ w + b
        # Higham 2002, section 3.1: the sum of n + 1 products is off by at most (n + 1) ε times the sum of their sizes.
        error = (len(w) + 2) * np.finfo(np.float64).eps * (np.abs(X) @ np.abs(w) + abs(b))
        return bool((sign * z > error).all())


def _solve_linear(X: Array, y: Array, mu: Array, sigma: Array, lambda_: float, progress: Progress) -> Array | None:
    """theta (n + 1,) in standardized units; None where several are equally good."""
    hessian, target = _hessian(X, np.ones(len(y)), mu, sigma, progress), np.zeros(X.shape[1] + 1)
    for rows in _blocks(len(y)):
        target += _standardized(X[rows], mu, sigma).T @ (y[rows] / len(y))
    hessian += _penalty(sigma, lambda_, len(y))
    return _solve(hessian, target)


def _newton(X: Array, y: Array, mu: Array, sigma: Array, lambda_: float, progress: Progress) -> Array | None:
    theta = np.zeros(X.shape[1] + 1)
    penalty = _penalty(sigma, lambda_, len(y))
    J, gradient, f = _evaluate(X, y, theta, mu, sigma, penalty)
    for _ in range(MOST_STEPS):
        progress(0.0)
        hessian = _hessian(X, f * (1.0 - f), mu, sigma, progress) + penalty
        step = _solve(hessian, -gradient)
        if step is None or not np.isfinite(step).all():
            return None
        slope = float(gradient @ step)
        share = 1.0
        while True:
            new = theta + share * step
            new_J, new_gradient, f = _evaluate(X, y, new, mu, sigma, penalty)
            if new_J <= J + LEAST_FALL * share * slope + 1e-15 * abs(J) or share < SMALLEST_STEP:
                break
            share /= 2
        moved = share * np.abs(step).sum()
        theta, J, gradient = new, new_J, new_gradient
        if not lambda_ and separates(X, y, *_unscaled(theta, mu, sigma)):
            return None
        if moved <= CLOSE * (1.0 + np.abs(theta).sum()):
            return theta
    return None


def _evaluate(X: Array, y: Array, theta: Array, mu: Array, sigma: Array, penalty: Array) -> tuple[float, Array, Array]:
    """J, its gradient (n + 1,) and f (m,), in standardized units."""
    m = len(y)
    f, J = np.empty(m), 0.0
    gradient = penalty @ theta
    for rows in _blocks(m):
        columns = _standardized(X[rows], mu, sigma)
        z = columns @ theta
        f[rows] = logistic.sigmoid(z)
        J += float((np.maximum(z, 0.0) - y[rows] * z + np.log1p(np.exp(-np.abs(z)))).sum())
        gradient += columns.T @ ((f[rows] - y[rows]) / m)
    return J / m + 0.5 * float(theta @ penalty @ theta), gradient, f


def _hessian(X: Array, weight: Array, mu: Array, sigma: Array, progress: Progress) -> Array:
    """1/m Σ weight x xᵀ (n + 1, n + 1) over standardized columns and ones."""
    n = X.shape[1]
    hessian = np.zeros((n + 1, n + 1))
    for rows in _blocks(len(X)):
        progress(0.0)
        columns = _standardized(X[rows], mu, sigma)
        hessian += columns.T @ (columns * (weight[rows] / len(X))[:, np.newaxis])
    return hessian


def _solve(hessian: Array, target: Array) -> Array | None:
    """The solution of a symmetric system; None where it is not the only one."""
    values, vectors = np.linalg.eigh(hessian) if np.isfinite(hessian).all() else (np.zeros(1), hessian)
    if not values[0] > FLAT * values[-1]:
        return None
    solution: Array = vectors @ ((vectors.T @ target) / values)
    return solution


def _penalty(sigma: Array, lambda_: float, m: int) -> Array:
    """λ/m on the diagonal for each w_j, which is sigma_j times smaller than its standardized one, and nothing for b."""
    return np.diag(np.append(lambda_ / m / sigma**2, 0.0))


def _standardized(X: Array, mu: Array, sigma: Array) -> Array:
    columns: Array = np.column_stack([(X - mu) / sigma, np.ones(len(X))])
    return columns


def _unscaled(theta: Array, mu: Array, sigma: Array) -> tuple[Array, float]:
    w = theta[:-1] / sigma
    return w, float(theta[-1] - w @ mu)


def _blocks(m: int) -> list[slice]:
    return [slice(start, start + ROWS_AT_ONCE) for start in range(0, m, ROWS_AT_ONCE)]
