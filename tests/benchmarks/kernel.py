"""Time of one iteration, J and the full trace included: the compiled kernel against C of the same algorithm and against NumPy."""

import time
from collections.abc import Callable

import numpy as np

from core import kernels
from core.dataset import Array
from core.descent import Descent
from tests.benchmarks import peers

ALPHA = 0.1
SPENT_S = 0.02  # about, for each measurement
ROUNDS = 25
# m: ratio to C at most, ratio of NumPy at least
TARGETS = {6: (1.6, 300), 100: (1.25, 80), 1_000: (1.25, 15), 10_000: (1.25, 6), 100_000: (1.25, 6), 1_000_000: (1.25, 5)}
COLUMNS = (1, 2, 5, 14, 27)  # 27 are the terms of degree 6


def main() -> None:
    """Print a table over m at n = 2, and one over n."""
    if not kernels.wait():
        print("numba is absent: there is nothing to measure")
        return
    c = peers.build_c()
    if c is None:
        print("without gcc there is no C to compare with")
    print(f"{'m':>9} {'µs':>10} {'ns/example':>11} {'to C':>6} {'target':>7} {'NumPy to it':>12} {'target':>7}")
    for m, (most_c, least_numpy) in TARGETS.items():
        ours_s, c_s, numpy_s = _measure(*examples(m, 2), c)
        print(f"{m:>9,} {ours_s * 1e6:>10.3f} {ours_s / m * 1e9:>11.2f} {_ratio(ours_s, c_s):>6} {f'≤ {most_c}':>7} ", end="")
        print(f"{numpy_s / ours_s:>11.0f}× {f'≥ {least_numpy}':>7}")
    print(f"{'n':>9} {'µs':>10} {'ns/example':>11} {'to C':>6}   (m = 10,000)")
    for n in COLUMNS:
        ours_s, c_s, _ = _measure(*examples(10_000, n), c)
        print(f"{n:>9} {ours_s * 1e6:>10.3f} {ours_s / 10_000 * 1e9:>11.2f} {_ratio(ours_s, c_s):>6}")


def examples(m: int, n: int) -> tuple[Array, Array]:
    """Seeded X (m, n) and noisy y (m,)."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(m, n))
    return X, (X[:, 0] + rng.logistic(size=m) > 0).astype(float)


def ours_seconds(X: Array, y: Array, alpha: float, iterations: int) -> tuple[float, Array]:
    """Seconds an iteration of the kernel in force, and J (iterations + 1,)."""
    descent = Descent(X, y, alpha=alpha)
    descent.advance(1)
    began_s = time.perf_counter()
    descent.advance(iterations - 1)
    return (time.perf_counter() - began_s) / (iterations - 1), descent.trace().J


def _measure(X: Array, y: Array, c: Callable[..., object] | None) -> tuple[float, float, float]:
    """The best of many short runs, taken in turn so that other work on the machine strikes all alike."""

    def c_seconds(*arguments: object) -> tuple[float, Array]:
        return peers.c_seconds(c, *arguments)

    def length(seconds: Callable[..., tuple[float, Array]]) -> int:
        return max(3, int(SPENT_S / min(seconds(X, y, ALPHA, 5)[0] for _ in range(3))))

    runs = [ours_seconds, peers.numpy_seconds] + ([c_seconds] if c else [])
    lengths = [min(length(run), 200_000) for run in runs]
    best = [np.inf] * 3
    for _ in range(ROUNDS):
        for i, run in enumerate(runs):
            best[i] = min(best[i], run(X, y, ALPHA, lengths[i])[0])
    truth = peers.numpy_seconds(X, y, ALPHA, 4)[1]
    for run in runs:
        assert np.allclose(run(X, y, ALPHA, 4)[1], truth, rtol=1e-12), "they do not compute the same"
    return best[0], best[2], best[1]


def _ratio(ours_s: float, c_s: float) -> str:
    return f"{ours_s / c_s:.2f}" if np.isfinite(c_s) else "-"
