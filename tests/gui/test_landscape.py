"""The cost landscape and the cost surface: what they show, what a click does, and that a hidden one costs nothing."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.landscape import Plane
from core.models import MODELS
from core.samples import make_sample
from gui.main_window import MainWindow
from gui.plots.landscape import LandscapePlot
from gui.plots.surface import SurfacePlot
from gui.text import cost_text, number
from tests.gui.conftest import MakeSession, MakeWindow
from tests.gui.hands import Point, choose_directly, click, drag, hover, key, settled, stepped, train_to_the_end, w_b

TUMORS = ("--sample", "tumors", "--scaling", "zscore", "--alpha", "0.3")


def landscape(window: MainWindow) -> LandscapePlot:
    plot = window.plots["cost landscape"]
    assert isinstance(plot, LandscapePlot)
    return plot


def surface(window: MainWindow) -> SurfacePlot:
    plot = window.plots["cost surface"]
    assert isinstance(plot, SurfacePlot)
    return plot


def choose_pair(qtbot: QtBot, plot: LandscapePlot | SurfacePlot, pair: str) -> None:
    """Choose "w₁ b": the parameter upwards first, as the other changes places with one that is there already."""
    for box, name in reversed(list(zip((plot.pair.first, plot.pair.second), pair.split(), strict=True))):
        wanted = next(box.itemText(i) for i in range(box.count()) if box.itemText(i).split()[0] == name)
        choose_directly(box, wanted)
        assert box.currentText() == wanted


def shown_pair(plot: LandscapePlot | SurfacePlot) -> str:
    return " ".join(box.currentText().split()[0] for box in (plot.pair.first, plot.pair.second))


def inside(window: MainWindow, x: float, y: float) -> Point:
    """A place on the landscape, 0 to 1 from left to right and from bottom to top."""
    (left, right), (low, high) = window.session.terrain.ranges
    return left + x * (right - left), low + y * (high - low)


# What it shows.


def test_it_shows_the_minimum_the_whole_path_and_the_present_point(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    frame = stepped(qtbot, window.session, 200)
    plot, terrain = landscape(window), window.session.terrain
    assert terrain.minimum is not None
    data = frame.experiment
    gradient = MODELS["logistic"].gradient(data.columns(), data.dataset.y, terrain.minimum.w, terrain.minimum.b)
    assert np.abs(np.append(*gradient)).max() < 1e-9
    assert plot.marks.minimum == pytest.approx(terrain.minimum.w)
    assert plot.marks.now == pytest.approx(frame.w)
    assert terrain.track.iteration[-1] <= 200
    assert terrain.track.end[-1] == pytest.approx(frame.w, abs=0.02)
    assert terrain.track.begin[0].tolist() == [0.0, 0.0]


def test_it_says_nothing_of_a_minimum_where_the_classes_can_be_separated(qtbot: QtBot, window: MainWindow) -> None:
    settled(qtbot, window)
    assert landscape(window).marks.minimum is None
    assert landscape(window).marks.now is not None


def test_the_star_is_filled_only_where_the_picture_is_through_the_minimum_and_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors")
    settled(qtbot, window)
    plot, terrain = landscape(window), window.session.terrain
    solid = shown_surface(qtbot, window)
    minimum = terrain.minimum
    assert minimum is not None
    assert plot.marks.hollow, "J at the star is far above that of the minimum while b is still 0"
    star = tuple(minimum.w.tolist())
    hover(qtbot, plot.area, star)
    said = f"minimum, at b = {number(minimum.b, 3)}: J = {cost_text(minimum.J)}"
    assert plot.readout.text() == said
    assert solid.area.toolTip().endswith(f"Hollow star: {said}")
    window.session.move_w_b(np.array([0.0, 0.0]), minimum.b)
    settled(qtbot, window)
    assert not plot.marks.hollow
    hover(qtbot, plot.area, star)
    assert plot.readout.text() == f"minimum: J = {cost_text(minimum.J)}"
    assert terrain.relief is not None
    assert terrain.relief.J_at(*star) == pytest.approx(minimum.J, rel=0.05)


@pytest.mark.parametrize("pair", ["w₁ w₂", "w₁ b", "w₂ b"])
def test_the_arrow_is_the_negative_gradient_of_the_specification(qtbot: QtBot, make_window: MakeWindow, pair: str) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    frame = stepped(qtbot, window.session, 5)
    plot = landscape(window)
    choose_pair(qtbot, plot, pair)
    settled(qtbot, window)
    data = frame.experiment
    dj_dw, dj_db = MODELS["logistic"].gradient(data.columns(), data.dataset.y, frame.w, frame.b)
    expected = -window.session.terrain.plane.of(dj_dw, dj_db)
    assert plot.marks.downhill == pytest.approx(expected, rel=1e-12)
    arrow = plot.marks.arrow()
    assert arrow is not None
    assert arrow[0] * expected[0] > 0
    assert arrow[1] * expected[1] < 0, "upwards is a smaller y on the screen"


def test_the_relief_is_j_of_the_frame_with_the_held_parameter_of_the_frame(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    for iteration in (300, 20):
        window.session.step(300 - window.session.frame_now.iteration)
        settled(qtbot, window)
        window.session.seek(iteration)
        settled(qtbot, window)
        frame, relief = window.session.frame_now, window.session.terrain.relief
        assert frame.iteration == iteration
        assert relief is not None
        data = frame.experiment
        J = MODELS["logistic"].cost(data.columns(), data.dataset.y, [1.0, 0.5], frame.b)
        assert relief.J_at(1.0, 0.5) == pytest.approx(J, rel=1e-3)
        assert relief.J_at(*frame.w) == pytest.approx(frame.J, rel=1e-3)


def test_scrubbing_back_moves_the_point_and_leaves_the_range(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    settled(qtbot, window)
    train_to_the_end(qtbot, window)
    ranges = window.session.terrain.ranges
    assert ranges[0][1] > 5.28
    window.session.seek(3)
    settled(qtbot, window)
    assert landscape(window).marks.now == pytest.approx(window.session.frame_now.w)
    assert window.session.terrain.ranges == ranges


def test_many_terms_are_offered_by_name_for_either_axis(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "ring", "--degree", "2", "--scaling", "zscore")
    settled(qtbot, window)
    pair = landscape(window).pair
    names = ["w₁ · x₁", "w₂ · x₂", "w₃ · x₁²", "w₄ · x₁x₂", "w₅ · x₂²", "b"]
    assert all([box.itemText(i) for i in range(box.count())] == names for box in (pair.first, pair.second))
    choose_pair(qtbot, landscape(window), "w₃ w₅")
    settled(qtbot, window)
    assert window.session.terrain.plane == Plane(2, 4)
    choose_directly(pair.first, "w₅ · x₂²")
    settled(qtbot, window)
    assert window.session.terrain.plane == Plane(4, 2), "what the other axis has changes places"
    frame, relief = window.session.frame_now, window.session.terrain.relief
    assert relief is not None
    assert relief.J_at(0.0, 0.0) == pytest.approx(frame.J, rel=1e-3)
    window.session.edit("Degree", degree=1)
    settled(qtbot, window)
    assert shown_pair(landscape(window)) == "w₁ w₂"
    assert pair.first.count() == 3


def test_the_picture_is_only_made_again_when_something_changed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    stepped(qtbot, window.session, 5)
    plot = landscape(window)
    plot.grab()
    made = plot.relief.pictures_made
    for _ in range(3):
        window.session.frame.emit(window.session.frame_now)
        plot.grab()
    assert plot.relief.pictures_made == made
    window.session.step(50)
    settled(qtbot, window)
    plot.grab()
    assert plot.relief.pictures_made == made + 1


def test_no_label_of_a_contour_lies_on_the_path(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    stepped(qtbot, window.session, 300)
    plot = landscape(window)
    plot.grab()
    path = [QPointF(x, y) for x, y in plot.relief.to_pixels(window.session.terrain.track.end).tolist()]
    assert len(plot.relief.labels) > 3
    assert not any(label.contains(point) for label in plot.relief.labels for point in path)


def test_a_second_path_can_be_shown_beside_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    plot = landscape(window)
    before = plot.grab().toImage()
    plot.show_other_path(np.array([[0.0, 0.0], [1.0, 2.0]]), np.array([0.0, 0.5]), "one after the other")
    assert plot.track.other is not None
    assert plot.track.other.tolist() == [[0.0, 0.0], [1.0, 2.0]]
    assert plot.grab().toImage() != before
    choose_pair(qtbot, plot, "w₂ b")
    settled(qtbot, window)
    assert plot.track.other.tolist() == [[0.0, 0.0], [2.0, 0.5]]
    plot.show_other_path(np.empty((0, 2)), np.empty(0), "")
    assert plot.track.other is None


# Clicks.


def test_a_click_before_the_run_sets_the_start_in_one_step(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    place = inside(window, 0.7, 0.3)
    click(qtbot, landscape(window).area, place)
    settled(qtbot, window)
    start = window.session.experiment.start
    assert start is not None
    assert start == pytest.approx((*place, 0.0), abs=0.05)
    assert w_b(window.session.frame_now) == pytest.approx(list(start))
    assert window.session.undo_stack.count() == 1
    window.session.undo_stack.undo()
    assert window.session.experiment.start is None


def test_a_drag_before_the_run_takes_the_start_along_as_one_step(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    where = [inside(window, 0.2, 0.2), inside(window, 0.4, 0.6)]
    ends = inside(window, 0.4, 0.6)
    ranges = window.session.terrain.ranges
    drag(qtbot, landscape(window).area, *where)
    settled(qtbot, window)
    assert window.session.undo_stack.count() == 1
    assert window.session.experiment.start is not None
    if window.session.terrain.ranges == ranges:
        assert window.session.experiment.start[:2] == pytest.approx(ends, abs=0.1)


def test_a_click_in_a_run_moves_w_and_b_there_and_undo_moves_them_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    session = window.session
    settled(qtbot, window)
    before = stepped(qtbot, session, 100)
    settled(qtbot, window)
    place = inside(window, 0.15, 0.8)
    click(qtbot, landscape(window).area, place)
    settled(qtbot, window)
    after = session.frame_now
    assert after.iteration == 100
    assert after.w == pytest.approx(place, abs=0.05)
    assert after.b == before.b
    data = after.experiment
    assert pytest.approx(MODELS["logistic"].cost(data.columns(), data.dataset.y, after.w, after.b)) == after.J
    assert session.undo_stack.count() == 1
    assert [mark.iteration for mark in after.trace.marks] == [100]
    session.step(20)
    settled(qtbot, window)
    assert session.frame_now.iteration == 120
    assert after.J > session.frame_now.J
    session.undo_stack.undo()
    settled(qtbot, window)
    assert session.frame_now.iteration == 100
    assert w_b(session.frame_now) == w_b(before)
    session.undo_stack.redo()
    settled(qtbot, window)
    assert session.frame_now.iteration == 120


def test_w_and_b_can_be_moved_while_it_trains_and_it_goes_on(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    session = window.session
    settled(qtbot, window)
    session.set_speed(200)
    session.play()
    qtbot.waitUntil(lambda: session.frame_now.iteration >= 20)
    click(qtbot, landscape(window).area, inside(window, 0.1, 0.1))
    moved = session.frame_now.trace.marks[-1].iteration
    assert session.training
    qtbot.waitUntil(lambda: session.frame_now.iteration >= moved + 20)
    session.pause()
    settled(qtbot, window)


def test_moving_w_and_b_at_an_earlier_iteration_drops_what_lay_ahead_and_undo_brings_it_back(
    qtbot: QtBot, make_session: MakeSession
) -> None:
    session = make_session(make_sample("blobs"))
    stepped(qtbot, session, 50)
    session.seek(10)
    session.move_w_b(np.array([1.0, -1.0]), 0.5)
    settled(qtbot, session)
    assert (session.frame_now.iteration, session.frame_now.trace.last) == (10, 10)
    assert w_b(session.frame_now) == [1.0, -1.0, 0.5]
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.trace.last == 50


# Pointing.


def test_pointing_tells_j_and_on_the_path_the_iteration(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    stepped(qtbot, window.session, 200)
    settled(qtbot, window)
    plot = landscape(window)
    hover(qtbot, plot.area, inside(window, 0.85, 0.1))
    relief = window.session.terrain.relief
    assert relief is not None
    assert plot.readout.isVisible()
    assert plot.readout.text().startswith("J = 0.")
    row = window.session.frame_now.trace.row_at(40)
    hover(qtbot, plot.area, tuple(window.session.frame_now.trace.w[row].tolist()))
    assert plot.readout.text().startswith("iteration ")
    told = int(plot.readout.text().split()[1].rstrip(":"))
    assert abs(told - 40) < 12
    told_J = float(plot.readout.text().split("= ")[1])
    assert told_J == pytest.approx(window.session.frame_now.trace.J[told], abs=1e-4)


# Costs.


def test_where_neither_view_is_seen_nothing_is_computed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    key(qtbot, window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert not landscape(window).isVisible()
    relief, rows = window.session.terrain.relief, window.session.terrain.track.generation
    stepped(qtbot, window.session, 50)
    window.session.edit("Other data", dataset=make_sample("blobs"))
    settled(qtbot, window)
    assert window.session.terrain.relief is relief
    assert window.session.terrain.track.generation == rows
    key(qtbot, window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, window)
    assert window.session.terrain.relief is not relief


def test_while_it_trains_the_relief_is_made_a_few_times_a_second_at_most(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    session, terrain = window.session, window.session.terrain
    clock = [terrain._asked_s + 0.1]
    monkeypatch.setattr("gui.terrain.time", SimpleNamespace(monotonic=lambda: clock[0]))
    asked: list[float] = []
    ask: Callable[..., None] = terrain._background.submit
    terrain._background.submit = lambda *job, **when: (asked.append(clock[0]), ask(*job, **when))[1]  # type: ignore[method-assign]
    session.set_speed(100)
    session.play()
    qtbot.waitUntil(lambda: session.frame_now.iteration >= 60)
    assert asked == [], "a quarter of a second has not gone by"
    clock[0] += 0.2
    qtbot.waitUntil(lambda: session.frame_now.iteration >= 120)
    assert asked == clock
    session.pause()
    settled(qtbot, session)
    assert asked == clock * 2, "what stands still is drawn as it is"


# The surface.


def shown_surface(qtbot: QtBot, window: MainWindow) -> SurfacePlot:
    key(qtbot, window, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    plot = surface(window)
    qtbot.waitUntil(lambda: plot.isVisible() and plot.area.pictures_shown > 0 and not window.session.computing)
    return plot


def test_the_surface_is_not_shown_at_first_and_has_the_pair_and_point_of_the_landscape(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    assert not surface(window).isVisible()
    stepped(qtbot, window.session, 60)
    plot = shown_surface(qtbot, window)
    choose_pair(qtbot, plot, "w₂ b")
    settled(qtbot, window)
    assert shown_pair(landscape(window)) == "w₂ b"
    frame = window.session.frame_now
    assert plot.area.place(np.array([frame.w[1], frame.b])) is not None
    assert plot.area.names == ("w₂", "b")


def test_a_drag_turns_the_surface_the_wheel_zooms_and_arrows_turn_it_where_it_has_the_keyboard(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window(*TUMORS)
    settled(qtbot, window)
    area = shown_surface(qtbot, window).area
    first = area.camera
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    qtbot.mouseMove(area, QPoint(90, 40))
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, pos=QPoint(90, 40))
    assert area.camera.azimuth != first.azimuth
    assert area.camera.elevation < first.elevation
    shown = area.pictures_shown
    qtbot.waitUntil(lambda: area.pictures_shown > shown)
    at = QPointF(60, 60)
    wheel = QWheelEvent(
        at,
        area.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area, wheel)
    assert area.camera.zoom > 1
    area.setFocus()
    before = area.camera
    key(qtbot, window, Qt.Key.Key_Right)
    assert area.camera.azimuth != before.azimuth
    assert window.session.frame_now.iteration == 0
    window.plots["decision boundary"].setFocus()
    key(qtbot, window, Qt.Key.Key_Right)
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 1
