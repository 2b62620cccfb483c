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

from core import kernels
from core.landscape import Plane
from core.trainer import Status
from gui.app import create_window
from gui.drawing.contribution_table import ContributionTable
from gui.main_window import MainWindow
from gui.panels.features import FeaturesPanel
from gui.panels.predict import PredictPanel
from gui.plots.decision_boundary import DecisionBoundary
from gui.plots.surface import SurfacePlot

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
LARGE, SMALL = (1440, 900), (1366, 768)
TUMORS = ["--sample", "tumors", "--scaling", "zscore", "--alpha", "0.3"]
RAVINE = ["--sample", "exams", "--alpha", "0.0005", "--iterations", "200000"]
RARE = ["--sample", "rare", "--seed", "7", "--alpha", "0.3", "--iterations", "2000"]
MOONS = ["--sample", "moons", "--scaling", "zscore", "--alpha", "1", "--lambda", "0.01", "--iterations", "20000"]
CYCLE = ["--sample", "blobs", "--alpha", "29", "--iterations", "1000"]
SEPARABLE = ["--sample", "course", "--alpha", "1", "--iterations", "100000"]
PATIENCE_S = 30


def main() -> int:
    """Make every picture; returns the exit code."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        FOLDER.mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = folder
        for dark, name in ((False, "light"), (True, "dark")):
            picture(f"training-{name}.png", TUMORS, LARGE, dark, train_and_probe)
            picture(f"start-{name}.png", [], SMALL, dark, do_nothing)
            picture(f"diverged-{name}.png", ["--sample", "blobs", "--model", "linear", "--alpha", "0.7"], SMALL, dark, diverge)
            picture(f"empty-plane-{name}.png", [], SMALL, dark, empty)
            picture(f"own-points-{name}.png", [], SMALL, dark, click_own_points)
            picture(f"landscape-{name}.png", TUMORS, LARGE, dark, train_and_look_back)
            picture(f"ravine-{name}.png", RAVINE, SMALL, dark, enlarge_the_ravine)
            picture(f"surface-{name}.png", RAVINE, SMALL, dark, turn_the_surface)
            picture(f"update-{name}.png", TUMORS, SMALL, dark, enlarge_update)
            picture(f"one-after-the-other-{name}.png", ["--sample", "blobs", "--alpha", "3"], SMALL, dark, one_after_the_other)
            picture(f"reasons-{name}.png", TUMORS, LARGE, dark, show_reasons)
            picture(f"vectorization-{name}.png", TUMORS, SMALL, dark, measure)
            picture(f"quality-{name}.png", RARE, LARGE, dark, lower_the_threshold)
            picture(f"outliers-{name}.png", ["--sample", "outliers", "--iterations", "5000"], SMALL, dark, compare)
            picture(f"moons-{name}.png", MOONS, SMALL, dark, raise_the_degree)
            picture(f"one-feature-{name}.png", ["--sample", "course-1d"], SMALL, dark, train_on_one_feature)
            picture(f"scaling-{name}.png", RAVINE, LARGE, dark, compare_scaling)
            picture(f"race-{name}.png", ["--sample", "blobs", "--iterations", "200"], LARGE, dark, race)
            picture(f"sklearn-{name}.png", [*MOONS, "--degree", "4"], SMALL, dark, compare_with_sklearn)
            picture(f"cycle-{name}.png", CYCLE, SMALL, dark, end_in_a_cycle)
            picture(f"separable-{name}.png", SEPARABLE, SMALL, dark, never_end)
    return 0


def picture(name: str, arguments: list[str], size: tuple[int, int], dark: bool, act: Callable[[MainWindow], None]) -> None:
    """Open a window that remembers nothing, act, and save what it looks like."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, tempfile.mkdtemp())
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


def compare_scaling(window: MainWindow) -> None:
    """Shift+Z, 148 iterations, and the comparison of raw and scaled features."""
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    window.session.step(148)
    wait_until(lambda: not window.session.live.busy and not window.session.computing)


def race(window: MainWindow) -> None:
    """Ctrl+R and Enter: five learning rates side by side, stopped on the way; a run pinned before is a ghost among them."""
    kernels.wait()
    window.session.edit("α", alpha=0.03)
    train_to_the_end(window)
    QTest.keyClick(window, Qt.Key.Key_P)
    window.session.edit("α", alpha=0.1)
    window.session.set_speed(60.0)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: QApplication.activeModalWidget() is not None)
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Return)
    wait_until(lambda: window.session.frame_now.iteration >= 70)
    window.session.pause()
    rest(window)


def compare_with_sklearn(window: MainWindow) -> None:
    """A run, and Shift+K beside the cost curve: the fit with the same λ lies under the run's boundary, that of the defaults elsewhere."""
    for key in ("update", "cost landscape"):
        window.workspace.show_plot(key, False)
    train_to_the_end(window)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    rest(window)


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


def train_and_look_back(window: MainWindow) -> None:
    """Landscape and surface beside each other, at an early iteration of a run."""
    window.workspace.show_plot("cost surface")
    train_to_the_end(window)
    window.session.seek(60)
    rest(window)


