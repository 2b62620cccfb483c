"""Team: the threads that share one iteration over many examples with the thread that trains.

All cores but one work, so that the window keeps its own. Nobody is waited for who has not come: the work is cut into PARTS, whoever is
there takes the next one, and the sums are added in the order of the parts. So the result does not depend on who took what.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.courtesy import TRAINING, stand_back
from core.dataset import Array

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

THREADS = "kernel-team"
PARTS = 64
PARTS_FROM = 50_000  # examples; below, an iteration is over before a second thread could help

# Places of the counters, a cache line apart: parts given out, parts there are, parts finished in this iteration, whether to go home.
NEXT, LIMIT, DONE, STOP = 0, 8, 16, 24

Counters = NDArray[np.int64]


class Shared(NamedTuple):
    """What the threads of one call have in common: counters, the point w, b (n + 1,) and sums (PARTS, n + 2) of dj_dw, J and dj_db."""

    counters: Counters
    point: Array
    sums: Array


def make_shared(n: int) -> Shared:
    """A new one for n columns."""
    return Shared(np.zeros(32, dtype=np.int64), np.zeros(n + 1), np.zeros((PARTS, n + 2)))


class Team:
    """`assistants` threads, started when they are first needed."""

    def __init__(self, assistants: int) -> None:
        self.assistants = assistants
        self._pool: ThreadPoolExecutor | None = None

    def call(self, assist: Callable[[], None]) -> None:
        """Have every assistant do this, as soon as it can. Returns at once."""
        if self.assistants and self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # seldom needed, and not at the start

            self._pool = ThreadPoolExecutor(self.assistants, THREADS, stand_back, (TRAINING,))
        for _ in range(self.assistants):
            assert self._pool
            self._pool.submit(assist)


def spare_cores() -> int:
    """Cores beyond the one that trains and the one that the window keeps."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(0, usable - 2)
