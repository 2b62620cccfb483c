"""What linear and logistic regression have in common: the same cost around another loss, the same gradient around another f.

J(w, b)  = 1/m Σ loss + lambda_/(2m) Σ w_j²                   (b is not regularized)
dj_dw_j  = 1/m Σ (f - y) x_j + lambda_/m w_j                  dj_db = 1/m Σ (f - y)
"""

import numpy as np
from numpy.typing import ArrayLike

from core.dataset import Array


def mean_cost(losses: Array, w: ArrayLike, lambda_: float) -> float:
    """J from the losses (m,) and w (n,); nan when there are no examples."""
    m = len(losses)
    if m == 0:
        return float("nan")
    # Divided before summing: a sum of losses near 1e308 would overflow where their mean does not.
    J = (losses / m).sum()
    return float(J + penalty(w, lambda_, m))


def penalty(w: ArrayLike, lambda_: float, m: int) -> float:
    """The λ term of J, lambda_/(2m) Σ w_j², for w (n,) and m ≥ 1 examples."""
    # Not 0 · w·w, which is nan once the squares overflow.
    return float(lambda_ / (2 * m) * np.dot(w, w)) if lambda_ else 0.0


def gradient_of_error(X: ArrayLike, error: Array, w: ArrayLike, lambda_: float) -> tuple[Array, float]:
    """dj_dw (n,) and dj_db from X (m, n), error f - y (m,) and w (n,). Needs at least one example."""
    m = len(error)
    dj_dw = np.asarray(X, dtype=np.float64).T @ (error / m) + lambda_ / m * np.asarray(w, dtype=np.float64)
    return dj_dw, float((error / m).sum())