def enlarge_the_ravine(window: MainWindow) -> None:
    """Unscaled scores: the path creeps along the floor of a ravine over w₁ and b."""
    train_to_the_end(window)
    window.session.terrain.choose(Plane(0, 2))
    window.workspace.enlarge("cost landscape")
    rest(window)


def turn_the_surface(window: MainWindow) -> None:
    """The same ravine in three dimensions, turned."""
    train_to_the_end(window)
    window.session.terrain.choose(Plane(0, 2))
    window.workspace.enlarge("cost surface")
    rest(window)
    surface = window.plots["cost surface"]
    assert isinstance(surface, SurfacePlot)
    surface.area.turn(surface.area.camera.orbited(-25.0, 12.0))
    rest(window)


def lower_the_threshold(window: MainWindow) -> None:
    """A rare class: ROC curve and odds ratios beside it, the threshold unfolded and lowered."""
    train_to_the_end(window)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    predict = window.panels["predict"]
    assert isinstance(predict, PredictPanel)
    QTest.mouseClick(predict.quality.more, Qt.MouseButton.LeftButton)
    field = predict.quality.threshold.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_I)
    click(window, 1.2, 1.5)


def compare(window: MainWindow) -> None:
    """Outliers: the boundary of linear beside that of logistic regression."""
    train_to_the_end(window)
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    wait_until(lambda: not window.session.computing)


def raise_the_degree(window: MainWindow) -> None:
    """Five times + at the polynomial degree, and a run."""
    features = window.panels["features"]
    assert isinstance(features, FeaturesPanel)
    for _ in range(5):
        QTest.mouseClick(features.degree.more, Qt.MouseButton.LeftButton)
    train_to_the_end(window)


def train_to_the_end(window: MainWindow) -> None:
    """At full speed."""
    kernels.wait()
    window.session.set_speed(None)
    QTest.keyClick(window, Qt.Key.Key_Space)
    wait_until(lambda: window.session.status is Status.FINISHED)
    rest(window)


def rest(window: MainWindow) -> None:
    """Wait until nothing is left to compute."""
    QTest.qWait(50)
    wait_until(lambda: not window.session.live.busy and not window.session.computing)
    QTest.qWait(50)
    wait_until(lambda: not window.session.computing)


def end_in_a_cycle(window: MainWindow) -> None:
    """α just beyond 2/λmax: on the axis of J − J* the run comes to the minimum and swings away from it; V tells why."""
    only_beside_the_plane(window, "cost curve", "cost landscape")
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_V)
    train_to_the_end(window)


def never_end(window: MainWindow) -> None:
    """Separable classes on log–log axes: J falls along a straight line for ever; V tells why."""
    only_beside_the_plane(window, "cost curve", "cost landscape")
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_V)
    train_to_the_end(window)


def only_beside_the_plane(window: MainWindow, *wanted: str) -> None:
    """Show these plots beside the plane and the update, and hide the others, as the View menu does."""
    for key in window.plots:
        action = window.actions_by_name[f"view {key}"]
        if action.isChecked() != (key in ("decision boundary", "update", *wanted)):
            action.trigger()


def enlarge_update(window: MainWindow) -> None:
    """150 iterations, a double click on the card's title, the mouse on a row."""
    window.session.step(148)
    wait_until(lambda: window.session.frame_now.iteration == 148)
    card = window.plots["update"]
    QTest.mouseDClick(card.title, Qt.MouseButton.LeftButton)
    table = card.findChild(ContributionTable)
    assert table is not None
    wait_until(lambda: table.isVisible() and table.contributions is not None)
    QTest.mouseMove(table, QPoint(200, 100))


def one_after_the_other(window: MainWindow) -> None:
    """The other rule, one iteration."""
    QTest.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_Right)
    wait_until(lambda: window.session.frame_now.iteration == 1)


def show_reasons(window: MainWindow) -> None:
    """The sigmoid and the loss beside the cost curve, with the mouse on an example that is classified wrong."""
    only_beside_the_plane(window, "cost curve", "sigmoid", "loss")
    window.session.step(148)
    wait_until(lambda: window.session.frame_now.iteration == 148)
    frame = window.session.frame_now
    dataset = frame.experiment.dataset
    worst = int(abs(frame.predict(dataset.X) - dataset.y).argmax())
    hover(window, *dataset.X[worst].tolist())


def measure(window: MainWindow) -> None:
    """The bench, once its button was pressed."""
    kernels.wait()
    only_beside_the_plane(window, "vectorization")
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: not window.session.computing)


def hover(window: MainWindow, x1: float, x2: float) -> None:
    """Put the mouse on a place of the plane, in raw units."""
    plane = window.plots["decision boundary"]
    assert isinstance(plane, DecisionBoundary)
    at: QPoint = plane.area.mapFromScene(plane.area.view.mapToScene(plane.points.to_pixel(x1, x2)))
    QTest.mouseMove(plane.area.viewport(), at + QPoint(20, 20))
    QTest.qWait(30)  # moves that follow each other too fast are passed over
    QTest.mouseMove(plane.area.viewport(), at)


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
