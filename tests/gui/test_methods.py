"""Other descents in the window: chosen from the menu or the box, run as gradient descent runs, and never shown as what they are not."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.descents import GRADIENT, METHODS
from core.samples import make_sample
from core.trainer import Status
from gui.controls.method import MethodControl
from gui.main_window import MainWindow
from gui.panels.descent import DescentPanel
from gui.plots.update import UpdateView
from tests.gui.conftest import MakeSession, MakeWindow
from tests.gui.hands import CONTROL, SHIFT, action, choose_directly, enter, key, message, settled, stepped, train_to_the_end, w_b

OTHERS = [name for name in METHODS if name != GRADIENT]


def panel(window: MainWindow) -> DescentPanel:
    found = window.panels["descent"]
    assert isinstance(found, DescentPanel)
    return found


def control(window: MainWindow) -> MethodControl:
    return panel(window).method


def entry(window: MainWindow, method: str) -> QAction:
    """The method's entry in the menu."""
    assert control(window).menu
    return control(window).actions_by_method[method]


def shown_fields(window: MainWindow) -> list[str]:
    of = control(window).rows
    return [name for name, (label, field) in of.fields.items() if of.isVisible() and label.isVisible() and field.isVisible()]


# Choosing.


def test_gradient_descent_is_the_default_and_has_no_fields_of_its_own(window: MainWindow) -> None:
    assert window.session.experiment.method == GRADIENT
    assert not control(window).isVisible()
    assert entry(window, GRADIENT).isChecked()


def test_a_key_opens_the_menu_and_an_arrow_and_enter_choose(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_M, CONTROL | SHIFT)
    menu = control(window).menu
    qtbot.waitUntil(menu.isVisible)
    menu.setActiveAction(entry(window, "adam"))
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.session.experiment.method == "adam"
    assert not menu.isVisible()


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("stochastic", ["seed"]),
        ("mini-batch", ["batch_size", "seed"]),
        ("momentum", ["momentum"]),
        ("nesterov", ["momentum"]),
        ("adam", ["momentum"]),
        ("newton", []),
    ],
)
def test_each_method_brings_its_own_few_fields(window: MainWindow, method: str, fields: list[str]) -> None:
    entry(window, method).trigger()
    assert control(window).isVisible()
    assert control(window).rows.box.currentData() == method
    assert shown_fields(window) == fields
    entry(window, GRADIENT).trigger()
    assert not control(window).isVisible()


@pytest.mark.parametrize("method", METHODS)
def test_every_entry_says_what_the_method_does_with_its_formula(window: MainWindow, method: str) -> None:
    assert METHODS[method].formula in entry(window, method).toolTip()
    index = control(window).rows.box.findData(method)
    assert METHODS[method].formula in control(window).rows.box.itemData(index, Qt.ItemDataRole.ToolTipRole)


