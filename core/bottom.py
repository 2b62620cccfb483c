"""Bottom: the minimum of J and how steep and flat J is there, or the reason why there is no such place."""

from collections.abc import Hashable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from core.conditioning import Curvature, curvature_of
from core.dataset import Array, Dataset
from core.experiment import Experiment
from core.optimum import CONVEX, Optimum, Why, search
from core.progress import Progress

MOST_KEPT = 32  # of one dataset

__all__ = ["CONVEX", "Bottom", "Why", "bottom_of", "find_bottom", "known_bottom", "same_bottom"]


@dataclass(frozen=True, eq=False)
class Bottom:
    """`minimum` and `curvature` there, or `why` there is none.

    safe_alpha: 2/L, with L the steepest that J is anywhere; below it J falls at every iteration, wherever it starts. infimum: what J comes
    as near to as one likes, which is 0 for classes that can be separated, and the J of a whole line where J is flat. near: some w, b there,
    or on the way there, which draw a boundary where there is no single minimum too.
    """

    minimum: Optimum | None = None
    curvature: Curvature | None = None
    why: Why | None = None
    safe_alpha: float | None = None
    infimum: float | None = None
    near: tuple[Array, float] | None = None


def find_bottom(X: Array, y: Array, model: str = "logistic", lambda_: float = 0.0, progress: Progress = lambda _: None) -> Bottom:
    """The bottom of J on columns X (m, n), y (m,). About ten passes over the examples; what `progress` raises ends the work."""
    found = search(X, y, model, lambda_, progress)
    steepest = curvature_of(found.start, lambda_, len(y)) if found.start is not None else None
    safe_alpha = steepest.edge if steepest is not None else None
    if found.minimum is None:
        return Bottom(why=found.why, safe_alpha=safe_alpha, infimum=found.infimum, near=found.near)
    there = curvature_of(found.end, lambda_, len(y)) if found.end is not None else None
    if there is None:
        return Bottom(why=Why.TOO_LARGE)
    return Bottom(found.minimum, there, safe_alpha=safe_alpha, infimum=found.infimum, near=found.near)


def bottom_of(experiment: Experiment, progress: Progress = lambda _: None, columns: Array | None = None) -> Bottom:
    """The bottom of an experiment's J, searched for once: whoever asks again gets what is known.

    `columns` are those of the experiment, where they are at hand. Raises SettingError, as columns() does.
    """
    known = known_bottom(experiment)
    if known is None:
        data = experiment.dataset.training
        X = experiment.columns() if columns is None else columns
        known = find_bottom(X, data.y, experiment.model, experiment.lambda_, progress)
        kept = _known.setdefault(data, {})
        while len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[_key(experiment)] = known
    return known


def known_bottom(experiment: Experiment) -> Bottom | None:
    """What is known of it already."""
    return _known.get(experiment.dataset.training, {}).get(_key(experiment))


_known: WeakKeyDictionary[Dataset, dict[Hashable, Bottom]] = WeakKeyDictionary()


def _key(experiment: Experiment) -> Hashable:
    scaler = experiment.features.scaler
    return experiment.model, experiment.lambda_, experiment.degree, scaler.shift.tobytes(), scaler.scale.tobytes()


def same_bottom(a: Experiment, b: Experiment) -> bool:
    """Whether J is the same function of w and b."""
    same_examples = a.dataset is b.dataset or a.dataset.is_renamed(b.dataset)
    return (a.model, a.lambda_) == (b.model, b.lambda_) and same_examples and a.features.equals(b.features)
