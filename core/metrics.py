"""How good a classifier is on some examples. f (m,) is the model's output, y (m,) the labels; class 1 is predicted where f ≥ threshold.

    accuracy = right / m            precision = TP / (TP + FP): of those predicted as 1, how many are
    F1 = 2 TP / (2 TP + FP + FN)    recall    = TP / (TP + FN): of those that are 1, how many are found

A share of nothing is nan. Whatever grows with f, such as z, serves as f together with its own threshold.
Source: Coursera, Machine Learning Specialization, course 2 week 3 (skewed datasets).
"""

import math
from dataclasses import dataclass

import numpy as np

from core.dataset import Array


@dataclass(frozen=True)
class Confusion:
    """How many examples of each class are predicted as which; positive is class 1."""

    true_negative: int
    false_positive: int
    false_negative: int
    true_positive: int

    @property
    def m(self) -> int:
        """Number of examples."""
        return self.true_negative + self.false_positive + self.false_negative + self.true_positive

    @property
    def accuracy(self) -> float:
        """Share whose predicted class is their label."""
        return _share(self.true_negative + self.true_positive, self.m)

    @property
    def precision(self) -> float:
        """Share of class 1 among those predicted as class 1."""
        return _share(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> float:
        """Share of class 1 that is predicted as class 1: the true positive rate."""
        return _share(self.true_positive, self.true_positive + self.false_negative)

    @property
    def false_positive_rate(self) -> float:
        """Share of class 0 that is predicted as class 1."""
        return _share(self.false_positive, self.false_positive + self.true_negative)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.true_positive, 2 * self.true_positive + self.false_positive + self.false_negative)

    def __add__(self, other: "Confusion") -> "Confusion":
        return Confusion(
            self.true_negative + other.true_negative,
            self.false_positive + other.false_positive,
            self.false_negative + other.false_negative,
            self.true_positive + other.true_positive,
        )


def _share(count: int, of: int) -> float:
    return count / of if of else math.nan


def confusion(f: Array, y: Array, threshold: float = 0.5) -> Confusion:
    """Count the examples by label and predicted class."""
    predicted, label = f >= threshold, y == 1
    both = int(np.count_nonzero(predicted & label))
    ones, chosen = int(np.count_nonzero(label)), int(np.count_nonzero(predicted))
    return Confusion(len(y) - ones - chosen + both, chosen - both, ones - both, both)


def right(f: Array, y: Array, threshold: float = 0.5) -> int:
    """How many examples have the predicted class as their label."""
    return int(np.count_nonzero((f >= threshold) == (y == 1)))


def accuracy(f: Array, y: Array, threshold: float = 0.5) -> float:
    """Share of examples whose predicted class is their label. Needs at least one example."""
    return right(f, y, threshold) / len(y)
