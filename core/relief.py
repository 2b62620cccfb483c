"""Relief: a landscape made ready to be drawn. log J on a fine grid, levels at round numbers, bands between them and their contour lines.

The nodes of J are joined by a cubic spline in log J. Joined by straight lines a narrow valley that runs across the grid would be a chain of
pits that are not there, since the nodes lie now nearer to its floor and now farther from it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.boundary import contours_on_grid
from core.dataset import Array

Range = tuple[float, float]

FINE = 301  # nodes of the fine grid each way, on the edges too
MOST_LEVELS = 14
FEWEST_LEVELS = 6
FLAT = 1e-9  # log10 J that differs by less is flat: its lines would be those of rounding
DEEPEST = 1e-12  # J below this share of the highest is drawn as that: a perfect fit has no logarithm
MANTISSAS: tuple[tuple[float, ...], ...] = (
    (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9),
    (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9),
    (1, 1.5, 2, 3, 4, 5, 7),
    (1, 2, 5),
    (1, 3),
    (1,),
)


@dataclass(frozen=True, eq=False)
class Relief:
    """log10 J at FINE × FINE nodes, row 0 at the bottom; levels of J, ascending; bands (FINE, FINE): how many levels lie below.

    lines[k] are the contour lines of levels[k], each (r, 2) in the units of p and q.
    """

    p_range: Range
    q_range: Range
    log_J: Array
    levels: Array
    bands: NDArray[np.uint8]
    lines: tuple[tuple[Array, ...], ...]

    def J_at(self, p: float, q: float) -> float:
        """J at a point of the plane, as drawn; nan outside."""
        return float(10.0 ** self.log_J_at(np.array([[p, q]]))[0])

    def log_J_at(self, points: Array) -> Array:
        """log10 J (k,) at points (k, 2), between the nodes; nan outside."""
        low = np.array([self.p_range[0], self.q_range[0]])
        high = np.array([self.p_range[1], self.q_range[1]])
        with np.errstate(over="ignore", invalid="ignore"):
            at = (points - low) / (high - low) * (FINE - 1)
        inside = ((at >= 0) & (at <= FINE - 1)).all(axis=1)
        at = np.where(inside[:, np.newaxis], at, 0.0)
        cell = np.minimum(at.astype(np.intp), FINE - 2)
        (x, y), (u, v) = cell.T, (at - cell).T
        below = (1 - u) * self.log_J[y, x] + u * self.log_J[y, x + 1]
        above = (1 - u) * self.log_J[y + 1, x] + u * self.log_J[y + 1, x + 1]
        between: Array = np.where(inside, (1 - v) * below + v * above, np.nan)
        return between


def make_relief(J: Array, p_range: Range, q_range: Range) -> Relief | None:
    """A relief of J (rows, columns) at nodes evenly spaced over the ranges, edges included. None where J is not finite."""
    if not np.isfinite(J).all() or not (J.max() > 0 and p_range[0] < p_range[1] and q_range[0] < q_range[1]):
        return None
    log_nodes = np.log10(np.maximum(J, J.max() * DEEPEST))
    # Some milliseconds more than @, for whoever imports NumPy before core: it then has threads for @, which spin on for 0.1 s.
    rows = np.einsum("ij,jk->ik", _spline(J.shape[0], FINE), log_nodes)
    log_J = np.einsum("ij,kj->ik", rows, _spline(J.shape[1], FINE))
    with np.errstate(over="ignore"):  # of a J near the largest number there is
        low, high = float(log_J.min()), float(log_J.max())
        levels = round_levels(10.0**low, 10.0**high) if high - low > FLAT else np.empty(0)
    log_levels = np.log10(levels)
    bands = np.searchsorted(log_levels, log_J.ravel(), side="right").astype(np.uint8).reshape(FINE, FINE)
    p, q = np.linspace(*p_range, FINE)[::2], np.linspace(*q_range, FINE)[::2]
    coarse = np.ascontiguousarray(log_J[::2, ::2])  # as good to the eye, and half the lines to draw
    lines = tuple(tuple(lines) for lines in contours_on_grid(p, q, coarse, log_levels.tolist()))
    return Relief(p_range, q_range, log_J, levels, bands, lines)


def round_levels(low: float, high: float) -> Array:
    """Round numbers strictly between low > 0 and high: few enough to be told apart, about evenly spaced in log J."""
    decades = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    for mantissas in MANTISSAS:
        levels: Array = np.multiply.outer(10.0**decades, np.array(mantissas)).ravel()
        levels = levels[(levels > low) & (levels < high)]
        if len(levels) <= MOST_LEVELS:
            return levels if len(levels) >= FEWEST_LEVELS or mantissas is not MANTISSAS[0] else _even_levels(low, high)
    return levels[:: -(-len(levels) // MOST_LEVELS)]


def _even_levels(low: float, high: float) -> Array:
    """Multiples of a round step: for a landscape that is nearly flat."""
    rough = max((high - low) / MOST_LEVELS, np.spacing(high) * 16)
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    levels: Array = np.arange(np.floor(low / step) + 1, np.ceil(high / step)) * step
    # 0.3 / 0.0002 is a little below 1500: what is rounded may be one of the ends.
    return levels[(levels > low) & (levels < high)]


@lru_cache(maxsize=8)
def _spline(nodes: int, points: int) -> Array:
    """Values at `points` evenly spaced places out of those at `nodes`, both with the ends: (points, nodes). A natural cubic spline.

    Source: the usual tridiagonal system for its second derivatives M, here with a distance of 1 between nodes.
    """
    system, second = np.eye(nodes), np.zeros((nodes, nodes))
    for i in range(1, nodes - 1):
        system[i, i - 1 : i + 2] = 1 / 6, 4 / 6, 1 / 6
        second[i, i - 1 : i + 2] = 1, -2, 1
    M = np.linalg.solve(system, second)
    at = np.linspace(0, nodes - 1, points)
    left = np.minimum(at.astype(np.intp), nodes - 2)
    u = (at - left)[:, np.newaxis]
    one = np.eye(nodes)
    values: Array = (1 - u) * one[left] + u * one[left + 1]
    values += (((1 - u) ** 3 - (1 - u)) * M[left] + (u**3 - u) * M[left + 1]) / 6
    return values
