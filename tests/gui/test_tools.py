"""The tools that draw, erase and flip, by mouse and keys: where they work, what one stroke is, and that a run goes on meanwhile."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from gui.main_window import MainWindow
from gui.tools import TOOLS
from gui.tools import base as tools_base
from gui.tools.brush import MANY, MOST_A_MOVE
from tests.gui.conftest import MakeWindow
from tests.gui.hands import (
    CONTROL,
    LEFT,
    PLAIN,
    RIGHT,
    SHIFT,
    action,
    click,
    drag,
    hover,
    iterated,
    key,
    message,
    move,
    pixel,
    plane,
    press,
    release,
    settled,
    turn_wheel,
)

FREE = (2.5, 1.4)  # on the plane of the course's points, far from each of them
STROKES: dict[str, Callable[[QtBot, MainWindow], None]] = {
    "point": lambda qtbot, window: drag(qtbot, plane(window).area, (3.0, 0.5), FREE),
    "brush": lambda qtbot, window: drag(qtbot, plane(window).area, (0.5, 0.5), (2.0, 1.0), FREE),
    "move": lambda qtbot, window: drag(qtbot, plane(window).area, (3.0, 0.5), FREE),
    "erase": lambda qtbot, window: drag(qtbot, plane(window).area, (0.4, 1.6), (0.5, 1.5), (1.0, 1.0), (1.1, 0.9)),
    "flip": lambda qtbot, window: drag(qtbot, plane(window).area, (0.4, 1.6), (0.5, 1.5), (1.0, 1.0), (1.1, 0.9)),
}


def data(window: MainWindow) -> Dataset:
    return window.session.experiment.dataset


def same(a: Dataset, b: Dataset) -> bool:
    return np.array_equal(a.X, b.X) and np.array_equal(a.y, b.y)


def from_the_stroke(window: MainWindow, places: list[tuple[float, float]], X: np.ndarray) -> np.ndarray:
    """Distance in pixels of each example to the nearest of these places."""
    to_pixels = plane(window).points.to_pixels
    return np.min([np.hypot(*(to_pixels(X) - to_pixels(np.array([place]))).T) for place in places], axis=0)


# What every tool keeps to.


@pytest.mark.parametrize("tool", STROKES)
def test_a_stroke_is_one_undo_step_that_gives_all_back(qtbot: QtBot, window: MainWindow, tool: str) -> None:
    before = data(window)
    action(window, f"tool {tool}").trigger()
    STROKES[tool](qtbot, window)
    after = data(window)
    assert not same(before, after)
    assert window.session.undo_stack.count() == 1
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert same(data(window), before)
    key(qtbot, window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert same(data(window), after)


@pytest.mark.parametrize("tool", STROKES)
def test_two_strokes_are_two_undo_steps(qtbot: QtBot, window: MainWindow, tool: str) -> None:
    action(window, f"tool {tool}").trigger()
    STROKES[tool](qtbot, window)
    between = data(window)
    window.session.edit("Back", dataset=Dataset([[3.0, 0.5], [0.5, 1.5], [1.0, 1.0]], [1, 0, 0], source=between.source))
    STROKES[tool](qtbot, window)
    assert window.session.undo_stack.count() == 3


@pytest.mark.parametrize("tool", STROKES)
def test_a_stroke_while_it_trains_keeps_w_and_b_and_the_run_goes_on(qtbot: QtBot, window: MainWindow, tool: str) -> None:
    session = window.session
    session.set_speed(2000.0)
    session.play()
    iterated(qtbot, window, 100)
    action(window, f"tool {tool}").trigger()
    STROKES[tool](qtbot, window)
    assert session.training
    iterated(qtbot, window, session.frame_now.iteration + 50)
    trace = session.frame_now.trace
    assert np.all(np.diff(trace.iteration) > 0)
    (mark,) = trace.marks
    assert mark.iteration >= 100
    row = trace.nearest_row(mark.iteration)
    assert np.abs(np.diff(trace.w[row - 2 : row + 3], axis=0)).max() < 0.1, "w has jumped"


@pytest.mark.parametrize("tool", TOOLS)
def test_a_click_and_a_drag_on_an_empty_plane_harm_nothing(qtbot: QtBot, window: MainWindow, tool: str) -> None:
    key(qtbot, window, Qt.Key.Key_N, CONTROL)
    action(window, f"tool {tool}").trigger()
    hover(qtbot, plane(window).area, (1.0, 1.0))
    click(qtbot, plane(window).area, (1.0, 1.0))
    drag(qtbot, plane(window).area, (-1.0, -1.0), (0.0, 1.0))
    assert (data(window).m > 0) == (tool in ("point", "brush"))
    assert message(window) == ""


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_works_where_there_are_so_many_examples_that_they_are_a_density_picture(
    qtbot: QtBot, make_window: MakeWindow, tool: str
) -> None:
    window = make_window()
    X = np.random.default_rng(1).normal(size=(30_000, 2))
    window.session.edit("Many", dataset=Dataset(X, (X[:, 0] > 0).astype(float), source=Source("Many")))
    before = data(window)
    action(window, f"tool {tool}").trigger()
    drag(qtbot, plane(window).area, (-0.5, 0.0), (0.5, 0.3))
    plane(window).area.grab()
    assert same(before, data(window)) == (tool == "probe")
    if tool != "probe":
        key(qtbot, window, Qt.Key.Key_Z, CONTROL)
        assert same(before, data(window))


@pytest.mark.parametrize("tool", STROKES)
def test_what_is_left_of_a_stroke_does_nothing_after_undo_took_its_beginning_back(qtbot: QtBot, window: MainWindow, tool: str) -> None:
    before, area = data(window), plane(window).area
    action(window, f"tool {tool}").trigger()
    at = pixel(area, (1.0, 1.0))
    qtbot.mousePress(area.viewport(), LEFT, PLAIN, at)
    for x in (10, 20, 30):
        move(area, pixel(area, (1.0 + x / 100, 1.0)))
    if tool != "point":
        assert not same(before, data(window))
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    undone = data(window)
    assert same(before, undone)
    move(area, pixel(area, (0.5, 1.5)))
    qtbot.mouseRelease(area.viewport(), LEFT, PLAIN, pixel(area, (0.5, 1.5)))
    assert data(window) is undone


# Choosing a tool and a class.


@pytest.mark.parametrize(
    ("code", "tool"),
    [
        (Qt.Key.Key_A, "point"),
        (Qt.Key.Key_B, "brush"),
        (Qt.Key.Key_M, "move"),
        (Qt.Key.Key_E, "erase"),
        (Qt.Key.Key_X, "flip"),
        (Qt.Key.Key_I, "probe"),
    ],
)
def test_each_tool_is_taken_by_its_key_and_its_button_shows_it(qtbot: QtBot, window: MainWindow, code: Qt.Key, tool: str) -> None:
    action(window, "tool brush" if tool == "point" else "tool point").trigger()
    key(qtbot, window, code)
    assert window.session.pointer.tool == tool
    assert [name for name in TOOLS if action(window, f"tool {name}").isChecked()] == [tool]


@pytest.mark.parametrize(("tool", "then"), [("brush", "brush"), ("point", "point"), ("erase", "point"), ("move", "point")])
def test_choosing_a_class_keeps_the_brush_and_takes_the_point_otherwise(qtbot: QtBot, window: MainWindow, tool: str, then: str) -> None:
    action(window, f"tool {tool}").trigger()
    key(qtbot, window, Qt.Key.Key_2)
    assert window.session.pointer.tool == then
    click(qtbot, plane(window).area, FREE)
    assert set(data(window).y[6:]) == {1.0}
    assert [action(window, f"tool class {label}").isChecked() for label in (0, 1)] == [False, True]


def test_the_cursor_tells_whether_a_click_adds_or_a_drag_moves(qtbot: QtBot, window: MainWindow) -> None:
    area = plane(window).area
    for tool, there in (("point", Qt.CursorShape.OpenHandCursor), ("move", Qt.CursorShape.SizeAllCursor)):
        action(window, f"tool {tool}").trigger()
        hover(qtbot, area, FREE)
        assert area.view.cursor().shape() is Qt.CursorShape.CrossCursor
        hover(qtbot, area, (2.0, 2.0))
        assert area.view.cursor().shape() is there
    press(qtbot, area, (2.0, 2.0))
    move(area, pixel(area, FREE))
    assert area.view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    release(qtbot, area, FREE)


# Point.


def test_a_million_examples_is_the_most_that_can_be_drawn_and_said_so(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools_base, "MOST_BY_HAND", 20)
    key(qtbot, window, Qt.Key.Key_B)
    window.session.pointer.set_density(100.0)
    click(qtbot, plane(window).area, FREE)
    assert data(window).m == 20
    assert "20 examples" in message(window)
    key(qtbot, window, Qt.Key.Key_A)
    click(qtbot, plane(window).area, FREE)
    assert data(window).m == 20
    key(qtbot, window, Qt.Key.Key_E)
    click(qtbot, plane(window).area, (2.0, 2.0))
    assert message(window) == ""
    key(qtbot, window, Qt.Key.Key_A)
    click(qtbot, plane(window).area, FREE)
    assert data(window).m == 20


# Brush.


def test_a_click_of_the_brush_sprays_as_many_examples_as_its_density_says_inside_its_circle(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_B)
    window.session.pointer.set_density(30.0)
    window.session.pointer.set_radius(50.0)
    click(qtbot, plane(window).area, FREE)
    assert data(window).m == 36
    assert data(window).y[6:].tolist() == [0.0] * 30
    assert from_the_stroke(window, [FREE], data(window).X[6:]).max() < 51


@pytest.mark.parametrize(("button", "keys"), [(RIGHT, PLAIN), (LEFT, SHIFT)])
def test_the_right_button_or_shift_sprays_the_other_class(
    qtbot: QtBot, window: MainWindow, button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    key(qtbot, window, Qt.Key.Key_B)
    click(qtbot, plane(window).area, FREE, button, keys)
    drag(qtbot, plane(window).area, FREE, (2.0, 1.2), button=button, keys=keys)
    assert set(data(window).y[6:]) == {1.0}
    assert window.session.undo_stack.count() == 2


def test_a_stroke_of_the_brush_leaves_examples_all_along_its_way(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_B)
    window.session.pointer.set_density(40.0)
    begin, end = (0.5, 0.5), (3.0, 2.5)
    drag(qtbot, plane(window).area, begin, end)
    X = data(window).X[6:]
    way = [(begin[0] + t * (end[0] - begin[0]), begin[1] + t * (end[1] - begin[1])) for t in np.linspace(0, 1, 200)]
    assert from_the_stroke(window, way, X).max() < 43
    share = (X - begin) @ np.subtract(end, begin) / 10.25
    assert np.histogram(share, bins=5, range=(0, 1))[0].min() > 0.1 * len(X)


def test_moves_of_the_brush_over_many_examples_are_gathered_and_none_is_lost(qtbot: QtBot, window: MainWindow) -> None:
    area, session = plane(window).area, window.session
    X = np.random.default_rng(5).uniform(0, 3, size=(MANY + 1, 2))
    session.edit("Many", dataset=Dataset(X, (X[:, 0] > 1.5).astype(float), source=session.experiment.dataset.source))
    before = data(window)
    key(qtbot, window, Qt.Key.Key_B)
    session.pointer.set_density(40.0)
    edits: list[int] = []
    session.experiment_changed.connect(lambda: edits.append(data(window).m))
    begin, end = (0.5, 0.5), (2.5, 2.5)
    press(qtbot, area, begin)
    for share in np.linspace(0, 1, 21)[1:]:
        move(area, pixel(area, begin) + (pixel(area, end) - pixel(area, begin)) * share)
    release(qtbot, area, end)
    assert 1 <= len(edits) <= 4, "twenty moves, each of which copied and drew all examples"
    share = (data(window).X[before.m :] - begin) @ np.subtract(end, begin) / 8
    assert np.histogram(share, bins=5, range=(0, 1))[0].min() > 10
    session.undo_stack.undo()
    assert data(window) is before


def test_what_the_brush_has_gathered_is_not_added_to_other_examples(qtbot: QtBot, window: MainWindow) -> None:
    area, session = plane(window).area, window.session
    X = np.random.default_rng(5).uniform(0, 3, size=(MANY + 1, 2))
    session.edit("Many", dataset=Dataset(X, (X[:, 0] > 1.5).astype(float), source=session.experiment.dataset.source))
    before = data(window)
    key(qtbot, window, Qt.Key.Key_B)
    session.pointer.set_density(40.0)
    press(qtbot, area, (0.5, 0.5))
    for end in ((1.0, 1.0), (2.0, 2.0)):
        move(area, pixel(area, end))
    assert data(window).m > before.m
    session.undo_stack.undo()
    release(qtbot, area, (2.0, 2.0))
    assert data(window) is before


def test_a_long_way_in_one_move_of_the_mouse_adds_no_more_than_a_bounded_number(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_B)
    window.session.pointer.set_density(100.0)
    window.session.pointer.set_radius(1.0)
    drag(qtbot, plane(window).area, (0.5, 0.5), (3.0, 2.5))
    assert data(window).m <= 6 + 5 * MOST_A_MOVE


def test_the_brush_is_as_wide_on_the_screen_however_far_the_view_is_zoomed(qtbot: QtBot, window: MainWindow) -> None:
    area = plane(window).area
    turn_wheel(area, (1.5, 1.5), 8)
    key(qtbot, window, Qt.Key.Key_B)
    window.session.pointer.set_density(100.0)
    click(qtbot, area, (1.5, 1.5))
    pixels = from_the_stroke(window, [(1.5, 1.5)], data(window).X[6:])
    assert 20 < pixels.max() < 41


def test_a_circle_in_the_colour_of_its_class_shows_where_the_brush_works(qtbot: QtBot, window: MainWindow) -> None:
    marks = plane(window).tool_marks
    hover(qtbot, plane(window).area, FREE)
    assert marks.circle is None
    key(qtbot, window, Qt.Key.Key_B)
    assert marks.circle is not None
    place, radius_px, label = marks.circle
    assert place == pytest.approx(FREE, abs=0.05)
    assert (radius_px, label) == (40.0, 0)
    key(qtbot, window, Qt.Key.Key_2)
    assert marks.circle[2] == 1
    key(qtbot, window, Qt.Key.Key_M)
    assert marks.circle is None


def test_keys_wheel_and_sliders_change_radius_and_density(qtbot: QtBot, window: MainWindow) -> None:
    pointer, options, area = window.session.pointer, plane(window).options, plane(window).area
    assert not options.isVisible()
    key(qtbot, window, Qt.Key.Key_B)
    assert options.isVisible()
    radius, density = pointer.radius_px, pointer.density
    assert radius is not None
    key(qtbot, window, Qt.Key.Key_Period)
    assert pointer.radius_px == pytest.approx(radius * 10**0.1)
    key(qtbot, window, Qt.Key.Key_Comma)
    assert pointer.radius_px == pytest.approx(radius)
    turn_wheel(area, FREE, -1, CONTROL)
    assert pointer.radius_px == pytest.approx(radius / 10**0.1)
    before = np.array(area.view.viewRange())
    turn_wheel(area, FREE, 1, CONTROL | SHIFT)
    assert pointer.density == pytest.approx(density * 10**0.1)
    assert np.array_equal(before, np.array(area.view.viewRange())), "it zoomed too"
    key(qtbot, window, Qt.Key.Key_Less)
    assert pointer.density == pytest.approx(density)
    qtbot.keyClick(options.radius, Qt.Key.Key_PageDown)
    assert pointer.radius_px == pytest.approx(10, abs=1)
    assert f"{pointer.radius_px:.0f} px" in options._radius_text.text()


def test_the_wheel_with_control_zooms_with_a_tool_that_has_no_radius(qtbot: QtBot, window: MainWindow) -> None:
    before = np.array(plane(window).area.view.viewRange())
    turn_wheel(plane(window).area, FREE, 1, CONTROL)
    assert np.ptp(plane(window).area.view.viewRange()[0]) < np.ptp(before[0])


def test_each_tool_keeps_a_radius_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    pointer = window.session.pointer
    key(qtbot, window, Qt.Key.Key_B)
    pointer.set_radius(80.0)
    key(qtbot, window, Qt.Key.Key_E)
    assert pointer.radius_px == 12.0
    key(qtbot, window, Qt.Key.Key_B)
    assert pointer.radius_px == 80.0
    pointer.set_radius(1e9)
    assert pointer.radius_px == 100.0


# Erase.


def test_the_eraser_takes_all_examples_under_its_circle_and_no_other(qtbot: QtBot, window: MainWindow) -> None:
    X = np.array([[1.0, 1.0], [1.02, 1.0], [1.0, 1.02], [2.0, 2.0]])
    window.session.edit("Four", dataset=Dataset(X, [0, 1, 0, 1], source=data(window).source))
    key(qtbot, window, Qt.Key.Key_E)
    click(qtbot, plane(window).area, (1.0, 1.0))
    assert data(window).X.tolist() == [[2.0, 2.0]]
    assert window.session.undo_stack.undoText() == "Erase points"


def test_a_fast_stroke_of_the_eraser_leaves_nothing_on_its_way(qtbot: QtBot, window: MainWindow) -> None:
    X = np.column_stack([np.linspace(0.6, 2.9, 200), np.full(200, 1.4)])
    window.session.edit("Row", dataset=Dataset(X, np.zeros(200), source=data(window).source))
    area = plane(window).area
    key(qtbot, window, Qt.Key.Key_E)
    press(qtbot, area, (0.6, 1.4))
    move(area, pixel(area, (2.9, 1.4)))
    release(qtbot, area, (2.9, 1.4))
    assert data(window).m == 0


def test_erasing_some_of_the_selected_examples_keeps_the_others_selected(qtbot: QtBot, window: MainWindow) -> None:
    window.session.selection.select([1, 3, 4])
    key(qtbot, window, Qt.Key.Key_E)
    chosen = data(window).X[[3, 4]].tolist()
    click(qtbot, plane(window).area, (1.0, 1.0))
    assert data(window).X[window.session.selection.rows].tolist() == chosen


# Flip.


def test_a_click_of_the_flip_tool_changes_the_class_of_the_example_under_it(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_X)
    click(qtbot, plane(window).area, (2.0, 2.0))
    assert data(window).y.tolist() == [0, 0, 0, 1, 0, 1]
    click(qtbot, plane(window).area, (2.0, 2.0))
    assert data(window).y.tolist() == [0, 0, 0, 1, 1, 1]
    click(qtbot, plane(window).area, FREE)
    assert window.session.undo_stack.count() == 2


def test_a_stroke_to_and_fro_flips_each_example_once(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_X)
    drag(qtbot, plane(window).area, (0.4, 1.6), (1.1, 0.9), (0.4, 1.6), (1.1, 0.9))
    assert data(window).y.tolist() == [1, 1, 0, 1, 1, 1]
    assert window.session.undo_stack.count() == 1
    drag(qtbot, plane(window).area, (0.4, 1.6), (1.1, 0.9))
    assert data(window).y.tolist() == [0, 0, 0, 1, 1, 1]


def test_flipping_keeps_test_examples_test_examples(qtbot: QtBot, window: MainWindow) -> None:
    now = data(window)
    test = [False, True, False, False, False, False]
    window.session.edit("Keep back", dataset=Dataset(now.X, now.y, source=now.source, test=np.array(test)))
    key(qtbot, window, Qt.Key.Key_X)
    click(qtbot, plane(window).area, (1.0, 1.0))
    assert data(window).y[1] == 1
    assert data(window).test is not None
    assert data(window).test.tolist() == test


# The smallest window.


@pytest.mark.parametrize("sample", ["course", "iris", "tumors"])
@pytest.mark.parametrize("tool", TOOLS)
def test_no_tool_is_cut_off_in_the_smallest_window(qtbot: QtBot, make_window: MakeWindow, sample: str, tool: str) -> None:
    window = make_window("--sample", sample, size=(1180, 640))
    action(window, f"tool {tool}").trigger()
    settled(qtbot, window)
    view = plane(window)
    for widget in (*view.tool_bar.children(), *view.options.children()):
        if widget.isWidgetType() and widget.isVisible():
            assert widget.sizeHint().width() <= widget.width(), widget.accessibleName()
            assert view.rect().contains(widget.mapTo(view, widget.rect().topLeft()))
            assert view.rect().contains(widget.mapTo(view, widget.rect().bottomRight()))
    assert view.title.width() >= view.title.sizeHint().width()
