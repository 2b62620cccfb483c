"""What benchmarks of the window share: an application, a large dataset, and a clock in the GUI thread that shows how late it comes."""

import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from core.dataset import Array
from gui.drawing.points_layer import PointsLayer
from gui.main_window import MainWindow
from gui.plots.decision_boundary import DecisionBoundary

INTERVAL_S = 0.016
SIZE = (1440, 900)
LONGEST_S = 60.0


class Clock:
    """A 16 ms timer of the GUI thread; `lateness_ms` of each tick."""

    def __init__(self) -> None:
        self.lateness_ms: list[float] = []
        self._last_s = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(INTERVAL_S * 1000))
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now_s = time.perf_counter()
        self.lateness_ms.append(max(0.0, now_s - self._last_s - INTERVAL_S) * 1000)
        self._last_s = now_s

    def now(self) -> float:
        """The longest stall in ms so far, the time since the last tick included."""
        self._tick()
        return max(self.lateness_ms)

    def stop(self) -> float:
        """End, and tell the longest stall in ms."""
        longest_ms = self.now()
        self._timer.stop()
        return longest_ms


def application() -> QApplication:
    """The one application, under a name of its own so that no settings of the user are touched."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    QCoreApplication.setApplicationName("Descent Lab benchmark")
    app.setStyle("Fusion")
    return app


def wait_until(app: QApplication, condition: Callable[[], bool]) -> None:
    """Run the event loop until the condition holds."""
    end_s = time.perf_counter() + LONGEST_S
    while not condition():
        app.processEvents()
        if time.perf_counter() > end_s:
            raise TimeoutError("it took longer than a minute")
        time.sleep(0.0002)


def plane(window: MainWindow) -> DecisionBoundary:
    """The plot of the examples."""
    plot = window.plots["decision boundary"]
    assert isinstance(plot, DecisionBoundary)
    return plot


def points(window: MainWindow) -> PointsLayer:
    """Its layer of examples, whose `pictures_made` tells that the plane was painted."""
    return plane(window).points


def close(app: QApplication, window: MainWindow) -> None:
    """End a window and all that belongs to it."""
    window.close()
    window.deleteLater()
    app.processEvents()


def examples(m: int) -> tuple[Array, Array]:
    """Seeded X (m, 2) and noisy y (m,)."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(m, 2))
    return X, (X[:, 0] + rng.logistic(size=m) > 0).astype(np.float64)


def judged(name: str, value: float, limit: float, unit: str) -> str:
    """A figure, its ratio to the limit and the limit, on one line."""
    return f"{name}: {value:,.2f} {unit}, {value / limit:.2f} of the limit (target ≤ {limit:g} {unit})"
