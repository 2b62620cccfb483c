"""Approach: how many iterations a descent takes until J is within 1 % of its minimum.

Not when J stops changing, which comes long before in a ravine: what counts is the distance to the least J.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.dataset import Array
from core.descent import Descent
from core.progress import Progress
from core.trace import MAX_BYTES, Trace

CLOSE = 0.01  # J is at most this share above the minimum
MOST_ITERATIONS = 100_000
MOST_NUMBERS = 1_000_000_000  # examples times columns times iterations: under a second
AT_ONCE = 1_000  # iterations; so that the work can be ended in between
NUMBERS_AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class Approach:
    """`reached`: the first iteration with J within 1 % of the minimum, None when none of `looked` has it; `trace`: the run so far."""

    reached: int | None
    looked: int
    trace: Trace
    diverged: bool


def most_iterations(m: int, n: int) -> int:
    """As many iterations on m examples of n columns as are worth waiting for."""
    kept = MAX_BYTES // (8 * (n + 3)) - 1  # a longer trace is thinned
    return max(1, min(MOST_ITERATIONS, kept, MOST_NUMBERS // (m * n)))


def approach(
    X: Array,
    y: Array,
    least_J: float | None,
    *,
    alpha: float,
    lambda_: float = 0.0,
    model: str = "logistic",
    w: ArrayLike | None = None,
    b: float = 0.0,
    at_least: int = 0,
    most: int | None = None,
    progress: Progress = lambda _: None,
) -> Approach:
    """Descend on X (m, n), y (m,) until J ≤ 1.01 least_J, but not beyond `most` iterations, and `at_least` so many.

    Ends early where it diverges. least_J None: there is no minimum to reach. Needs at least one example.
    """
    m, n = X.shape
    most = most_iterations(m, n) if most is None else most
    portion = max(1, min(AT_ONCE, NUMBERS_AT_ONCE // (m * n)))
    descent = Descent(X, y, alpha=alpha, lambda_=lambda_, model=model, w=w, b=b)
    until = most if least_J is not None else min(at_least, most)
    reached, seen = None, 0
    while True:
        trace = descent.trace()
        if reached is None and least_J is not None:
            close = np.flatnonzero(trace.J[seen:] <= (1.0 + CLOSE) * least_J)
            if len(close):
                reached = int(trace.iteration[seen + close[0]])
                until = min(max(at_least, reached), most)
        seen = len(trace)
        left = until - descent.iteration
        if left <= 0 or descent.diverged:
            return Approach(reached, most, trace, descent.diverged)
        progress(0.0)
        descent.advance(min(portion, left))
