"""Where the model gives f in a box of the plane: straight for degree 1, contour lines of the grid for polynomial terms.

In the box's own coordinates u, v in [0, 1] the line w1 x1 + w2 x2 + b = z is A u + B v + C = 0, which is cut at the four edges.
"""

import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.courtesy import Courtesy
from core.dataset import Array

Range = tuple[float, float]


def line_in_box(w_raw: Array, b_raw: float, z: float, x1_range: Range, x2_range: Range) -> list[Array]:
    """The stretch of w_raw·x + b_raw = z inside the box as [(2, 2)], or [] when it does not cross it. w_raw (2,)."""
    (left, right), (bottom, top) = x1_range, x2_range
    size = np.array([right - left, top - bottom])
    with np.errstate(over="ignore", invalid="ignore"):
        A, B = (float(a) for a in w_raw * size)
        C = float(b_raw + w_raw @ np.array([left, bottom]) - z)
    largest = max(abs(A), abs(B))
    if not np.isfinite([A, B, C]).all() or largest == 0.0:
        return []
    A, B, C = A / largest, B / largest, C / largest
    ends = []
    if B != 0.0:
        ends += [(u, -(A * u + C) / B) for u in (0.0, 1.0)]
    if A != 0.0:
        ends += [(-(B * v + C) / A, v) for v in (0.0, 1.0)]
    inside = sorted({(u, v) for u, v in ends if -1e-9 <= u <= 1 + 1e-9 and -1e-9 <= v <= 1 + 1e-9})
    if len(inside) < 2:
        return []
    return [np.array([inside[0], inside[-1]]) * size + np.array([left, bottom])]


def contours_on_grid(x1: Array, x2: Array, z: NDArray[np.float64], levels: Sequence[float]) -> list[list[Array]]:
    """Lines z = level on a grid, z (len(x2), len(x1)), for each level; each line is (k, 2)."""
    if "contourpy" not in sys.modules:
        with Courtesy():
            import contourpy  # noqa: F401
    from contourpy import contour_generator  # here, because it is not needed for a straight boundary

    if not np.isfinite(z).all():
        return [[] for _ in levels]
    # One generator for all levels: to make one takes ten times as long as to trace a level.
    lines = contour_generator(x1, x2, z).lines
    return [[np.asarray(line, dtype=np.float64) for line in lines(level)] for level in levels]
