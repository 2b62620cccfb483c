"""The data table: every example as a row, to be sorted, selected, edited and erased with mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.samples import make_sample
from core.trainer import Status
from gui.data_table.dock import DataTable
from gui.main_window import MainWindow
from gui.text import cost_text
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LEFT, LONG_MS, PLAIN, SHIFT, action, iterated, key, message, plane, settled, stepped, train_to_the_end

X1, X2, Y, P, LOSS, SET = range(6)
MANY = 100_000


def opened(window: MainWindow) -> DataTable:
    """The table, opened by its key."""
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL)
    table = window.stage.table
    assert table is not None
    assert table.isVisible()
    return table


@pytest.fixture
def table(window: MainWindow) -> DataTable:
    """The table over the course's six points."""
    return opened(window)


def many(m: int = MANY, split: bool = False) -> Dataset:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(m, 2))
    test = rng.random(m) < 0.25 if split else None
    return Dataset(X, (X[:, 0] + rng.logistic(size=m) > 0).astype(float), source=Source("Many"), test=test)


def cell(table: DataTable, row: int, column: int = X1) -> QPoint:
    """The middle of a cell on the viewport."""
    index = table.model.index(row, column)
    table.view.scrollTo(index)
    rect: QRect = table.view.visualRect(index)
    assert table.view.viewport().rect().contains(rect.center())
    return rect.center()


def click_row(table: DataTable, row: int, keys: Qt.KeyboardModifier = PLAIN, column: int = X1) -> None:
    QTest.mouseClick(table.view.viewport(), LEFT, keys, cell(table, row, column))


def double_click(table: DataTable, row: int, column: int) -> None:
    at = cell(table, row, column)
    for act in (QTest.mouseClick, QTest.mouseDClick):
        act(table.view.viewport(), LEFT, PLAIN, at)


