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
from core.slopes import EPS, Basis, Passes, Slopes


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
    slopes = _slopes(X, w, b, model, lambda_)
    if slopes is None:
        return np.full((len(w) + 1, len(w) + 1), np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        root = slopes.basis.root(slopes.examples_H, lambda_, len(X))
        H: Array = root.T @ root
    return H


def curvature(X: Array, w: Array, b: float, model: str = "logistic", lambda_: float = 0.0) -> Curvature | None:
    """The extremes of the eigenvalues of H at w (n,), b; None where numbers overflow. Needs at least one example."""
    slopes = _slopes(X, w, b, model, lambda_)
    return curvature_of(slopes, lambda_, len(X)) if slopes is not None else None


def curvature_of(slopes: Slopes, lambda_: float, m: int) -> Curvature | None:
    """The same of slopes that are known, of m examples."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        root = slopes.basis.root(slopes.examples_H, lambda_, m)
        if not np.isfinite(root).all():
            return None
        # The singular values of a root of H and not the eigenvalues of H: so a condition number of 1e20 is right as well.
        values = np.linalg.svd(root, compute_uv=False)
        values = np.where(values > len(values) * EPS * values[0], values, 0.0)
        smallest = 0.0 if not lambda_ and slopes.is_flat else float(values[-1])
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


def _slopes(X: Array, w: Array, b: float, model: str, lambda_: float) -> Slopes | None:
    basis = Basis.standardized(X)
    if basis is None:
        return None
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        passes = Passes(X, np.zeros(len(X)), model if model == "linear" else "logistic", lambda_)
        return passes.rounded(passes.at(basis, basis.from_w_b(w, b)))
