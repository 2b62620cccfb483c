"""Another model fitted to the same columns, to compare its boundary with the one that descent finds: its minimum, without descent.

Linear regression by least squares; logistic regression by Newton's method, w, b := w, b - H⁻¹ ∂J, at most MOST_STEPS times, as separable
data have no minimum. Both with the experiment's lambda_. The columns are z-scored inside, so that those of raw polynomial terms can be
solved for; w (n_terms,) and b come back for the columns as they are.
"""

from dataclasses import dataclass

import numpy as np

from core.dataset import Array
from core.experiment import Experiment
from core.features import FeatureMap
from core.logistic import sigmoid

MOST_STEPS = 25
MOST_EXAMPLES = 20_000  # of which every k-th is taken, so that it stays well under a second
FLAT = 1e-10


@dataclass(frozen=True, eq=False)
class Fit:
    """w (n_terms,) and b of `model` on columns made by `features`."""

    model: str
    features: FeatureMap
    w: Array
    b: float


def other_model(model: str) -> str:
    """The model to compare with."""
    return "linear" if model == "logistic" else "logistic"


def fit_other(experiment: Experiment) -> Fit | None:
    """The other model at its minimum; None when there are not examples of both classes."""
    if not experiment.trainable:
        return None
    columns, y = experiment.columns(), experiment.dataset.training.y
    every = -(-len(y) // MOST_EXAMPLES)
    decay = experiment.lambda_ / len(y)
    columns, y = columns[::every], y[::every]
    mu, sigma = columns.mean(axis=0), columns.std(axis=0)
    sigma = np.where(sigma > 0, sigma, 1.0)
    D = np.column_stack([(columns - mu) / sigma, np.ones(len(y))])
    penalty = np.append(decay / sigma**2, 0.0)  # of w², which is (w of the z-scored columns / sigma)²
    model = other_model(experiment.model)
    w_b = _least_squares(D, y, penalty) if model == "linear" else _newton(D, y, penalty)
    w = w_b[:-1] / sigma
    return Fit(model, experiment.features, w, float(w_b[-1] - w @ mu))


def _least_squares(D: Array, y: Array, penalty: Array) -> Array:
    return _solve(D.T @ D / len(y) + np.diag(penalty), D.T @ y / len(y))


def _newton(D: Array, y: Array, penalty: Array) -> Array:
    w_b = np.zeros(D.shape[1])
    J = _cost(D, y, penalty, w_b)
    for _ in range(MOST_STEPS):
        f = sigmoid(D @ w_b)
        gradient = D.T @ (f - y) / len(y) + penalty * w_b
        if np.abs(gradient).max() < FLAT:
            break
        hessian = (D.T * (f * (1.0 - f))) @ D / len(y) + np.diag(penalty)
        step = _solve(hessian, gradient)
        share = 1.0
        while (new_J := _cost(D, y, penalty, w_b - share * step)) > J and share > 1e-6:
            share /= 2
        if not new_J < J:
            break
        w_b, J = w_b - share * step, new_J
    return w_b


def _cost(D: Array, y: Array, penalty: Array, w_b: Array) -> float:
    z = D @ w_b
    return float((np.maximum(z, 0.0) - y * z + np.log1p(np.exp(-np.abs(z)))).mean() + 0.5 * penalty @ w_b**2)


def _solve(A: Array, b: Array) -> Array:
    """The smallest solution: columns may depend on each other."""
    return np.asarray(np.linalg.lstsq(A, b, rcond=1e-13)[0], dtype=np.float64)
