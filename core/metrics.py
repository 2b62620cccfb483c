"""How good a classifier is on some examples. f (m,) is the model's output, y (m,) the labels; class 1 is predicted where f ≥ threshold."""

import numpy as np

from core.dataset import Array


def accuracy(f: Array, y: Array, threshold: float = 0.5) -> float:
    """Share of examples whose predicted class is their label. Needs at least one example."""
    return float(np.mean((f >= threshold) == (y == 1)))
