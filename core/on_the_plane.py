"""How the plane is read: with two features it is that of x1 and x2, with one it has x to the right and y or f upwards.

Where examples stand on it says Dataset.places.
"""

import numpy as np

from core.boundary import Range
from core.dataset import Array, Dataset

HALF = 0.5  # between y = 0 and y = 1
Place = tuple[float, float]


def features_at(places: Array, n: int) -> Array:
    """The features X (k, n) of places (k, 2)."""
    return places[:, :n]


def label_at(dataset: Dataset, place: Place, chosen: int) -> int:
    """The class that is drawn at a place: with one feature that of its half, otherwise the one chosen."""
    return int(place[1] >= HALF) if dataset.n == 1 else chosen


def crossings(x: Array, z: Array, level: float) -> list[float]:
    """Where a line through (x, z), both (k,), x ascending, passes the level."""
    if not np.isfinite(z).all():
        return []
    above = z >= level
    i = np.flatnonzero(above[1:] != above[:-1])
    at: list[float] = (x[i] + (level - z[i]) / (z[i + 1] - z[i]) * (x[i + 1] - x[i])).tolist()
    return at


def boundary_of_one(w_raw: Array, b_raw: float, z: float, x_range: Range) -> list[float]:
    """Where w_raw x + b_raw = z with one feature, w_raw (1,); [] where it is not in the range."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        x = (z - b_raw) / w_raw[0]
    return [float(x)] if x_range[0] <= x <= x_range[1] else []