def click_title(table: DataTable, column: int) -> None:
    titles = table.view.titles
    at = QPoint(titles.sectionViewportPosition(column) + titles.sectionSize(column) // 2, titles.height() // 2)
    QTest.mouseClick(titles.viewport(), LEFT, PLAIN, at)


def press(table: DataTable, code: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key in the table or in the editor that is open in it."""
    focus = QApplication.focusWidget()
    assert focus is not None
    assert table.isAncestorOf(focus), f"the focus is on {focus}"
    QTest.keyClick(focus, code, keys)


def commit(qtbot: QtBot, table: DataTable) -> None:
    """Enter in an editor, and what Qt puts off until the event loop."""
    press(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not table.view.editing)


def type_text(table: DataTable, text: str) -> None:
    for letter in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, letter)


def text(table: DataTable, row: int, column: int) -> str:
    shown = table.model.index(row, column).data()
    assert isinstance(shown, str)
    return shown


def column_of(table: DataTable, column: int) -> list[str]:
    return [text(table, row, column) for row in range(table.model.rowCount())]


def numbers(table: DataTable) -> list[str]:
    """The row numbers from top to bottom."""
    return [table.model.headerData(row, Qt.Orientation.Vertical) for row in range(table.model.rowCount())]


def selected(table: DataTable) -> list[int]:
    rows: list[int] = table.session.selection.rows.tolist()
    return rows


# Showing.


def test_the_table_is_hidden_until_its_key_is_pressed_and_goes_with_the_same_key(qtbot: QtBot, window: MainWindow) -> None:
    assert window.stage.table is None
    before = plane(window).size()
    table = opened(window)
    assert action(window, "data table").isChecked()
    assert plane(window).height() < before.height()
    key(qtbot, window, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: plane(window).size() == before)
    assert not table.isVisible()


def test_the_close_button_closes_it_and_the_command_knows(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    qtbot.mouseClick(table.bar.close_button, LEFT)
    assert not table.isVisible()
    assert not action(window, "data table").isChecked()
    action(window, "data table").trigger()
    assert table.isVisible()


def test_the_rows_show_the_examples_their_probabilities_and_losses(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    frame = stepped(qtbot, window.session, 50)
    dataset = window.session.experiment.dataset
    f, losses = frame.predict(dataset.X), frame.losses(dataset.X, dataset.y)
    assert column_of(table, X1) == ["0.5", "1", "1.5", "3", "2", "1"]
    assert column_of(table, Y) == ["y = 0"] * 3 + ["y = 1"] * 3
    assert column_of(table, P) == [f"{value:.4f}" for value in f]
    assert column_of(table, LOSS) == [cost_text(value) for value in losses]
    assert numbers(table) == ["1", "2", "3", "4", "5", "6"]


def test_the_titles_are_the_names_of_the_data_and_follow_the_model(window: MainWindow, table: DataTable) -> None:
    session = window.session

    def titles() -> list[str]:
        return [table.model.headerData(column, Qt.Orientation.Horizontal) for column in range(table.model.columnCount())]

    assert titles() == ["x₁", "x₂", "y", "P(y = 1)", "loss"]
    session.edit("Names", dataset=session.experiment.dataset.renamed(features=("size", "age"), classes=("good", "bad")))
    session.edit("Model", model="linear")
    assert titles() == ["size", "age", "y", "f", "loss"]
    assert set(column_of(table, Y)) == {"good", "bad"}


def test_a_column_tells_train_from_test_only_when_examples_are_kept_back(window: MainWindow, table: DataTable) -> None:
    session = window.session
    assert table.model.columnCount() == 5
    session.edit("Split", dataset=many(20, split=True))
    test = session.experiment.dataset.test
    assert test is not None
    assert column_of(table, SET) == ["test" if kept_back else "train" for kept_back in test]
    session.undo_stack.undo()
    assert table.model.columnCount() == 5


def test_while_it_trains_the_numbers_move_and_at_the_end_they_are_those_of_the_end(
    qtbot: QtBot, window: MainWindow, table: DataTable
) -> None:
    before = column_of(table, P)
    window.session.play()
    qtbot.waitUntil(lambda: column_of(table, P) != before, timeout=LONG_MS)
    train_to_the_end(qtbot, window)
    f = window.session.frame_now.predict(window.session.experiment.dataset.X)
    assert column_of(table, P) == [f"{value:.4f}" for value in f]
    window.session.seek(0)
    assert column_of(table, P) == before


def test_while_it_is_hidden_it_follows_nothing_and_shown_again_it_shows_that_moment(
    qtbot: QtBot, window: MainWindow, table: DataTable
) -> None:
    qtbot.mouseClick(table.bar.close_button, LEFT)
    window.session.edit("Other", dataset=many(30))
    stepped(qtbot, window.session, 20)
    assert table.model.rowCount() == 6
    action(window, "data table").trigger()
    assert table.model.rowCount() == 30
    f = window.session.frame_now.predict(window.session.experiment.dataset.X[:1])
    assert text(table, 0, P) == f"{f[0]:.4f}"


def test_an_empty_table_says_how_examples_come(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    full = table.view.grab().toImage()
    window.opening.new_dataset()
    assert table.model.rowCount() == 0
    assert table.view.grab().toImage() != full
    for code in (Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_F3, Qt.Key.Key_A):
        qtbot.keyClick(table.view, code)
    table.view.selectAll()
    assert selected(table) == []
    window.session.edit("Click", dataset=window.session.experiment.dataset.with_point((1.0, 2.0), 1))
    assert column_of(table, X2) == ["2"]


def test_where_the_model_has_left_the_numbers_there_is_a_dash(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    window.session.edit("Linear", model="linear", alpha=100.0)
    train_to_the_end(qtbot, window)
    assert window.session.status is Status.DIVERGED
    assert not {shown for shown in (*column_of(table, P), *column_of(table, LOSS)) if "nan" in shown or "inf" in shown}
    assert table.view.grab().toImage().width() > 0


# Sorting.


def test_a_click_on_a_title_sorts_up_then_down_then_as_in_the_file(table: DataTable) -> None:
    click_title(table, X1)
    assert column_of(table, X1) == ["0.5", "1", "1", "1.5", "2", "3"]
    assert numbers(table) == ["1", "2", "6", "3", "5", "4"]
    click_title(table, X1)
    assert column_of(table, X1) == ["3", "2", "1.5", "1", "1", "0.5"]
    assert numbers(table) == ["4", "5", "3", "2", "6", "1"]
    click_title(table, X1)
    assert numbers(table) == ["1", "2", "3", "4", "5", "6"]


def test_f3_sorts_by_the_column_of_the_current_cell(table: DataTable) -> None:
    click_row(table, 0, column=X2)
    rising = sorted(column_of(table, X2), key=float)
    for expected in (rising, rising[::-1]):
        press(table, Qt.Key.Key_F3)
        assert column_of(table, X2) == expected
    press(table, Qt.Key.Key_F3)
    assert numbers(table) == ["1", "2", "3", "4", "5", "6"]


def test_sorted_by_loss_no_row_jumps_while_it_trains_and_at_rest_the_order_is_right_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "1")
    table, session = opened(window), window.session
    stepped(qtbot, session, 3)
    click_title(table, LOSS)
    order = numbers(table)
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, window, 300)
    assert numbers(table) == order
    session.pause()
    settled(qtbot, window)

    def right() -> bool:
        dataset = session.experiment.dataset
        losses = session.frame_now.losses(dataset.X, dataset.y)
        return numbers(table) == [str(i + 1) for i in np.argsort(losses, kind="stable")]

    qtbot.waitUntil(right)
    assert numbers(table) != order


def test_a_sorted_table_stays_sorted_when_examples_come_and_go(window: MainWindow, table: DataTable) -> None:
    click_title(table, X1)
    session = window.session
    session.edit("Click", dataset=session.experiment.dataset.with_point((1.2, 0.0), 1))
    assert column_of(table, X1) == ["0.5", "1", "1", "1.2", "1.5", "2", "3"]
    session.undo_stack.undo()
    assert column_of(table, X1) == ["0.5", "1", "1", "1.5", "2", "3"]
    session.edit("Other", dataset=make_sample("blobs"))
    assert numbers(table)[:3] == ["1", "2", "3"]
    assert table.view.titles.sortIndicatorSection() == -1


def test_many_rows_are_sorted_in_the_background_and_the_current_cell_stays_on_its_example(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=many())
    settled(qtbot, window)
    table = opened(window)
    click_row(table, 2)
    click_title(table, P)
    assert numbers_at(table, 0, 3) == ["1", "2", "3"], "it was sorted in the thread of the window"
    qtbot.waitUntil(lambda: not window.session.computing, timeout=LONG_MS)
    qtbot.waitUntil(lambda: table.model.order is not None)
    f = window.session.frame_now.predict(window.session.experiment.dataset.X)
    assert numbers_at(table, 0, 3) == [f"{i + 1:,}" for i in np.argsort(f, kind="stable")[:3]]
    assert table.model.example(table.view.currentIndex().row()) == 2
    assert table.view.verticalScrollBar().value() == 0


def numbers_at(table: DataTable, first: int, last: int) -> list[str]:
    return [table.model.headerData(row, Qt.Orientation.Vertical) for row in range(first, last)]


# Selecting.


def test_clicks_with_and_without_shift_and_ctrl_select_examples(table: DataTable) -> None:
    click_row(table, 1)
    assert selected(table) == [1]
    click_row(table, 4, SHIFT)
    assert selected(table) == [1, 2, 3, 4]
    click_row(table, 2, CONTROL)
    assert selected(table) == [1, 3, 4]
    click_row(table, 0, CONTROL)
    assert selected(table) == [0, 1, 3, 4]
    click_row(table, 3)
    assert selected(table) == [3]
    press(table, Qt.Key.Key_Escape)
    assert selected(table) == []


def test_a_drag_selects_what_it_passes_also_over_the_row_numbers(qtbot: QtBot, table: DataTable) -> None:
    for viewport, x in ((table.view.viewport(), 60), (table.view.numbers.viewport(), 10)):
        table.session.selection.clear()
        rows = [QPoint(x, cell(table, row).y()) for row in (1, 2, 3)]
        qtbot.mousePress(viewport, LEFT, PLAIN, rows[0])
        for at in rows[1:]:
            qtbot.mouseMove(viewport, at)
        assert selected(table) == [1, 2, 3]
        qtbot.mouseMove(viewport, rows[1])
        qtbot.mouseRelease(viewport, LEFT, PLAIN, rows[1])
        assert selected(table) == [1, 2]


def test_a_click_on_a_row_number_selects_the_row_and_ctrl_takes_it_away(qtbot: QtBot, table: DataTable) -> None:
    numbers_view = table.view.numbers.viewport()
    at = QPoint(10, cell(table, 3).y())
    qtbot.mouseClick(numbers_view, LEFT, PLAIN, at)
    assert selected(table) == [3]
    qtbot.mouseClick(numbers_view, LEFT, CONTROL, at)
    assert selected(table) == []


def test_the_arrows_walk_the_rows_and_shift_selects_and_none_of_them_steps_the_run(
    qtbot: QtBot, window: MainWindow, table: DataTable
) -> None:
    stepped(qtbot, window.session, 5)
    click_row(table, 0)
    for code in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        press(table, code)
    assert selected(table) == [2]
    press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Down, SHIFT)
    assert selected(table) == [2, 3, 4]
    press(table, Qt.Key.Key_Home)
    press(table, Qt.Key.Key_End)
    press(table, Qt.Key.Key_A, CONTROL)
    assert selected(table) == [0, 1, 2, 3, 4, 5]
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 5


def test_space_plays_while_the_table_has_the_focus(qtbot: QtBot, window: MainWindow, table: DataTable) -> None:
    click_row(table, 0, column=P)
    press(table, Qt.Key.Key_Space)
    assert window.session.training
    click_row(table, 0, column=X1)
    press(table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.session.training)
    assert not table.view.editing


def test_what_is_selected_elsewhere_is_shown_and_a_single_example_is_scrolled_to(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=many())
    settled(qtbot, window)
    table = opened(window)
    before = table.view.grab().toImage()
    window.session.selection.select([77_777])
    first, last = table.view.seen_rows()
    assert first <= 77_777 <= last
    assert table.view.grab().toImage() != before
    assert table.view.currentIndex().row() == 77_777
    window.session.selection.select(np.arange(0, MANY, 2))
    assert "50,000 of 100,000" in table.bar.count.text()
    assert table.view.seen_rows() == (first, last)


def test_in_a_sorted_table_rows_and_examples_still_mean_each_other(table: DataTable) -> None:
    click_title(table, X1)
    click_row(table, 2)
    click_row(table, 3, SHIFT)
    assert selected(table) == [2, 5]
    table.session.selection.select([3])
    assert table.view.currentIndex().row() == 5


def test_a_hundred_thousand_rows_are_selected_by_one_key_and_taken_apart_by_ctrl(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=many())
    settled(qtbot, window)
    table = opened(window)
    changes: list[int] = []
    window.session.selection.changed.connect(lambda: changes.append(len(window.session.selection)))
    click_row(table, 0)
    press(table, Qt.Key.Key_A, CONTROL)
    click_row(table, 3, CONTROL)
    assert changes == [1, MANY, MANY - 1]
    assert 3 not in selected(table)


def test_the_selection_ends_with_undo_as_the_numbers_stand_for_other_examples_then(window: MainWindow, table: DataTable) -> None:
    session = window.session
    session.edit_points("Add", session.experiment.dataset.with_point((0.0, 0.0), 1), selected=[6])
    assert "1 of 7" in table.bar.count.text()
    session.undo_stack.undo()
    assert table.bar.count.text().startswith("6")


# Editing.


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
    assert window.session.pointer.tool == "class 1"
    click_row(table, 0, column=X2)
    type_text(table, "1")
    assert window.session.pointer.tool == "class 1"
    assert table.view.editing


@pytest.mark.parametrize("typed", ["abc", "1,5", "1e999", "nan", ""])
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
    assert window.session.pointer.tool == "class 0", "the letter was taken for a command"


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


# Its place.


def test_the_table_floats_and_comes_back_and_says_which_its_button_does(qtbot: QtBot, table: DataTable) -> None:
    button = table.bar.float_button
    name = button.accessibleName()
    qtbot.mouseClick(button, LEFT)
    assert table.isFloating()
    assert button.accessibleName() != name
    qtbot.mouseClick(button, LEFT)
    assert not table.isFloating()
    assert button.accessibleName() == name


@pytest.mark.parametrize("floating", [False, True])
def test_the_next_window_has_the_table_where_it_was(qtbot: QtBot, make_window: MakeWindow, floating: bool) -> None:
    window = make_window(size=(1800, 900))
    table = opened(window)
    window.stage.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, table)
    table.setFloating(floating)
    window.close()
    again = make_window(size=(1800, 900)).stage
    assert again.table is not None
    assert again.table.isVisible()
    assert again.table.isFloating() == floating
    assert again.dockWidgetArea(again.table) == Qt.DockWidgetArea.RightDockWidgetArea


def test_a_table_that_was_closed_stays_closed_and_costs_the_next_start_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    table = opened(window)
    qtbot.mouseClick(table.bar.close_button, LEFT)
    window.close()
    assert make_window().stage.table is None


def test_tab_leaves_the_table_for_what_comes_after_it(window: MainWindow, table: DataTable) -> None:
    assert table.view.hasFocus()
    press(table, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.transport.isAncestorOf(focus)
    QTest.keyClick(focus, Qt.Key.Key_Backtab, SHIFT)
    assert table.view.hasFocus()
