"""The decision-boundary plot: editing points with the pointer, what it shows of the model, and how little it draws again."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.metrics import accuracy
from core.trainer import Status
from gui import theme
from gui.main_window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.gui.hands import (
    CONTROL,
    LEFT,
    RIGHT,
    SHIFT,
    action,
    click,
    cost_curve,
    drag,
    hover,
    iterated,
    key,
    pixel,
    plane,
    press,
    release,
    settled,
    train_to_the_end,
    turn_wheel,
)

FREE = (2.5, 1.4)  # on the plane of the course's points, far from each of them
CLOSE = 0.05  # data units


def boundary(window: MainWindow) -> np.ndarray:
    """The points of the line f = 0.5: the thick one."""
    thick = [line.points for line in plane(window).lines.lines if line.pen.widthF() > 2]
    assert len(thick) == 1
    return thick[0]


# Adding.


@pytest.mark.parametrize(("tool", "label"), [(Qt.Key.Key_1, 0), (Qt.Key.Key_2, 1)])
def test_a_click_adds_an_example_of_the_chosen_class_where_the_pointer_is(
    qtbot: QtBot, window: MainWindow, tool: Qt.Key, label: int
) -> None:
    key(qtbot, window, tool)
    click(qtbot, plane(window).area, FREE)
    dataset = window.session.experiment.dataset
    assert dataset.m == 7
    assert dataset.X[-1] == pytest.approx(FREE, abs=CLOSE)
    assert dataset.y[-1] == label
    assert window.session.undo_stack.undoText() == "Add point"


@pytest.mark.parametrize(("tool", "label"), [(Qt.Key.Key_1, 1), (Qt.Key.Key_2, 0)])
def test_a_right_click_adds_the_other_class(qtbot: QtBot, window: MainWindow, tool: Qt.Key, label: int) -> None:
    key(qtbot, window, tool)
    click(qtbot, plane(window).area, FREE, RIGHT)
    assert window.session.experiment.dataset.y[-1] == label
    assert window.session.experiment.dataset.m == 7


def test_shift_and_click_add_the_other_class(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, plane(window).area, FREE, LEFT, SHIFT)
    assert window.session.experiment.dataset.y[-1] == 1
    assert window.session.experiment.dataset.m == 7


def test_clicks_land_within_a_twentieth_of_a_data_unit_all_over_the_plane(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs")
    (left, right), (bottom, top) = plane(window).area.view.viewRange()
    before = window.session.experiment.dataset.m
    targets = [(left + u * (right - left), bottom + v * (top - bottom)) for u, v in ((0.03, 0.03), (0.97, 0.1), (0.5, 0.5), (0.9, 0.96))]
    for target in targets:
        click(qtbot, plane(window).area, target)
    assert np.abs(window.session.experiment.dataset.X[before:] - targets).max() < CLOSE


def test_a_hand_that_trembles_while_it_clicks_adds_one_point(qtbot: QtBot, window: MainWindow) -> None:
    drag(qtbot, plane(window).area, FREE, (FREE[0] + 0.05, FREE[1]))
    dataset = window.session.experiment.dataset
    assert dataset.m == 7
    assert dataset.X[-1] == pytest.approx(FREE, abs=CLOSE)


def test_each_click_is_an_undo_step(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, plane(window).area, FREE)
    click(qtbot, plane(window).area, (2.6, 2.3))
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment.dataset.m == 7
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment.dataset.m == 6
    key(qtbot, window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.session.experiment.dataset.m == 7


# Moving.


@pytest.mark.parametrize("tool", [Qt.Key.Key_1, Qt.Key.Key_M])
def test_a_drag_moves_the_one_point_under_it_as_one_undo_step(qtbot: QtBot, window: MainWindow, tool: Qt.Key) -> None:
    before = window.session.experiment.dataset
    key(qtbot, window, tool)
    drag(qtbot, plane(window).area, (3.0, 0.5), (2.8, 1.0), FREE)
    after = window.session.experiment.dataset
    assert after.X[3] == pytest.approx(FREE, abs=CLOSE)
    assert np.delete(after.X, 3, axis=0).tolist() == np.delete(before.X, 3, axis=0).tolist()
    assert after.y.tolist() == before.y.tolist()
    assert window.session.undo_stack.count() == 1
    assert window.session.undo_stack.undoText() == "Move point"
    action(window, "undo").trigger()
    assert window.session.experiment.dataset.X.tolist() == before.X.tolist()


def test_the_boundary_follows_while_a_point_is_dragged(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    seen: list[int] = []
    window.session.experiment_changed.connect(lambda: seen.append(window.session.experiment.dataset.m))
    area = plane(window).area
    press(qtbot, area, (3.0, 0.5))
    for x1 in (2.9, 2.8, 2.7):
        qtbot.mouseMove(area.viewport(), pixel(area, (x1, 0.5)))
    assert len(seen) >= 3, "the drag was not followed"
    assert window.session.experiment.dataset.X[3] == pytest.approx((2.7, 0.5), abs=CLOSE)
    release(qtbot, area, (2.7, 0.5))


def test_two_drags_are_two_undo_steps(qtbot: QtBot, window: MainWindow) -> None:
    drag(qtbot, plane(window).area, (3.0, 0.5), FREE)
    drag(qtbot, plane(window).area, FREE, (3.0, 0.8))
    assert window.session.undo_stack.count() == 2


@pytest.mark.parametrize("tool", ["point", "brush", "move", "erase", "flip", "probe"])
def test_control_and_a_drag_shift_the_view_and_change_nothing_whatever_tool_is_in_hand(qtbot: QtBot, window: MainWindow, tool: str) -> None:
    before, ranges = window.session.experiment, np.array(plane(window).area.view.viewRange())
    action(window, f"tool {tool}").trigger()
    drag(qtbot, plane(window).area, FREE, (2.0, 1.2), keys=CONTROL)
    assert window.session.experiment is before
    assert window.session.pointer.probe is None
    assert len(window.session.selection) == 0
    shift = np.array(plane(window).area.view.viewRange()) - ranges
    assert shift[:, 0] == pytest.approx([0.5, 0.2], abs=CLOSE)
    assert shift[:, 0] == pytest.approx(shift[:, 1])


# Erasing.


def test_the_erase_tool_takes_the_point_that_is_clicked(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_E)
    click(qtbot, plane(window).area, (2.0, 2.0))
    assert [2.0, 2.0] not in window.session.experiment.dataset.X.tolist()
    assert window.session.experiment.dataset.m == 5
    click(qtbot, plane(window).area, FREE)
    assert window.session.experiment.dataset.m == 5


def test_the_erase_tool_dragged_over_points_takes_them_as_one_undo_step(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_E)
    drag(qtbot, plane(window).area, (0.4, 1.6), (0.5, 1.5), (1.0, 1.0), (1.5, 0.5), (1.6, 0.4))
    assert window.session.experiment.dataset.class_counts() == (0, 3)
    assert window.session.undo_stack.count() == 1
    action(window, "undo").trigger()
    assert window.session.experiment.dataset.class_counts() == (3, 3)


def test_delete_erases_the_selected_point(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_M)
    click(qtbot, plane(window).area, (1.0, 2.5))
    assert window.session.selection.rows.tolist() == [5]
    key(qtbot, window, Qt.Key.Key_Delete)
    assert [1.0, 2.5] not in window.session.experiment.dataset.X.tolist()
    assert window.session.experiment.dataset.m == 5
    assert len(window.session.selection) == 0


def test_delete_erases_the_point_under_the_pointer_when_none_is_selected(qtbot: QtBot, window: MainWindow) -> None:
    plane(window).area.setFocus()
    hover(qtbot, plane(window).area, (2.0, 2.0))
    key(qtbot, window, Qt.Key.Key_Delete)
    assert [2.0, 2.0] not in window.session.experiment.dataset.X.tolist()
    assert window.session.experiment.dataset.m == 5


def test_delete_far_from_every_point_erases_none(qtbot: QtBot, window: MainWindow) -> None:
    hover(qtbot, plane(window).area, FREE)
    key(qtbot, window, Qt.Key.Key_Delete)
    assert window.session.experiment.dataset.m == 6


def test_escape_lets_go_of_selection_and_probe(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_M)
    click(qtbot, plane(window).area, (1.0, 2.5))
    key(qtbot, window, Qt.Key.Key_I)
    click(qtbot, plane(window).area, FREE)
    key(qtbot, window, Qt.Key.Key_Escape)
    assert len(window.session.selection) == 0
    assert window.session.pointer.probe is None
    assert [field.text() for field in window.panels["predict"].fields] == ["", ""]


# Pointing.


def test_the_probe_tool_fills_the_predict_panel(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    key(qtbot, window, Qt.Key.Key_I)
    click(qtbot, plane(window).area, FREE)
    panel = window.panels["predict"]
    assert [float(field.text()) for field in panel.fields] == pytest.approx(FREE, abs=CLOSE)
    f = float(window.session.frame_now.predict(np.array([window.session.pointer.probe]))[0])
    assert panel.probability.text() == f"P(y = 1) = {f:.1%}"
    assert panel.result.text() == "y = 1"
    assert window.session.experiment.dataset.m == 6
    assert plane(window).marks.probe == window.session.pointer.probe


def test_a_dragged_probe_is_predicted_all_the_way(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    key(qtbot, window, Qt.Key.Key_I)
    drag(qtbot, plane(window).area, FREE, (0.6, 0.6))
    assert window.session.pointer.probe == pytest.approx((0.6, 0.6), abs=CLOSE)
    assert window.panels["predict"].result.text() == "y = 0"
    assert window.session.undo_stack.count() == 0


def test_hovering_reads_out_x1_x2_probability_and_class(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    hover(qtbot, plane(window).area, FREE)
    readout = plane(window).readout
    assert readout.isVisible()
    first, second, third = readout.text().split("\n")
    x1, x2 = (float(line.split(" = ")[1]) for line in (first, second))
    assert (x1, x2) == pytest.approx(FREE, abs=CLOSE)
    assert (first.split(" = ")[0], second.split(" = ")[0]) == ("x₁", "x₂")
    f = float(window.session.frame_now.predict(np.array([[x1, x2]]))[0])
    assert third == f"P(y = 1) = {f:.2f} → y = 1"


def test_the_readout_goes_when_the_pointer_leaves(qtbot: QtBot, window: MainWindow) -> None:
    hover(qtbot, plane(window).area, FREE)
    assert plane(window).readout.isVisible()
    QApplication.sendEvent(plane(window).area, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not plane(window).readout.isVisible())


def test_the_readout_names_the_columns_and_classes_of_the_data(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors")
    hover(qtbot, plane(window).area, (3.0, 55.0))
    text = plane(window).readout.text()
    assert text.startswith("Tumor size (cm) = ")
    assert "Age (years) = " in text
    assert text.endswith("malignant")


def test_the_readout_stays_inside_the_plot(qtbot: QtBot, window: MainWindow) -> None:
    area = plane(window).area
    (_, right), (bottom, top) = area.view.viewRange()
    for x2 in (bottom + 0.02, top - 0.02):
        hover(qtbot, area, (right - 0.02, x2))
        assert area.rect().contains(plane(window).readout.geometry())


def test_the_wheel_zooms_and_fit_view_shows_all_again(qtbot: QtBot, window: MainWindow) -> None:
    area = plane(window).area
    before = np.array(area.view.viewRange())
    turn_wheel(area, (1.5, 1.5), 4)
    assert np.ptp(np.array(area.view.viewRange())[0]) < np.ptp(before[0])
    key(qtbot, window, Qt.Key.Key_F)
    assert np.array(area.view.viewRange()) == pytest.approx(before)


# Points and a run.


def test_points_added_moved_and_erased_while_training_keep_w_and_b(qtbot: QtBot, window: MainWindow) -> None:
    session, area = window.session, plane(window).area
    session.set_speed(2000.0)
    iterations: list[int] = []
    session.frame.connect(lambda frame: iterations.append(frame.iteration))
    session.play()
    iterated(qtbot, window, 100)
    click(qtbot, area, FREE, RIGHT)
    iterated(qtbot, window, session.frame_now.iteration + 20)
    drag(qtbot, area, (3.0, 0.5), (2.9, 0.6))
    iterated(qtbot, window, session.frame_now.iteration + 20)
    key(qtbot, window, Qt.Key.Key_E)
    click(qtbot, area, (2.0, 2.0))
    iterated(qtbot, window, session.frame_now.iteration + 20)
    assert session.training
    assert all(a <= b for a, b in pairwise(iterations)), "the run fell back"
    marks = {mark.text for mark in session.frame_now.trace.marks}
    assert {"Add point", "Move point", "Erase point"} <= marks
    assert all(mark.iteration >= 100 for mark in session.frame_now.trace.marks)
    assert cost_curve(window).playhead.marks


def test_a_point_added_to_a_paused_run_leaves_w_and_b_and_takes_j_anew(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    session.step(50)
    settled(qtbot, window)
    before, J_before = session.frame_now, session.frame_now.J
    click(qtbot, plane(window).area, FREE)  # of class 0, deep in class 1
    settled(qtbot, window)
    after = session.frame_now
    assert after.iteration == 50
    assert session.status is Status.PAUSED
    assert (after.w.tolist(), after.b) == (before.w.tolist(), before.b)
    assert J_before + 0.01 < after.J
    assert [mark.iteration for mark in after.trace.marks] == [50]


# The model.


@pytest.mark.parametrize("scaling", ["none", "zscore"])
def test_the_straight_boundary_lies_where_w_x_plus_b_is_0_in_raw_units(qtbot: QtBot, make_window: MakeWindow, scaling: str) -> None:
    window = make_window("--sample", "tumors", "--scaling", scaling, "--alpha", "0.0005" if scaling == "none" else "1")
    train_to_the_end(qtbot, window)
    w_raw, b_raw = window.session.frame_now.w_b_raw
    ends = boundary(window)
    assert len(ends) == 2
    assert ends @ w_raw + b_raw == pytest.approx(0.0, abs=1e-9)
    (left, right), (bottom, top) = plane(window).area.view.viewRange()
    on_edge = np.isclose(ends[:, 0], left) | np.isclose(ends[:, 0], right) | np.isclose(ends[:, 1], bottom) | np.isclose(ends[:, 1], top)
    assert on_edge.all()


def test_thin_lines_lie_where_the_probability_is_one_tenth_and_nine_tenths(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    thin = [line.points for line in plane(window).lines.lines if line.pen.widthF() < 2]
    f = sorted(float(np.mean(window.session.frame_now.predict(points))) for points in thin)
    assert f == pytest.approx([0.1, 0.9])


def test_the_ring_with_degree_2_has_a_curved_boundary_around_its_middle(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "ring", "--degree", "2", "--scaling", "zscore", "--alpha", "1", "--iterations", "2000")
    train_to_the_end(qtbot, window)
    frame = window.session.frame_now
    curve = boundary(window)
    assert len(curve) > 20
    assert frame.predict(curve) == pytest.approx(0.5, abs=0.05)
    angles = np.arctan2(curve[:, 1], curve[:, 0])
    assert np.ptp(angles) > 6.0, "it does not go around"
    assert accuracy(frame.predict(frame.experiment.dataset.X), frame.experiment.dataset.y) > 0.95


def test_the_field_is_tinted_with_the_colour_of_the_class_that_is_predicted(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    area = plane(window).area
    image = area.grab().toImage()
    low, high = image.pixelColor(pixel(area, (0.4, 0.5))), image.pixelColor(pixel(area, (3.0, 2.4)))
    assert low.blue() > low.red() + 20
    assert high.red() > high.blue() + 20


def test_an_empty_plane_has_no_field_and_no_boundary_but_a_hint(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    key(qtbot, window, Qt.Key.Key_N, CONTROL)
    area = plane(window).area
    image = area.grab().toImage()
    background = QColor(theme.tokens().panel).rgb()
    assert {image.pixel(pixel(area, (x1, x2))) for x1 in (-2.8, 2.8) for x2 in (-2.8, -1.5, 1.5, 2.8)} == {background}
    assert plane(window).lines.lines == []
    assert "Click to add an example" in plane(window).hint.text()


def test_other_data_take_the_readout_away(qtbot: QtBot, window: MainWindow) -> None:
    hover(qtbot, plane(window).area, FREE)
    assert plane(window).readout.isVisible()
    window.opening.open_sample("tumors")
    qtbot.waitUntil(lambda: window.session.experiment.dataset.m == 90)
    assert not plane(window).readout.isVisible()
