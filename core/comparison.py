"""Another model fitted to the same columns, to compare its boundary with the one that descent finds: its minimum, without descent.

Where there is no single minimum, a place that J comes by on its way down serves as well: a boundary that separates the classes, or one of
many that are equally good. The experiment's lambda_ holds for it, too.
"""

from dataclasses import dataclass, replace

from core.bottom import bottom_of
from core.dataset import Array
from core.experiment import Experiment
from core.features import FeatureMap
from core.progress import Progress


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


def fit_other(experiment: Experiment, progress: Progress = lambda _: None) -> Fit | None:
    """The other model at its minimum; None when there are not examples of both classes. What `progress` raises ends the work."""
    if not experiment.trainable:
        return None
    other = replace(experiment, model=other_model(experiment.model), fitted=experiment.features)
    near = bottom_of(other, progress).near
    return Fit(other.model, other.features, *near) if near is not None else None
