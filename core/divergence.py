"""Divergence: a proof that J will grow for ever, as a J that has grown proves nothing: that of logistic regression is bounded.

    linear    J is quadratic, so a method multiplies the distance from the minimum by a matrix: where it has an eigenvalue beyond 1 in size
              and J grows, it goes on growing. With r the eigenvalues of the matrix and h those of the Hessian H:
                  gradient descent    r = 1 - alpha h; one after the other, the product of the steps of single parameters
                  momentum            r² = (1 + beta - alpha h) r - beta
                  Nesterov            r² = (1 + beta) (1 - alpha h) r - beta (1 - alpha h)
                  Newton              r = 1 - alpha
              From a few examples at a time there is no such matrix, and Adam keeps its steps short: nothing is proven there before J is
              beyond all measure.
    logistic, squared    the part of a derivative that comes from the examples is at most 1/m Σ |x_j|, so w cannot run away but by lambda_:
              an update multiplies w by 1 - alpha lambda_ / m. Where that is below -1 and w so long that the examples cannot turn it,
              it grows for ever. From a few examples at a time the same holds with the longest |x| in place of the mean; with momentum
              and Nesterov the root for h = lambda_ / m takes the place of the factor, once w is beyond all measure of the examples.

X (m, n) are the columns as trained.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.conditioning import hessian
from core.dataset import Array
from core.descents import GRADIENT, NEWTON
from core.experiment import Experiment
from core.update_rules import SIMULTANEOUS

MARGIN = 1e-9
BEYOND_MEASURE = 1e40  # of a J that begins at about 1
BATCHES = ("stochastic", "mini-batch")
MOVING = ("momentum", "nesterov")
LONG = 1e6  # times what the examples can move w


def grows_for_ever(columns: Callable[[], Array], w: Array, J: float, experiment: Experiment) -> bool:
    """Whether a descent that stands at w (n,), after an iteration in which J grew to this, is sure to diverge.

    `columns` makes X (m, n), and is called only where it matters.
    """
    alpha, lambda_ = experiment.alpha, experiment.lambda_
    with np.errstate(over="ignore", invalid="ignore"):
        if experiment.model == "linear":
            return _largest_factor(columns(), experiment) > 1.0 + MARGIN or (experiment.method in BATCHES and J > BEYOND_MEASURE)
        if experiment.method in BATCHES:
            return _lambda_turns(w, alpha, lambda_ / experiment.dataset.training.m, lambda: np.linalg.norm(columns(), axis=1).max())
        if experiment.method in MOVING:
            h, beta = np.array([lambda_ / experiment.dataset.training.m]), experiment.momentum
            looks_ahead = experiment.method == "nesterov"
            root = _root(1.0 - alpha * h, beta, looks_ahead)
            return root > 1.0 + MARGIN and bool((root - 1.0) * np.linalg.norm(w) > LONG * alpha * np.abs(columns()).mean(axis=0).max())
        if experiment.method != GRADIENT:
            return False
        return _lambda_turns(w, alpha, lambda_ / experiment.dataset.training.m, lambda: np.linalg.norm(np.abs(columns()).mean(axis=0)))


def _lambda_turns(w: Array, alpha: float, h: float, reach: Callable[[], np.floating[Any]]) -> bool:
    """Whether the λ term alone throws w to the other side and further out, by more than the examples, of this reach, can bring it back."""
    turn = alpha * h - 2.0
    return turn > 0 and bool(turn * np.linalg.norm(w) > alpha * float(reach()))


def _largest_factor(X: Array, experiment: Experiment) -> float:
    """The largest eigenvalue, in size, of the matrix that multiplies the distance from the minimum; 0 where there is none."""
    alpha, beta, method = experiment.alpha, experiment.momentum, experiment.method
    H = hessian(X, np.zeros(X.shape[1]), 0.0, "linear", experiment.lambda_)
    if not np.isfinite(H).all():
        return 0.0
    if method == NEWTON:
        return abs(1.0 - alpha)
    if method == GRADIENT and experiment.update != SIMULTANEOUS:
        product = np.eye(len(H))
        for j in range(len(H)):
            product[j] -= alpha * (H[j] @ product)
        return float(np.abs(np.linalg.eigvals(product)).max())
    shrinks: Array = 1.0 - alpha * np.asarray(np.linalg.eigvalsh(H), dtype=np.float64)
    match method:
        case "gradient":
            return float(np.abs(shrinks).max())
        case "momentum" | "nesterov":
            return _root(shrinks, beta, method == "nesterov")
        case _:
            return 0.0


def _root(shrinks: Array, beta: float, looks_ahead: bool) -> float:
    """The largest root, in size, of momentum or of Nesterov, which looks ahead; `shrinks` is 1 - alpha h."""
    if looks_ahead:
        return _largest_root((1.0 + beta) * shrinks, beta * shrinks)
    return _largest_root(beta + shrinks, beta * np.ones(len(shrinks)))


def _largest_root(p: Array, q: Array) -> float:
    """The largest solution, in size, of any of r² = p r - q."""
    root = np.sqrt((p * p - 4.0 * q).astype(complex))
    return float(max(np.abs(p + root).max(), np.abs(p - root).max())) / 2.0
