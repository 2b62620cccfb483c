"""The data table: every example as a row, to be sorted and selected, in a dock that is remembered."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.samples import make_sample
from core.trainer import Status
from gui.data_table.dock import DataTable
from gui.main_window import MainWindow
from gui.session import Session
from gui.text import cost_text
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LEFT, LONG_MS, PLAIN, SHIFT, action, iterated, key, plane, settled, stepped, train_to_the_end
from tests.gui.table_hands import (
    LOSS,
    MANY,
    SET,
    X1,
    X2,
    P,
    Y,
    cell,
    click_row,
    click_title,
    column_of,
    many,
    numbers,
    numbers_at,
    opened,
    press,
    selected,
    text,
)


@pytest.fixture
def table(window: MainWindow) -> DataTable:
    """The table over the course's six points."""
    return opened(window)


# Showing.


def test_the_table_is_hidden_until_its_key_is_pressed_and_goes_with_the_same_key(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workspace.stage.table is None
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


def test_numbers_in_any_order_and_more_than_once_are_a_selection(session: Session) -> None:
    selection = session.selection
    changes: list[list[int]] = []
    selection.changed.connect(lambda: changes.append(selection.rows.tolist()))
    for rows in ([5, 1, 1, 3], [1, 3, 5], [], [4]):
        selection.select(rows)
    assert changes == [[1, 3, 5], [], [4]]
    assert 4 in selection
    assert 5 not in selection


def test_the_selection_ends_with_undo_as_the_numbers_stand_for_other_examples_then(window: MainWindow, table: DataTable) -> None:
    session = window.session
    session.edit_points("Add", session.experiment.dataset.with_point((0.0, 0.0), 1), selected=[6])
    assert "1 of 7" in table.bar.count.text()
    session.undo_stack.undo()
    assert table.bar.count.text().startswith("6")


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
    window.workspace.stage.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, table)
    table.setFloating(floating)
    window.close()
    again = make_window(size=(1800, 900)).workspace.stage
    assert again.table is not None
    assert again.table.isVisible()
    assert again.table.isFloating() == floating
    assert again.dockWidgetArea(again.table) == Qt.DockWidgetArea.RightDockWidgetArea


def test_a_table_that_was_closed_stays_closed_and_costs_the_next_start_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    table = opened(window)
    qtbot.mouseClick(table.bar.close_button, LEFT)
    window.close()
    assert make_window().workspace.stage.table is None


def test_tab_leaves_the_table_for_what_comes_after_it(window: MainWindow, table: DataTable) -> None:
    assert table.view.hasFocus()
    press(table, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.transport.isAncestorOf(focus)
    QTest.keyClick(focus, Qt.Key.Key_Backtab, SHIFT)
    assert table.view.hasFocus()
