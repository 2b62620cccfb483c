"""Divergence: a proof that J will grow for ever, as a J that has grown proves nothing: that of logistic regression is bounded.

    linear    J is quadratic, so an update multiplies the distance from the minimum by I - alpha H: where an eigenvalue of it is beyond 1 in
              size and J grows, it goes on growing. One after the other, the matrix is the product of the steps of single parameters.
    logistic, squared    the part of a derivative that comes from the examples is at most 1/m Σ |x_j|, so w cannot run away but by lambda_:
              an update multiplies w by 1 - alpha lambda_ / m. Where that is below -1 and w so long that the examples cannot turn it,
              it grows for ever.

X (m, n) are the columns as trained.
"""

import numpy as np

from core.conditioning import hessian
from core.dataset import Array
from core.experiment import Experiment
from core.update_rules import SIMULTANEOUS

MARGIN = 1e-9


def grows_for_ever(X: Array, w: Array, experiment: Experiment) -> bool:
    """Whether gradient descent that stands at w (n,), after an iteration in which J grew, is sure to diverge."""
    alpha, lambda_ = experiment.alpha, experiment.lambda_
    with np.errstate(over="ignore", invalid="ignore"):
        if experiment.model == "linear":
            return _largest_factor(X, alpha, lambda_, experiment.update) > 1.0 + MARGIN
        turn = alpha * lambda_ / len(X) - 2.0
        return bool(turn > 0 and turn * np.linalg.norm(w) > alpha * np.linalg.norm(np.abs(X).mean(axis=0)))


def _largest_factor(X: Array, alpha: float, lambda_: float, update: str) -> float:
    """The spectral radius of the matrix by which an update multiplies the distance from the minimum."""
    H = hessian(X, np.zeros(X.shape[1]), 0.0, "linear", lambda_)
    if not np.isfinite(H).all():
        return 0.0
    if update == SIMULTANEOUS:
        return float(np.abs(1.0 - alpha * np.linalg.eigvalsh(H)).max())
    product = np.eye(len(H))
    for j in range(len(H)):
        product[j] -= alpha * (H[j] @ product)
    return float(np.abs(np.linalg.eigvals(product)).max())
