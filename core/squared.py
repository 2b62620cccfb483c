"""Squared error with a sigmoid in readable NumPy: the cost that one might think of first for classification, to see why it is not used.

    z = X w + b        f = g(z) = 1 / (1 + e^-z)
    J(w, b)  = 1/(2m) Σ (f - y)² + lambda_/(2m) Σ w_j²                 (b is not regularized)
    dj_dw_j  = 1/m Σ (f - y) f (1 - f) x_j + lambda_/m w_j             dj_db = 1/m Σ (f - y) f (1 - f)

Where the model is sure and wrong, f (1 - f) is almost 0 and with it the gradient: descent stands still on a plateau, and J is not convex.
X (m, n), y (m,), w (n,), b a number. Source: Coursera, Machine Learning Specialization, course 1 week 3 (logistic loss).
"""

import numpy as np
from numpy.typing import ArrayLike

from core.dataset import Array
from core.logistic import predict, sigmoid, z_at
from core.regression import gradient_of_error, mean_cost

__all__ = ["cost", "gradient", "losses", "predict", "z_at"]


def losses(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> Array:
    """The loss of each example (m,): half the squared error of its probability."""
    loss: Array = 0.5 * (predict(X, w, b) - np.asarray(y)) ** 2
    return loss


def cost(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lambda_: float = 0.0) -> float:
    """J(w, b); nan when there are no examples."""
    return mean_cost(losses(X, y, w, b), w, lambda_)


def gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, lambda_: float = 0.0) -> tuple[Array, float]:
    """dj_dw (n,) and dj_db at w, b. Needs at least one example."""
    z = np.asarray(X) @ np.asarray(w) + b
    f = sigmoid(z)
    # 1 - f is g(-z): taken as a difference it would lose its digits where f is near 1.
    return gradient_of_error(X, (f - np.asarray(y)) * f * sigmoid(-z), w, lambda_)
