"""Experiment: everything the user chose, frozen and validated. An edit is dataclasses.replace."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.dataset import Array, Dataset
from core.descent import Descent
from core.descents import GRADIENT, METHODS
from core.descents.settings import check_method
from core.errors import SettingError
from core.features import MAX_DEGREE, FeatureMap
from core.lanes import SCALING, Lane, check_lanes
from core.models import check_model
from core.scaling import SCALINGS
from core.trace import Trace
from core.update_rules import SIMULTANEOUS, UPDATES

MAX_ALPHA = 1e6
MAX_ITERATIONS = 1_000_000_000
MAX_LAMBDA = 1e9
QUICK_NUMBERS = 20_000
LARGEST_TERM = 1e150  # its square is still a number, as scaling needs


@dataclass(frozen=True, eq=False)
class Experiment:
    """A dataset and the settings to train on it.

    threshold says from which f on class 1 is predicted; the run does not depend on it. start is (w_1, …, w_n, b) as trained, after scaling;
    None means all zeros. `fitted` keeps the FeatureMap of a run while its points are edited; None fits it to the dataset. update is
    a rule of core.update_rules, method one of core.descents, and batch_size, seed and momentum are for those methods whose `settings` name
    them. stop_below is the ε of core.stop_rule, None for no such rule. rivals are the other lanes of a race. Raises SettingError, which
    says what is allowed.
    """

    dataset: Dataset
    model: str = "logistic"
    degree: int = 1
    scaling: str = "none"
    alpha: float = 0.1
    lambda_: float = 0.0
    iterations: int = 10_000
    start: tuple[float, ...] | None = None
    threshold: float = 0.5
    fitted: FeatureMap | None = None
    update: str = SIMULTANEOUS
    method: str = GRADIENT
    batch_size: int = 16
    seed: int = 0
    momentum: float = 0.9
    stop_below: float | None = None
    rivals: tuple[Lane, ...] = ()

    def __post_init__(self) -> None:
        check_model(self.model)
        if self.scaling not in SCALINGS:
            raise SettingError("Scaling {value} is not known; choose one of {allowed}", value=self.scaling, allowed=", ".join(SCALINGS))
        if not _whole(self.degree) or not 1 <= self.degree <= MAX_DEGREE:
            raise SettingError("Degree {value} is not possible; give a whole number from 1 to {most}", value=self.degree, most=MAX_DEGREE)
        if not _number(self.alpha) or not 0 < self.alpha <= MAX_ALPHA:
            raise SettingError(
                "Learning rate α {value} is not possible; give a number above 0, up to {most:,.0f}", value=_text(self.alpha), most=MAX_ALPHA
            )
        if not _number(self.lambda_) or not 0 <= self.lambda_ <= MAX_LAMBDA:
            raise SettingError(
                "Regularization λ {value} is not possible; give a number from 0 to {most:,.0f}", value=_text(self.lambda_), most=MAX_LAMBDA
            )
        if not _whole(self.iterations) or not 1 <= self.iterations <= MAX_ITERATIONS:
            raise SettingError(
                "Iterations {value} is not possible; give a whole number from 1 to {most:,}",
                value=_text(self.iterations),
                most=MAX_ITERATIONS,
            )
        if self.update not in UPDATES:
            raise SettingError("Update rule {value} is not known; choose one of {allowed}", value=self.update, allowed=", ".join(UPDATES))
        check_method(self.method, self.model, self.update, self.batch_size, self.seed, self.momentum)
        if self.stop_below is not None and not (_number(self.stop_below) and self.stop_below > 0):
            raise SettingError("Stop rule ε {value} is not possible; give a number above 0, such as 0.001", value=_text(self.stop_below))
        if not _number(self.threshold) or not 0 < self.threshold < 1:
            raise SettingError("Threshold {value} is not possible; give a number above 0 and below 1", value=_text(self.threshold))
        if self.start is not None:
            self._check_start(self.start)
        check_lanes(self)

    @cached_property
    def rival_experiments(self) -> tuple["Experiment", ...]:
        """The experiment of each of the other lanes of a race."""
        return tuple(lane.of(self) for lane in self.rivals)

    def _check_start(self, start: tuple[float, ...]) -> None:
        count = self.n_terms + 1
        if len(start) != count or not all(_number(value) and abs(value) <= 1e100 for value in start):
            names = ", ".join([f"w{j + 1}" for j in range(count - 1)] + ["b"])
            raise SettingError(
                "Start {value} is not possible; give {count} numbers, {names}, separated by commas",
                value=", ".join(_text(value) for value in start),
                count=count,
                names=names,
            )
        object.__setattr__(self, "start", tuple(float(value) for value in start))

    @cached_property
    def features(self) -> FeatureMap:
        """The map from raw features to the columns that are trained on."""
        fitted = self.fitted
        if fitted and (fitted.n_raw, fitted.degree, fitted.scaling) == (self.dataset.n, self.degree, self.scaling):
            return fitted
        return FeatureMap.of(self.dataset, self.degree, self.scaling)

    @property
    def n_terms(self) -> int:
        """Number of columns after polynomial terms: the length of w."""
        return math.comb(self.dataset.n + self.degree, self.degree) - 1

    @property
    def start_w(self) -> Array:
        """w (n_terms,) before any update."""
        return np.zeros(self.n_terms) if self.start is None else np.array(self.start[:-1])

    @property
    def start_b(self) -> float:
        """b before any update."""
        return 0.0 if self.start is None else self.start[-1]

    @cached_property
    def trainable(self) -> bool:
        """Whether there is something to fit: at least one example of each class that is not kept back."""
        return all(count > 0 for count in self.dataset.training.class_counts())

    @property
    def is_quick(self) -> bool:
        """Whether a pass over all examples takes well under 8 ms, so that whoever waits for it need not use a thread."""
        return self.dataset.m * self.n_terms <= QUICK_NUMBERS

    def columns(self) -> Array:
        """The features of the examples trained on (m, n_terms). Raises SettingError when a polynomial term is too large for a number."""
        with np.errstate(over="ignore", invalid="ignore"):
            columns = self.features.apply(self.dataset.training.X)
        if not np.isfinite(columns).all():
            raise SettingError("Degree {value} makes terms too large to compute with; choose a lower degree", value=self.degree)
        return columns

    def check_terms(self) -> None:
        """Raise what columns() would raise, without computing them where the largest features show that all is well."""
        X = self.dataset.training.X
        if self.degree == 1 or not X.size:
            return
        if self.is_quick or max(float(X.max()), -float(X.min())) > LARGEST_TERM ** (1 / self.degree):
            self.columns()

    def descent(self, trace: Trace | None = None) -> Descent:
        """A descent from the start, or from the last row of `trace`. Needs at least one example."""
        return METHODS[self.method](
            self.columns(),
            self.dataset.training.y,
            alpha=self.alpha,
            lambda_=self.lambda_,
            model=self.model,
            stop_below=self.stop_below,
            w=self.start_w,
            b=self.start_b,
            trace=trace,
            **self.method_settings,
        )

    @property
    def method_settings(self) -> dict[str, Any]:
        """The fields that this method takes beside those that all take; the others do not matter to the run."""
        return {name: getattr(self, name) for name in METHODS[self.method].settings}

    def wait_until_compiled(self) -> None:
        """Wait until the updates of a descent are as fast as they get; for runs without a window."""
        METHODS[self.method].load().wait_until_compiled()

    def start_trace(self) -> Trace:
        """A trace of row 0 alone, its cost not yet computed (nan)."""
        return Trace(np.zeros(1, dtype=np.int64), self.start_w[np.newaxis], np.array([self.start_b]), np.array([math.nan]))

    def trains_as(self, other: "Experiment") -> bool:
        """Whether the run of `other` is the run of this experiment too, whatever their iterations, stop rules and thresholds."""
        names = ("model", "degree", "scaling", "alpha", "lambda_", "start", "method", "method_settings", "rivals")
        return self.dataset is other.dataset and all(getattr(self, name) == getattr(other, name) for name in names)

    def means_the_same_as(self, other: "Experiment") -> bool:
        """Whether w and b of `other` keep their meaning here, so that its run can go on under these settings."""
        # Method and update rule are among them: one path that changes its rule half-way would show neither.
        names = ("model", "degree", "scaling", "start", "method", "method_settings", "rivals")
        if self.dataset is not other.dataset and any(lane.field == SCALING for lane in self.rivals):
            return False  # each lane measures its scaling on the examples there are
        return all(getattr(self, name) == getattr(other, name) for name in names) and self.dataset.continues(other.dataset)


def _number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool) and math.isfinite(value)


def _whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _text(value: object) -> str:
    """A refused value as a person would have typed it."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
