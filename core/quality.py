"""How good a frame is on the examples it is trained on: counted by z, a block at a time, as a million exponentials would take long."""

import numpy as np

from core.dataset import Array
from core.frame import ROWS_AT_ONCE, Frame
from core.metrics import Confusion, confusion
from core.models import MODELS
from core.roc import RocCurve, roc_curve

MOST_POINTS = 1_000  # of a curve to draw
MOST_DIGITS = 17
LEAST = 1e-9  # a threshold is above 0 and below 1


def scores(frame: Frame) -> Array:
    """z (m,) of the examples trained on; f grows with it."""
    experiment = frame.experiment
    X, features, w, b = experiment.dataset.training.X, experiment.features, frame.w, frame.b
    z = np.empty(len(X))
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, len(X), ROWS_AT_ONCE):
            z[start : start + ROWS_AT_ONCE] = features.apply(X[start : start + ROWS_AT_ONCE]) @ w + b
    return z


def frame_confusion(frame: Frame) -> Confusion:
    """Examples by label and predicted class, class 1 where f ≥ the threshold of the experiment."""
    return confusion(scores(frame), frame.experiment.dataset.training.y, frame.z_threshold)


def threshold_at(frame: Frame, curve: RocCurve, index: int) -> float:
    """A threshold, with no more digits than it needs, that leads to this point of the frame's curve; the nearest one there can be."""
    predict = MODELS[frame.experiment.model].predict
    low, high = (float(f) for f in predict(np.array([[score] for score in curve.scores_around(index)]), np.ones(1), 0.0))
    low, high = max(low, 0.0), min(high, 1.0)
    middle = 0.5 * (low + high)
    for digits in range(1, MOST_DIGITS):
        threshold = float(f"{middle:.{digits}g}")
        if low < threshold <= high and LEAST <= threshold <= 1 - LEAST:
            return threshold
    return min(max(middle, LEAST), 1 - LEAST)


def frame_roc(frame: Frame) -> RocCurve | None:
    """The ROC curve by z, of at most about a thousand points; None when a class is missing or z is no number."""
    curve = roc_curve(scores(frame), frame.experiment.dataset.training.y)
    return curve and curve.thinned(MOST_POINTS)
