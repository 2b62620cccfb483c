"""Noise, wrong labels and outliers from the menu: live on the plane, with the run kept, and without a trace after Cancel."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.generators import generate
from core.operations import OPERATIONS
from gui.dialogs.operation import OperationDialog
from gui.main_window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.gui.dialogs import drawn, gone, opened, press, slide, steps, type_in
from tests.gui.hands import CONTROL, SHIFT, action, choose, click, iterated, key, plane, settled, stepped, train_to_the_end, w_b

COMMANDS = {"add noise": "noise", "flip labels": "flip", "add outliers": "outliers", "split": "split"}
KEYS = {"add noise": Qt.Key.Key_N, "flip labels": Qt.Key.Key_F, "add outliers": Qt.Key.Key_X, "split": Qt.Key.Key_K}


def dialog_of(qtbot: QtBot, window: MainWindow, command: str) -> OperationDialog:
    dialog = opened(qtbot, window, command)
    assert isinstance(dialog, OperationDialog)
    return dialog


@pytest.mark.parametrize("command", COMMANDS)
def test_every_operation_has_a_key_and_shows_at_once_what_it_does(qtbot: QtBot, make_window: MakeWindow, command: str) -> None:
    window = make_window("--sample", "blobs")
    before = window.session.experiment.dataset
    key(qtbot, window, KEYS[command], CONTROL | SHIFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(OperationDialog)))
    (dialog,) = window.findChildren(OperationDialog)
    now, operation = window.session.experiment.dataset, OPERATIONS[COMMANDS[command]]
    values = {"label": 1.0} if operation.labelled else {}
    expected = operation.apply(before, {parameter.key: parameter.default for parameter in operation.parameters} | values)
    assert np.array_equal(now.X, expected.X)
    assert np.array_equal(now.y, expected.y)
    assert (now.test is None) == (expected.test is None)
    assert dialog.windowTitle() == operation.title
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert steps(window.session) == ([operation.title], 1)


@pytest.mark.parametrize("command", COMMANDS)
def test_cancel_leaves_run_and_undo_stack_as_they_were(qtbot: QtBot, make_window: MakeWindow, command: str) -> None:
    window = make_window("--sample", "blobs")
    session = window.session
    stepped(qtbot, session, 30)
    before, w, J = session.experiment.dataset, w_b(session.frame_now), session.frame_now.trace.J.copy()
    view = plane(window).area.view
    where = view.viewRange()
    dialog = dialog_of(qtbot, window, command)
    slide(dialog, next(iter(dialog.amounts.rows)), 0.9)
    assert session.experiment.dataset is not before
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
    settled(qtbot, session)
    assert session.experiment.dataset is before
    assert steps(session) == ([], 0)
    assert not session.undo_stack.canRedo()
    assert w_b(session.frame_now) == w
    np.testing.assert_allclose(session.frame_now.trace.J, J, rtol=1e-14)
    assert session.frame_now.trace.marks == ()
    assert view.viewRange() == where


@pytest.mark.parametrize("command", COMMANDS)
def test_the_run_goes_on_with_its_w_and_b_and_one_mark(qtbot: QtBot, make_window: MakeWindow, command: str) -> None:
    window = make_window("--sample", "blobs")
    session = window.session
    stepped(qtbot, session, 30)
    w = w_b(session.frame_now)
    dialog = dialog_of(qtbot, window, command)
    slide(dialog, next(iter(dialog.amounts.rows)), 0.8)
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    settled(qtbot, session)
    assert session.frame_now.iteration == 30
    assert w_b(session.frame_now) == w
    assert [mark.text for mark in session.frame_now.trace.marks] == [OPERATIONS[COMMANDS[command]].title]
    session.step(5)
    settled(qtbot, session)
    assert session.frame_now.iteration == 35
    session.undo_stack.undo()
    assert session.experiment.dataset.class_counts() == (100, 100)


def test_it_goes_on_training_while_the_dialog_is_open_and_after_cancel_from_where_it_was(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs", "--iterations", "100000000")
    session = window.session
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, session, 100)
    dialog = dialog_of(qtbot, window, "add outliers")
    began = session.frame_now.iteration
    iterated(qtbot, session, began + 100)
    assert session.training
    assert session.experiment.dataset.m == 210
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
    assert session.training
    assert session.experiment.dataset.m == 200
    assert session.frame_now.iteration <= began + 100, "what was trained with the outliers is gone"
    iterated(qtbot, session, began + 50)
    session.pause()
    settled(qtbot, session)
    assert session.frame_now.trace.marks == ()


def test_every_preview_begins_with_the_data_as_they_were(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs")
    before = window.session.experiment.dataset
    dialog = dialog_of(qtbot, window, "flip labels")
    for text, flipped in (("20 %", 40), ("5", 10), ("0", 0), ("100", 200)):
        type_in(qtbot, dialog, "share", text)
        assert np.count_nonzero(window.session.experiment.dataset.y != before.y) == flipped
    type_in(qtbot, dialog, "share", "0")
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert steps(window.session) == ([], 0), "nothing was changed"
    assert window.session.experiment.dataset is before


def test_outliers_have_the_class_that_is_chosen_and_are_in_view(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors")
    dialog = dialog_of(qtbot, window, "add outliers")
    assert [dialog.label.itemText(i) for i in range(2)] == ["benign", "malignant"]
    choose(qtbot, dialog.label, "benign")
    type_in(qtbot, dialog, "distance", "30")
    dataset = window.session.experiment.dataset
    assert dataset.class_counts() == (55, 45)
    (left, right), (bottom, top) = plane(window).area.view.viewRange()
    x1, x2 = dataset.X.T
    assert left < x1.min() < x1.max() < right
    assert bottom < x2.min() < x2.max() < top
    press(qtbot, dialog.ok)
    gone(qtbot, window)


@pytest.mark.parametrize(("text", "added"), [("12", 12), ("10 %", 9), ("0.1 %", 1), ("100%", 90)])
def test_outliers_are_a_number_or_a_share_of_the_examples(qtbot: QtBot, make_window: MakeWindow, text: str, added: int) -> None:
    window = make_window("--sample", "tumors")
    dialog = dialog_of(qtbot, window, "add outliers")
    type_in(qtbot, dialog, "count", text)
    assert window.session.experiment.dataset.m == 90 + added
    assert dialog.amounts.rows["count"].field.text() == str(added)
    type_in(qtbot, dialog, "count", "0 %")
    assert "Outliers 0 is not possible" in dialog.message.text()
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


def test_many_examples_are_changed_in_a_thread_and_the_newest_numbers_win(qtbot: QtBot, window: MainWindow) -> None:
    many = generate("clouds", size=60_000)
    window.session.edit("Many", dataset=many)
    dialog = dialog_of(qtbot, window, "add noise")
    for text in ("1", "2", "3"):
        type_in(qtbot, dialog, "sigma", text)
    assert dialog.drawing, "changed in the thread of the window"
    drawn(qtbot, dialog)
    moved = window.session.experiment.dataset.X - many.X
    assert moved.std(axis=0) == pytest.approx(3 * many.X.std(axis=0), rel=0.02)
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert steps(window.session) == (["Many", "Add noise"], 2)


def test_an_empty_plane_has_nothing_to_operate_on_until_there_is_an_example(qtbot: QtBot, window: MainWindow) -> None:
    window.opening.new_dataset()
    for command, code in KEYS.items():
        assert not action(window, command).isEnabled()
        key(qtbot, window, code, CONTROL | SHIFT)
    assert not window.findChildren(OperationDialog)
    click(qtbot, plane(window).area, (0.0, 0.0))
    for command in COMMANDS:
        press(qtbot, dialog_of(qtbot, window, command).cancel)
        gone(qtbot, window)
    assert window.session.experiment.dataset.m == 1


def test_terms_too_large_for_a_number_are_said_in_the_dialog_and_change_nothing(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    X = np.array([[1e50, 0.0], [0.0, 1e50], [-1e50, 0.0], [0.0, 1.0]])
    session.edit("Huge", dataset=window.session.experiment.dataset.with_points(X, [0, 1, 0, 1]), degree=6)
    before = session.experiment.dataset
    dialog = dialog_of(qtbot, window, "add outliers")
    type_in(qtbot, dialog, "distance", "100")
    assert "Degree 6" in dialog.message.text()
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
    assert session.experiment.dataset is before


def test_operations_are_in_the_data_menu(window: MainWindow) -> None:
    (menu,) = (menu for menu in window.findChildren(QMenu) if menu.title() == "&Data")
    named = [entry.text() for entry in menu.actions() if not entry.isSeparator()]
    assert named == ["Generate…", "Add noise…", "Flip labels…", "Add outliers…", "Train/test split…", "Rename…"]


def test_a_finished_run_goes_on_with_the_noisy_examples(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs", "--iterations", "200")
    train_to_the_end(qtbot, window)
    dialog = dialog_of(qtbot, window, "add noise")
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    settled(qtbot, window)
    window.session.play()
    assert window.session.experiment.iterations == 400
    window.session.pause()
    settled(qtbot, window)
