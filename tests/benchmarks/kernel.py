"""Time of one iteration, J and trace included: the compiled kernel against NumPy stepping, in the same run."""

import time

import numpy as np

from core import kernels
from core.descent import Descent

SIZES = {6: 200_000, 100: 100_000, 1_000: 20_000, 10_000: 2_000, 100_000: 200, 1_000_000: 20}
NUMPY_SHARE = 50  # NumPy makes this many times fewer iterations


def main() -> None:
    """Print a table."""
    ready = kernels.wait()
    compiled = kernels.current()
    print(
        f"{'m':>9} {'compiled µs':>12} {'ns/example':>11} {'NumPy µs':>10} {'ratio':>7}" if ready else "numba is absent: nothing to compare"
    )
    for m, iterations in SIZES.items() if ready else ():
        fast_s = min(_seconds_per_iteration(m, iterations) for _ in range(3))
        kernels._loader.advance = None
        slow_s = min(_seconds_per_iteration(m, max(3, iterations // NUMPY_SHARE)) for _ in range(3))
        kernels._loader.advance = compiled
        print(f"{m:>9,} {fast_s * 1e6:>12.3f} {fast_s / m * 1e9:>11.2f} {slow_s * 1e6:>10.1f} {slow_s / fast_s:>7.1f}")


def _seconds_per_iteration(m: int, iterations: int) -> float:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(m, 2))
    y = (X[:, 0] + rng.logistic(size=m) > 0).astype(float)
    descent = Descent(X, y, alpha=0.1)
    began_s = time.perf_counter()
    descent.advance(iterations)
    return (time.perf_counter() - began_s) / iterations
