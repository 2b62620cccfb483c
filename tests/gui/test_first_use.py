"""The first minute of a new user: one key and it moves, a few clicks and it learns their own points."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.trainer import Status
from gui.main_window import MainWindow
from tests.gui.hands import CONTROL, choose, click, iterated, key, plane, settled, visible_text

J_START = float(np.log(2))
J_END = 0.0171178


def test_without_arguments_the_six_points_of_the_course_are_ready_to_play(window: MainWindow) -> None:
    session = window.session
    assert session.experiment.dataset.X.tolist() == [[0.5, 1.5], [1.0, 1.0], [1.5, 0.5], [3.0, 0.5], [2.0, 2.0], [1.0, 2.5]]
    assert session.experiment.dataset.y.tolist() == [0, 0, 0, 1, 1, 1]
    assert session.frame_now.iteration == 0
    assert pytest.approx(J_START) == session.frame_now.J
    assert window.transport.state.text() == "Not started"
    assert visible_text(window.transport.iteration) == "0 / 10,000"
    assert visible_text(window.transport.cost) == "J = 0.6931"


def test_one_press_of_space_moves_the_boundary(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(plane(window).lines.lines) > 0)
    first = plane(window).lines.lines[-1].points.copy()
    iterated(qtbot, window, window.session.frame_now.iteration + 2)
    assert window.session.training
    qtbot.waitUntil(lambda: window.transport.state.text() in ("J is falling", "Separable · J → 0"))
    assert window.session.frame_now.J < J_START
    assert not np.array_equal(plane(window).lines.lines[-1].points, first)


def test_the_film_begins_slowly_enough_to_see_single_iterations(qtbot: QtBot, window: MainWindow) -> None:
    seen: list[int] = []
    window.session.frame.connect(lambda frame: seen.append(frame.iteration))
    key(qtbot, window, Qt.Key.Key_Space)
    iterated(qtbot, window, 3)
    assert [k for k in dict.fromkeys(seen) if k <= 3] == [0, 1, 2, 3]


def test_space_pauses_and_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_Space)
    iterated(qtbot, window, 1)
    key(qtbot, window, Qt.Key.Key_Space)
    settled(qtbot, window)
    stood_at = window.session.frame_now.iteration
    assert window.session.status is Status.PAUSED
    assert window.transport.state.text() in ("Paused · J was falling", "Separable · J → 0")
    key(qtbot, window, Qt.Key.Key_Space)
    iterated(qtbot, window, stood_at + 1)


def test_the_play_button_plays(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.transport.play_button, Qt.MouseButton.LeftButton)
    iterated(qtbot, window, 1)
    assert window.transport.play_button.accessibleName() == "Pause"


def test_own_points_are_training_in_under_ten_clicks_and_keys(qtbot: QtBot, window: MainWindow) -> None:
    area = plane(window).area
    gestures = 0
    key(qtbot, window, Qt.Key.Key_N, CONTROL)
    gestures += 1
    assert window.session.experiment.dataset.m == 0
    assert plane(window).hint.isVisible()
    for point in ((-1.0, -1.0), (-1.5, 0.0)):
        click(qtbot, area, point)
        gestures += 1
    for point in ((1.0, 1.0), (1.5, 0.5)):
        click(qtbot, area, point, Qt.MouseButton.RightButton)
        gestures += 1
    key(qtbot, window, Qt.Key.Key_Space)
    gestures += 1
    iterated(qtbot, window, 2)
    assert gestures < 10
    assert window.session.experiment.dataset.y.tolist() == [0, 0, 1, 1]
    assert window.session.training
    assert window.session.frame_now.J < J_START
    assert not plane(window).hint.isVisible()


def test_full_speed_finishes_at_the_numbers_of_the_course(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window.transport.speed, "Fastest")
    key(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.status is Status.FINISHED)
    settled(qtbot, window)
    frame = window.session.frame_now
    assert frame.iteration == 10_000
    assert pytest.approx(J_END, abs=5e-8) == frame.J
    assert frame.w == pytest.approx([5.2812, 5.0782], abs=5e-5)
    assert frame.b == pytest.approx(-14.222409982, abs=1e-8)
    assert window.transport.state.text() == "Separable · J → 0"
    assert visible_text(window.transport.iteration) == "10,000 / 10,000"
    assert visible_text(window.transport.cost) == "J = 0.0171"
    assert window.panels["predict"].accuracy.text() == "100.0%"
    assert window.transport.slider.value() == window.transport.slider.maximum()


def test_space_after_the_end_trains_again_from_iteration_0(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Change iterations", iterations=50)
    choose(qtbot, window.transport.speed, "Fastest")
    key(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.status is Status.FINISHED)
    seen: list[int] = []
    window.session.frame.connect(lambda frame: seen.append(frame.iteration))
    key(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.status is Status.FINISHED)
    assert seen[0] == 0
    assert window.session.frame_now.iteration == 50


def test_home_goes_back_to_iteration_0_and_step_makes_one_update(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_Right)
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 1
    assert pytest.approx(0.684610468560574, rel=1e-12) == window.session.frame_now.J
    key(qtbot, window, Qt.Key.Key_Home)
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 0
    assert pytest.approx(J_START) == window.session.frame_now.J
    assert window.transport.state.text() == "Not started"
