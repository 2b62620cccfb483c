"""This run against scikit-learn: its two fits of the same columns, and how far w, b, J and predictions of a frame are from them.

J is ours with our lambda_ for all of them: so a fit with another lambda_ has a larger J. Predictions are at the experiment's threshold.
"""

from dataclasses import dataclass

import numpy as np

from core.bottom import Why, bottom_of
from core.comparison import Fit
from core.dataset import Array
from core.experiment import Experiment
from core.frame import Frame
from core.models import MODELS
from core.progress import Progress

ROWS_AT_ONCE = 16_384
MODELS_THERE = ("logistic", "linear")  # what scikit-learn has


@dataclass(frozen=True, eq=False)
class SklearnFit(Fit):
    """A fit by scikit-learn; J is ours there, and z (m,) that of the examples trained on.

    call: how it is called there. lambda_: with which ours would be the same. finished: whether its solver said that it was.
    """

    call: str
    lambda_: float
    J: float
    z: Array
    steps: int | None
    finished: bool


@dataclass(frozen=True, eq=False)
class SklearnFits:
    """`same` with the experiment's lambda_, `default` with scikit-learn's defaults; None where `problems` says why.

    why: the reason why J has no single minimum, where it has none.
    """

    experiment: Experiment
    same: SklearnFit | None
    default: SklearnFit | None
    problems: tuple[str, ...] = ()
    why: Why | None = None


@dataclass(frozen=True)
class Apart:
    """A fit and the run: accuracy of the fit, largest |Δw_j|, Δb, ΔJ (run minus fit), and how many examples the two predict differently."""

    accuracy: float
    dw: float
    db: float
    dJ: float
    predictions: int


@dataclass(frozen=True)
class Figures:
    """What there is to say of one frame."""

    accuracy: float
    same: Apart | None
    default: Apart | None


def fit_with_sklearn(experiment: Experiment, progress: Progress) -> SklearnFits:
    """Both fits, in core.sklearn_process. Needs examples of both classes and a model of MODELS_THERE.

    Raises what that raises, and SettingError as columns() does; what `progress` raises passes, and ends the work.
    """
    from core.sklearn_process import fits  # when it is needed: the start does without it

    X, y = experiment.columns(), experiment.dataset.training.y
    made = fits(X, y, experiment.model, experiment.lambda_, progress)
    found = [_fit_of(answer, experiment, X, y) if "w" in answer else None for answer in made]
    problems = tuple(str(answer["error"]) for answer in made if "error" in answer)
    why = bottom_of(experiment, progress, X).why
    return SklearnFits(experiment, found[0], found[1], problems, why)


def figures(frame: Frame, fits: SklearnFits) -> Figures:
    """How a frame of the experiment of `fits` compares. With many examples this takes a while: see gui.background."""
    features, training, w, b, between = frame.experiment.features, frame.experiment.dataset.training, frame.w, frame.b, frame.z_threshold
    with np.errstate(over="ignore", invalid="ignore"):
        blocks = [slice(start, start + ROWS_AT_ONCE) for start in range(0, training.m, ROWS_AT_ONCE)]
        predicted = np.concatenate([features.apply(training.X[rows]) @ w + b >= between for rows in blocks])
    is_one = training.y == 1.0

    def apart(fit: SklearnFit | None) -> Apart | None:
        if fit is None or len(fit.z) != len(predicted):
            return None
        other = fit.z >= between
        with np.errstate(over="ignore", invalid="ignore"):
            dw = float(np.abs(w - fit.w).max())
        return Apart(float((other == is_one).mean()), dw, b - fit.b, frame.J - fit.J, int((other != predicted).sum()))

    return Figures(float((predicted == is_one).mean()), apart(fits.same), apart(fits.default))


def _fit_of(answer: dict[str, object], experiment: Experiment, X: Array, y: Array) -> SklearnFit:
    w, b, steps = np.array(answer["w"], dtype=np.float64), float(str(answer["b"])), answer["steps"]
    with np.errstate(over="ignore", invalid="ignore"):
        J, z = MODELS[experiment.model].cost(X, y, w, b, experiment.lambda_), X @ w + b
    return SklearnFit(
        experiment.model,
        experiment.features,
        w,
        b,
        str(answer["call"]),
        float(str(answer["lambda_"])),
        float(J),
        z,
        steps if isinstance(steps, int) else None,
        bool(answer["finished"]),
    )


def has_counterpart(model: str) -> bool:
    """Whether scikit-learn has this model."""
    return model in MODELS_THERE
