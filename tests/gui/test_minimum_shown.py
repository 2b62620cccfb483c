"""What the minimum of J says on the views: J* on the cost curve, J − J*, and the marks on the slider of α. Never of another J."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.bottom import Why
from core.dataset import Dataset, Source
from gui import bottom_watch, theme
from gui.controls.alpha_slider import AlphaSlider
from gui.main_window import MainWindow
from gui.panels.descent import DescentPanel
from gui.plots.cost_curve import Axes
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, action, cost_curve, key, settled, stepped, train_to_the_end

SEPARABLE = ("--sample", "course")
CLOUDS = ("--sample", "blobs", "--alpha", "1", "--iterations", "2000")
TOUCHING = Dataset([[0.0, 0.0], [1.0, 2.0], [2.0, 1.0], [2.0, 1.0], [3.0, 0.0], [4.0, 3.0]], [0, 0, 0, 1, 1, 1], source=Source("Touching"))


def opened(qtbot: QtBot, make_window: MakeWindow, *arguments: str) -> MainWindow:
    window = make_window(*arguments)
    settled(qtbot, window)
    return window


def descent(window: MainWindow) -> DescentPanel:
    panel = window.panels["descent"]
    assert isinstance(panel, DescentPanel)
    return panel


def hide_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing is searched for."""
    monkeypatch.setattr(bottom_watch, "WAIT_MS", 10_000_000)


def level_pixels(window: MainWindow) -> np.ndarray:
    """The curve of J in pixels (k, 2)."""
    plot = cost_curve(window)
    return plot.level.to_pixels(np.column_stack(plot.curve.getData()))


# J* on the cost curve.


