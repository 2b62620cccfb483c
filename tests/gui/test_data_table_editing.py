"""Examples are edited and erased in the data table, with mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from gui.data_table.dock import DataTable
from gui.main_window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LEFT, SHIFT, iterated, message, settled
from tests.gui.table_hands import (
    LOSS,
    X1,
    X2,
    P,
    Y,
    cell,
    click_row,
    click_title,
    column_of,
    commit,
    double_click,
    opened,
    press,
    selected,
    text,
    type_text,
)


@pytest.fixture
def table(window: MainWindow) -> DataTable:
    """The table over the course's six points."""
    return opened(window)


@pytest.mark.parametrize("way", ["double click", "F2", "Enter", "typing"])
def test_a_number_is_edited_as_one_undo_step_and_the_selection_stays(qtbot: QtBot, window: MainWindow, table: DataTable, way: str) -> None:
    session = window.session
    click_row(table, 4)
    click_row(table, 1, SHIFT)
    chosen = selected(table)
    if way == "double click":
        at = cell(table, 1)
        QTest.mouseDClick(table.view.viewport(), LEFT, SHIFT, at)
    elif way != "typing":
        press(table, Qt.Key.Key_F2 if way == "F2" else Qt.Key.Key_Return)
    type_text(table, "-2.5")
    commit(qtbot, table)
    assert session.experiment.dataset.X[1].tolist() == [-2.5, 1.0]
    assert text(table, 1, X1) == "−2.5"
    assert selected(table) == chosen
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.experiment.dataset.X[1].tolist() == [1.0, 1.0]
    assert text(table, 1, X1) == "1"


def test_digits_and_the_minus_begin_a_number_in_the_table_and_are_commands_elsewhere(window: MainWindow, table: DataTable) -> None:
    click_row(table, 0, column=P)
    type_text(table, "2")
    assert window.session.pointer.label == 1
    click_row(table, 0, column=X2)
    type_text(table, "1")
    assert window.session.pointer.label == 1
    assert table.view.editing


@pytest.mark.parametrize("typed", ["abc", "1,5", "1e999", "1e-400", "nan", ""])
def test_what_is_no_number_is_said_in_one_sentence_and_the_cell_keeps_the_old_value(
    qtbot: QtBot, window: MainWindow, table: DataTable, typed: str
) -> None:
    double_click(table, 2, X2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    type_text(table, typed)
    commit(qtbot, table)
    assert message(window).startswith("x2 of example 3")
    assert text(table, 2, X2) == "0.5"
    assert window.session.undo_stack.count() == 0
    double_click(table, 2, X2)
    type_text(table, "7")
    commit(qtbot, table)
    assert message(window) == ""


def test_a_number_beyond_all_bounds_is_refused_by_the_data_itself(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    double_click(table, 0, X1)
    type_text(table, "1e200")
    commit(qtbot, table)
    assert "1e150" in message(window)
    assert text(table, 0, X1) == "0.5"


def test_escape_leaves_a_cell_as_it_was_and_space_belongs_to_the_editor(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    double_click(table, 0, X1)
    type_text(table, "9 ")
    assert not window.session.training
    press(table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not table.view.editing)
    assert text(table, 0, X1) == "0.5"
    assert window.session.undo_stack.count() == 0


def test_an_editor_that_is_only_looked_at_changes_nothing(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    window.session.edit("Long", dataset=window.session.experiment.dataset.with_moved(0, (1 / 3, 0.1)))
    count = window.session.undo_stack.count()
    double_click(table, 0, X1)
    commit(qtbot, table)
    assert window.session.undo_stack.count() == count
    assert window.session.experiment.dataset.X[0, 0] == 1 / 3


def test_the_class_is_chosen_from_a_list(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    double_click(table, 0, Y)
    box = table.view.findChild(QComboBox)
    assert box is not None
    qtbot.waitUntil(box.view().isVisible)
    assert [box.itemText(i) for i in range(box.count())] == ["y = 0", "y = 1"]
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert window.session.experiment.dataset.y[0] == 1
    assert text(table, 0, Y) == "y = 1"
    assert window.session.undo_stack.count() == 1
    qtbot.waitUntil(lambda: not table.view.editing)


@pytest.mark.parametrize("typed", ["1", "m"])
def test_the_class_is_chosen_by_its_number_or_the_first_letter_of_its_name(qtbot: QtBot, make_window: MakeWindow, typed: str) -> None:
    window = make_window("--sample", "tumors")
    table = opened(window)
    click_row(table, 0, column=Y)
    assert text(table, 0, Y) == "benign"
    type_text(table, typed)
    commit(qtbot, table)
    assert text(table, 0, Y) == "malignant"
    assert (window.session.pointer.tool, window.session.pointer.label) == ("point", 0), "the letter was taken for a command"


def test_probability_and_loss_cannot_be_edited(table: DataTable) -> None:
    for column in (P, LOSS):
        double_click(table, 0, column)
        assert not table.view.editing
        press(table, Qt.Key.Key_F2)
        assert not table.view.editing


def test_editing_goes_on_while_it_trains_and_no_row_changes_under_the_editor(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    session = window.session
    session.set_speed(60.0)
    click_title(table, P)
    session.play()
    iterated(qtbot, window, 5)
    row = 2
    example = table.model.example(row)
    double_click(table, row, X2)
    at = session.frame_now.iteration
    session.pause()
    settled(qtbot, window)
    type_text(table, "1.75")
    assert table.model.example(row) == example
    commit(qtbot, table)
    assert session.experiment.dataset.X[example, 1] == 1.75
    assert session.frame_now.iteration >= at, "w and b were not kept"


def test_delete_erases_the_selected_examples_as_one_step(window: MainWindow, table: DataTable) -> None:
    click_title(table, X1)
    click_row(table, 4)
    click_row(table, 5, SHIFT)
    press(table, Qt.Key.Key_Delete)
    assert column_of(table, X1) == ["0.5", "1", "1", "1.5"]
    assert selected(table) == []
    assert window.session.undo_stack.count() == 1
    press(table, Qt.Key.Key_Z, CONTROL)
    assert column_of(table, X1) == ["0.5", "1", "1", "1.5", "2", "3"]


def test_all_examples_can_be_erased_and_come_back(window: MainWindow, table: DataTable) -> None:
    click_row(table, 0)
    press(table, Qt.Key.Key_A, CONTROL)
    press(table, Qt.Key.Key_Delete)
    assert table.model.rowCount() == 0
    window.session.undo_stack.undo()
    assert table.model.rowCount() == 6
