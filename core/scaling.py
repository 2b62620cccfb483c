"""Feature scaling: x_scaled = (x - shift) / scale, one shift and scale for each column.

    none                shift 0, scale 1
    max                 shift 0, scale max |x|
    mean normalization  shift mu, scale max - min
    min-max             shift min, scale max - min
    z-score             shift mu, scale sigma (z-score normalization, standardization)

X (m, n), shift (n,), scale (n,). A constant column has no spread: its scale is 1, so that it becomes 0 and nothing is divided by zero.
Source: Coursera, Machine Learning Specialization, course 1 week 2 (feature scaling).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.dataset import Array
from core.errors import SettingError


@dataclass(frozen=True)
class Scaling:
    """A way to scale: `label` for people, `formula` in the course's letters, `measure(X)` gives shift (n,) and scale (n,)."""

    label: str
    formula: str
    measure: Callable[[Array], tuple[Array, Array]]


@dataclass(frozen=True, eq=False)
class Scaler:
    """Shift (n,) and scale (n,) as measured once on a dataset."""

    shift: Array
    scale: Array

    def apply(self, X: Array) -> Array:
        """Scaled copy of X (m, n)."""
        scaled: Array = (X - self.shift) / self.scale
        return scaled


def fit_scaler(name: str, X: Array) -> Scaler:
    """Measure shift and scale on X (m, n). Raises SettingError for an unknown name. No rows: shift 0, scale 1."""
    if name not in SCALINGS:
        raise SettingError("Scaling {name} is not known; choose one of {names}", name=name, names=", ".join(SCALINGS))
    if len(X) == 0:
        return Scaler(*_none(X))
    X = np.asfortranarray(X)  # down contiguous columns it is ten times faster
    shift, scale = SCALINGS[name].measure(X)
    # A spread that is only rounding of a large constant counts as none.
    constant = (X.max(axis=0) == X.min(axis=0)) if name != "none" else np.zeros(X.shape[1], dtype=bool)
    if name == "max":
        constant = scale == 0
    return Scaler(shift, np.where(constant | (scale == 0), 1.0, scale))


def _none(X: Array) -> tuple[Array, Array]:
    return np.zeros(X.shape[1]), np.ones(X.shape[1])


def _max(X: Array) -> tuple[Array, Array]:
    return np.zeros(X.shape[1]), np.abs(X).max(axis=0)


def _mean(X: Array) -> tuple[Array, Array]:
    return _mu(X), _spread(X)


def _minmax(X: Array) -> tuple[Array, Array]:
    return X.min(axis=0), _spread(X)


def _zscore(X: Array) -> tuple[Array, Array]:
    mu = _mu(X)
    # Scaled before squaring, so that features up to 1e150 do not overflow. Subtraction is monotonic: the extremes are farthest from mu.
    size = np.maximum(np.maximum(X.max(axis=0) - mu, mu - X.min(axis=0)), np.finfo(float).tiny)
    deviation = X - mu
    deviation /= size
    np.square(deviation, out=deviation)
    return mu, size * np.sqrt(deviation.mean(axis=0))


def _mu(X: Array) -> Array:
    # The mean of a constant column can be off by a rounding error, which would leave a spurious spread.
    mu: Array = np.where(X.max(axis=0) == X.min(axis=0), X[0], X.mean(axis=0))
    return mu


def _spread(X: Array) -> Array:
    spread: Array = X.max(axis=0) - X.min(axis=0)
    return spread


SCALINGS: dict[str, Scaling] = {
    "none": Scaling("None", "x", _none),
    "max": Scaling("Maximum", "x / max |x|", _max),
    "mean": Scaling("Mean normalization", "(x − μ) / (max − min)", _mean),
    "minmax": Scaling("Min-max", "(x − min) / (max − min)", _minmax),
    "zscore": Scaling("Z-score", "(x − μ) / σ", _zscore),
}
