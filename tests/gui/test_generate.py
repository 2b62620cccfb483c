"""The dialog that draws a dataset: live on the plane, one undo step with OK, no trace of it with Cancel."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.generators import GENERATORS, generate
from gui.dialogs.generate import GenerateDialog
from gui.dialogs.live import LiveDialog
from gui.main_window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.gui.dialogs import drawn, gone, opened, press, slide, steps, type_in
from tests.gui.hands import CONTROL, PLAIN, choose, click, iterated, key, plane, settled, stepped, train_to_the_end, w_b


def dialog_of(qtbot: QtBot, window: MainWindow) -> GenerateDialog:
    dialog = opened(qtbot, window, "generate")
    assert isinstance(dialog, GenerateDialog)
    return dialog


def shown(window: MainWindow) -> list[list[float]]:
    return window.session.experiment.dataset.X.tolist()


def test_the_key_opens_it_and_the_plane_shows_the_first_dataset_at_once(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_G, CONTROL)
    qtbot.waitUntil(lambda: bool(window.findChildren(LiveDialog)))
    assert shown(window) == generate("clouds").X.tolist()
    (dialog,) = window.findChildren(LiveDialog)
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


def test_dragging_a_slider_changes_the_plane_live_and_the_whole_dialog_is_one_undo_step(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.experiment.dataset
    dialog = dialog_of(qtbot, window)
    pictures = plane(window).points.pictures_made
    slide(dialog, "overlap", 0.0)
    assert dialog.amounts.values["overlap"] < 0.03
    plane(window).area.grab()
    assert plane(window).points.pictures_made > pictures
    slide(dialog, "spread", 1.0)
    choose(qtbot, dialog.kind, "Moons")
    type_in(qtbot, dialog, "noise", "0.3")
    assert shown(window) == generate("moons", noise=0.3).X.tolist()
    assert steps(window.session) == ([], 0)
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert steps(window.session) == (["Generate Moons"], 1)
    window.session.undo_stack.undo()
    assert window.session.experiment.dataset is before
    window.session.undo_stack.redo()
    assert shown(window) == generate("moons", noise=0.3).X.tolist()


@pytest.mark.parametrize("how", ["button", "escape", "cross"])
def test_cancel_leaves_no_trace(qtbot: QtBot, window: MainWindow, how: str) -> None:
    session = window.session
    click(qtbot, plane(window).area, (2.5, 1.4))
    click(qtbot, plane(window).area, (2.6, 1.0))
    session.undo_stack.undo()
    stepped(qtbot, session, 100)
    session.seek(40)
    session.pointer.set_probe((1.0, 1.0))
    plane(window).area.view.setRange(xRange=(0.0, 1.5), padding=0)
    window.session.selection.select([2])
    before, stack, where = session.experiment, steps(session), plane(window).area.view.viewRange()
    trace, now = session.frame_now.trace, w_b(session.frame_now)
    dialog = dialog_of(qtbot, window)
    choose(qtbot, dialog.kind, "Ring")
    slide(dialog, "spread", 0.7)
    assert session.frame_now.iteration == 0
    if how == "button":
        press(qtbot, dialog.cancel)
    elif how == "escape":
        qtbot.keyClick(dialog.kind, Qt.Key.Key_Escape)
    else:
        dialog.close()
    gone(qtbot, window)
    settled(qtbot, session)
    assert session.experiment.dataset is before.dataset
    assert steps(session) == stack
    assert session.undo_stack.canRedo(), "the step that could be redone before"
    assert session.undo_stack.redoText() == "Add point"
    assert session.frame_now.iteration == 40
    assert session.frame_now.trace.last == trace.last
    np.testing.assert_allclose(session.frame_now.trace.J, trace.J, rtol=1e-14)
    assert session.frame_now.trace.marks == trace.marks
    assert w_b(session.frame_now) == now
    assert session.pointer.probe == (1.0, 1.0)
    assert session.selection.rows.tolist() == [2]
    assert plane(window).area.view.viewRange() == where
    session.undo_stack.redo()
    assert session.experiment.dataset.m == 8


def test_cancel_while_training_lets_the_run_go_on_from_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    session.edit("Long", iterations=100_000_000)
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, session, 50)
    dialog = dialog_of(qtbot, window)
    assert not session.training
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
    assert session.training
    assert session.experiment.dataset.m == 6
    at = session.frame_now.iteration
    assert at >= 50
    iterated(qtbot, session, at + 20)
    session.pause()
    settled(qtbot, session)


def test_ok_while_training_starts_again_with_the_new_examples_and_undo_brings_the_run_back(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    train_to_the_end(qtbot, session)
    before = session.frame_now.J
    dialog = dialog_of(qtbot, window)
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert session.frame_now.iteration == 0
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.iteration == 10_000
    restored = session.frame_now.J
    assert restored == pytest.approx(before, rel=1e-12)


def test_what_a_generator_does_not_use_is_hidden(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    for name, generator in GENERATORS.items():
        dialog.kind.setCurrentIndex(dialog.kind.findData(name))
        used = {parameter.key for parameter in generator.parameters()}
        for parameter, row in dialog.amounts.rows.items():
            assert row.field.isVisible() == row.label.isVisible() == (parameter in used), (name, parameter)
            assert row.slider.isVisible() == (parameter in used and parameter != "seed")
        assert shown(window) == generate(name, share=0.5, size=200).X.tolist()
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


def test_the_number_of_examples_and_the_balance_stay_with_another_kind(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    type_in(qtbot, dialog, "size", "1,000")
    type_in(qtbot, dialog, "share", "10 %")
    choose(qtbot, dialog.kind, "XOR")
    assert window.session.experiment.dataset.class_counts() == (900, 100)
    assert dialog.amounts.rows["share"].field.text() == "10 %"
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


def test_the_dice_draws_other_examples_and_shows_their_seed(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    before = shown(window)
    while dialog.amounts.values["seed"] == 1:
        qtbot.mouseClick(dialog.amounts.dice, Qt.MouseButton.LeftButton)
    seed = dialog.amounts.values["seed"]
    assert dialog.amounts.rows["seed"].field.text() == f"{seed:,}"
    assert shown(window) == generate("clouds", seed=seed).X.tolist() != before
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


@pytest.mark.parametrize(
    ("text", "words"), [("1", "Examples 1 is not possible"), ("many", "“many” is not a number"), ("200000", "100,000")]
)
def test_a_number_that_is_not_possible_is_said_and_ok_waits_for_another(qtbot: QtBot, window: MainWindow, text: str, words: str) -> None:
    dialog = dialog_of(qtbot, window)
    before = shown(window)
    type_in(qtbot, dialog, "size", text)
    assert words in dialog.message.text()
    assert dialog.message.isVisible()
    assert shown(window) == before
    press(qtbot, dialog.ok)
    assert dialog.isVisible()
    type_in(qtbot, dialog, "size", "50")
    assert not dialog.message.isVisible()
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert window.session.experiment.dataset.m == 50


def test_a_number_that_is_still_being_typed_counts_when_ok_is_pressed(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    field = dialog.amounts.rows["size"].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "34")
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert window.session.experiment.dataset.m == 34


def test_100000_examples_are_drawn_in_a_thread_and_ok_waits_for_them(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    type_in(qtbot, dialog, "size", "50000")
    assert dialog.drawing, "drawn in the thread of the window"
    assert window.session.experiment.dataset.m == 200
    type_in(qtbot, dialog, "size", "100000")
    press(qtbot, dialog.ok)
    assert dialog.isVisible()
    gone(qtbot, window)
    assert np.array_equal(window.session.experiment.dataset.X, generate("clouds", size=100_000).X)
    assert len(steps(window.session)[0]) == 1


def test_cancel_while_a_thread_draws_brings_nothing_later(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.experiment.dataset
    dialog = dialog_of(qtbot, window)
    type_in(qtbot, dialog, "size", "100000")
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
    settled(qtbot, window)
    assert window.session.experiment.dataset is before
    assert steps(window.session) == ([], 0)


def test_a_smaller_number_is_shown_though_a_larger_one_is_still_being_drawn(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    type_in(qtbot, dialog, "size", "100000")
    type_in(qtbot, dialog, "size", "300")
    assert not dialog.drawing
    drawn(qtbot, dialog)
    assert window.session.experiment.dataset.m == 300
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert window.session.experiment.dataset.m == 300


def test_an_edit_from_elsewhere_makes_the_preview_a_step_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    window.session.edit("Change learning rate", alpha=0.5)
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
    assert steps(window.session) == (["Generate Two clouds", "Change learning rate"], 2)
    window.session.undo_stack.undo()
    window.session.undo_stack.undo()
    assert window.session.experiment.dataset.m == 6


def test_keys_of_the_window_do_nothing_while_the_dialog_is_open(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Change learning rate", alpha=0.5)
    dialog = dialog_of(qtbot, window)
    shown_before = shown(window)
    slider = dialog.amounts.rows["spread"].slider
    slider.setFocus()
    for code, keys in ((Qt.Key.Key_Z, CONTROL), (Qt.Key.Key_Space, PLAIN), (Qt.Key.Key_N, CONTROL), (Qt.Key.Key_G, CONTROL)):
        qtbot.keyClick(slider, code, keys)
    assert shown(window) == shown_before
    assert not window.session.training
    assert steps(window.session) == (["Change learning rate"], 1)
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_dialog_leaves_the_plane_free_and_has_room_for_every_text(qtbot: QtBot, make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    dialog = dialog_of(qtbot, window)
    for index in range(dialog.kind.count()):
        dialog.kind.setCurrentIndex(index)
        for row in dialog.amounts.rows.values():
            if row.field.isVisible():
                assert row.label.width() >= row.label.sizeHint().width()
                assert row.field.height() >= row.field.sizeHint().height()
        left = dialog.mapToGlobal(dialog.rect().topLeft()).x()
        assert left >= plane(window).mapToGlobal(plane(window).rect().topRight()).x()
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


def test_every_control_of_the_dialog_has_a_name_and_a_tooltip_and_tab_begins_at_the_top(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    rows = dialog.amounts.rows
    controls = [dialog.kind, dialog.ok, dialog.cancel, dialog.amounts.dice, *(c for row in rows.values() for c in (row.slider, row.field))]
    assert all(control.accessibleName() and control.toolTip() for control in controls)
    assert dialog.focusWidget() is dialog.kind
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is rows["size"].slider
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
