"""A point in hand or selected is that point and no other, whatever happens to the data meanwhile."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.hands import LEFT, PLAIN, action, click, key, pixel, plane

LAST = (1.0, 2.5)  # of the course's points


def hold(window: MainWindow, at: tuple[float, float]) -> QPoint:
    """Press on a point and begin to drag it; the mouse is where this says."""
    area = plane(window).area
    start = pixel(area, at)
    QTest.mousePress(area.viewport(), LEFT, PLAIN, start)
    QTest.mouseMove(area.viewport(), start + QPoint(12, 0))
    QTest.mouseMove(area.viewport(), start + QPoint(24, 0))
    return start + QPoint(24, 0)


@pytest.mark.parametrize("meanwhile", ["erase", "undo", "sample"])
def test_a_drag_ends_when_the_point_is_gone(qtbot: QtBot, window: MainWindow, meanwhile: str) -> None:
    area, session = plane(window).area, window.session
    action(window, "tool move").trigger()
    at = hold(window, LAST)
    assert session.experiment.dataset.X[5, 0] > LAST[0]
    if meanwhile == "sample":
        window.opening.open_sample("iris")
        qtbot.waitUntil(lambda: session.experiment.dataset.title != "" and session.experiment.dataset.m > 6)
    else:
        action(window, meanwhile).trigger()
    before = session.experiment.dataset
    QTest.mouseMove(area.viewport(), at + QPoint(30, 10))
    QTest.mouseMove(area.viewport(), at + QPoint(60, 20))
    QTest.mouseRelease(area.viewport(), LEFT, PLAIN, at + QPoint(60, 20))
    assert session.experiment.dataset is before
    assert before.m == {"erase": 5, "undo": 6}.get(meanwhile, before.m)


def test_a_drag_that_lost_its_point_adds_none_where_it_ends(qtbot: QtBot, window: MainWindow) -> None:
    area = plane(window).area
    at = hold(window, LAST)
    action(window, "erase").trigger()
    QTest.mouseMove(area.viewport(), at + QPoint(30, 10))
    QTest.mouseRelease(area.viewport(), LEFT, PLAIN, at + QPoint(30, 10))
    assert window.session.experiment.dataset.m == 5


def test_undo_lets_go_of_the_selection_so_that_delete_takes_no_other_point(qtbot: QtBot, window: MainWindow) -> None:
    view, session = plane(window), window.session
    action(window, "tool erase").trigger()
    click(qtbot, view.area, (0.5, 1.5))
    assert session.experiment.dataset.m == 5
    action(window, "tool move").trigger()
    click(qtbot, view.area, (3.0, 0.5))
    action(window, "undo").trigger()
    assert session.experiment.dataset.m == 6
    before = session.experiment.dataset.X.copy()
    view.hand.forget()
    key(qtbot, window, Qt.Key.Key_Delete)
    assert np.array_equal(session.experiment.dataset.X, before)


def test_a_point_that_was_moved_stays_selected(qtbot: QtBot, window: MainWindow) -> None:
    action(window, "tool move").trigger()
    area = plane(window).area
    at = hold(window, LAST)
    QTest.mouseRelease(area.viewport(), LEFT, PLAIN, at)
    moved = window.session.experiment.dataset.X[5]
    key(qtbot, window, Qt.Key.Key_Delete)
    assert window.session.experiment.dataset.m == 5
    assert moved.tolist() not in window.session.experiment.dataset.X.tolist()


def test_a_probe_beyond_all_numbers_is_painted_without_a_warning(qtbot: QtBot, window: MainWindow) -> None:
    window.session.pointer.set_probe((1e308, -1e308))
    window.grab()