def test_the_minimum_is_a_dashed_line_that_the_curve_comes_down_to(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    level = cost_curve(window).level
    assert level.text == "minimum J*" and level.seen
    assert abs(level.y - 0.1649) < 5e-5
    train_to_the_end(qtbot, window)
    assert abs(window.session.frame_now.J - level.y) < 1e-9
    picture = cost_curve(window).area.grab().toImage()
    at = cost_curve(window).area.mapFromScene(level.mapToScene(level.to_pixel(0.0, level.y)))
    green = QColor(theme.tokens().good)
    ratio = picture.devicePixelRatio()
    row = [QColor(picture.pixel(x, round(at.y() * ratio) + dy)) for x in range(picture.width()) for dy in (-1, 0, 1)]
    assert any(abs(c.red() - green.red()) + abs(c.green() - green.green()) + abs(c.blue() - green.blue()) < 60 for c in row)
    for name, of in (("axes log J", np.log10), ("axes log-log", np.log10), ("axes linear", float)):
        action(window, name).trigger()
        assert level.y == pytest.approx(of(0.16493), abs=2e-4) and level.seen


def test_the_line_goes_with_the_edit_that_makes_J_another_function(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    before = cost_curve(window).level.y
    window.session.edit("α", alpha=0.5)
    assert cost_curve(window).level.y == before, "α leaves J as it is"
    hide_the_next(monkeypatch)
    window.session.edit("λ", lambda_=5.0)
    assert math.isnan(cost_curve(window).level.y) and not cost_curve(window).level.seen
    window.session.undo_stack.undo()
    assert cost_curve(window).level.y == before


@pytest.mark.parametrize(
    ("sample", "axes", "alpha"),
    [("course", "linear", "0.1"), ("tumors", "linear", "0.1"), ("tumors", "log-log", "0.1"), ("exams", "linear", "0.005")],
)
def test_the_curve_leaves_the_name_of_the_least_J_legible(
    qtbot: QtBot, make_window: MakeWindow, sample: str, axes: str, alpha: str
) -> None:
    window = make_window("--sample", sample, "--iterations", "10000", "--alpha", alpha, "--scaling", "none", size=(1366, 768))
    action(window, f"axes {axes}").trigger()
    train_to_the_end(qtbot, window)
    level, curve = cost_curve(window).level, level_pixels(window)
    assert level.seen
    box = level.name_box()
    along = np.linspace(box.left(), min(box.right(), curve[-1, 0]), 200)
    heights = np.interp(along, *curve.T)
    heights = np.append(heights, curve[curve[:, 0] >= box.left(), 1])
    assert not ((heights > box.top()) & (heights < box.bottom())).any()
    assert level.boundingRect().contains(box)


def test_the_name_does_not_go_up_and_down_with_the_curve(qtbot: QtBot, make_window: MakeWindow) -> None:
    level = cost_curve(opened(qtbot, make_window, *CLOUDS)).level
    low, high = level.view.y_range()
    through_the_name = level.y + 8 * (high - low) / level.boundingRect().height()
    x = np.linspace(*level.view.x_range(), 50)
    at_rest = level.name_box()
    level.leave_room(x, np.full(50, through_the_name), moving=True)
    raised = level.name_box()
    assert raised.bottom() < at_rest.bottom()
    level.leave_room(x, np.full(50, level.y), moving=True)
    assert level.name_box() == raised, "the next moment it may be there again"
    level.leave_room(x, np.full(50, level.y), moving=False)
    assert level.name_box() == at_rest


@pytest.mark.parametrize(
    ("data", "text", "y"),
    [
        (Dataset([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0]], [0, 0, 1], source=Source("Apart")), "separable: J → 0, no minimum", 0.0),
        (Dataset([[0.0, 0.0], [1.0, 2.0]], [1, 1], source=Source("One")), "one class: J → 0, no minimum", 0.0),
        (TOUCHING, "J falls towards this and never gets there", 2 * math.log(2) / 6),
        (Dataset([[float(k), 2.0 * k] for k in range(6)], [0, 1, 0, 1, 0, 1], source=Source("Twice")), "minimum J*", 0.6492),
    ],
    ids=["separable", "one class", "touching", "a column repeated"],
)
def test_where_there_is_no_single_minimum_the_line_says_what_J_falls_to(
    qtbot: QtBot, window: MainWindow, data: Dataset, text: str, y: float
) -> None:
    window.session.edit("Data", dataset=data)
    settled(qtbot, window)
    level = cost_curve(window).level
    assert level.text == text
    assert level.y == pytest.approx(y, abs=1e-3)
    if y == 0:
        action(window, "axes log J").trigger()
        assert not level.seen, "0 is no place of a logarithmic axis"


# J − J*.


def test_J_above_the_minimum_is_shown_on_a_logarithmic_axis_by_its_key(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    train_to_the_end(qtbot, window)
    key(qtbot, window, Qt.Key.Key_4, CONTROL)
    plot = cost_curve(window)
    assert plot.axes is Axes.ABOVE and action(window, "axes above J*").isChecked()
    assert plot.area.axes["left"].labelText == "J(w, b) − J*"
    bottom = window.session.bottom.now
    assert bottom is not None and bottom.minimum is not None
    x, y = plot.curve.getData()
    J = window.session.frame_now.trace.J
    assert y[0] == pytest.approx(math.log10(J[0] - bottom.minimum.J), abs=1e-9)
    assert np.isfinite(y).all() and y.min() >= math.log10(2e-16 * bottom.minimum.J) and y[200] < y[20] < y[0]
    (_, _), (low, high) = plot.area.view.viewRange()
    assert low <= y.min() and y.max() <= high
    assert plot.playhead.y == pytest.approx(y[-1]) and x[-1] == 2000
    assert not plot.level.seen
    assert "J − J* = " in plot.area.toolTip()


def test_without_a_minimum_it_cannot_be_chosen_and_says_why(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *SEPARABLE)
    above = action(window, "axes above J*")
    assert not above.isEnabled()
    assert "J* = 0" in above.toolTip() and "can be separated" in above.toolTip()
    (button,) = [button for button in cost_curve(window).findChildren(QToolButton) if button.defaultAction() is above]
    assert not button.isEnabled() and button.toolTip() == above.toolTip()
    key(qtbot, window, Qt.Key.Key_4, CONTROL)
    assert cost_curve(window).axes is Axes.LINEAR
    window.session.edit("λ", lambda_=1.0)
    settled(qtbot, window)
    assert above.isEnabled() and "Ctrl+4" in above.toolTip()


def test_it_falls_back_to_log_J_when_an_edit_takes_the_minimum_away(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *SEPARABLE, "--lambda", "1")
    stepped(qtbot, window.session, 100)
    action(window, "axes above J*").trigger()
    plot = cost_curve(window)
    assert plot.axes is Axes.ABOVE
    window.session.edit("λ", lambda_=0.0)
    settled(qtbot, window)
    assert plot.axes is Axes.LOG_J and action(window, "axes log J").isChecked() and not action(window, "axes above J*").isEnabled()
    assert plot.area.axes["left"].labelText == "cost J(w, b)"
    assert plot.curve.getData()[1][-1] == pytest.approx(math.log10(window.session.frame_now.J))


def test_while_the_minimum_is_looked_for_the_choice_stays_and_J_itself_is_shown(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    stepped(qtbot, window.session, 100)
    action(window, "axes above J*").trigger()
    plot = cost_curve(window)
    hide_the_next(monkeypatch)
    window.session.edit("λ", lambda_=2.0)
    qtbot.waitUntil(lambda: not window.session.live.busy)
    assert plot.axes is Axes.ABOVE and plot.area.axes["left"].labelText == "cost J(w, b)"
    assert plot.curve.getData()[1][-1] == pytest.approx(math.log10(window.session.frame_now.J))
    assert plot.playhead.y == pytest.approx(math.log10(window.session.frame_now.J))
    monkeypatch.setattr(bottom_watch, "WAIT_MS", 0)
    window.session.edit("λ", lambda_=3.0)
    settled(qtbot, window)
    assert plot.axes is Axes.ABOVE and plot.area.axes["left"].labelText == "J(w, b) − J*"


# The marks on the slider of α.


def colour_at(slider: AlphaSlider, x: float) -> QColor:
    picture = slider.grab().toImage()
    at = QPoint(round(x), slider.height() // 2) * picture.devicePixelRatio()
    return QColor(picture.pixel(at))


def is_like(colour: QColor, token: str) -> bool:
    wanted = QColor(token)
    return abs(colour.red() - wanted.red()) + abs(colour.green() - wanted.green()) + abs(colour.blue() - wanted.blue()) < 60


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_slider_is_red_above_the_edge_and_names_both_marks(qtbot: QtBot, make_window: MakeWindow, look: str) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    action(window, f"theme {look}").trigger()
    slider, marks = descent(window).alpha_slider, descent(window).alpha_marks
    assert slider.edge == pytest.approx(28.07, abs=0.005) and slider.safe is not None and slider.safe < 28
    assert marks.texts == [f"2/L = {slider.safe:.3g}", "2/λmax = 28.1"] and all(text in marks.accessibleName() for text in marks.texts)
    tokens = theme.tokens()
    assert is_like(colour_at(slider, slider.x_of(200.0)), tokens.bad)
    assert is_like(colour_at(slider, slider.x_of(slider.edge)), tokens.warn)
    assert is_like(colour_at(slider, slider.x_of(slider.safe)), tokens.good)
    assert not is_like(colour_at(slider, slider.x_of(10.0)), tokens.bad)
    window.session.edit("α", alpha=200.0)
    assert is_like(colour_at(slider, slider.x_of(200.0)), tokens.accent), "the handle stays above the red"


def test_the_marks_are_where_the_handle_would_be(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    slider = descent(window).alpha_slider
    window.session.edit("α", alpha=28.07)
    assert slider.x_of(28.07) == pytest.approx(slider._handle(slider.value()).center().x(), abs=1.5)
    assert slider.x_of(1e-9) < slider.x_of(1e-5) and slider.x_of(1e9) == slider.x_of(1e3)


def test_the_tooltip_speaks_of_the_model_at_hand(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    slider = descent(window).alpha_slider
    assert "stays bounded and does not diverge" in slider.toolTip() and "28.1" in slider.toolTip()
    window.session.edit("λ", lambda_=2.0)
    settled(qtbot, window)
    assert "Only above 2m/λ = 200 it diverges" in slider.toolTip()
    window.session.edit("Model", model="linear", lambda_=0.0)
    settled(qtbot, window)
    assert "J diverges" in slider.toolTip() and "stays bounded" not in slider.toolTip()
    assert slider.edge == pytest.approx(slider.safe), "J is a parabola: as steep everywhere"


def test_without_a_minimum_only_the_alpha_that_is_sure_is_marked(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *SEPARABLE)
    slider = descent(window).alpha_slider
    assert window.session.bottom.now is not None and window.session.bottom.now.why is Why.SEPARABLE
    assert slider.edge is None and slider.safe is not None
    assert descent(window).alpha_marks.texts == [f"2/L = {slider.safe:.3g}"]
    assert not is_like(colour_at(slider, slider.x_of(500.0)), theme.tokens().bad)


def test_marks_go_with_the_edit_and_stay_while_alpha_is_dragged(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    slider = descent(window).alpha_slider
    height = descent(window).height()
    edge = slider.edge
    for position in range(400, 700, 30):
        slider.setValue(position)
        assert slider.edge == edge
    hide_the_next(monkeypatch)
    window.session.edit_points("Move", window.session.experiment.dataset.with_moved(0, [3.0, 3.0]))
    assert slider.edge is None and slider.safe is None and descent(window).alpha_marks.texts == []
    assert descent(window).height() == height, "nothing jumps"


def test_another_order_of_the_updates_has_other_edges(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = opened(qtbot, make_window, *CLOUDS)
    window.session.edit("One after the other", update="sequential")
    settled(qtbot, window)
    assert descent(window).alpha_slider.edge is None
