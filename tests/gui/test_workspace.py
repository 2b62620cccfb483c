"""Plots are hidden, shown and enlarged by key, menu and a double click on their title, and stay so for the next start."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from core.frame import Frame
from core.names import with_class_name, with_feature_name
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.plots import MIDDLE, PLOTS
from gui.plots.base import Plot
from tests.gui.conftest import MakeWindow
from tests.gui.hands import action, key, plane, settled, stepped

SHIFT = Qt.KeyboardModifier.ShiftModifier


def visible(window: MainWindow) -> set[str]:
    return {name for name, plot in window.plots.items() if plot.isVisible()}


def double_click_title(qtbot: QtBot, plot: Plot) -> None:
    qtbot.mouseDClick(plot.title, Qt.MouseButton.LeftButton)


def test_a_key_hides_a_plot_and_shows_it_again_with_what_it_missed(qtbot: QtBot, window: MainWindow) -> None:
    shown = visible(window)
    key(qtbot, window, Qt.Key.Key_C, SHIFT)
    assert visible(window) == shown - {"cost curve"}
    assert not action(window, "view cost curve").isChecked()
    drawn: list[object] = []
    curve = window.plots["cost curve"]
    show_frame: Callable[..., None] = curve.show_frame
    curve.show_frame = lambda frame: (drawn.append(frame), show_frame(frame))[1]  # type: ignore[method-assign]
    stepped(qtbot, window.session, 7)
    assert drawn == [], "a hidden plot costs nothing"
    key(qtbot, window, Qt.Key.Key_C, SHIFT)
    assert visible(window) == shown
    assert drawn[-1] is window.session.frame_now


def test_all_views_can_be_shown_at_once(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs")
    stepped(qtbot, window.session, 7)
    for name in PLOTS:
        window.workspace.show_plot(name)
    window.session.step(1)
    settled(qtbot, window)
    assert visible(window) == set(PLOTS)  # and no view has complained of an area without size: Qt's warnings fail tests


@pytest.mark.parametrize("name", PLOTS)
def test_a_double_click_on_its_title_enlarges_a_plot_and_escape_brings_the_others_back(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.workspace.show_plot(name)
    shown = visible(window)
    size = window.plots[name].size()
    double_click_title(qtbot, window.plots[name])
    assert visible(window) == {name}
    assert not window.panels["data"].isVisible()
    qtbot.waitUntil(lambda: window.plots[name].width() > max(size.width(), window.width() - 40))
    key(qtbot, window, Qt.Key.Key_Escape)
    assert visible(window) == shown
    assert window.panels["data"].isVisible()


def test_escape_ends_a_selection_first_and_then_the_enlargement(qtbot: QtBot, window: MainWindow) -> None:
    assert not action(window, "end enlarging").isEnabled()
    double_click_title(qtbot, window.plots["decision boundary"])
    plane(window).area.setFocus()
    window.session.selection.select([0, 1])
    key(qtbot, window, Qt.Key.Key_Escape)
    assert len(window.session.selection) == 0
    assert visible(window) == {"decision boundary"}
    key(qtbot, window, Qt.Key.Key_Escape)
    assert len(visible(window)) > 1


def test_the_key_enlarges_the_plot_that_has_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    window.plots["cost curve"].area.setFocus()  # type: ignore[attr-defined]
    key(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert visible(window) == {"cost curve"}
    key(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(visible(window)) > 1


def test_to_show_another_plot_ends_the_enlargement(qtbot: QtBot, window: MainWindow) -> None:
    double_click_title(qtbot, window.plots["decision boundary"])
    action(window, "view cost curve").trigger()
    action(window, "view cost curve").trigger()
    assert {"decision boundary", "cost curve"} <= visible(window)


def test_where_all_views_are_hidden_a_line_says_how_to_bring_one_back(qtbot: QtBot, window: MainWindow) -> None:
    for name in visible(window):
        action(window, f"view {name}").trigger()
    hint = window.workspace.hint
    qtbot.waitUntil(hint.isVisible)
    shortcut = action(window, "view decision boundary").shortcut().toString()
    assert hint.text() == f"All views are hidden: press {shortcut}, or choose one in the View menu"
    key(qtbot, window, Qt.Key.Key_P, SHIFT)
    assert visible(window) == {"decision boundary"}
    assert not hint.isVisible()


def test_no_name_makes_a_view_at_the_side_wider_than_its_column(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", size=(1366, 768))
    long = "a fairly long name of a feature, or of a class, in somebody's own table (kilometres)"
    dataset = window.session.experiment.dataset
    for index in range(2):
        dataset = with_class_name(with_feature_name(dataset, index, long + str(index)), index, long + str(index))
    window.session.edit_points("Rename", dataset)
    for name in PLOTS:
        window.workspace.show_plot(name)
    settled(qtbot, window)
    stepped(qtbot, window.session, 3)
    room = next(area.viewport().width() for area in window.findChildren(QScrollArea) if area.isAncestorOf(window.plots["interpretation"]))
    data = window.panels["data"]
    assert isinstance(data, DataPanel)
    assert data.columns["x2"].shown_text().endswith("…")
    wide = {name: plot.minimumSizeHint().width() for name, plot in window.plots.items() if PLOTS[name].region != MIDDLE}
    assert {name: width for name, width in wide.items() if width > room} == {}


def test_what_was_shown_and_enlarged_is_so_at_the_next_start(qtbot: QtBot, make_window: MakeWindow) -> None:
    first = make_window()
    key(qtbot, first, Qt.Key.Key_C, SHIFT)
    double_click_title(qtbot, first.plots["decision boundary"])
    first.close()
    second = make_window()
    assert visible(second) == {"decision boundary"}
    second.workspace.enlarge(None)
    assert "cost curve" not in visible(second)
    settled(qtbot, second)


def test_a_view_that_is_chosen_is_scrolled_to(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(size=(1366, 768))
    for name in PLOTS:
        window.workspace.show_plot(name)
    settled(qtbot, window)
    action(window, "view sigmoid").trigger()
    action(window, "view sigmoid").trigger()
    sigmoid = window.plots["sigmoid"]
    qtbot.waitUntil(lambda: sigmoid.visibleRegion().boundingRect().height() == sigmoid.height())


def test_a_view_that_is_scrolled_out_of_sight_costs_no_frame_while_it_trains_and_shows_the_end_of_the_run(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("--iterations", "1000000000", size=(1366, 768))
    for name in PLOTS:
        window.workspace.show_plot(name)
    window.workspace.show_plot("cost curve")
    settled(qtbot, window)
    frames: dict[str, list[Frame]] = {"roc": [], "cost curve": []}
    for name, came in frames.items():
        monkeypatch.setattr(window.plots[name], "show_frame", came.append)
    roc = window.plots["roc"]
    qtbot.waitUntil(lambda: roc.visibleRegion().isEmpty())
    window.session.set_speed(None)
    window.session.play()
    seen = len(frames["cost curve"])
    qtbot.waitUntil(lambda: len(frames["cost curve"]) > seen + 3)
    assert frames["roc"] == []
    window.workspace.show_plot("roc")
    qtbot.waitUntil(lambda: len(frames["roc"]) > 3)
    window.workspace.show_plot("cost curve")
    qtbot.waitUntil(lambda: roc.visibleRegion().isEmpty())
    window.session.pause()
    settled(qtbot, window)
    assert frames["roc"][-1] is window.session.frame_now


def test_in_the_smallest_window_no_view_shown_at_first_is_wider_than_its_column(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "iris", size=(100, 100))
    settled(qtbot, window)
    for name in ("cost curve", "cost landscape"):
        plot = window.plots[name]
        assert plot.visibleRegion().boundingRect().width() == plot.width(), name
