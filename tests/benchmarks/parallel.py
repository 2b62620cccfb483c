"""Many examples by one thread and by two: what a second core gives where the machine has one to spare."""

import numpy as np

from core import kernels
from core.compiling import Compiler
from core.team import PARTS_FROM, Team, spare_cores
from tests.benchmarks.kernel import ALPHA, examples, ours_seconds

SIZES = {PARTS_FROM: 200, 100_000: 100, 300_000: 40, 1_000_000: 12}
ROUNDS = 15


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
        best = {0: np.inf, 1: np.inf}
        J = {}
        for _ in range(ROUNDS):
            for assistants, kernel in kernel_of.items():
                kernels._compiler.kernel = kernel
                seconds, J[assistants] = ours_seconds(X, y, ALPHA, iterations)
                best[assistants] = min(best[assistants], seconds)
        assert np.allclose(J[0], J[1], rtol=1e-12), "two threads do not give the numbers of one"
        print(f"m = {m:>9,}: one thread {best[0] * 1e6:8.1f} µs, two {best[1] * 1e6:8.1f} µs: {best[0] / best[1]:.2f}× as fast")
    kernels._compiler.kernel = inside
    print(f"threads that the app trains with here: {1 + spare_cores()}")
