"""`python -m tests.pictures` makes the pictures of docs/images anew, using the window as a person does: mouse and keys.

Runs offscreen, or on the display that QT_QPA_PLATFORM names.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.trainer import Status
from gui.app import create_window
from gui.main_window import MainWindow
from gui.plots.decision_boundary import DecisionBoundary

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
LARGE, SMALL = (1440, 900), (1366, 768)
TUMORS = ["--sample", "tumors", "--scaling", "zscore", "--alpha", "0.3"]
PATIENCE_S = 30


def main() -> int:
    """Make every picture; returns the exit code."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        FOLDER.mkdir(parents=True, exist_ok=True)
        for dark, name in ((False, "light"), (True, "dark")):
            picture(f"training-{name}.png", TUMORS, LARGE, dark, train_and_probe)
            picture(f"start-{name}.png", [], SMALL, dark, do_nothing)
            picture(f"diverged-{name}.png", ["--sample", "blobs", "--model", "linear", "--alpha", "0.7"], SMALL, dark, diverge)
            picture(f"empty-plane-{name}.png", [], SMALL, dark, empty)
            picture(f"own-points-{name}.png", [], SMALL, dark, click_own_points)
            picture(f"one-feature-{name}.png", ["--sample", "course-1d"], SMALL, dark, train_on_one_feature)
    return 0


def picture(name: str, arguments: list[str], size: tuple[int, int], dark: bool, act: Callable[[MainWindow], None]) -> None:
    """Open a window, act, and save what it looks like."""
    window = create_window(arguments)
    window.set_theme("dark" if dark else "light")
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*size)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    act(window)
    QTest.qWait(300)
    window.grab().save(str(FOLDER / name))
    window.close()
    window.deleteLater()
    print(name)


def do_nothing(window: MainWindow) -> None:
    """As it opens."""


def train_and_probe(window: MainWindow) -> None:
    """Space, the probe tool, a click, and a moment of patience."""
    QTest.keyClick(window, Qt.Key.Key_Space)
    QTest.keyClick(window, Qt.Key.Key_I)
    click(window, 3.05, 57.0)
    wait_until(lambda: window.session.frame_now.iteration >= 148)


def diverge(window: MainWindow) -> None:
    """Space, and the logarithmic axis."""
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_Space)
    wait_until(lambda: window.session.status is Status.DIVERGED)


def empty(window: MainWindow) -> None:
    """Ctrl+N."""
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def click_own_points(window: MainWindow) -> None:
    """From nothing to training in eight clicks and keys."""
    empty(window)
    for x1, x2 in ((-1.6, -0.4), (-0.8, -1.2), (-1.2, 0.8)):
        click(window, x1, x2)
    for x1, x2 in ((1.1, 0.2), (0.4, 1.5), (1.7, 1.2)):
        click(window, x1, x2, Qt.MouseButton.RightButton)
    QTest.keyClick(window, Qt.Key.Key_Space)
    wait_until(lambda: window.session.frame_now.iteration >= 40)


def train_on_one_feature(window: MainWindow) -> None:
    """Two more examples, one in each half, and Space."""
    click(window, 2.6, 0.1)
    click(window, 2.2, 0.9)
    QTest.keyClick(window, Qt.Key.Key_Space)
    wait_until(lambda: window.session.frame_now.iteration >= 600)
    QTest.keyClick(window, Qt.Key.Key_Space)


def click(window: MainWindow, x1: float, x2: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """Click on the plane, in raw units."""
    plane = window.plots["decision boundary"]
    assert isinstance(plane, DecisionBoundary)
    view = plane.area.view
    pixel = plane.points.to_pixel(x1, x2)
    scene = view.mapToScene(pixel)
    at: QPoint = plane.area.mapFromScene(scene)
    QTest.mouseMove(plane.area.viewport(), at)
    QTest.mouseClick(plane.area.viewport(), button, Qt.KeyboardModifier.NoModifier, at)


def wait_until(reached: Callable[[], bool]) -> None:
    """Let the window live until something is reached."""
    end_s = time.monotonic() + PATIENCE_S
    while not reached():
        if time.monotonic() > end_s:
            raise TimeoutError
        QTest.qWait(5)


if __name__ == "__main__":
    sys.exit(main())
