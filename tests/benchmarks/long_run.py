"""A thousand million iterations on six points: how long they take, and that memory stays flat. Linux only."""

import time
from pathlib import Path

import numpy as np

from core import kernels, logistic
from core.descent import Descent
from core.samples import make_sample
from tests.benchmarks.figures import judged

ITERATIONS = 1_000_000_000
MOST_S = 75.0
MOST_MB = 64.0
STATUS, PEAK_ANEW = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def main() -> None:
    """Print seconds, the most memory that was taken within a tenth of the run and within all of it, and a row from its middle."""
    kernels.wait()
    dataset = make_sample("course")
    descent = Descent(dataset.X, dataset.y, alpha=0.1)
    PEAK_ANEW.write_text("5")
    before_mb = _memory_mb("VmRSS")
    peaks_mb = []
    began_s = time.perf_counter()
    for _ in range(10):
        descent.advance(ITERATIONS // 10)
        peaks_mb.append(_memory_mb("VmHWM") - before_mb)
    spent_s = time.perf_counter() - began_s
    trace = descent.trace()
    print(judged(f"{trace.last:,} iterations", spent_s, MOST_S, "s"))
    print(f"memory taken at most, thinning included: {peaks_mb[0]:.0f} MB in the first tenth")
    print(judged("in all of it", peaks_mb[-1], MOST_MB, "MB"))
    row = trace.row_at(ITERATIONS // 3)
    k, w, b, J = int(trace.iteration[row]), trace.w[row], float(trace.b[row]), float(trace.J[row])
    assert np.isclose(logistic.cost(dataset.X, dataset.y, w, b), J, rtol=1e-11, atol=0), "J of a row is not that of its w and b"
    print(f"{len(trace):,} rows; iteration {k:,}: w = {w}, b = {b:.6f}, J = {J:.6e}, as the specification has it")


def _memory_mb(name: str) -> float:
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
