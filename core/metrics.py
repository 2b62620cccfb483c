"""How good a classifier is on some examples. f (m,) is the model's output, y (m,) the labels; class 1 is predicted where f ≥ threshold."""

import numpy as np

from core.dataset import Array


def right(f: Array, y: Array, threshold: float = 0.5) -> int:
    """How many examples have the predicted class as their label."""
    return int(np.count_nonzero((f >= threshold) == (y == 1)))


def accuracy(f: Array, y: Array, threshold: float = 0.5) -> float:
    """Share of examples whose predicted class is their label. Needs at least one example."""
    return right(f, y, threshold) / len(y)
