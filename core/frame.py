"""Frame: what is on screen, one moment of one run. Live training, pause, step and scrubbing back all make the same frame."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.dataset import Array, Dataset
from core.experiment import Experiment
from core.metrics import right
from core.models import MODELS
from core.regression import penalty
from core.trace import Trace

ROWS_AT_ONCE = 16_384


@dataclass(frozen=True, eq=False)
class Frame:
    """The experiment, its trace so far, and the iteration shown."""

    experiment: Experiment
    trace: Trace
    iteration: int

    @property
    def own_iteration(self) -> int:
        """The same, unless the run has ended before others of its race: then its last."""
        return min(self.iteration, self.trace.last)

    @property
    def row(self) -> int:
        """Index of the row shown."""
        return self.trace.row_at(self.iteration)

    @property
    def w(self) -> Array:
        """w (n_terms,) as trained."""
        w: Array = self.trace.w[self.row]
        return w

    @property
    def b(self) -> float:
        """b as trained."""
        return float(self.trace.b[self.row])

    @property
    def J(self) -> float:
        """Cost; nan while there are no examples."""
        return float(self.trace.J[self.row]) if self.experiment.dataset.training.m else math.nan

    @property
    def penalty(self) -> float:
        """The λ term that J contains; 0 while there are no examples."""
        m = self.experiment.dataset.training.m
        with np.errstate(over="ignore"):
            return penalty(self.w, self.experiment.lambda_, m) if m else 0.0

    @property
    def w_b_raw(self) -> tuple[Array, float]:
        """w and b in raw units."""
        return self.experiment.features.to_raw(self.w, self.b)

    def predict(self, X: Array) -> Array:
        """f (k,) for examples X (k, n) in raw units: the probability that y = 1."""
        return self.predict_columns(self.experiment.features.apply(X))

    def predict_columns(self, columns: Array) -> Array:
        """f (k,) for examples that are terms already, columns (k, n_terms)."""
        with np.errstate(over="ignore", invalid="ignore"):
            f: Array = MODELS[self.experiment.model].predict(columns, self.w, self.b)
        return f

    def losses(self, X: Array, y: Array) -> Array:
        """The loss (k,) of each of the examples X (k, n) in raw units with labels y (k,)."""
        with np.errstate(over="ignore", invalid="ignore"):
            loss: Array = MODELS[self.experiment.model].losses(self.experiment.features.apply(X), y, self.w, self.b)
        return loss

    def z_at(self, f: float) -> float:
        """The z at which the model gives f."""
        return float(MODELS[self.experiment.model].z_at(f))

    @property
    def z_threshold(self) -> float:
        """The z from which on class 1 is predicted."""
        return self.z_at(self.experiment.threshold)

    def accuracy(self, of: Dataset | None = None) -> float:
        """Share of the examples of a dataset, or of those trained on, classified right at the threshold; nan when there are none."""
        # By z and not by f: the exponentials of a million examples would hold up the window.
        z_between, w, b = self.z_threshold, self.w, self.b
        examples = self.experiment.dataset.training if of is None else of
        with np.errstate(over="ignore", invalid="ignore"):
            count = sum(right(columns @ w + b, y, z_between) for columns, y in self._blocks(examples))
        return count / examples.m if examples.m else math.nan

    def mean_loss(self, of: Dataset | None = None) -> float:
        """Mean loss of the examples of a dataset, or of those trained on; nan when there are none.

        That is J without the term of lambda_, which belongs to training: so that the examples kept back can be compared.
        """
        losses, w, b = MODELS[self.experiment.model].losses, self.w, self.b
        examples = self.experiment.dataset.training if of is None else of
        with np.errstate(over="ignore", invalid="ignore"):
            # Divided before summing, as in core.regression: the sum may overflow where the mean does not.
            means = [float((losses(columns, y, w, b) / examples.m).sum()) for columns, y in self._blocks(examples)]
        return sum(means) if examples.m else math.nan

    def _blocks(self, examples: Dataset) -> Iterator[tuple[Array, Array]]:
        """Columns and y, a block of examples at a time: fresh memory for a million would hold up the window."""
        for start in range(0, examples.m, ROWS_AT_ONCE):
            X, y = examples.X[start : start + ROWS_AT_ONCE], examples.y[start : start + ROWS_AT_ONCE]
            yield self.experiment.features.apply(X), y
