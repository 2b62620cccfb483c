"""What a user's hands do in the data table: clicks on cells and titles, keys, and what the eyes read there."""

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from gui.data_table.dock import DataTable
from gui.main_window import MainWindow
from tests.gui.hands import CONTROL, LEFT, PLAIN

X1, X2, Y, P, LOSS, SET = range(6)
MANY = 100_000


def opened(window: MainWindow) -> DataTable:
    """The table, opened by its key."""
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL)
    table = window.workspace.stage.table
    assert table is not None
    assert table.isVisible()
    return table


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
    """With the release that ends it, which QTest leaves out."""
    at = cell(table, row, column)
    for act in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
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


def numbers_at(table: DataTable, first: int, last: int) -> list[str]:
    return [table.model.headerData(row, Qt.Orientation.Vertical) for row in range(first, last)]
