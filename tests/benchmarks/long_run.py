"""A thousand million iterations on six points: how long they take, and that memory stays flat."""

import time
from pathlib import Path

from core import kernels
from core.descent import Descent
from core.samples import make_sample

ITERATIONS = 1_000_000_000
MOST_S = 75.0
MOST_MB = 64.0


def main() -> None:
    """Print seconds, and memory at a tenth of the run and at its end."""
    kernels.wait()
    dataset = make_sample("course")
    descent = Descent(dataset.X, dataset.y, alpha=0.1)
    before_mb = _memory_mb()
    peaks_mb = []
    began_s = time.perf_counter()
    for _ in range(100):
        descent.advance(ITERATIONS // 100)
        peaks_mb.append(_memory_mb() - before_mb)
    spent_s = time.perf_counter() - began_s
    trace = descent.trace()
    print(f"{trace.last:,} iterations in {spent_s:.0f} s (target about a minute, ≤ {MOST_S:.0f} s), {len(trace):,} rows")
    print(f"memory taken: {peaks_mb[9]:.0f} MB after a tenth, {max(peaks_mb):.0f} MB at most (target ≤ {MOST_MB:.0f} MB)")
    row = trace.row_at(ITERATIONS // 3)
    k, w, b = int(trace.iteration[row]), trace.w[row], float(trace.b[row])
    print(f"row of iteration {k:,}: w = {w}, b = {b:.6f}, J = {trace.J[row]:.6e}")


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20
