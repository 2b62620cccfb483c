"""Surroundings: which part of a plane of two parameters is shown. It holds start, minimum and path, and stands still as long as it can.

`home` is where a run begins; it grows by half of its width at a time when the path leaves it. What is shown depends on home and on how far
the path has come, not on when somebody looked, and never shrinks while the path goes on.
"""

import numpy as np

from core.dataset import Array

Range = tuple[float, float]

REACH = 4.0  # standard deviations of z that a parameter is given room for, while nothing is known of the run
SHARE = 0.4  # of that room, which a home has at the least when the minimum is known
PADDING = 0.35  # of the distance between start and minimum, on each side
EDGE = 0.04  # of the width: a path that comes nearer to the edge has left
GROWTH = 1.5
MOST_STEPS = 40  # 10 million times as wide: a run that diverges leaves for good


def natural_sizes(X: Array) -> Array:
    """How far each of (w_1, …, w_n, b) goes in a usual run on columns X (m, n): (n + 1,), all > 0.

    For w_j as far as moves z by REACH standard deviations, for b as far as the weights then shift it.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        mu, sigma = X.mean(axis=0), X.std(axis=0)
        sigma = np.where((sigma > 1e-9 * np.abs(mu)) & np.isfinite(sigma), sigma, np.maximum(np.abs(mu), 1.0))
        shift = float(np.sqrt(1.0 + np.sum((mu / sigma) ** 2)))
    sizes: Array = REACH / np.append(sigma, 1.0 / shift if np.isfinite(shift) else 1.0)
    return sizes


def home_range(start: float, minimum: float | None, size: float) -> Range:
    """Where a run from `start` begins to be shown, with the minimum in it where there is one near enough."""
    if minimum is None or abs(minimum - start) > 100 * size:
        half, middle = size, start
    else:
        half = max((0.5 + PADDING) * abs(minimum - start), SHARE * size)
        middle = 0.5 * (start + minimum)
    half = max(half, 1e-9 * abs(middle))
    step = 10.0 ** np.floor(np.log10(half)) / 2
    return float(np.floor((middle - half) / step) * step), float(np.ceil((middle + half) / step) * step)


def follow(home: Range, low: float, high: float) -> Range:
    """`home`, grown to where a path between low and high stays clear of the edges."""
    width = home[1] - home[0]
    left = _grown(home[0] - low + EDGE * width, width)
    right = _grown(high - home[1] + EDGE * width, width)
    return home[0] - left, home[1] + right


def _grown(beyond: float, width: float) -> float:
    """By how much a side moves out so that what is `beyond` it comes in."""
    if not beyond > 0:
        return 0.0
    steps = np.ceil(np.log1p(beyond / width) / np.log(GROWTH)) if np.isfinite(beyond) else MOST_STEPS
    return float(width * (GROWTH ** min(steps, MOST_STEPS) - 1))
