"""Logistic regression in readable NumPy: the specification that every faster version must equal.

    z = X w + b        f = g(z) = 1 / (1 + e^-z)
    loss(f, y)       = -y log f - (1 - y) log(1 - f) = max(z, 0) - y z + log(1 + e^-|z|)     (the last form never overflows)
    J(w, b)          = 1/m Σ loss + lambda_/(2m) Σ w_j²                                       (b is not regularized)
    dj_dw_j          = 1/m Σ (f - y) x_j + lambda_/m w_j          dj_db = 1/m Σ (f - y)

X (m, n), y (m,), w (n,), b a number. Source: Coursera, Machine Learning Specialization, course 1 week 3.
"""

import numpy as np
from numpy.typing import ArrayLike

from core.dataset import Array
from core.regression import gradient_of_error, mean_cost


def sigmoid(z: ArrayLike) -> Array:
    """g(z) = 1 / (1 + e^-z), any shape; right and without warning for every finite z."""
    z = np.asarray(z, dtype=np.float64)
    t = np.exp(-np.abs(z))
    g: Array = np.where(z >= 0, 1.0, t) / (1.0 + t)
    return g


def predict(X: ArrayLike, w: ArrayLike, b: float) -> Array:
    """The probability that y = 1 for each row of X (m, n): f (m,)."""
    return sigmoid(np.asarray(X) @ np.asarray(w) + b)


def losses(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> Array:
    """The loss of each example (m,)."""
    z, y = np.asarray(X) @ np.asarray(w) + b, np.asarray(y)
    loss: Array = np.maximum(z, 0.0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return loss


def cost(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lambda_: float = 0.0) -> float:
    """J(w, b); nan when there are no examples."""
    return mean_cost(losses(X, y, w, b), w, lambda_)


def gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lambda_: float = 0.0) -> tuple[Array, float]:
    """dj_dw (n,) and dj_db at w, b. Needs at least one example."""
    return gradient_of_error(X, predict(X, w, b) - np.asarray(y), w, lambda_)


def z_at(f: float) -> float:
    """The z at which the model gives f, 0 < f < 1: log(f / (1 - f))."""
    return float(np.log(f / (1.0 - f)))
