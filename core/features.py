"""FeatureMap: raw features X (m, n) → columns (m, n_terms) that descent works on.

Polynomial terms of degree 1..D first (x1, x2, x1², x1 x2, x2², …), then scaling of every term. Fitted once on a dataset; after that the
same map serves the data, the grid of a plot and a new example, so that w (n_terms,) and b keep their meaning while points are edited.

Raw units (degree 1):  w·(x - shift)/scale + b  =  (w/scale)·x + (b - Σ w shift/scale).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from weakref import WeakKeyDictionary

import numpy as np

from core.dataset import Array, Dataset
from core.errors import SettingError
from core.scaling import Scaler, fit_scaler

MAX_DEGREE = 6


@dataclass(frozen=True, eq=False)
class FeatureMap:
    """Terms and their scaler; `n_raw` features in, `n_terms` columns out."""

    n_raw: int
    degree: int
    scaling: str
    scaler: Scaler

    @classmethod
    def fit(cls, X: Array, degree: int = 1, scaling: str = "none") -> "FeatureMap":
        """Measure the scaling of every term on X (m, n). Raises SettingError for an unknown scaling or degree."""
        if not 1 <= degree <= MAX_DEGREE:
            raise SettingError("Degree {degree} is not possible; choose 1 to {most}", degree=degree, most=MAX_DEGREE)
        return cls(X.shape[1], degree, scaling, fit_scaler(scaling, polynomial_terms(X, degree)))

    @classmethod
    def of(cls, dataset: Dataset, degree: int = 1, scaling: str = "none") -> "FeatureMap":
        """The map fitted to the examples of a dataset that are trained on.

        Measured once, so that whoever loads the data can do it in the background.
        """
        maps = _fitted.setdefault(dataset, {})
        if (degree, scaling) not in maps:
            maps[degree, scaling] = cls.fit(dataset.training.X, degree, scaling)
        return maps[degree, scaling]

    @property
    def n_terms(self) -> int:
        """Number of columns, and so the length of w."""
        return len(exponents(self.n_raw, self.degree))

    def equals(self, other: "FeatureMap") -> bool:
        """Whether both make the same columns."""
        mine, others = self.scaler, other.scaler
        same_terms = (self.n_raw, self.degree) == (other.n_raw, other.degree)
        return self is other or (same_terms and np.array_equal(mine.shift, others.shift) and np.array_equal(mine.scale, others.scale))

    def apply(self, X: Array) -> Array:
        """Columns (m, n_terms) of X (m, n_raw)."""
        return self.scaler.apply(polynomial_terms(X, self.degree))

    def to_raw(self, w: Array, b: float) -> tuple[Array, float]:
        """The w (n_terms,) and b that give the same z on unscaled terms."""
        with np.errstate(over="ignore", invalid="ignore"):  # a tiny scale can take a huge w beyond all numbers
            w_raw = w / self.scaler.scale
            return w_raw, float(b - w_raw @ self.scaler.shift)

    def from_raw(self, w_raw: Array, b_raw: float) -> tuple[Array, float]:
        """The w (n_terms,) and b as trained that give the same z as these on unscaled terms."""
        with np.errstate(over="ignore", invalid="ignore"):
            return w_raw * self.scaler.scale, float(b_raw + w_raw @ self.scaler.shift)


_fitted: WeakKeyDictionary[Dataset, dict[tuple[int, str], FeatureMap]] = WeakKeyDictionary()


@lru_cache
def exponents(n: int, degree: int) -> tuple[tuple[int, ...], ...]:
    """The power of each feature in each term, in the order x1, x2, x1², x1 x2, x2², …"""
    products = [chosen for total in range(1, degree + 1) for chosen in combinations_with_replacement(range(n), total)]
    return tuple(tuple(chosen.count(j) for j in range(n)) for chosen in products)


def polynomial_terms(X: Array, degree: int) -> Array:
    """All products of features of total degree 1 to `degree`; X (m, n) → (m, n_terms). Degree 1 is X itself."""
    if degree == 1:
        return X
    powers = exponents(X.shape[1], degree)
    terms = np.empty((len(X), len(powers)))
    for k, term in enumerate(powers):
        # Each is an earlier term times one feature: one product instead of powers, which take ten times as long.
        j = next(j for j, power in enumerate(term) if power)
        lower = (*term[:j], term[j] - 1, *term[j + 1 :])
        np.multiply(terms[:, powers.index(lower)] if any(lower) else 1.0, X[:, j], out=terms[:, k])
    return terms
