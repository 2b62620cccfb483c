"""Linear regression in readable NumPy: the same update as logistic regression with another f.

    f = z = X w + b
    J(w, b)  = 1/(2m) Σ (f - y)² + lambda_/(2m) Σ w_j²            (b is not regularized)
    dj_dw_j  = 1/m Σ (f - y) x_j + lambda_/m w_j                  dj_db = 1/m Σ (f - y)

X (m, n), y (m,), w (n,), b a number. As a classifier: class 1 where f ≥ 0.5.
Source: Coursera, Machine Learning Specialization, course 1 weeks 2 and 3.
"""

import numpy as np
from numpy.typing import ArrayLike

from core.dataset import Array
from core.regression import gradient_of_error, mean_cost


def predict(X: ArrayLike, w: ArrayLike, b: float) -> Array:
    """f (m,) for each row of X (m, n)."""
    f: Array = np.asarray(X) @ np.asarray(w) + b
    return f


def losses(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> Array:
    """The loss of each example (m,): half its squared error."""
    loss: Array = 0.5 * (predict(X, w, b) - np.asarray(y)) ** 2
    return loss


def cost(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lambda_: float = 0.0) -> float:
    """J(w, b); nan when there are no examples."""
    return mean_cost(losses(X, y, w, b), w, lambda_)


def gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lambda_: float = 0.0) -> tuple[Array, float]:
    """dj_dw (n,) and dj_db at w, b. Needs at least one example."""
    return gradient_of_error(X, predict(X, w, b) - np.asarray(y), w, lambda_)


def z_at(f: float) -> float:
    """The z at which the model gives f."""
    return f
