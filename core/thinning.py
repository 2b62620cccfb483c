"""Which rows of a long trace stay: the first, the last, every `stride`-th iteration, and the turning points of J.

Turning points go only when they are a third of all rows, which takes a run whose J swings for hundreds of thousands of iterations. Then, as
while recording (core.recording), of every `window` iterations the highest peak and the lowest valley stay.
"""

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.recording import NOISE

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def thin(iteration: Counts, J: Array, stride: int, window: int, most: int) -> tuple[NDArray[np.intp], int, int]:
    """Indices of at most `most` rows (≥ 8) of iteration (r,), J (r,), and the stride and window that belong to them."""
    peaks, valleys = turning_points(J)
    while True:
        stride *= 2
        while window < stride and np.count_nonzero(peaks | valleys) > most // 3:
            window *= 2
            peaks, valleys = _highest(iteration, J, peaks, window), _highest(iteration, -J, valleys, window)
        keep = (iteration % stride == 0) | peaks | valleys
        keep[[0, -1]] = True
        if np.count_nonzero(keep) <= most:
            return np.flatnonzero(keep), stride, window


def turning_points(J: Array) -> tuple[Mask, Mask]:
    """Where J (r,) has its peaks and its valleys, each (r,). Changes by no more than rounding do not count."""
    peaks, valleys = np.zeros(len(J), dtype=bool), np.zeros(len(J), dtype=bool)
    with np.errstate(invalid="ignore"):  # a row without a number is no turning point
        change = np.diff(J)
    # In place, as a long run has hundreds of thousands of rows, and their memory is bounded.
    rises = change > 0
    noise = np.abs(J[:-1])
    noise *= NOISE
    before = np.flatnonzero(np.abs(change, out=change) > noise)
    del change, noise
    rises = rises[before]
    peaks[before[1:][rises[:-1] & ~rises[1:]]] = True
    valleys[before[1:][~rises[:-1] & rises[1:]]] = True
    return peaks, valleys


def _highest(iteration: Counts, J: Array, points: Mask, window: int) -> Mask:
    """Of these points the one with the greatest J in every window."""
    rows = np.flatnonzero(points)
    windows = iteration[rows] // window
    rows = rows[np.lexsort((J[rows], windows))]
    last_of_window = np.append(np.diff(np.sort(windows)) > 0, True) if len(rows) else np.zeros(0, dtype=bool)
    highest = np.zeros(len(J), dtype=bool)
    highest[rows[last_of_window]] = True
    return highest
