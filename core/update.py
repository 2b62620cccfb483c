"""The numbers of one update: what stands behind w and b of the next iteration.

    Σ (f - y) x_j  and  Σ (f - y)              `sums`
    lambda_/m w_j  and  0                      `penalty`
    dj_dw_j = sum / m + penalty, and dj_db     `derivative`
    alpha times it                             `step`
    w_j - step, b - step                       `after`
    a derivative this small is rounding        `noise`, 0 where there are very many examples

All are (n + 1,): w_1 … w_n, then b. One after the other, each derivative is taken where the parameters before it are new already.
X (m, n) are the columns as trained. The derivatives are those of core.models.
"""

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.experiment import Experiment
from core.frame import Frame
from core.models import MODELS
from core.update_rules import SEQUENTIAL

MOST_LISTED = 20
ROUNDING = 8 * float(np.finfo(np.float64).eps)  # of a mean, in parts of the mean size of what it is taken of

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Update:
    """One update of m examples; every array (n + 1,) for w_1 … w_n, b."""

    iteration: int
    m: int
    alpha: float
    lambda_: float
    before: Array
    sums: Array
    penalty: Array
    derivative: Array
    step: Array
    after: Array
    noise: Array

    @property
    def n(self) -> int:
        """Number of weights."""
        return len(self.before) - 1


@dataclass(frozen=True, eq=False)
class Contributions:
    """What single examples add to the sums. `rows` (k,) are numbers of examples of the dataset, test examples counted.

    f, y, error = f - y (k,); products (k, n + 1), so that products.sum(axis=0) + rest are the sums; `others` examples make up the rest.
    """

    rows: Indices
    f: Array
    y: Array
    error: Array
    products: Array
    others: int
    rest: Array


def update_of(frame: Frame) -> Update | None:
    """The update that leads from this frame to its next iteration; None without examples. O(m n), and n times that one after the other."""
    experiment = frame.experiment
    if not experiment.dataset.training.m:
        return None
    return update_at(experiment, _columns(experiment), frame.w, frame.b, frame.own_iteration)


def update_at(experiment: Experiment, X: Array, w: Array, b: float, iteration: int) -> Update:
    """The update from w (n,), b on columns X (m, n). Needs at least one example."""
    y, m, n = experiment.dataset.training.y, len(X), X.shape[1]
    alpha, lambda_ = experiment.alpha, experiment.lambda_
    math = MODELS[experiment.model]
    before = np.append(w, b)
    sums, penalty = np.empty(n + 1), np.append(lambda_ / m * w if lambda_ else np.zeros(n), 0.0)
    with np.errstate(over="ignore", invalid="ignore"):
        if experiment.update == SEQUENTIAL:
            after = before.copy()
            for j in range(n + 1):
                sums[j] = m * _slopes(math, X, y, after)[j]
                after[j] -= alpha * (sums[j] / m + penalty[j])
            derivative = sums / m + penalty
        else:
            sums = m * _slopes(math, X, y, before)
            derivative = sums / m + penalty
            after = before - alpha * derivative
        noise = np.zeros(n + 1)
        if experiment.is_quick:  # of very many examples it would cost as much as all the rest
            noise = ROUNDING * np.append(np.abs(X).mean(axis=0), 1.0) * np.abs(math.predict(X, w, b) - y).max()
        return Update(iteration, m, alpha, lambda_, before, sums, penalty, derivative, alpha * derivative, after, noise)


def contributions_of(frame: Frame, update: Update, most: int = MOST_LISTED) -> Contributions:
    """The examples of this frame's update in their order; of more than `most`, those with the largest |f - y|, the largest first."""
    experiment = frame.experiment
    training = experiment.dataset.training
    X, y, m = _columns(experiment), training.y, training.m
    math = MODELS[experiment.model]
    with np.errstate(over="ignore", invalid="ignore"):
        f = frame.predict_columns(X)
        if m > most:
            size = np.nan_to_num(np.abs(f - y), nan=np.inf)
            rows = np.argpartition(-size, most)[:most]
            rows = rows[np.lexsort((rows, -size[rows]))]
        else:
            rows = np.arange(m)
        products = np.empty((len(rows), update.n + 1))
        for column in range(update.n + 1):
            # Simultaneously all columns are taken at the same point, and the first pass has them all.
            sequential = experiment.update == SEQUENTIAL
            point = np.append(update.after[:column], update.before[column:]) if sequential else update.before
            for k, row in enumerate(rows):
                slopes = _slopes(math, X[row : row + 1], y[row : row + 1], point)
                if sequential:
                    products[k, column] = slopes[column]
                else:
                    products[k] = slopes
            if not sequential:
                break
        rest = update.sums - products.sum(axis=0)
    return Contributions(_in_dataset(experiment, rows), f[rows], y[rows], f[rows] - y[rows], products, m - len(rows), rest)


def _slopes(math: ModuleType, X: Array, y: Array, point: Array) -> Array:
    """1/m Σ (f - y) x_j and 1/m Σ (f - y) at the point w_1 … w_n, b: (n + 1,)."""
    dj_dw, dj_db = math.gradient(X, y, point[:-1], float(point[-1]))
    return np.append(dj_dw, dj_db)


def _columns(experiment: Experiment) -> Array:
    with np.errstate(over="ignore", invalid="ignore"):
        return experiment.features.apply(experiment.dataset.training.X)


def _in_dataset(experiment: Experiment, rows: Indices) -> Indices:
    """Numbers of training examples → numbers of examples of the whole dataset."""
    test = experiment.dataset.test
    return rows if test is None else np.flatnonzero(~test)[rows]
