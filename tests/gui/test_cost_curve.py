"""The cost curve and the transport's slider: what they draw, and scrubbing through a run with every view following."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from core.dataset import Array
from core.trace import Mark, Trace
from core.trainer import Status
from gui.drawing.ranges import round_up
from gui.main_window import MainWindow
from gui.plots.cost_curve import Axes, is_calm
from tests.gui.hands import CONTROL, LEFT, action, click, cost_curve, drag, iterated, key, plane, settled, train_to_the_end, visible_text


def trace_of(J: Array, every: int = 1) -> Trace:
    rows = len(J)
    return Trace(np.arange(rows) * every, np.zeros((rows, 2)), np.zeros(rows), np.asarray(J, dtype=np.float64))


def handle_at(slider: QSlider, value: int) -> QPoint:
    """Where the middle of the slider's handle is when it stands at `value`."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    option.sliderPosition = option.sliderValue = value
    return slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider).center()


# The curve.


def test_the_curve_is_j_against_the_iteration(qtbot: QtBot, window: MainWindow) -> None:
    window.session.step(300)
    settled(qtbot, window)
    x, y = cost_curve(window).curve.getData()
    trace = window.session.frame_now.trace
    assert x.tolist() == trace.iteration.tolist()
    assert y.tolist() == trace.J.tolist()


