"""Conditioning: how steep and how flat J is at w, b, all parameters together, and what that means for alpha.

    H = 1/m Σ s [x, 1] [x, 1]ᵀ + lambda_/m diag(1, …, 1, 0)          (n + 1, n + 1), of (w_1, …, w_n, b)
    logistic  s = f (1 - f) ≤ 1/4, which it is at w = 0, b = 0       linear  s = 1
    squared   has no such form: its J is no bowl. |s| < 0.16 there, so the 1/L of logistic is safe for it, too

    condition number = λmax / λmin          edge = 2/λmax: near a minimum descent goes on shrinking J for alpha below it, and swings above

The condition number of an experiment is that at the minimum: there descent spends nearly all of its iterations (exam scores: 4.6e6 raw, 42
with z-score; at the start it is 2.3e5 and 1.1, which promises more than is kept). X (m, n) are the columns as trained.
Source: Boyd, Vandenberghe 2004, section 9.3 (gradient descent and the condition number); Nesterov 2004, theorem 2.1.14 (alpha = 1/L).
"""

import math
from dataclasses import dataclass

import numpy as np

from core.dataset import Array
from core.logistic import sigmoid

ROWS_AT_ONCE = 16_384


@dataclass(frozen=True)
class Curvature:
    """The greatest and the least eigenvalue of the Hessian."""

    largest: float
    smallest: float

    @property
    def condition_number(self) -> float:
        """λmax / λmin; infinite where J is flat in some direction."""
        return self.largest / self.smallest if self.smallest > 0 else math.inf

    @property
    def edge(self) -> float:
        """2/λmax."""
        return 2.0 / self.largest if self.largest > 0 else math.inf


def hessian(X: Array, w: Array, b: float, model: str = "logistic", lambda_: float = 0.0) -> Array:
    """H (n + 1, n + 1) at w (n,), b on X (m, n). Needs at least one example; not finite where numbers overflow."""
    root = _root(X, w, b, model, lambda_)
    with np.errstate(over="ignore", invalid="ignore"):
        H: Array = root.T @ root
    return H


def curvature(X: Array, w: Array, b: float, model: str = "logistic", lambda_: float = 0.0) -> Curvature | None:
    """The extremes of the eigenvalues of H at w (n,), b; None where numbers overflow. Needs at least one example."""
    root = _root(X, w, b, model, lambda_)
    if not np.isfinite(root).all():
        return None
    # The singular values of a root of H and not the eigenvalues of H: so a condition number of 1e20 is right as well.
    values = np.linalg.svd(root, compute_uv=False)
    values = np.where(values > len(values) * np.finfo(np.float64).eps * values[0], values, 0.0)
    smallest = float(values[-1]) if len(root) > len(w) else 0.0
    with np.errstate(over="ignore", under="ignore"):
        found = Curvature(float(values[0]) ** 2 if values[0] < 1e150 else math.inf, smallest**2)
    return found if math.isfinite(found.largest) else None


def steepest(X: Array, model: str = "logistic", lambda_: float = 0.0) -> float | None:
    """L, the greatest curvature that J has anywhere; None where numbers overflow. Needs at least one example."""
    found = curvature(X, np.zeros(X.shape[1]), 0.0, model, lambda_)
    return found.largest if found is not None else None


def steady_alpha(X: Array, model: str = "logistic", lambda_: float = 0.0) -> float | None:
    """1/L: of all that let J fall at every iteration, the one that promises the greatest fall. None where numbers overflow."""
    L = steepest(X, model, lambda_)
    return 1.0 / L if L else None


def _root(X: Array, w: Array, b: float, model: str, lambda_: float) -> Array:
    """R (≤ 2 (n + 1), n + 1) with RᵀR = H, from QR decompositions of a block of examples at a time."""
    m, n = X.shape
    root: Array = np.empty((0, n + 1))
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for start in range(0, m, ROWS_AT_ONCE):
            columns = np.column_stack([X[start : start + ROWS_AT_ONCE], np.ones(min(ROWS_AT_ONCE, m - start))])
            if model != "linear":
                f = sigmoid(columns[:, :-1] @ w + b)
                columns *= np.sqrt(f * (1.0 - f))[:, np.newaxis]
            columns /= math.sqrt(m)
            root = np.asarray(np.linalg.qr(np.concatenate([root, columns]), mode="r"))
        if lambda_:
            root = np.concatenate([root, math.sqrt(lambda_ / m) * np.eye(n, n + 1)])
    return root
