"""Dataset: the examples (X, y) that everything downstream is computed from.

X (m, n) float64 in raw units, one example a row; y (m,) float64, 0 or 1. Both are read-only: an edit returns a new Dataset.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import DataError

Array = NDArray[np.float64]

LARGEST = 1e150  # squares of features must not overflow float64


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
        bad = ~(np.abs(X) <= LARGEST)
        if bad.any():
            row, column = np.argwhere(bad)[0]
            raise DataError(
                "Example {row}, feature {name}: {value} cannot be used; features must be finite and at most 1e150 in size",
                row=int(row) + 1,
                name=self.feature_names[column],
                value=float(X[row, column]),
            )
        wrong = ~((y == 0) | (y == 1))
        if wrong.any():
            row = int(np.argmax(wrong))
            raise DataError("Example {row}: label {value} cannot be used; y must be 0 or 1", row=row + 1, value=float(y[row]))
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
        ones = int(np.count_nonzero(self.y))
        return self.m - ones, ones

    def with_point(self, x: ArrayLike, label: int) -> "Dataset":
        """A dataset with one more example x (n,) at the end."""
        row = np.asarray(x, dtype=np.float64).reshape(1, self.n)
        return replace(self, X=np.concatenate([self.X, row]), y=np.append(self.y, float(label)))

    def with_moved(self, index: int, x: ArrayLike) -> "Dataset":
        """A dataset in which example `index` lies at x (n,)."""
        X = self.X.copy()
        X[index] = x
        return replace(self, X=X)

    def without(self, indices: ArrayLike) -> "Dataset":
        """A dataset without the examples at `indices`."""
        rows = np.asarray(indices, dtype=np.intp)
        return replace(self, X=np.delete(self.X, rows, axis=0), y=np.delete(self.y, rows))

    def continues(self, other: "Dataset") -> bool:
        """Whether w and b of `other` keep their meaning here: the same columns and classes, with points added, moved or erased."""
        names_agree = self.feature_names == other.feature_names and self.class_names == other.class_names
        return names_agree and (self.source is other.source or self.source is None)


def _read_only(values: ArrayLike) -> Array:
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and not values.flags.writeable:
        return values
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
