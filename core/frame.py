"""Frame: what is on screen, one moment of one run. Live training, pause, step and scrubbing back all make the same frame."""

import math
from dataclasses import dataclass

import numpy as np

from core.dataset import Array
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

    def z_at(self, f: float) -> float:
        """The z at which the model gives f."""
        return float(MODELS[self.experiment.model].z_at(f))

    @property
    def z_threshold(self) -> float:
        """The z from which on class 1 is predicted."""
        return self.z_at(self.experiment.threshold)

    def accuracy(self) -> float:
        """Share of the examples trained on that are classified right, class 1 where f ≥ the threshold; nan when there are none."""
        dataset = self.experiment.dataset.training
        if not dataset.m:
            return math.nan
        features, w, b = self.experiment.features, self.w, self.b
        # By z and not by f, and a block at a time: a million exponentials, or fresh memory for them, would hold up the window.
        z_between = self.z_threshold
        count = 0
        for start in range(0, dataset.m, ROWS_AT_ONCE):
            y = dataset.y[start : start + ROWS_AT_ONCE]
            with np.errstate(over="ignore", invalid="ignore"):
                z = features.apply(dataset.X[start : start + ROWS_AT_ONCE]) @ w + b
            count += right(z, y, z_between)
        return count / dataset.m
