"""Memory that 20,000 frames leave behind: of a made-up run with every plot, panel and a probe."""

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tests.benchmarks.figures import judged
from tests.benchmarks.scene import LongRun, application, open_window, resident_mb, shut

ROOT = Path(__file__).resolve().parent.parent.parent
FRAMES = 20_000
WARM_UP = 3_000  # until the few MB are taken that a window takes once, in steps, in its first frames
ROWS = 100_000
MOST_MB = 5.0


def main() -> None:
    """Measure in a process of its own: in this one, memory that other benchmarks have freed would be taken first."""
    command = [sys.executable, "-c", "import core; from tests.benchmarks import soak; soak.measure()"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)


def measure() -> None:
    """Print how much memory grew."""
    application()
    window = open_window(1_000)
    window.session.pointer.set_probe((0.3, 0.4))
    run = LongRun(window, ROWS, WARM_UP + FRAMES)
    for _ in range(WARM_UP):
        run.draw()
    gc.collect()
    before_mb, began_s = resident_mb(), time.perf_counter()
    for _ in range(FRAMES):
        run.draw()
    seconds = time.perf_counter() - began_s
    QCoreApplication.processEvents()
    gc.collect()
    grown_mb = resident_mb() - before_mb
    print(f"{FRAMES:,} frames in {seconds:.0f} s, after {WARM_UP:,} to warm up")
    print(judged(f"memory grew from {before_mb:.0f} MB by", grown_mb, MOST_MB, "MB"))
    shut(window)
