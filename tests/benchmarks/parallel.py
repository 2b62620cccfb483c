"""Many examples by one thread and by two: what a second core gives where the machine has one to spare."""

import time

import numpy as np

from core import kernels
from core.compiling import Compiler
from core.descent import Descent
from core.team import PARTS_FROM, Team, spare_cores
from tests.benchmarks.kernel import ALPHA, examples

SIZES = {PARTS_FROM: 100, 100_000: 50, 300_000: 20, 1_000_000: 6}  # examples: iterations of a chunk, about 5 ms as in the app
ROUNDS = 3
WARM_UP, CHUNKS = 5, 20
APART = 1e-12


def main() -> None:
    """Print the gain for each size. On this machine the app itself uses as many threads as the last line says."""
    if not kernels.wait():
        print("numba is absent: there is nothing to measure")
        return
    inside = kernels._compiler.kernel
    functions = Compiler.load_functions()
    kernel_of = {assistants: kernels.CompiledKernel(functions, Team(assistants)) for assistants in (0, 1)}
    for m, iterations in SIZES.items():
        X, y = examples(m, 2)
        descents = {assistants: Descent(X, y, alpha=ALPHA) for assistants in kernel_of}
        spent_s: dict[int, list[float]] = {assistants: [] for assistants in kernel_of}
        for _ in range(ROUNDS):
            for assistants, kernel in kernel_of.items():
                kernels._compiler.kernel = kernel
                spent_s[assistants] += _chunks_s(descents[assistants], iterations)
        one_s, two_s = (float(np.median(spent_s[assistants])) for assistants in kernel_of)
        apart = float(np.abs(descents[1].trace().J / descents[0].trace().J - 1).max())
        assert apart <= APART, "two threads do not give the numbers of one"
        print(
            f"m = {m:>9,}: one thread {one_s * 1e6:8.1f} µs, two {two_s * 1e6:8.1f} µs: {one_s / two_s:.2f}× as fast "
            f"(target > 1 where there are two cores); J apart by {apart:.1g} (target ≤ {APART})"
        )
    kernels._compiler.kernel = inside
    print(f"threads that the app trains with here: {1 + spare_cores()}")


def _chunks_s(descent: Descent, iterations: int) -> list[float]:
    """Seconds an iteration in each of CHUNKS chunks. As in the app one follows the other; the first ones, in which the second thread finds
    a core, do not count.
    """
    spent_s = []
    for _ in range(WARM_UP + CHUNKS):
        began_s = time.perf_counter()
        descent.advance(iterations)
        spent_s.append((time.perf_counter() - began_s) / iterations)
    return spent_s[WARM_UP:]
