"""Dataset: the examples (X, y) that everything downstream is computed from.

X (m, n) float64 in raw units, one example a row; y (m,) float64, 0 or 1; test (m,), where True marks examples that are kept back to test
on and not trained on. All are read-only: an edit returns a new Dataset. core.split chooses the examples to keep back.
The columns of X lie contiguous in memory (Fortran order), as whatever is computed of many examples goes down the columns.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import DataError

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_NOTHING: Array = np.empty(0)
LARGEST = 1e150  # squares of features must not overflow float64

# Arrays that were found good, by id. An edit of a million examples shares or extends them, and must not look at each number again.
_checked: WeakValueDictionary[int, Array] = WeakValueDictionary()


@dataclass(frozen=True, eq=False)
class Source:
    """Where a dataset came from. Two datasets with the same Source object are edits of each other, so w and b mean the same in both.

    w_b_range: for data with one feature, the range of w and that of b, unscaled, over which a lesson shows the cost.
    """

    title: str
    note: str = ""
    w_b_range: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True)
class Split:
    """How examples to keep back were chosen: the share that was asked for, 0..1, and the seed."""

    share: float
    seed: int


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples with their names; X (m, n), y (m,), test (m,) or None: all are trained on. `split`: how test was drawn, where it was.

    Raises DataError when shapes do not fit, a value is not finite or beyond 1e150 in size, or y holds anything but 0 and 1.
    """

    X: Array
    y: Array
    feature_names: tuple[str, ...] = ("x1", "x2")
    class_names: tuple[str, str] = ("0", "1")
    source: Source | None = None
    test: Mask | None = None
    split: Split | None = None

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
        if self.test is not None:
            object.__setattr__(self, "test", _test_mask(self.test, len(y)))
        if self.test is None:
            object.__setattr__(self, "split", None)
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

    @cached_property
    def places(self) -> Array:
        """Where each example stands on the plane (m, 2): at x1, x2, or with one feature at x, y."""
        if self.n != 1:
            return self.X
        places = np.empty((self.m, 2), order="F")
        places[:, :1], places[:, 1] = self.X, self.y
        places.setflags(write=False)
        return places

    @cached_property
    def training(self) -> "Dataset":
        """The examples that are trained on; this very dataset when none are kept back."""
        return self if self.test is None else self._subset(~self.test)

    @cached_property
    def kept_back(self) -> "Dataset":
        """The examples to test on."""
        return self._subset(np.zeros(self.m, dtype=bool) if self.test is None else self.test)

    def with_point(self, x: ArrayLike, label: int) -> "Dataset":
        """A dataset with one more example x (n,) at the end."""
        return self.with_points(np.asarray(x, dtype=np.float64).reshape(1, self.n), [label])

    def with_points(self, X: ArrayLike, y: ArrayLike) -> "Dataset":
        """A dataset with more examples X (k, n), y (k,) at the end, to be trained on."""
        X, y = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
        test = None if self.test is None else np.concatenate([self.test, np.zeros(len(y), dtype=bool)])
        return self._edited(np.concatenate([self.X, X]), np.concatenate([self.y, y]), test, X, y)

    def with_moved(self, indices: ArrayLike, X: ArrayLike) -> "Dataset":
        """A dataset in which the examples at `indices`, one or k, lie at X, (n,) or (k, n)."""
        rows, moved = np.asarray(indices, dtype=np.intp), self.X.copy(order="K")
        moved[rows] = np.asarray(X, dtype=np.float64)
        return self._edited(moved, self.y, self.test, moved[rows])

    def with_labels(self, indices: ArrayLike, y: ArrayLike) -> "Dataset":
        """A dataset in which the examples at `indices` have the labels y, one for all or (k,)."""
        rows, labels = np.asarray(indices, dtype=np.intp), self.y.copy()
        labels[rows] = np.asarray(y, dtype=np.float64)
        return self._edited(self.X, labels, self.test, new_y=labels[rows])

    def without(self, indices: ArrayLike) -> "Dataset":
        """A dataset without the examples at `indices`."""
        rows = np.asarray(indices, dtype=np.intp)
        test = None if self.test is None else np.delete(self.test, rows)
        return self._edited(np.delete(self.X, rows, axis=0), np.delete(self.y, rows), test)

    def renamed(self, *, features: tuple[str, ...] | None = None, classes: tuple[str, str] | None = None) -> "Dataset":
        """The same examples under other names."""
        names: dict[str, Any] = {"feature_names": features or self.feature_names, "class_names": classes or self.class_names}
        made = replace(self, **names)
        # What is known of a million examples is not found out again.
        for part in {"training", "kept_back"} & self.__dict__.keys():
            made.__dict__[part] = made if self.__dict__[part] is self else replace(self.__dict__[part], **names)
        return made

    def is_renamed(self, other: "Dataset") -> bool:
        """Whether this is `other` with its very examples, only under other names."""
        nothing = np.zeros(0, dtype=bool)
        mine, others = (nothing if dataset.test is None else dataset.test for dataset in (self, other))
        return self is not other and self.X is other.X and self.y is other.y and np.array_equal(mine, others)

    def _subset(self, mask: Mask) -> "Dataset":
        return self._edited(np.asfortranarray(self.X[mask]), self.y[mask], None)

    def _edited(self, X: Array, y: Array, test: Mask | None, new_X: Array = _NOTHING, new_y: Array = _NOTHING) -> "Dataset":
        """This dataset with X, y and test, made here from its own: only what is new in them has to be looked at."""
        X.setflags(write=False)
        y.setflags(write=False)
        if _good_features(new_X).all() and _good_labels(new_y).all():
            _mark_checked(X, y)
        return replace(self, X=X, y=y, test=test)

    def continues(self, other: "Dataset") -> bool:
        """Whether w and b of `other` keep their meaning here: the same columns and classes, with points or names changed."""
        if self.source is not None:
            return self.source is other.source and self.n == other.n
        return self.feature_names == other.feature_names and self.class_names == other.class_names


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


def _test_mask(test: ArrayLike, m: int) -> Mask | None:
    """A read-only mask (m,), or None when it marks nothing."""
    mask = np.array(test, dtype=bool)
    if mask.shape != (m,):
        raise DataError("test has shape {shape} for {m} examples; give one mark, true or false, for each", shape=mask.shape, m=m)
    mask.setflags(write=False)
    return mask if mask.any() else None


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
