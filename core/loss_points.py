"""Every example where the model puts it: z, f, y and its loss; of very many examples a drawn part, so that it costs the same for any m.

z = w·x + b, f and loss as the model in core.models has them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array, Dataset
from core.experiment import Experiment
from core.features import FeatureMap
from core.frame import Frame
from core.models import MODELS

MOST = 2_000
SEED = 0

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class LossPoints:
    """`rows` (k,) are numbers of examples of the dataset; z, f, y, loss (k,) of each; `drawn`: k of more examples."""

    rows: Indices
    z: Array
    f: Array
    y: Array
    loss: Array
    drawn: bool

    @property
    def mean(self) -> float:
        """The mean loss of these examples; nan when there are none."""
        return float(self.loss.mean()) if len(self.loss) else float("nan")


class LossSample:
    """The examples trained on, or at most `most` of them drawn with a fixed seed, and their columns; kept until data or terms change."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._dataset: Dataset | None = None
        self._features: FeatureMap | None = None
        self._rows: Indices = np.empty(0, dtype=np.intp)
        self._columns: Array = np.empty((0, 0))

    def points(self, frame: Frame) -> LossPoints:
        """Where this frame's w, b put them."""
        dataset, features = frame.experiment.dataset, frame.experiment.features
        if dataset is not self._dataset:
            self._rows = _drawn(dataset, self._most)
        if dataset is not self._dataset or features is not self._features:
            self._dataset, self._features = dataset, features
            with np.errstate(over="ignore", invalid="ignore"):
                self._columns = features.apply(dataset.X[self._rows])
        return loss_points(frame.experiment, self._columns, dataset.y[self._rows], frame.w, frame.b, self._rows)

    def point(self, frame: Frame, index: int) -> LossPoints:
        """The same for one example of the dataset, drawn or not."""
        dataset, rows = frame.experiment.dataset, np.array([index])
        columns = frame.experiment.features.apply(dataset.X[rows])
        return loss_points(frame.experiment, columns, dataset.y[rows], frame.w, frame.b, rows)


def loss_points(experiment: Experiment, columns: Array, y: Array, w: Array, b: float, rows: Indices) -> LossPoints:
    """z, f and loss of examples that are terms already, columns (k, n_terms), y (k,)."""
    model = MODELS[experiment.model]
    with np.errstate(over="ignore", invalid="ignore"):
        z, f, loss = columns @ w + b, model.predict(columns, w, b), model.losses(columns, y, w, b)
    return LossPoints(rows, z, f, y, loss, len(rows) < experiment.dataset.training.m)


def loss_curve(model: str, z: Array, y: int) -> tuple[Array, Array]:
    """f (k,) and the loss (k,) of an example with label y at z (k,)."""
    # At w = 1 and b = 0 the only feature is z itself.
    columns, one = z[:, np.newaxis], np.ones(1)
    with np.errstate(over="ignore"):
        return MODELS[model].predict(columns, one, 0.0), MODELS[model].losses(columns, np.full(len(z), float(y)), one, 0.0)


def _drawn(dataset: Dataset, most: int) -> Indices:
    rows = np.arange(dataset.m) if dataset.test is None else np.flatnonzero(~dataset.test)
    if len(rows) <= most:
        return rows
    return rows[np.sort(np.random.default_rng(SEED).choice(len(rows), most, replace=False))]
