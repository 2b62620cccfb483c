"""Pace: how many iterations are due after some seconds of playing.

A number is iterations per second. FILM shows a whole run of N iterations in about ten seconds: k(t) = r/c (e^(ct) - 1), which begins at
r = 4 iterations a second, so that the first ones are seen one by one, and grows geometrically; c is chosen so that k(10 s) = N.
None is as fast as it goes.
"""

from functools import lru_cache
from math import exp, expm1, inf, log1p

FILM = "film"
FILM_S = 10.0
FIRST_RATE = 4.0

Pace = float | str | None


def due(pace: Pace, start: int, elapsed_s: float, iterations: int) -> float:
    """The iteration that should be reached `elapsed_s` after playing from iteration `start` of a run of `iterations`."""
    if pace is None:
        return inf
    if pace == FILM:
        return film_iteration(film_time(start, iterations) + elapsed_s, iterations)
    return start + float(pace) * elapsed_s


def wait_s(pace: Pace, start: int, elapsed_s: float, iterations: int, iteration: int) -> float:
    """Seconds until `iteration` is due; at least a millisecond."""
    if pace is None:
        return 0.001
    film = pace == FILM
    at_s = film_time(iteration, iterations) - film_time(start, iterations) if film else (iteration - start) / float(pace)
    return max(at_s - elapsed_s, 0.001)


def film_iteration(time_s: float, iterations: int) -> float:
    """The iteration shown at a moment of the film."""
    c = _growth(iterations)
    if c == 0.0:
        return max(FIRST_RATE, iterations / FILM_S) * time_s
    return FIRST_RATE / c * expm1(min(c * time_s, 700.0))


def film_time(iteration: float, iterations: int) -> float:
    """The moment of the film at which an iteration is shown, in seconds: the inverse of film_iteration."""
    c = _growth(iterations)
    if c == 0.0:
        return iteration / max(FIRST_RATE, iterations / FILM_S)
    return log1p(iteration * c / FIRST_RATE) / c


@lru_cache(maxsize=64)
def _growth(iterations: int) -> float:
    """c with FIRST_RATE/c (e^(c FILM_S) - 1) = iterations; 0 when a constant rate is enough."""
    if iterations <= FIRST_RATE * FILM_S * 1.001:
        return 0.0
    low, high = 1e-6, 4.0
    for _ in range(80):
        c = 0.5 * (low + high)
        if FIRST_RATE / c * (exp(c * FILM_S) - 1.0) < iterations:
            low = c
        else:
            high = c
    return high
