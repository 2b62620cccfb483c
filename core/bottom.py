"""Bottom: the minimum of J and how steep and flat J is there, or the reason why there is no such place."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from core.conditioning import Curvature, curvature, steepest
from core.dataset import Array
from core.experiment import Experiment
from core.optimum import FLAT, Optimum, find_minimum
from core.progress import Progress
from core.scaling import fit_scaler

CONVEX = ("logistic", "linear")  # the models whose J is a bowl


class Why(Enum):
    """Why there is no minimum to speak of."""

    NO_EXAMPLES = "no examples"
    ONE_CLASS = "one class"
    FLAT = "flat"  # a column is constant or follows from others: a whole line of w, b has the least J
    SEPARABLE = "separable"  # J falls for ever as w grows
    TOO_LARGE = "too large"  # for numbers
    NOT_CONVEX = "not convex"  # J has bumps and plains: there may be many minima


@dataclass(frozen=True, eq=False)
class Bottom:
    """`minimum` and `curvature` there, or `why` there is none. Below `safe_alpha` J falls at every iteration, from anywhere."""

    minimum: Optimum | None = None
    curvature: Curvature | None = None
    why: Why | None = None
    safe_alpha: float | None = None


def find_bottom(X: Array, y: Array, model: str = "logistic", lambda_: float = 0.0, progress: Progress = lambda _: None) -> Bottom:
    """The bottom of J on columns X (m, n), y (m,). About ten passes over the examples; what `progress` raises ends the work."""
    if not len(y):
        return Bottom(why=Why.NO_EXAMPLES)
    L = steepest(X, model, lambda_)
    safe_alpha = 2.0 / L if L else None
    if model not in CONVEX:
        return Bottom(why=Why.NOT_CONVEX, safe_alpha=safe_alpha)
    minimum = find_minimum(X, y, model, lambda_, progress)
    if minimum is None:
        return Bottom(why=_why(X, y, model, lambda_), safe_alpha=safe_alpha)
    found = curvature(X, minimum.w, minimum.b, model, lambda_)
    return Bottom(minimum, found, safe_alpha=safe_alpha) if found is not None else Bottom(why=Why.TOO_LARGE)


def _why(X: Array, y: Array, model: str, lambda_: float) -> Why:
    if model == "logistic" and y.min() == y.max():
        return Why.ONE_CLASS
    with np.errstate(over="ignore", invalid="ignore"):
        columns = fit_scaler("zscore", X).apply(X)
        if not np.isfinite(columns).all():
            return Why.TOO_LARGE
        spread = curvature(columns, np.zeros(X.shape[1]), 0.0, model)
    if spread is None or lambda_:
        return Why.TOO_LARGE
    return Why.FLAT if spread.smallest <= FLAT * spread.largest or model == "linear" else Why.SEPARABLE


def bottoms(experiment: Experiment, raw: Experiment, progress: Progress = lambda _: None) -> tuple[Bottom, Bottom]:
    """Of J over raw features and of J as trained; the same one where nothing is scaled. Raises SettingError, as columns() does."""
    made = [find_bottom(e.columns(), e.dataset.training.y, e.model, e.lambda_, progress) for e in dict.fromkeys([raw, experiment])]
    return made[0], made[-1]


def same_bottom(a: Experiment, b: Experiment) -> bool:
    """Whether J is the same function of w and b."""
    same_examples = a.dataset is b.dataset or a.dataset.is_renamed(b.dataset)
    return (a.model, a.lambda_) == (b.model, b.lambda_) and same_examples and a.features.equals(b.features)
