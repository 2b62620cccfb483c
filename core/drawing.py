"""Drawing by hand: which examples lie under a brush, in a box or in a lasso, and where a spray puts new ones.

X (m, 2) are examples in raw units; a radius (2,) is given in the units of each axis, so that a circle on the screen is one here.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.dataset import Array

Rows = NDArray[np.intp]
Place = Sequence[float] | Array  # x1, x2

MOST_BY_HAND = 1_000_000  # examples
SPRAY_SIGMA = 0.5  # of the radius; what would fall outside the circle is drawn inside instead


def nearest(X: Array, centre: Place, radius: ArrayLike) -> int | None:
    """Number of the example nearest to `centre`, distances measured in `radius`; None when the nearest is beyond it."""
    near, distance = _around(X, centre, centre, radius)
    if not len(near):
        return None
    row = int(np.argmin(distance))
    return int(near[row]) if distance[row] <= 1.0 else None


def under_stroke(X: Array, begin: Place, end: Place, radius: ArrayLike) -> Rows:
    """Numbers (k,) of the examples that a brush covers on its straight way from `begin` to `end`."""
    near, distance = _around(X, begin, end, radius)
    return near[distance <= 1.0]


def in_box(X: Array, corner: Place, opposite: Place) -> Rows:
    """Numbers (k,) of the examples in the rectangle between two corners, its edges included."""
    inside = np.ones(len(X), dtype=bool)
    for j in range(2):
        low, high = min(corner[j], opposite[j]), max(corner[j], opposite[j])
        inside &= (X[:, j] >= low) & (X[:, j] <= high)
    return np.flatnonzero(inside)


def in_polygon(X: Array, corners: ArrayLike) -> Rows:
    """Numbers (k,) of the examples inside the closed polygon `corners` (c, 2), by the even-odd rule."""
    polygon = np.asarray(corners, dtype=np.float64).reshape(-1, 2)
    if len(polygon) < 3:
        return np.empty(0, dtype=np.intp)
    near = in_box(X, polygon.min(axis=0), polygon.max(axis=0))
    # By height, so that an edge looks only at the examples that lie as high as it does.
    near = near[np.argsort(X[near, 1], kind="stable")]
    x, y = X[near, 0], X[near, 1]
    inside = np.zeros(len(near), dtype=bool)
    for (x_0, y_0), (x_1, y_1) in zip(polygon.tolist(), np.roll(polygon, -1, axis=0).tolist(), strict=True):
        if y_0 != y_1:
            # The lower end belongs to the edge and the upper one does not: a corner is crossed once.
            first, last = np.searchsorted(y, sorted((y_0, y_1)))
            inside[first:last] ^= x[first:last] < x_0 + (y[first:last] - y_0) / (y_1 - y_0) * (x_1 - x_0)
    return np.sort(near[inside])


def spray(rng: "np.random.Generator", begin: Place, end: Place, radius: ArrayLike, count: int) -> Array:
    """New examples (count, 2) spread like a Gaussian around the way from `begin` to `end`, none farther from it than `radius`."""
    share = rng.random((count, 1))
    centres = np.asarray(begin) + share * (np.asarray(end) - np.asarray(begin))
    angle = 2 * np.pi * rng.random(count)
    # Rayleigh's distribution, inverted, and cut off at the radius.
    within = 1.0 - np.exp(-0.5 / SPRAY_SIGMA**2)
    distance = SPRAY_SIGMA * np.sqrt(-2.0 * np.log1p(-within * rng.random(count)))
    spread: Array = centres + np.column_stack([np.cos(angle), np.sin(angle)]) * distance[:, np.newaxis] * np.asarray(radius)
    return spread


def renumbered(rows: Rows, removed: Rows) -> Rows:
    """The numbers that the examples `rows` have once those in `removed`, ascending and each once, are gone; removed ones have none."""
    left = np.setdiff1d(rows, removed, assume_unique=True)
    return left - np.searchsorted(removed, left)


def _around(X: Array, begin: Place, end: Place, radius: ArrayLike) -> tuple[Rows, Array]:
    """The examples in a box around the line from `begin` to `end`, and their squared distance (k,) to it in units of `radius`."""
    a, b, r = (np.asarray(value, dtype=np.float64) for value in (begin, end, radius))
    near = in_box(X, np.minimum(a, b) - r, np.maximum(a, b) + r)
    from_a, way = (X[near] - a) / r, (b - a) / r
    length = float(way @ way)
    if length > 0:
        from_a -= np.clip(from_a @ way / length, 0.0, 1.0)[:, np.newaxis] * way
    distance: Array = (from_a * from_a).sum(axis=1)
    return near, distance
