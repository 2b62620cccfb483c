"""Which rows of a long trace stay: the first, the last, every `stride`-th iteration, and the turning points of J.

Turning points go only when they are a third of all rows, which takes a run whose J swings for hundreds of thousands of iterations. Then, as
while recording (core.recording), of every `window` iterations the highest peak and the lowest valley stay.
"""

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.recording import NOISE

PIECE = 1 << 14  # rows

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def thin(iteration: Counts, J: Array, stride: int, window: int, most: int) -> tuple[NDArray[np.intp], int, int]:
    """Indices of at most `most` rows (≥ 8) of iteration (r,), J (r,), and the stride and window that belong to them.

    stride and window are powers of two.
    """
    peaks, valleys = turning_points(J)
    while True:
        stride *= 2
        while window < stride and np.count_nonzero(peaks | valleys) > most // 3:
            window *= 2
            peaks, valleys = _highest(iteration, J, peaks, window), _highest(iteration, -J, valleys, window)
        keep = peaks | valleys
        for start in range(0, len(J), PIECE):
            piece = slice(start, start + PIECE)
            keep[piece] |= (iteration[piece] & (stride - 1)) == 0  # a power of two divides it; % takes ten times as long
        keep[[0, -1]] = True
        if np.count_nonzero(keep) <= most:
            return np.flatnonzero(keep), stride, window


def turning_points(J: Array) -> tuple[Mask, Mask]:
    """Where J (r,) has its peaks and its valleys, each (r,). Changes by no more than rounding do not count."""
    peaks, valleys = np.zeros(len(J), dtype=bool), np.zeros(len(J), dtype=bool)
    rising: bool | None = None  # at the last change, None before the first
    # By pieces that stay in the processor's cache: memory for all rows at once takes three times as long, and counts among theirs.
    for start in range(0, len(J) - 1, PIECE):
        piece = J[start : start + PIECE + 1]
        with np.errstate(invalid="ignore"):  # a row without a number is no turning point
            change = np.diff(piece)
        before = np.flatnonzero(np.abs(change) > NOISE * np.abs(piece[:-1]))
        if len(before):
            rises = change[before] > 0
            rose = np.append(rises[0] if rising is None else rising, rises[:-1])
            peaks[start + before[rose & ~rises]] = True
            valleys[start + before[~rose & rises]] = True
            rising = bool(rises[-1])
    return peaks, valleys


def _highest(iteration: Counts, J: Array, points: Mask, window: int) -> Mask:
    """Of these points the one with the greatest J in every window."""
    highest = np.zeros(len(J), dtype=bool)
    start = 0
    while start < len(J):
        # To the end of a window, which lies in one piece.
        stop = min(start + PIECE, len(J))
        stop = int(np.searchsorted(iteration, (iteration[stop - 1] // window + 1) * window))
        rows = start + np.flatnonzero(points[start:stop])
        windows = iteration[rows] // window
        rows = rows[np.lexsort((J[rows], windows))]  # windows ascend already, and stay in their order
        if len(rows):
            highest[rows[np.append(np.diff(windows) > 0, True)]] = True
        start = stop
    return highest
