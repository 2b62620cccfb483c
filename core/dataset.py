"""Dataset: the examples (X, y) that everything downstream is computed from.

X (m, n) float64 in raw units, one example a row; y (m,) float64, 0 or 1. Both are read-only: an edit returns a new Dataset.
The columns of X lie contiguous in memory (Fortran order), as whatever is computed of many examples goes down the columns.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import DataError

Array = NDArray[np.float64]

_NOTHING: Array = np.empty(0)
LARGEST = 1e150  # squares of features must not overflow float64

# Arrays that were found good, by id. An edit of a million examples shares or extends them, and must not look at each number again.
_checked: WeakValueDictionary[int, Array] = WeakValueDictionary()


@dataclass(frozen=True, eq=False)
class Source:
    """Where a dataset came from. Two datasets with the same Source object are edits of each other, so w and b mean the same in both."""

    title: str
    note: str = ""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples with their names; X (m, n), y (m,).

    Raises DataError when shapes do not fit, a value is not finite or beyond 1e150 in size, or y holds anything but 0 and 1.
    """

    X: Array
    y: Array
    feature_names: tuple[str, ...] = ("x1", "x2")
    class_names: tuple[str, str] = ("0", "1")
    source: Source | None = None

    def __post_init__(self) -> None:
        X = _read_only(self.X)
        y = _read_only(self.y)
        if X.size == 0 and X.ndim != 2:
            X = _read_only(np.empty((0, len(self.feature_names))))
        if X.ndim != 2 or y.ndim != 1 or len(X) != len(y):
            raise DataError(
                "X must be m rows of features and y must be m labels, but X has shape {X} and y has shape {y}; give one label for each row",
                X=X.shape,
                y=y.shape,
            )
        if X.shape[1] != len(self.feature_names):
            raise DataError(
                "X has {columns} columns but there are {names} feature names; name each column once",
                columns=X.shape[1],
                names=len(self.feature_names),
            )
        if len(self.class_names) != 2:
            raise DataError("There are {count} class names; give two, for y = 0 and y = 1", count=len(self.class_names))
        if not _is_checked(X):
            _check_features(X, self.feature_names)
        if not _is_checked(y):
            _check_labels(y)
        _mark_checked(X, y)
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "y", y)
        object.__setattr__(self, "feature_names", tuple(self.feature_names))
        object.__setattr__(self, "class_names", tuple(self.class_names))

    @property
    def m(self) -> int:
        """Number of examples."""
        return len(self.y)

    @property
    def n(self) -> int:
        """Number of features."""
        return int(self.X.shape[1])

    @property
    def title(self) -> str:
        """Name of the sample or file it came from, empty when there is none."""
        return self.source.title if self.source else ""

    def class_counts(self) -> tuple[int, int]:
        """How many examples have y = 0, and how many y = 1."""
        return self.m - self._ones, self._ones

    @cached_property
    def _ones(self) -> int:
        return int(np.count_nonzero(self.y))

    def with_point(self, x: ArrayLike, label: int) -> "Dataset":
        """A dataset with one more example x (n,) at the end."""
        row = np.asarray(x, dtype=np.float64).reshape(1, self.n)
        return self._edited(np.concatenate([self.X, row]), np.append(self.y, float(label)), row, np.array([label], dtype=np.float64))

    def with_moved(self, index: int, x: ArrayLike) -> "Dataset":
        """A dataset in which example `index` lies at x (n,)."""
        X = self.X.copy(order="K")
        X[index] = x
        return self._edited(X, self.y, X[index])

    def without(self, indices: ArrayLike) -> "Dataset":
        """A dataset without the examples at `indices`."""
        rows = np.asarray(indices, dtype=np.intp)
        return self._edited(np.delete(self.X, rows, axis=0), np.delete(self.y, rows))

    def _edited(self, X: Array, y: Array, new_X: Array = _NOTHING, new_y: Array = _NOTHING) -> "Dataset":
        """This dataset with X and y, made here from its own: only what is new in them has to be looked at."""
        X.setflags(write=False)
        y.setflags(write=False)
        if _good_features(new_X).all() and _good_labels(new_y).all():
            _mark_checked(X, y)
        return replace(self, X=X, y=y)

    def continues(self, other: "Dataset") -> bool:
        """Whether w and b of `other` keep their meaning here: the same columns and classes, with points added, moved or erased."""
        names_agree = self.feature_names == other.feature_names and self.class_names == other.class_names
        return names_agree and (self.source is other.source or self.source is None)


def _good_features(X: Array) -> NDArray[np.bool_]:
    good: NDArray[np.bool_] = np.abs(X) <= LARGEST
    return good


def _good_labels(y: Array) -> NDArray[np.bool_]:
    good: NDArray[np.bool_] = (y == 0) | (y == 1)
    return good


def _check_features(X: Array, names: tuple[str, ...]) -> None:
    good = _good_features(X)
    if not good.all():
        row, column = np.argwhere(~good)[0]
        raise DataError(
            "Example {row}, feature {name}: {value} cannot be used; features must be finite and at most 1e150 in size",
            row=int(row) + 1,
            name=names[column],
            value=float(X[row, column]),
        )


def _check_labels(y: Array) -> None:
    good = _good_labels(y)
    if not good.all():
        row = int(np.argmin(good))
        raise DataError("Example {row}: label {value} cannot be used; y must be 0 or 1", row=row + 1, value=float(y[row]))


def _is_checked(array: Array) -> bool:
    return _checked.get(id(array)) is array


def _mark_checked(*arrays: Array) -> None:
    for array in arrays:
        _checked[id(array)] = array


def _read_only(values: ArrayLike) -> Array:
    # A copy of everything else, even of what is read-only: its owner could still change it.
    if isinstance(values, np.ndarray) and _is_checked(values):
        return values
    array = np.array(values, dtype=np.float64, order="F")
    array.setflags(write=False)
    return array
