"""How late a 16 ms timer of the GUI thread comes while the window trains and draws: the longest stall, and frames a second."""

import os
import time

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from core.dataset import Dataset, Source
from core.pace import FILM, Pace
from gui.app import create_window
from gui.main_window import MainWindow

INTERVAL_S = 0.016
TARGET_MS = 50
SECONDS = 8.0


def main() -> None:
    """Print a line for each case; the first includes loading the compiled kernel."""
    app = QApplication.instance() or QApplication([])
    QCoreApplication.setApplicationName("Descent Lab benchmark")
    for name, arguments, pace in (
        ("breast-cancer, z-score, α 1, film", ["--sample", "breast-cancer", "--scaling", "zscore", "--alpha", "1"], FILM),
        ("breast-cancer, z-score, α 1, fastest", ["--sample", "breast-cancer", "--scaling", "zscore", "--alpha", "1"], None),
        ("six points, fastest", ["--iterations", "1000000000"], None),
    ):
        _measure(app, name, create_window(arguments), pace)
    window = create_window(["--scaling", "zscore", "--alpha", "1", "--iterations", "1000000"])
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100_000, 2))
    y = (X[:, 0] + rng.logistic(size=len(X)) > 0).astype(float)
    window.session.edit("Load", dataset=Dataset(X, y, source=Source("100,000 points")))
    _measure(app, "100,000 points, fastest", window, None)


def _measure(app: object, name: str, window: MainWindow, pace: Pace) -> None:
    assert isinstance(app, QApplication)
    window.resize(1440, 900)
    window.show()
    for _ in range(5):
        app.processEvents()
    lateness_ms: list[float] = []
    frames = 0
    last_s = time.perf_counter()

    def tick() -> None:
        nonlocal last_s
        now_s = time.perf_counter()
        lateness_ms.append(max(0.0, now_s - last_s - INTERVAL_S) * 1000)
        last_s = now_s

    def count(_frame: object) -> None:
        nonlocal frames
        frames += 1

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(round(INTERVAL_S * 1000))
    timer.timeout.connect(tick)
    timer.start()
    window.session.frame.connect(count)
    window.session.set_speed(pace)
    window.session.play()
    QTimer.singleShot(round(SECONDS * 1000), app.quit)
    last_s = began_s = time.perf_counter()
    app.exec()
    seconds = time.perf_counter() - began_s
    timer.stop()
    iteration = window.session.frame_now.trace.last
    window.close()
    window.deleteLater()
    late = np.array(lateness_ms)
    print(
        f"{name}: longest stall {late.max():.1f} ms (target ≤ {TARGET_MS}), p99 {np.percentile(late, 99):.1f} ms, "
        f"{frames / seconds:.0f} frames/s, {iteration:,} iterations"
    )
