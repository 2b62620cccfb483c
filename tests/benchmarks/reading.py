"""A CSV file of a million rows through the real window: from opening to the painted plane, the longest stall on the way, and cancel."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core import kernels
from core.dataset import Dataset
from gui.app import create_window
from tests.benchmarks.figures import judged
from tests.benchmarks.scene import SIZE, Clock, application, arrays, points, shut, wait_until

ROWS = 1_000_000
RUNS = 5
LIMIT_S = 3.0
STALL_MS = 50
CANCEL_MS = 200
ROOT = Path(__file__).resolve().parent.parent.parent
WITH_FILE = f"""
import sys
from PySide6.QtCore import QTimer
from core.command_line import parse
from gui import app
made = app.window_for
def window_for(arguments):
    window = made(arguments)
    layer = window.plots["decision boundary"].points
    def look():
        if window.session.experiment.dataset.m == {ROWS} and layer.pictures_made > 1:
            print("painted", flush=True)
            window.close()
    window.looking = QTimer(window)
    window.looking.timeout.connect(look)
    window.looking.start(2)
    return window
app.window_for = window_for
sys.exit(app.run(parse([sys.argv[1]])))
"""


def main() -> None:
    """Print what some runs of a window that is there already took, one start with the file, and the cancel."""
    kernels.wait()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.csv"
        X, y = arrays(ROWS)
        rows = (f"{a:.6f},{b:.6f},{'malignant' if label else 'benign'}\n" for (a, b), label in zip(X.tolist(), y.tolist(), strict=True))
        path.write_text("x1,x2,diagnosis\n" + "".join(rows))
        runs = [_open(path, []) for _ in range(RUNS)]
        scaled = [_open(path, ["--scaling", "zscore"]) for _ in range(RUNS)]
        for name, figures in (("a million rows", runs), ("a million rows, z-score", scaled)):
            seconds, reading_ms, stalls_ms = (list(column) for column in zip(*figures, strict=True))
            print(judged(f"{name}, opened to painted", statistics.median(seconds), LIMIT_S, "s"))
            print(judged("longest stall while it is read", max(reading_ms), STALL_MS, "ms"))
            print(judged("longest stall until it is painted, median", statistics.median(stalls_ms), STALL_MS, "ms"))
            print(f"the worst of {RUNS} {max(stalls_ms):.0f} ms")
        print(judged("named on the command line, from the start of the process to painted", _start(path), LIMIT_S, "s"))
        print(judged("cancel to the end of the thread", max(_cancel(path, at) for at in (0.05, 0.5, 0.95)), CANCEL_MS, "ms"))


def _open(path: Path, arguments: list[str]) -> tuple[float, float, float]:
    """Seconds from open_file() until the plane was painted with the data, and the longest stall in ms: before the data came, and in all."""
    app = application()
    window = create_window(arguments)
    window.resize(*SIZE)
    window.show()
    wait_until(app, lambda: points(window).pictures_made > 0)
    clock = Clock()
    reading_ms: list[float] = []

    def arrived(dataset: Dataset) -> None:
        reading_ms.append(clock.now())
        done(dataset)

    began_s = time.perf_counter()
    window.opening.open_file(str(path))
    job = window.session.loader._job
    assert job is not None
    done, job.done = job.done, arrived
    wait_until(app, lambda: window.session.experiment.dataset.m == ROWS)
    made = points(window).pictures_made
    wait_until(app, lambda: points(window).pictures_made > made)
    seconds = time.perf_counter() - began_s
    stall_ms = clock.stop()
    shut(window)
    return seconds, reading_ms[0], stall_ms


def _start(path: Path) -> float:
    """Seconds from the start of a process that is given this file until its plane was painted with the data."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"), "PYTHONPATH": str(ROOT)}
    began_s = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", WITH_FILE, str(path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "painted\n"
    seconds = time.perf_counter() - began_s
    process.wait()
    process.stdout.close()
    return seconds


def _cancel(path: Path, at: float) -> float:
    """Milliseconds from the cancel at this fraction until the reading has ended."""
    app = application()
    window = create_window([])
    window.show()
    window.opening.open_file(str(path))
    loader = window.session.loader
    wait_until(app, lambda: loader.fraction >= at)
    began_s = time.perf_counter()
    loader.cancel()
    loader.close()
    cancelled_ms = (time.perf_counter() - began_s) * 1000
    assert window.session.experiment.dataset.m < ROWS
    shut(window)
    return cancelled_ms
