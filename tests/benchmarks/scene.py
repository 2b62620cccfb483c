"""What the benchmarks of the window share: an application, windows with many examples, long runs, and frames that surely are painted."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from core import kernels
from core.dataset import Array, Dataset, Source
from core.frame import Frame
from core.trace import Trace
from core.trainer import Status
from gui.app import create_window
from gui.drawing.plot_area import PlotArea
from gui.drawing.points_layer import PointsLayer
from gui.main_window import MainWindow
from gui.plots.decision_boundary import DecisionBoundary

SIZE = (1440, 900)
LARGE = (1920, 1080)
INTERVAL_S = 0.016
LONGEST_S = 60.0
_settings = tempfile.TemporaryDirectory()  # what the benchmarks show and hide is not remembered for the user


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


def application(*, kernel: bool = True) -> QApplication:
    """The application, with settings of its own; the compiled kernel is ready, unless its loading is to be measured too."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    QCoreApplication.setApplicationName("Descent Lab benchmark")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, _settings.name)
    # What the benchmark before this one has shown is not shown in this one.
    QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Descent Lab", "descent-lab").clear()
    app.setStyle("Fusion")
    if kernel:
        kernels.wait()
    return app


def arrays(m: int) -> tuple[Array, Array]:
    """X (m, 2) and y (m,) of two classes that overlap."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(m, 2))
    return X, (X[:, 0] + rng.logistic(size=m) > 0).astype(float)


def dataset(m: int) -> Dataset:
    """The course's kind of data, m examples."""
    return Dataset(*arrays(m), source=Source(f"{m:,} examples"))


def open_window(m: int, size: tuple[int, int] = SIZE) -> MainWindow:
    """A window at rest with m examples."""
    window = create_window(["--scaling", "zscore", "--alpha", "1", "--iterations", "1000000000"])
    window.resize(*size)
    window.show()
    window.session.edit("Load", dataset=dataset(m))
    settle(window)
    return window


def settle(window: MainWindow) -> None:
    """Wait until nothing is left to do."""
    session = window.session
    while session.live.busy or session.computing:
        QCoreApplication.processEvents()
        time.sleep(0.001)
    QCoreApplication.processEvents()


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


def shut(window: MainWindow) -> None:
    """Close a window for good."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class LongRun:
    """Frames of a made-up run in a window: J falls, the model moves, and the trace grows by a row each frame, in one buffer."""

    def __init__(self, window: MainWindow, rows: int, frames: int) -> None:
        self.window = window
        window.session.live.timer.stop()
        window.session.live.status = Status.TRAINING  # so that text is written as in training, 5 times a second
        self._rows = rows
        k = np.arange(rows + frames + 1)
        self._iteration, self._J = k * 10, 0.6 / (1 + k / 1000) + 0.1
        self._w, self._b = np.column_stack([np.sin(k / 50), np.cos(k / 70)]) * 2, np.sin(k / 90)

    def draw(self) -> float:
        """Emit the next frame and paint it; returns the seconds that took."""
        self._rows += 1
        rows = self._rows
        trace = Trace(self._iteration[:rows], self._w[:rows], self._b[:rows], self._J[:rows])
        session = self.window.session
        began_s = time.perf_counter()
        session.live.trace = trace
        session.frame_now = Frame(session.experiment, trace, trace.last)
        session.frame.emit(session.frame_now)
        paint(self.window)
        spent_s = time.perf_counter() - began_s
        QCoreApplication.processEvents()
        return spent_s


def paint(window: MainWindow) -> None:
    """Paint now what asks for it: first what was put off until the event loop, then the window's backing store."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))


class Paints(QObject):
    """Counts how often plots are painted, those of a window or one alone: proof that a frame was."""

    def __init__(self, of: MainWindow | PlotArea) -> None:
        super().__init__()
        self.count = 0
        self.plots = [area.viewport() for area in ([of] if isinstance(of, PlotArea) else of.findChildren(PlotArea))]
        for plot in self.plots:
            plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def resident_mb() -> float:
    """Memory of this process that lies in RAM. Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20