def test_it_says_how_many_iterations_make_one_pass(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Data", dataset=make_sample("blobs"), method="mini-batch")
    assert control(window).rows.passes.text() == "One pass over 200 examples: 13 iterations"
    enter(qtbot, control(window).rows.batch_size, "50")
    assert control(window).rows.passes.text() == "One pass over 200 examples: 4 iterations"
    window.session.edit("Fewer", dataset=make_sample("course"), method="stochastic")
    assert control(window).rows.passes.text() == "One pass over 6 examples: 6 iterations"
    window.session.edit("Other", method="adam")
    assert not control(window).rows.passes.isVisible()


@pytest.mark.parametrize(
    ("method", "name", "bad", "words"),
    [
        ("mini-batch", "batch_size", "0", "Batch size 0 is not possible; give a whole number of examples from 1"),
        ("mini-batch", "batch_size", "2.5", "Batch size 2.5 is not possible"),
        ("stochastic", "seed", "-1", "Order seed -1 is not possible"),
        ("momentum", "momentum", "1", "Momentum β 1 is not possible"),
        ("adam", "momentum", "much", "“much” is not a number"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, method: str, name: str, bad: str, words: str
) -> None:
    entry(window, method).trigger()
    before = window.session.experiment
    enter(qtbot, control(window).rows.fields[name][1], bad)
    assert words in message(window)
    assert window.session.experiment is before


def test_each_choice_is_one_step_of_undo_and_brings_the_run_back(qtbot: QtBot, window: MainWindow) -> None:
    end = w_b(stepped(qtbot, window.session))
    entry(window, "adam").trigger()
    assert window.session.frame_now.iteration == 0
    enter(qtbot, control(window).rows.momentum, "0.5")
    action(window, "undo").trigger()
    assert window.session.experiment.momentum == 0.9
    action(window, "undo").trigger()
    settled(qtbot, window)
    assert window.session.experiment.method == GRADIENT
    assert window.session.frame_now.iteration == 100
    assert w_b(window.session.frame_now) == end
    assert not control(window).isVisible()


def test_newton_begins_with_its_whole_step_and_alpha_comes_back_after_it(window: MainWindow) -> None:
    entry(window, "newton").trigger()
    assert window.session.experiment.alpha == 1.0
    entry(window, "newton").trigger()
    assert window.session.experiment.alpha == 1.0
    assert window.session.undo_stack.count() == 1
    entry(window, "momentum").trigger()
    assert window.session.experiment.alpha == 0.1


# What does not go together.


def test_newton_is_off_for_a_cost_that_is_not_convex(window: MainWindow) -> None:
    choose_directly(panel(window).model, "Squared error, g(z)")
    assert not entry(window, "newton").isEnabled()
    choose_directly(panel(window).model, "Linear regression")
    assert entry(window, "newton").isEnabled()


@pytest.mark.parametrize("change", ["model", "method"])
def test_squared_error_and_newton_are_refused_together_whichever_comes_last(window: MainWindow, change: str) -> None:
    if change == "model":
        entry(window, "newton").trigger()
        choose_directly(panel(window).model, "Squared error, g(z)")
    else:
        choose_directly(panel(window).model, "Squared error, g(z)")
        choose_directly(control(window).rows.box, "Newton")
    assert "Newton's method needs a convex cost J" in message(window)
    assert panel(window).model.currentData() == window.session.experiment.model
    assert control(window).rows.box.currentData() == window.session.experiment.method


def test_another_method_ends_updates_one_after_the_other_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    action(window, "update sequential").trigger()
    entry(window, "adam").trigger()
    assert window.session.experiment.update == "simultaneous"
    assert "Updates are simultaneous again" in message(window)
    action(window, "update sequential").trigger()
    assert window.session.experiment.update == "simultaneous"
    assert "choose that method, or simultaneous updates" in message(window)
    assert action(window, "update simultaneous").isChecked()
    action(window, "undo").trigger()
    assert window.session.experiment.update == "sequential"


# Running.


@pytest.mark.parametrize("method", OTHERS)
def test_a_run_plays_steps_scrubs_back_and_takes_the_same_path_again(qtbot: QtBot, make_session: MakeSession, method: str) -> None:
    session = make_session(dataset=make_sample("blobs"), method=method, iterations=600, alpha=0.1 if method != "newton" else 0.5)
    train_to_the_end(qtbot, session)
    assert session.status is Status.FINISHED
    end = w_b(session.frame_now)
    session.seek(200)
    assert session.frame_now.iteration == 200
    session.edit("Same", threshold=0.4)
    session.play()
    qtbot.waitUntil(lambda: session.status is Status.FINISHED)
    settled(qtbot, session)
    assert session.frame_now.iteration == 600
    np.testing.assert_allclose(w_b(session.frame_now), end, rtol=1e-12)
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.trace.last == 600


@pytest.mark.parametrize("method", OTHERS)
def test_alpha_and_points_change_under_a_run_without_ending_it(qtbot: QtBot, make_session: MakeSession, method: str) -> None:
    session = make_session(dataset=make_sample("blobs"), method=method, alpha=0.05)
    stepped(qtbot, session, 100)
    session.edit("Alpha", alpha=0.02)
    session.edit("Erase", dataset=session.experiment.dataset.without([0, 150]))
    session.step(50)
    settled(qtbot, session)
    assert session.frame_now.iteration == 150
    assert [mark.text for mark in session.frame_now.trace.marks] == ["Alpha", "Erase"]
    assert np.isfinite(session.frame_now.trace.J).all()


def test_w_and_b_can_be_put_elsewhere_under_a_run_with_momentum(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(dataset=make_sample("blobs"), method="momentum")
    stepped(qtbot, session, 100)
    session.move_w_b(np.array([1.0, -1.0]), 0.0)
    session.step(20)
    settled(qtbot, session)
    moved = w_b(session.frame_now)
    other = make_session(dataset=make_sample("blobs"), method="momentum", start=(1.0, -1.0, 0.0))
    stepped(qtbot, other, 20)
    np.testing.assert_allclose(moved, w_b(other.frame_now), rtol=1e-12)


@pytest.mark.parametrize("method", OTHERS)
def test_a_run_that_diverges_says_so_and_the_window_lives(qtbot: QtBot, make_window: MakeWindow, method: str) -> None:
    window = make_window()
    window.session.edit("All", method=method, model="linear", alpha=50.0, iterations=5000)
    train_to_the_end(qtbot, window)
    settled(qtbot, window)
    assert window.session.status is (Status.FINISHED if method == "adam" else Status.DIVERGED)
    assert np.isfinite(window.session.frame_now.J)
    assert not window.grab().isNull()


def test_the_same_seed_is_the_same_run_and_another_seed_another(qtbot: QtBot, make_session: MakeSession) -> None:
    ends = []
    for seed in (1, 1, 2):
        session = make_session(dataset=make_sample("blobs"), method="stochastic", seed=seed)
        ends.append(w_b(stepped(qtbot, session, 64)))
    assert ends[0] == ends[1] != ends[2]


# What is shown.


def test_the_update_in_numbers_says_that_it_is_not_what_this_run_does(window: MainWindow) -> None:
    view = window.plots["update"]
    assert isinstance(view, UpdateView)
    assert view.title.text() == "Simultaneous update"
    entry(window, "adam").trigger()
    assert view.title.text() == "What gradient descent would do here; this run: Adam"
    assert METHODS["adam"].formula in view.title.toolTip()
    assert view.iterations.text() == ""
    assert not view.rules.isVisible()
    entry(window, GRADIENT).trigger()
    assert view.title.text() == "Simultaneous update"
    assert view.iterations.text() == "iteration 0 → 1"
    assert view.rules.isVisible()


@pytest.mark.parametrize("method", OTHERS)
def test_nothing_in_the_panel_is_cut_off_at_the_smallest_size(qtbot: QtBot, make_window: MakeWindow, method: str) -> None:
    window = make_window(size=(1366, 768))
    entry(window, method).trigger()
    shown = control(window).rows
    for widget in (shown.box, *(field for _, field in shown.fields.values()), shown.passes):
        if widget.isVisible():
            assert panel(window).rect().contains(widget.mapTo(panel(window), widget.rect().bottomRight()))
    qtbot.waitUntil(lambda: shown.passes.isHidden() or shown.passes.heightForWidth(shown.passes.width()) <= shown.passes.height())


def test_the_marks_of_alpha_are_those_of_gradient_descent_only(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Data", dataset=make_sample("blobs"))
    settled(qtbot, window)
    slider = panel(window).alpha_slider
    assert slider.edge is not None and slider.safe is not None
    entry(window, "momentum").trigger()
    settled(qtbot, window)
    assert slider.edge is None and slider.safe is None
    assert METHODS["momentum"].formula in slider.toolTip()
    entry(window, GRADIENT).trigger()
    settled(qtbot, window)
    assert slider.edge is not None
    assert panel(window).alpha_marks.isVisible()


def test_the_button_beside_the_model_opens_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    button, menu = control(window).button, control(window).menu
    assert not button.icon().isNull()
    assert action(window, "method").shortcut().toString() in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert window.session.experiment.method == GRADIENT


def test_tab_goes_from_the_button_through_the_fields_of_the_method_to_alpha(qtbot: QtBot, window: MainWindow) -> None:
    entry(window, "mini-batch").trigger()
    rows = control(window).rows
    control(window).button.setFocus(Qt.FocusReason.TabFocusReason)
    visited = []
    for _ in range(4):
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClick(at, Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    assert visited == [rows.box, rows.batch_size, rows.seed, panel(window).alpha]
