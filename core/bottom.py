"""Bottom: the minimum of J and how steep and flat J is there, or the reason why there is no such place."""

from dataclasses import dataclass

from core.conditioning import Curvature, curvature_of
from core.dataset import Array
from core.experiment import Experiment
from core.optimum import CONVEX, Optimum, Why, search
from core.progress import Progress

__all__ = ["CONVEX", "Bottom", "Why", "find_bottom", "same_bottom"]


@dataclass(frozen=True, eq=False)
class Bottom:
    """`minimum` and `curvature` there, or `why` there is none.

    safe_alpha: 2/L, with L the steepest that J is anywhere; below it J falls at every iteration, wherever it starts. infimum: what J comes
    as near to as one likes, which is 0 for classes that can be separated, and the J of a whole line where J is flat.
    """

    minimum: Optimum | None = None
    curvature: Curvature | None = None
    why: Why | None = None
    safe_alpha: float | None = None
    infimum: float | None = None


def find_bottom(X: Array, y: Array, model: str = "logistic", lambda_: float = 0.0, progress: Progress = lambda _: None) -> Bottom:
    """The bottom of J on columns X (m, n), y (m,). About ten passes over the examples; what `progress` raises ends the work."""
    found = search(X, y, model, lambda_, progress)
    steepest = curvature_of(found.start, lambda_, len(y)) if found.start is not None else None
    safe_alpha = steepest.edge if steepest is not None else None
    if found.minimum is None:
        return Bottom(why=found.why, safe_alpha=safe_alpha, infimum=found.infimum)
    there = curvature_of(found.end, lambda_, len(y)) if found.end is not None else None
    if there is None:
        return Bottom(why=Why.TOO_LARGE)
    return Bottom(found.minimum, there, safe_alpha=safe_alpha, infimum=found.infimum)


def same_bottom(a: Experiment, b: Experiment) -> bool:
    """Whether J is the same function of w and b."""
    same_examples = a.dataset is b.dataset or a.dataset.is_renamed(b.dataset)
    return (a.model, a.lambda_) == (b.model, b.lambda_) and same_examples and a.features.equals(b.features)