def test_the_curve_grows_while_it_trains_and_stays_inside_the_axes(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_speed(None)
    window.session.play()
    for at_least in (10, 3000, 10_000):
        iterated(qtbot, window, at_least)
        x, y = cost_curve(window).curve.getData()
        (left, right), (bottom, top) = cost_curve(window).area.view.viewRange()
        assert left <= x.min() and x.max() <= right and bottom <= y.min() and y.max() <= top
        assert x.max() >= at_least


@pytest.mark.parametrize(
    ("axes", "digit", "x_of", "y_of"),
    [
        (Axes.LINEAR, Qt.Key.Key_1, lambda k: k, lambda J: J),
        (Axes.LOG_J, Qt.Key.Key_2, lambda k: k, np.log10),
        (Axes.LOG_LOG, Qt.Key.Key_3, np.log10, np.log10),
    ],
)
def test_the_axes_are_chosen_by_key_and_show_the_curve_in_their_units(
    qtbot: QtBot, window: MainWindow, axes: Axes, digit: Qt.Key, x_of: object, y_of: object
) -> None:
    assert callable(x_of) and callable(y_of)
    train_to_the_end(qtbot, window)
    key(qtbot, window, digit, CONTROL)
    plot = cost_curve(window)
    assert plot.axes is axes
    x, y = plot.curve.getData()
    assert x[-1] == pytest.approx(x_of(10_000))
    assert y[-1] == pytest.approx(y_of(window.session.frame_now.J))
    assert (plot.playhead.x, plot.playhead.y) == pytest.approx((x[-1], y[-1]))
    (left, right), (bottom, top) = plot.area.view.viewRange()
    assert left <= x.min() and x.max() <= right and bottom <= y.min() and y.max() <= top


def test_only_one_choice_of_axes_is_checked_at_a_time(qtbot: QtBot, window: MainWindow) -> None:
    for name in ("axes log J", "axes log-log", "axes linear"):
        action(window, name).trigger()
        assert [other for other in ("axes linear", "axes log J", "axes log-log") if action(window, other).isChecked()] == [name]


def test_a_cost_of_0_or_infinity_does_not_break_logarithmic_axes(qtbot: QtBot, window: MainWindow) -> None:
    plot = cost_curve(window)
    for J in ([1.0, 0.1, 0.0], [np.inf, 1.0, 0.5], [np.nan, np.nan, np.nan], [0.0, 0.0, 0.0]):
        for axes in Axes:
            plot.set_axes(axes)
            plot._show_curve(trace_of(np.array(J)))
            _, y = plot.curve.getData()
            assert y is None or np.isfinite(y).all()
            assert np.isfinite(plot.area.view.viewRange()).all()


def test_marks_stand_where_settings_were_changed(qtbot: QtBot, window: MainWindow) -> None:
    window.session.step(40)
    settled(qtbot, window)
    window.session.edit("Change learning rate", alpha=0.3)
    settled(qtbot, window)
    assert window.session.frame_now.trace.marks == (Mark(40, "Change learning rate"),)
    assert cost_curve(window).playhead.marks == [40.0]
    action(window, "axes log-log").trigger()
    assert cost_curve(window).playhead.marks == pytest.approx([np.log10(40)])


def test_every_mark_is_seen_and_those_on_one_pixel_are_drawn_once(qtbot: QtBot, window: MainWindow) -> None:
    playhead = cost_curve(window).playhead
    playhead.show_playhead(0.0, 0.5, [2.0, 2.0, 5.0, *np.linspace(7.0, 7.001, 500)])
    assert playhead._mark_pixels() == pytest.approx([playhead.to_pixel(x, 0.0).x() for x in (2, 5, 7)], abs=0.51)


def test_all_decades_of_a_long_run_are_drawn_on_logarithmic_axes(window: MainWindow) -> None:
    plot = cost_curve(window)
    action(window, "axes log-log").trigger()
    plot._show_curve(trace_of(1.0 / (1.0 + np.arange(1_000_000))))
    x, y = plot.curve.getData()
    assert len(x) <= 1100
    for decade in range(1, 6):
        assert np.count_nonzero((x >= decade) & (x < decade + 1)) > 40
    assert y == pytest.approx(-np.log10(1 + 10**x))


def test_the_axes_stand_still_while_j_falls_and_move_in_steps_while_it_rises(window: MainWindow) -> None:
    plot = cost_curve(window)
    falling, rising = 1.0 / (1.0 + np.arange(900.0)), 1.02 ** np.arange(900.0)
    for J, steps in ((falling, 1), (rising, 30)):
        seen = set()
        for rows in range(502, 900):
            plot._show_curve(trace_of(J[:rows]))
            seen.add(tuple(map(tuple, plot.area.view.viewRange())))
            assert J[:rows].max() <= plot.area.view.y_range()[1]
        assert len(seen) <= steps


def test_the_text_of_a_frame_is_not_written_sixty_times_a_second(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(cost_curve(window).area, "setToolTip", written.append)
    frames: list[int] = []
    window.session.frame.connect(lambda frame: frames.append(frame.iteration))
    window.session.set_speed(500.0)
    window.session.play()
    qtbot.waitUntil(lambda: len(frames) > 60, timeout=20_000)
    window.session.pause()
    settled(qtbot, window)
    assert 0 < len(written) < len(frames) / 2
    assert written[-1].endswith(f"at iteration {frames[-1]}")


def test_a_noisy_curve_is_not_antialiased_and_a_smooth_one_is() -> None:
    assert is_calm(1 / (1 + np.arange(1000.0)))
    assert not is_calm(np.tile([1.0, 2.0], 500))


@pytest.mark.parametrize(("value", "rounded"), [(10, 10), (11, 20), (30, 50), (51, 100), (10_000, 10_000), (10_001, 20_000), (1e9, 1e9)])
def test_the_iteration_axis_ends_at_1_2_or_5_times_a_power_of_ten(value: float, rounded: float) -> None:
    assert round_up(value) == rounded


# Scrubbing.


def test_dragging_along_the_curve_scrubs_back_and_every_view_follows(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    window.session.pointer.set_probe((2.5, 1.4))
    line = plane(window).lines.lines[-1].points.copy()
    probability = window.panels["predict"].probability.text()
    slider = window.transport.slider.value()
    seen: list[int] = []
    window.session.frame.connect(lambda frame: seen.append(frame.iteration))
    drag(qtbot, cost_curve(window).area, (9000.0, 0.5), (100.0, 0.5))
    frame = window.session.frame_now
    assert frame.iteration == pytest.approx(100, abs=40)
    assert len(seen) > 3 and all(a >= b for a, b in pairwise(seen))
    assert window.transport.state.toolTip().startswith(f"Looking back at iteration {frame.iteration}: ")
    assert visible_text(window.transport.iteration) == f"{frame.iteration:,} / 10,000"
    assert window.transport.slider.value() < slider
    assert cost_curve(window).playhead.x == frame.iteration
    assert cost_curve(window).playhead.y == frame.J
    assert not np.array_equal(plane(window).lines.lines[-1].points, line)
    assert window.panels["predict"].probability.text() != probability
    w_raw, b_raw = frame.w_b_raw
    assert plane(window).lines.lines[-1].points @ w_raw + b_raw == pytest.approx(0.0, abs=1e-9)


def test_a_click_on_the_curve_shows_that_iteration(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    click(qtbot, cost_curve(window).area, (6000.0, 0.3))
    assert window.session.frame_now.iteration == pytest.approx(6000, abs=40)


def test_scrubbing_on_logarithmic_axes_finds_the_iteration_under_the_pointer(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    action(window, "axes log-log").trigger()
    click(qtbot, cost_curve(window).area, (2.0, -0.5))
    assert window.session.frame_now.iteration == pytest.approx(100, rel=0.05)


def test_scrubbing_while_it_trains_pauses(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_speed(2000.0)
    window.session.play()
    iterated(qtbot, window, 200)
    click(qtbot, cost_curve(window).area, (50.0, 0.3))
    settled(qtbot, window)
    assert window.session.status is Status.PAUSED
    assert window.session.looking_back
    assert window.session.frame_now.iteration < window.session.frame_now.trace.last


def test_dragging_the_transports_slider_scrubs_and_every_view_follows(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    slider = window.transport.slider
    line = plane(window).lines.lines[-1].points.copy()
    at, to = handle_at(slider, slider.value()), handle_at(slider, slider.maximum() // 2)
    qtbot.mousePress(slider, LEFT, pos=at)
    for share in (0.3, 0.6, 1.0):
        qtbot.mouseMove(slider, at + (to - at) * share)
    qtbot.mouseRelease(slider, LEFT, pos=to)
    frame = window.session.frame_now
    assert 0 < frame.iteration < 1000, "half of the film is well before half of the iterations"
    assert window.session.looking_back
    assert slider.value() == pytest.approx(slider.maximum() / 2, abs=slider.maximum() / 20)
    assert visible_text(window.transport.iteration) == f"{frame.iteration:,} / 10,000"
    assert cost_curve(window).playhead.x == frame.iteration
    assert not np.array_equal(plane(window).lines.lines[-1].points, line)


def test_the_slider_reaches_the_first_and_the_last_iteration(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    qtbot.keyClick(window.transport.slider, Qt.Key.Key_PageDown)
    assert window.session.frame_now.iteration < 10_000
    window.transport.slider.setValue(0)
    assert window.session.frame_now.iteration == 0
    window.transport.slider.setValue(window.transport.slider.maximum())
    assert window.session.frame_now.iteration == 10_000


def test_arrow_keys_and_shift_walk_home_and_end_jump(qtbot: QtBot, window: MainWindow) -> None:
    window.session.step(50)
    settled(qtbot, window)
    for code, keys, shown in (
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 49),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 39),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 40),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 50),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 40),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 50),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 51),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
    ):
        key(qtbot, window, code, keys)
        settled(qtbot, window)
        assert window.session.frame_now.iteration == shown


def test_space_while_looking_back_goes_on_from_there_and_undo_brings_the_rest_back(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    click(qtbot, cost_curve(window).area, (6000.0, 0.3))
    shown = window.session.frame_now.iteration
    window.session.set_speed(60.0)
    key(qtbot, window, Qt.Key.Key_Space)
    iterated(qtbot, window, shown + 2)
    assert window.session.frame_now.trace.last < 10_000
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)
    assert window.session.frame_now.trace.last == 10_000


def test_the_speed_keys_walk_through_the_speeds(qtbot: QtBot, window: MainWindow) -> None:
    box = window.transport.speed
    assert box.currentText() == "Film, 10 s"
    key(qtbot, window, Qt.Key.Key_Plus)
    assert window.session.speed is None
    for _ in range(10):
        key(qtbot, window, Qt.Key.Key_Minus)
    assert window.session.speed == 1.0
    assert box.currentText() == "1 it/s"


@pytest.mark.parametrize(("changes", "word"), [({}, "Separable · J → 0"), ({"model": "linear", "alpha": 100.0}, "Diverged")])
def test_the_state_is_told_in_words(qtbot: QtBot, window: MainWindow, changes: dict[str, object], word: str) -> None:
    if changes:
        window.session.edit("Change it", **changes)
    assert window.transport.state.text() == "Not started"
    train_to_the_end(qtbot, window)
    assert window.transport.state.text() == word
    if word == "Diverged":
        assert "Try a smaller α" in window.transport.state.toolTip()
        assert "nan" not in visible_text(window.transport.cost) and "inf" not in visible_text(window.transport.cost)


def test_an_empty_plane_says_that_both_classes_are_needed(window: MainWindow) -> None:
    action(window, "new").trigger()
    assert window.transport.state.text() == "Needs both classes"
    assert visible_text(window.transport.cost) == "J = —"
