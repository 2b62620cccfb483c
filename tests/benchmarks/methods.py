"""One update by each method, J of its rows included, over m at n = 2."""

import time

from core import kernels
from core.descents import METHODS, machine
from core.experiment import Experiment
from core.samples import blobs

SIZES = (6, 200, 1_000, 1_000_000)
SPENT_S = 0.2
ROUNDS = 5


def main() -> None:
    """Print a table, with the ratio of each method to gradient descent."""
    if not (kernels.wait() and machine.wait()):
        print("numba is absent: there is nothing to compare")
        return
    print(f"{'µs an update':<14}" + "".join(f"{f'm = {m:,}':>12} {'ratio':>8}" for m in SIZES) + "   J is taken every")
    peer_us: dict[int, float] = {}  # gradient descent, which comes first
    for method in METHODS:
        cells, every = "", []
        for m in SIZES:
            experiment = Experiment(blobs(1, m, 1, 1.2), method=method, alpha=0.01)
            every.append(f"{experiment.descent().every:,}")
            spent_us = min(_seconds(experiment) for _ in range(ROUNDS)) * 1e6
            cells += f"{spent_us:>12.3f} {spent_us / peer_us.setdefault(m, spent_us):>7.1f}×"
        print(f"{method:<14}{cells}   {', '.join(every)}")


def _seconds(experiment: Experiment) -> float:
    """Seconds an update, J of the rows included."""
    descent = experiment.descent()
    updates, spent_s = descent.portion, 0.0
    while spent_s < SPENT_S / 4:
        began_s = time.perf_counter()
        descent.advance(updates)
        spent_s = time.perf_counter() - began_s
        updates *= 2
    return spent_s / (updates / 2)
