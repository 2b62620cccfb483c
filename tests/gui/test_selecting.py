"""Selecting examples on the plane with the move tool, and what mouse and keys do to them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from gui.main_window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.gui.hands import (
    ALT,
    CONTROL,
    SHIFT,
    action,
    click,
    drag,
    enter,
    hover,
    iterated,
    key,
    move,
    pixel,
    plane,
    press,
    release,
    settled,
    turn_wheel,
)

FREE = (2.5, 1.4)  # on the plane of the course's points, far from each of them
CLOSE = 0.05  # data units
LEFT_THREE = ((0.4, 0.4), (1.7, 1.7))  # a box around the course's examples 0, 1 and 2


@pytest.fixture
def moving(window: MainWindow) -> MainWindow:
    """A window with the move tool in hand."""
    action(window, "tool move").trigger()
    return window


def selected(window: MainWindow) -> list[int]:
    return window.session.selection.rows.tolist()


def data(window: MainWindow) -> Dataset:
    return window.session.experiment.dataset


def many(window: MainWindow, m: int) -> Dataset:
    """Examples all over the plane."""
    X = np.random.default_rng(3).uniform(-1, 1, size=(m, 2))
    window.session.edit("Many", dataset=Dataset(X, (X[:, 0] > 0).astype(float), source=Source("Many")))
    return data(window)


# Selecting.


def test_a_drag_beside_the_points_selects_those_in_the_rectangle_and_changes_none(qtbot: QtBot, moving: MainWindow) -> None:
    before, ranges = moving.session.experiment, plane(moving).area.view.viewRange()
    drag(qtbot, plane(moving).area, *LEFT_THREE)
    assert selected(moving) == [0, 1, 2]
    drag(qtbot, plane(moving).area, (3.1, 2.6), (1.7, 0.4))
    assert selected(moving) == [3, 4]
    assert moving.session.experiment is before
    assert plane(moving).area.view.viewRange() == ranges


def test_the_rectangle_is_seen_while_it_is_drawn(qtbot: QtBot, moving: MainWindow) -> None:
    area, marks = plane(moving).area, plane(moving).tool_marks
    press(qtbot, area, LEFT_THREE[0])
    move(area, pixel(area, LEFT_THREE[1]))
    assert marks.outline is not None
    assert np.ptp(marks.outline, axis=0) == pytest.approx([1.3, 1.3], abs=CLOSE)
    release(qtbot, area, LEFT_THREE[1])
    assert marks.outline is None


def test_shift_adds_to_the_selection(qtbot: QtBot, moving: MainWindow) -> None:
    area = plane(moving).area
    drag(qtbot, area, *LEFT_THREE)
    drag(qtbot, area, (1.7, 1.7), (2.2, 2.2), keys=SHIFT)
    assert selected(moving) == [0, 1, 2, 4]
    click(qtbot, area, (3.0, 0.5), keys=SHIFT)
    assert selected(moving) == [0, 1, 2, 3, 4]
    click(qtbot, area, (1.0, 1.0), keys=SHIFT)
    assert selected(moving) == [0, 2, 3, 4]
    click(qtbot, area, FREE, keys=SHIFT)
    assert selected(moving) == [0, 2, 3, 4]


def test_a_click_beside_the_points_and_escape_end_the_selection(qtbot: QtBot, moving: MainWindow) -> None:
    for end in (lambda: click(qtbot, plane(moving).area, FREE), lambda: key(qtbot, moving, Qt.Key.Key_Escape)):
        drag(qtbot, plane(moving).area, *LEFT_THREE)
        assert selected(moving)
        end()
        assert selected(moving) == []


@pytest.mark.parametrize("by", ["key", "alt", "button"])
def test_a_lasso_selects_what_it_goes_around(qtbot: QtBot, moving: MainWindow, by: str) -> None:
    if by == "key":
        key(qtbot, moving, Qt.Key.Key_L)
    if by == "button":
        qtbot.mouseClick(plane(moving).options._lasso, Qt.MouseButton.LeftButton)
    keys = ALT if by == "alt" else Qt.KeyboardModifier.NoModifier
    drag(qtbot, plane(moving).area, (0.4, 1.7), (0.4, 0.38), (1.7, 0.38), (1.7, 0.65), (0.6, 0.65), (0.6, 1.7), keys=keys)
    assert selected(moving) == [0, 2], "example 1 lies between the arms of the lasso"
    assert action(moving, "lasso").isChecked() == (by != "alt")


def test_escape_lets_go_of_a_rectangle_that_is_being_drawn(qtbot: QtBot, moving: MainWindow) -> None:
    area = plane(moving).area
    drag(qtbot, area, (1.7, 1.7), (2.2, 2.2))
    press(qtbot, area, LEFT_THREE[0])
    move(area, pixel(area, (1.0, 1.2)))
    key(qtbot, moving, Qt.Key.Key_Escape)
    assert plane(moving).tool_marks.outline is None
    move(area, pixel(area, LEFT_THREE[1]))
    release(qtbot, area, LEFT_THREE[1])
    assert selected(moving) == [4]


def test_control_a_selects_all(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_A, CONTROL)
    assert selected(window) == [0, 1, 2, 3, 4, 5]


def test_control_a_in_a_field_selects_its_text(qtbot: QtBot, window: MainWindow) -> None:
    field = window.panels["descent"].findChildren(type(window.panels["predict"].fields[0]))[0]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
    assert field.selectedText() == field.text() != ""
    assert selected(window) == []


# Moving.


def test_a_drag_on_a_selected_point_carries_all_that_are_selected(qtbot: QtBot, moving: MainWindow) -> None:
    before = data(moving)
    drag(qtbot, plane(moving).area, *LEFT_THREE)
    drag(qtbot, plane(moving).area, (1.0, 1.0), (1.2, 1.4), (1.5, 1.3))
    moved = data(moving).X - before.X
    assert moved[:3] == pytest.approx(np.tile([0.5, 0.3], (3, 1)), abs=CLOSE)
    assert np.ptp(moved[:3], axis=0) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert not moved[3:].any()
    assert selected(moving) == [0, 1, 2]
    assert moving.session.undo_stack.count() == 1
    assert moving.session.undo_stack.undoText() == "Move points"
    key(qtbot, moving, Qt.Key.Key_Z, CONTROL)
    assert data(moving).X.tolist() == before.X.tolist()


def test_a_drag_on_another_point_takes_that_one_alone(qtbot: QtBot, moving: MainWindow) -> None:
    before = data(moving)
    drag(qtbot, plane(moving).area, *LEFT_THREE)
    drag(qtbot, plane(moving).area, (2.0, 2.0), FREE)
    assert selected(moving) == [4]
    assert np.flatnonzero((data(moving).X != before.X).any(axis=1)).tolist() == [4]


def test_among_points_that_overlap_a_drag_takes_those_that_are_selected(qtbot: QtBot, moving: MainWindow) -> None:
    window = moving
    window.session.edit("Two", dataset=Dataset([[1.0, 1.0], [1.01, 1.0], [2.0, 2.0]], [0, 1, 1], source=data(window).source))
    window.session.selection.select([1, 2])
    drag(qtbot, plane(window).area, (1.0, 1.0), (1.5, 1.0))
    assert data(window).X[:, 0] == pytest.approx([1.0, 1.51, 2.5], abs=CLOSE)


def test_a_selection_is_moved_by_data_units_when_the_view_is_zoomed(qtbot: QtBot, moving: MainWindow) -> None:
    area = plane(moving).area
    turn_wheel(area, (1.0, 1.0), 4)
    drag(qtbot, area, (0.8, 0.8), (1.2, 1.2))
    assert selected(moving) == [1]
    drag(qtbot, area, (1.0, 1.0), (1.1, 1.05))
    assert data(moving).X[1] == pytest.approx([1.1, 1.05], abs=0.01)


# Keys.


@pytest.mark.parametrize(
    ("code", "direction"),
    [(Qt.Key.Key_Right, (1, 0)), (Qt.Key.Key_Left, (-1, 0)), (Qt.Key.Key_Up, (0, 1)), (Qt.Key.Key_Down, (0, -1))],
)
@pytest.mark.parametrize(("keys", "share"), [(Qt.KeyboardModifier.NoModifier, 0.01), (SHIFT, 0.001)])
def test_an_arrow_nudges_the_selection_by_a_share_of_the_view_and_does_not_step(
    qtbot: QtBot, window: MainWindow, code: Qt.Key, direction: tuple[int, int], keys: Qt.KeyboardModifier, share: float
) -> None:
    before = data(window).X
    window.session.selection.select([1, 4])
    key(qtbot, window, code, keys)
    settled(qtbot, window)
    span = np.ptp(np.array(plane(window).area.view.viewRange()), axis=1)
    moved = data(window).X - before
    assert moved[[1, 4]] == pytest.approx(np.tile(span * direction * share, (2, 1)))
    assert not moved[[0, 2, 3, 5]].any()
    assert window.session.frame_now.iteration == 0


def test_without_a_selection_the_arrows_step_through_the_iterations(qtbot: QtBot, window: MainWindow) -> None:
    before = data(window)
    key(qtbot, window, Qt.Key.Key_Right, SHIFT)
    settled(qtbot, window)
    key(qtbot, window, Qt.Key.Key_Left)
    key(qtbot, window, Qt.Key.Key_Up)
    assert window.session.frame_now.iteration == 9
    assert data(window) is before


def test_arrows_in_a_field_move_no_examples(qtbot: QtBot, window: MainWindow) -> None:
    before = data(window)
    window.session.selection.select([1, 4])
    field = window.panels["predict"].fields[0]
    enter(qtbot, field, "2")
    qtbot.keyClick(field, Qt.Key.Key_Right)
    assert data(window) is before


def test_undo_of_a_nudge_keeps_the_selection_so_that_arrows_go_on_nudging(qtbot: QtBot, moving: MainWindow) -> None:
    before = data(moving)
    drag(qtbot, plane(moving).area, *LEFT_THREE)
    key(qtbot, moving, Qt.Key.Key_Up)
    key(qtbot, moving, Qt.Key.Key_Z, CONTROL)
    assert data(moving) is before
    assert selected(moving) == [0, 1, 2]
    key(qtbot, moving, Qt.Key.Key_Up)
    assert (data(moving).X[:3, 1] > before.X[:3, 1]).all()
    assert moving.session.frame_now.iteration == 0


def test_nudges_that_follow_each_other_are_one_undo_step(qtbot: QtBot, window: MainWindow) -> None:
    before = data(window).X.tolist()
    window.session.selection.select([1, 4])
    for code in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        key(qtbot, window, code)
    assert window.session.undo_stack.count() == 1
    window.session.selection.select([1])
    key(qtbot, window, Qt.Key.Key_Right)
    assert window.session.undo_stack.count() == 2
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert data(window).X.tolist() == before


def test_nudging_while_it_trains_keeps_the_run_going(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    session.set_speed(2000.0)
    session.play()
    iterated(qtbot, window, 100)
    session.selection.select([0])
    key(qtbot, window, Qt.Key.Key_Right)
    assert session.training
    iterated(qtbot, window, session.frame_now.iteration + 50)
    assert [mark.text for mark in session.frame_now.trace.marks] == ["Move point"]
    assert selected(window) == [0]


@pytest.mark.parametrize("code", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_erases_all_that_are_selected_as_one_undo_step(qtbot: QtBot, moving: MainWindow, code: Qt.Key) -> None:
    drag(qtbot, plane(moving).area, *LEFT_THREE)
    key(qtbot, moving, code)
    assert data(moving).class_counts() == (0, 3)
    assert selected(moving) == []
    assert moving.session.undo_stack.count() == 1
    key(qtbot, moving, Qt.Key.Key_Z, CONTROL)
    assert data(moving).class_counts() == (3, 3)
    assert selected(moving) == []


# Seeing the selection.


@pytest.mark.parametrize("count", [500, 5_000, 25_000])
def test_selected_examples_look_different_and_are_not_painted_again_while_it_trains(
    qtbot: QtBot, make_window: MakeWindow, count: int
) -> None:
    window = make_window()
    many(window, 25_000)
    settled(qtbot, window)
    area, layer, session = plane(window).area, plane(window).selected, window.session
    plain = area.grab().toImage()
    session.selection.select(np.arange(count))
    assert area.grab().toImage() != plain
    made = layer.pictures_made
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, window, 50)
    session.pause()
    settled(qtbot, window)
    hover(qtbot, area, (0.0, 0.0))
    area.grab()
    assert layer.pictures_made == made
    area.view.setRange(xRange=(-0.5, 0.5), padding=0)
    area.grab()
    assert layer.pictures_made == made + 1


@pytest.mark.parametrize("count", [1, 2_500])
def test_what_is_selected_is_marked_in_its_place_and_nowhere_else(qtbot: QtBot, window: MainWindow, count: int) -> None:
    X = np.concatenate([np.zeros((count, 2)), [[-1.0, -1.0], [1.0, 1.0]]])
    window.session.edit("Pile", dataset=Dataset(X, np.arange(len(X)) % 2, source=Source("Pile")))
    area = plane(window).area
    plain = area.grab().toImage()
    window.session.selection.select(np.arange(count))
    image = area.grab().toImage()
    different = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != plain.pixel(x, y)]
    at = pixel(area, (0.0, 0.0))
    assert np.abs(np.array(different) - (at.x(), at.y())).max() < 14
    assert np.mean(different, axis=0) == pytest.approx((at.x(), at.y()), abs=2)


def test_the_selection_follows_undo_and_other_data(qtbot: QtBot, window: MainWindow) -> None:
    window.session.selection.select([0, 1])
    assert len(plane(window).selected.X) == 2
    many(window, 100)
    assert len(plane(window).selected.X) == 0
