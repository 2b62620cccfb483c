"""Swings: whether J goes up and down over consecutive iterations, falls all the same, or repeats itself with a period.

A cycle is told by w and b and not by J, as J may be the same at all of its places. That they nearly repeat after p iterations is not
enough: so they do while a swing dies out slowly. There the distance after p iterations shrinks at the rate at which the steps do; where
a cycle is being settled into, the distance shrinks and the steps stay.
"""

from dataclasses import dataclass

import numpy as np

from core.dataset import Array
from core.recording import NOISE
from core.trace import Trace

WINDOW = 512  # iterations looked at
LATELY = 100  # iterations in which a rise counts
LONGEST_PERIOD = 64
CLOSE = 1e-3  # of a step: w, b have come back to where they were
SAME = 1e-9
BLOCKS = 8  # of the window, whose means tell a trend
SURE = 3.0  # standard errors
IN_ORDER = 25  # of the 28 pairs of blocks, the later the lower: by chance once in 360 times
CREST = 0.9


@dataclass(frozen=True, eq=False)
class Recent:
    """Consecutive iterations: places (r, n + 1), which are w and b, and J (r,)."""

    places: Array
    J: Array

    def __len__(self) -> int:
        return len(self.J)


def recent(trace: Trace, row: int) -> Recent:
    """The consecutive rows that end in `row`, under the settings and data in force there: at least that row, at most WINDOW + 1."""
    since = max((mark.iteration for mark in trace.marks if mark.iteration <= trace.iteration[row]), default=0)
    first = max(0, row - WINDOW)
    iteration = trace.iteration[first : row + 1]
    usable = np.append(np.diff(iteration) == 1, True) & (iteration >= since) & np.isfinite(trace.J[first : row + 1])
    gaps = np.flatnonzero(~usable)
    first += int(gaps[-1]) + 1 if len(gaps) else 0
    rows = slice(min(first, row), row + 1)
    return Recent(np.column_stack([trace.w[rows], trace.b[rows]]), trace.J[rows])


def rises(window: Recent) -> bool:
    """Whether J rose lately, by more than rounding."""
    J = window.J[-max(8, min(LATELY, len(window) // 2)) - 1 :]
    return bool((np.diff(J) > NOISE * np.abs(J[:-1])).any())


def rising(window: Recent) -> bool:
    """Whether J rose in the last iteration, by more than rounding."""
    return len(window) > 1 and bool(window.J[-1] - window.J[-2] > SAME * abs(window.J[-2]))


def high(trace: Trace, row: int) -> bool:
    """Whether J is above what it was in most rows lately, whatever the last iteration did to it; rows may be missing."""
    since = max((mark.iteration for mark in trace.marks if mark.iteration <= trace.iteration[row]), default=0)
    J = trace.J[max(0, row - LATELY) : row + 1][trace.iteration[max(0, row - LATELY) : row + 1] >= since]
    return bool(J[-1] > np.median(J))


def stands(window: Recent) -> bool:
    """Whether J has not changed in the last iterations, but for rounding."""
    return len(window) > 2 and bool(np.ptp(window.J[-3:]) <= NOISE * abs(window.J[-1]))


def falls(window: Recent) -> bool:
    """Whether J falls over the window, however it goes up and down in between.

    The means of its blocks tell, by their sizes or by their order, as a fall that slows down makes them differ among themselves; and so
    does a swing that dies out, all but the crests of whose later half are below the middle of the earlier one.
    """
    J = window.J
    half = len(J) // 2
    if len(J) < 4 * BLOCKS:
        return half > 0 and bool(J[-half:].mean() < J[:half].mean() and J[-half:].max() <= J[:half].max())
    rows = len(J) // BLOCKS * BLOCKS
    means = J[-rows:].reshape(BLOCKS, -1).mean(axis=1)
    before, after = means[: BLOCKS // 2], means[BLOCKS // 2 :]
    fallen, rounding = float(before.mean() - after.mean()), SAME * float(abs(before.mean()))
    if not fallen > rounding:
        return False
    error = float(np.sqrt((before.var(ddof=1) + after.var(ddof=1)) / (BLOCKS // 2)))
    in_order = sum(int((means[block + 1 :] < means[block]).sum()) for block in range(BLOCKS))
    return fallen > SURE * error or in_order >= IN_ORDER or bool(np.quantile(J[-half:], CREST) < np.median(J[:half]) - rounding)


def period(window: Recent) -> int | None:
    """After how many iterations, 2 to 64, w and b come back for ever; None where they do not, or do not yet."""
    places = window.places
    steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
    for p in range(2, min(LONGEST_PERIOD, (len(places) - 1) // 2) + 1):
        step = float(steps[-p:].max())
        if not (step > 0 and np.isfinite(step)):
            return None
        away = np.linalg.norm(places[p:] - places[:-p], axis=1)
        end = float(away[-p:].max())
        if end > CLOSE * step:
            continue
        begin, step_then = float(away[:p].max()), float(steps[:p].max())
        if end <= SAME * step or end / begin < 0.5 * min(step / step_then, 1.0):
            return p
    return None
