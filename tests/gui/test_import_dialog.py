"""The import dialog: it asks only what must be decided, shows what comes of it, and changes nothing until Open is pressed."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.table import Table, read_table
from gui.app import create_window
from gui.dialogs.import_table import ImportDialog
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LEFT, LONG_MS, action, choose, choose_directly, key, loaded, message

CLEAN = "height,weight,group\n1.5,50,cat\n1.6,55,cat\n1.9,80,dog\n1.8,90,dog\n"
THREE = "id,size,age,kind\n" + "".join(f"{k},{k * 0.5 + 1},{k % 7},{('ant', 'bee', 'cow')[k % 3]}\n" for k in range(30))
RAGGED = "height,weight,group\n1.5,50,cat\n1.6,cat\n1.9,80,dog,x\n1.8,90,dog\n1.6,55,cat\n"
TEXT = "height,weight,group\n1.5,50,cat\n1.6,heavy,cat\n1.9,80,dog\n1.8,90,dog\n"
MISSING = "height,weight,group\n1.5,50,cat\n1.6,,cat\n1.9,80,dog\n1.8,NA,dog\n1.7,66,dog\n"

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(text: str, name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return make


def dialog_of(qtbot: QtBot, window: MainWindow) -> ImportDialog:
    """The dialog, once it is there and has counted."""
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None, timeout=LONG_MS)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    counted(qtbot, dialog)
    return dialog


def counted(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog._counting and not dialog._loader.active, timeout=LONG_MS)


def asked(qtbot: QtBot, window: MainWindow, path: Path) -> ImportDialog:
    window.opening.open_file(str(path))
    return dialog_of(qtbot, window)


def closed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [], timeout=LONG_MS)
    loaded(qtbot, window)


def open_it(qtbot: QtBot, window: MainWindow, dialog: ImportDialog) -> Any:
    qtbot.mouseClick(dialog.open_button, LEFT)
    closed(qtbot, window)
    return window.session.experiment.dataset


def texts(box: QComboBox) -> list[str]:
    return [box.itemText(k) for k in range(box.count())]


def shown(dialog: ImportDialog) -> str:
    """All that the card of the rows says."""
    return "\n".join(label.text() for label in dialog.rows.findChildren(QLabel) if label.isVisible())


# When it comes.


def test_a_clean_file_with_two_features_opens_without_it(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    window.opening.open_file(str(write(CLEAN)))
    loaded(qtbot, window)
    assert window.session.experiment.dataset.feature_names == ("height", "weight")
    assert window.findChild(QDialog) is None


def test_named_columns_are_opened_without_it(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    window.opening.open_file(str(write("a,b,c,y\n1,2,3,0\n4,5,7,1\n2,2,2,0\n")), x1="c", x2="a", label="y")
    loaded(qtbot, window)
    assert window.session.experiment.dataset.feature_names == ("c", "a")
    assert window.findChild(QDialog) is None


@pytest.mark.parametrize(
    "text", [THREE, RAGGED, TEXT, "a,b,c,y\n1,2,3,0\n4,5,7,1\n2,2,2,0\n"], ids=["classes", "ragged", "text", "features"]
)
def test_it_comes_where_there_is_something_to_decide_and_the_old_data_stays(
    qtbot: QtBot, window: MainWindow, write: Write, text: str
) -> None:
    before = window.session.experiment
    dialog = asked(qtbot, window, write(text))
    assert dialog.isVisible()
    assert window.session.experiment is before
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    closed(qtbot, window)
    assert window.session.experiment is before
    assert window.session.undo_stack.count() == 0
    assert window.settings.recent == []


def test_a_file_that_no_decision_helps_is_one_sentence_without_it(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    window.opening.open_file(str(write("a,b,c\nx,y,z\nu,v,w\n")))
    loaded(qtbot, window)
    assert window.findChild(QDialog) is None
    assert message(window).startswith("data.csv")


# What it shows and what comes of it.


def test_columns_are_suggested_marked_in_the_preview_and_opened_by_enter(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write(THREE))
    columns = dialog.columns
    assert (columns.x1.currentText(), columns.x2.currentText(), columns.label.currentText()) == ("size", "age", "kind")
    assert "id" in texts(columns.x1), "offered, but not preselected"
    assert "kind" not in texts(columns.x1), "no column of numbers"
    model = dialog.preview.model
    heads = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    assert heads == ["id", "x₁  size", "x₂  age", "y  kind"]
    assert [model.data(model.index(0, k)) for k in range(4)] == ["0", "1.0", "0", "ant"]
    background = Qt.ItemDataRole.BackgroundRole
    assert [model.data(model.index(0, k), background) is not None for k in range(4)] == [False, True, True, True]
    assert dialog.rows.count.text() == "Usable: 30 of 30 rows"
    qtbot.keyClick(columns.x1, Qt.Key.Key_Return)
    closed(qtbot, window)
    dataset = window.session.experiment.dataset
    assert dataset.feature_names == ("size", "age")
    assert window.session.undo_stack.undoText() == "Open data.csv"
    assert [Path(path).name for path in window.settings.recent] == ["data.csv"]
    window.activateWindow()  # a window manager does so when a dialog closes
    qtbot.waitUntil(window.isActiveWindow)
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment.dataset.m == 6


def test_one_class_against_the_rest(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write(THREE))
    assert texts(dialog.columns.one) == ["ant", "bee", "cow"]
    choose(qtbot, dialog.columns.one, "bee")
    counted(qtbot, dialog)
    assert texts(dialog.columns.zero) == ["All others", "ant", "cow"]
    dataset = open_it(qtbot, window, dialog)
    assert dataset.class_names[1] == "bee"
    assert dataset.class_counts() == (20, 10)


def test_two_of_three_classes_are_kept_and_the_count_says_so(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write(THREE))
    choose(qtbot, dialog.columns.one, "ant")
    choose(qtbot, dialog.columns.zero, "cow")
    counted(qtbot, dialog)
    assert dialog.rows.count.text() == "Usable: 20 of 30 rows"
    marker = Qt.ItemDataRole.DecorationRole
    model = dialog.preview.model
    assert [model.data(model.index(row, 3), marker) is not None for row in range(3)] == [True, False, True]
    dataset = open_it(qtbot, window, dialog)
    assert dataset.class_names == ("cow", "ant")
    assert dataset.class_counts() == (10, 10)


def test_which_of_two_values_is_1_can_be_chosen(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write("a,b,c,kind\n1,2,3,no\n4,5,7,yes\n2,2,2,no\n"))
    assert dialog.columns.one.currentText() == "yes"
    choose(qtbot, dialog.columns.one, "no")
    counted(qtbot, dialog)
    dataset = open_it(qtbot, window, dialog)
    assert (dataset.class_names, dataset.y.tolist()) == (("yes", "no"), [1, 0, 1])


def test_choosing_the_column_of_another_role_changes_the_two(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write(THREE))
    choose(qtbot, dialog.columns.x1, "age")
    counted(qtbot, dialog)
    assert (dialog.columns.x1.currentText(), dialog.columns.x2.currentText()) == ("age", "size")
    dataset = open_it(qtbot, window, dialog)
    assert dataset.feature_names == ("age", "size")


def test_another_label_offers_its_own_classes(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write("a,b,c,kind,sex\n1,2,3,x,f\n4,5,7,y,m\n2,2,2,z,f\n"))
    choose(qtbot, dialog.columns.label, "kind")
    assert texts(dialog.columns.one) == ["x", "y", "z"]
    choose(qtbot, dialog.columns.label, "sex")
    assert texts(dialog.columns.one) == ["f", "m"]
    counted(qtbot, dialog)
    assert open_it(qtbot, window, dialog).class_names == ("f", "m")


# Problems.


def test_rows_that_cannot_be_split_are_left_out_only_when_the_user_says_so(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write(RAGGED))
    assert "data.csv, line 3" in shown(dialog)
    assert dialog.rows.count.text() == "Usable: 3 of 5 rows"
    assert not dialog.open_button.isEnabled()
    assert "cannot be split" in dialog.reason.text() and dialog.open_button.toolTip() == dialog.reason.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter opens nothing that cannot be opened"
    qtbot.keyClick(dialog.rows.skip_rows, Qt.Key.Key_Space)
    counted(qtbot, dialog)
    assert dialog.reason.text() == ""
    dataset = open_it(qtbot, window, dialog)
    assert dataset.X.tolist() == [[1.5, 50], [1.8, 90], [1.6, 55]]
    assert "left out" in message(window)


def test_cells_that_are_no_numbers_are_left_out_only_when_the_user_says_so(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write(TEXT))
    assert "data.csv, line 3, column weight" in shown(dialog)
    assert message(window).startswith("data.csv, line 3, column weight"), "it stays when the dialog is cancelled"
    assert not dialog.open_button.isEnabled()
    qtbot.keyClick(dialog.rows.skip_cells, Qt.Key.Key_Space)
    counted(qtbot, dialog)
    assert dialog.rows.count.text() == "Usable: 3 of 4 rows"
    dataset = open_it(qtbot, window, dialog)
    assert dataset.X.tolist() == [[1.5, 50], [1.9, 80], [1.8, 90]]
    assert "left out" in message(window)
    assert "1 of 4" in message(window)


def test_missing_cells_are_counted_and_said_once_after_opening(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    window.opening.open_file(str(write(MISSING)))
    dialog = dialog_of(qtbot, window)
    assert dialog.rows.count.text() == "Usable: 3 of 5 rows"
    assert "line 3" in shown(dialog)
    assert dialog.open_button.isEnabled()
    dataset = open_it(qtbot, window, dialog)
    assert dataset.m == 3
    assert "2 of 5" in message(window)
    window.session.edit("Change learning rate", alpha=0.3)
    assert message(window) == ""
    assert "2 of 5" in window.panels["data"].name.toolTip(), "it can be looked up later"


def test_a_choice_without_any_usable_row_cannot_be_opened(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write("a,b,c,y\n1,2,,0\n4,5,3,\n2,,2,1\n3,5,,1\n9,,7,0\n"))
    choose_directly(dialog.columns.x1, "b")
    choose_directly(dialog.columns.x2, "c")
    counted(qtbot, dialog)
    assert dialog.rows.count.text() == "Usable: 0 of 5 rows"
    assert not dialog.open_button.isEnabled()
    assert dialog.reason.text().startswith("No row can be used")


# Reading again.


def test_another_delimiter_reads_the_file_again(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write("a,b,c,y|z|k\n1,2,3,4|5|0\n5,6,7,8|9|1\n2,3,1,1|1|0\n"))
    choose(qtbot, dialog.format.delimiter, "Comma" if dialog.format.delimiter.currentText() == "Vertical bar" else "Vertical bar")
    counted(qtbot, dialog)
    width = dialog.preview.model.columnCount()
    choose(qtbot, dialog.format.delimiter, "Comma" if dialog.format.delimiter.currentText() == "Vertical bar" else "Vertical bar")
    counted(qtbot, dialog)
    assert {width, dialog.preview.model.columnCount()} == {3, 4}


def test_the_first_row_can_be_an_example_or_the_header(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write("5.1,3.5,a\n4.9,3.0,a\n6.1,2.9,b\n"))
    assert dialog.format.first_row.currentText() == "Is an example"
    assert dialog.preview.model.rowCount() == 3
    assert "column 1" in shown(dialog), "it is said how the columns are named"
    choose(qtbot, dialog.format.first_row, "Names the columns")
    counted(qtbot, dialog)
    assert dialog.preview.model.rowCount() == 2
    assert dialog.columns.x1.currentText() == "5.1"
    choose(qtbot, dialog.format.first_row, "Is an example")
    counted(qtbot, dialog)
    assert open_it(qtbot, window, dialog).m == 3


def test_a_delimiter_that_does_not_fit_says_why_and_the_way_back_is_open(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    before = window.session.experiment
    dialog = asked(qtbot, window, write(THREE))
    choose(qtbot, dialog.format.delimiter, "Tab")
    counted(qtbot, dialog)
    assert not dialog.open_button.isEnabled()
    assert dialog.reason.text().startswith("data.csv")
    choose(qtbot, dialog.format.delimiter, "Comma")
    counted(qtbot, dialog)
    assert dialog.open_button.isEnabled()
    assert dialog.rows.count.text() == "Usable: 30 of 30 rows"
    assert window.session.experiment is before


def test_the_newest_request_wins_and_the_window_lives_while_it_reads(
    qtbot: QtBot, window: MainWindow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(qtbot, window, write(THREE))
    go_on = threading.Event()

    def slowly(path: str, progress: Callable[[float], None], *more: Any) -> Table:
        while not go_on.wait(0.002):
            progress(0.3)
        return read_table(path, progress, *more)

    monkeypatch.setattr("core.table.read_table", slowly)
    choose(qtbot, dialog.format.first_row, "Is an example")
    assert not dialog.open_button.isEnabled()
    assert "read again" in dialog.reason.text()
    choose(qtbot, dialog.format.first_row, "Names the columns")
    go_on.set()
    counted(qtbot, dialog)
    assert dialog.preview.model.headerData(1, Qt.Orientation.Horizontal) == "x₁  size"
    assert dialog.open_button.isEnabled()


def test_escape_while_it_reads_again_ends_the_reading(
    qtbot: QtBot, window: MainWindow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = window.session.experiment
    dialog = asked(qtbot, window, write(THREE))
    cancelled = threading.Event()

    def for_ever(_path: str, progress: Callable[[float], None], *_more: Any) -> Table:
        try:
            while True:
                progress(0.3)
                threading.Event().wait(0.002)
        finally:
            cancelled.set()

    monkeypatch.setattr("core.table.read_table", for_ever)
    choose(qtbot, dialog.format.first_row, "Is an example")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    closed(qtbot, window)
    qtbot.waitUntil(cancelled.is_set)
    assert window.session.experiment is before


def test_enter_pressed_while_it_counts_opens_as_soon_as_it_can(
    qtbot: QtBot, window: MainWindow, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(qtbot, window, write(THREE))
    may_count = threading.Event()
    count = Table.usable

    def slowly(*given: Any, **more: Any) -> Any:
        may_count.wait()
        return count(*given, **more)

    monkeypatch.setattr(Table, "usable", slowly)
    choose(qtbot, dialog.columns.one, "ant")
    qtbot.keyClick(dialog.columns.one, Qt.Key.Key_Return)
    assert dialog.isVisible()
    may_count.set()
    closed(qtbot, window)
    assert window.session.experiment.dataset.class_names[1] == "ant"


# On the command line and from the data panel.


def test_on_the_command_line_a_suggestion_that_works_is_shown_at_once(make_window: MakeWindow, write: Write) -> None:
    window = make_window(str(write("a,b,c,y\n1,2,3,0\n4,5,7,1\n2,2,2,0\n")))
    assert window.session.experiment.dataset.feature_names == ("a", "b")
    assert window.findChild(QDialog) is None


def test_on_the_command_line_what_was_left_out_is_said(make_window: MakeWindow, write: Write) -> None:
    window = make_window(str(write(MISSING)))
    assert window.session.experiment.dataset.m == 3
    assert "2 of 5" in message(window)
    assert window.findChild(QDialog) is None


@pytest.mark.parametrize("patience_s", [10.0, 0.0], ids=["small", "large"])
def test_on_the_command_line_it_opens_over_the_window_where_no_suggestion_works(
    qtbot: QtBot, make_window: MakeWindow, write: Write, monkeypatch: pytest.MonkeyPatch, patience_s: float
) -> None:
    monkeypatch.setattr("gui.app.PATIENCE_S", patience_s)
    window = make_window(str(write(THREE)))
    dialog = dialog_of(qtbot, window)
    assert window.isVisible()
    choose(qtbot, dialog.columns.one, "bee")
    counted(qtbot, dialog)
    assert open_it(qtbot, window, dialog).class_names[1] == "bee"


def test_on_the_command_line_a_named_column_that_cannot_be_used_raises(qapp: QApplication, write: Write) -> None:
    with pytest.raises(UserError, match=r"data\.csv, line 3, column weight"):
        create_window([str(write(TEXT)), "--x1", "height"])


def test_columns_and_classes_can_be_chosen_later_without_the_file(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    path = write(THREE)
    open_it(qtbot, window, asked(qtbot, window, path))
    path.unlink()
    button = next(
        button for button in window.panels["data"].findChildren(QToolButton) if button.defaultAction() is action(window, "columns")
    )
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, LEFT)
    dialog = dialog_of(qtbot, window)
    assert not dialog.format.isVisible()
    assert dialog.columns.one.currentText() == "cow"
    choose(qtbot, dialog.columns.one, "ant")
    choose(qtbot, dialog.columns.zero, "bee")
    counted(qtbot, dialog)
    dataset = open_it(qtbot, window, dialog)
    assert dataset.class_names == ("bee", "ant")
    assert window.session.undo_stack.undoText() == "Change columns"


def test_rows_left_out_by_other_columns_are_said_and_the_classes_chosen_stay(qtbot: QtBot, window: MainWindow, write: Write) -> None:
    dialog = asked(qtbot, window, write("a,b,c,kind\n1,2,3,x\n4,5,,y\n2,2,2,z\n3,4,1,x\n"))
    choose(qtbot, dialog.columns.one, "x")
    counted(qtbot, dialog)
    open_it(qtbot, window, dialog)
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    assert panel.columns["label"].currentText() == "kind"
    choose_directly(panel.columns["x2"], "c")
    loaded(qtbot, window)
    dataset = window.session.experiment.dataset
    assert (dataset.feature_names, dataset.class_names[1], dataset.y.tolist()) == (("a", "c"), "x", [1, 0, 1])
    assert "1 of 4" in message(window)


def test_a_dataset_without_a_table_has_no_columns_to_choose(window: MainWindow) -> None:
    assert not action(window, "columns").isEnabled()
    window.opening.choose_columns()
    assert window.findChild(QDialog) is None


# For everyone.


def test_every_control_has_a_name_and_a_tooltip_and_tab_visits_them_in_reading_order(
    qtbot: QtBot, window: MainWindow, write: Write
) -> None:
    dialog = asked(qtbot, window, write(RAGGED))
    controls = [widget for kind in (QComboBox, QCheckBox, QPushButton) for widget in dialog.findChildren(kind) if widget.isVisible()]
    assert len(controls) >= 10
    assert [widget for widget in controls if not widget.accessibleName() and not widget.property("text")] == []
    assert [widget for widget in controls if not widget.toolTip()] == []
    dialog.format.delimiter.setFocus()
    visited: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not None and at not in visited:
        visited.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    format_, columns = dialog.format, dialog.columns
    order = [format_.delimiter, format_.first_row, format_.decimal, columns.x1, columns.x2, columns.label, columns.one]
    assert visited[: len(order)] == order
    assert dialog.rows.skip_rows in visited and dialog.cancel_button in visited
    assert visited.index(dialog.rows.skip_rows) < visited.index(dialog.cancel_button)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_a_small_screen_and_no_text_is_cut(qtbot: QtBot, window: MainWindow, write: Write, theme: str) -> None:
    window.set_theme(theme)
    dialog = asked(qtbot, window, write(RAGGED + "1.6,heavy,cat\n1.6,,cat\n"))
    assert dialog.width() <= 1366 and dialog.height() <= 768 - 40

    def cut() -> list[str]:
        labels = [label for label in dialog.findChildren(QLabel) if label.isVisible() and label.text() and not label.wordWrap()]
        return [label.text() for label in labels if label.sizeHint().width() > label.width()]

    qtbot.waitUntil(lambda: cut() == [])
    boxes = [dialog.format.delimiter, dialog.format.first_row, dialog.format.decimal]
    for box in boxes:
        widest = max(box.fontMetrics().horizontalAdvance(text) for text in texts(box))
        assert widest + 32 <= box.width()


@pytest.mark.parametrize("name", ["thousands.csv", "percent.csv", "units.csv"])
def test_numbers_written_in_another_way_are_told_and_nothing_wrong_can_be_opened_by_enter(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    path = Path(__file__).resolve().parents[1] / "core" / "files" / name
    with pytest.raises(UserError) as refused:
        read_table(path).to_dataset()
    before = window.session.experiment
    dialog = asked(qtbot, window, path)
    assert dialog.columns.label.currentText() == "y"
    assert dialog.columns.x1.currentText() == ""
    assert dialog.reason.text() == str(refused.value)
    assert not dialog.open_button.isEnabled()
    qtbot.keyClick(dialog.columns.x1, Qt.Key.Key_Return)
    assert dialog.isVisible() and window.session.experiment is before
    choose(qtbot, dialog.columns.x1, "x2")
    choose(qtbot, dialog.columns.x2, "none")
    counted(qtbot, dialog)
    dataset = open_it(qtbot, window, dialog)
    assert (dataset.feature_names, dataset.y.tolist()) == (("x2",), [0, 0, 1])
