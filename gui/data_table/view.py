"""The view of the data table: rows of one height, keys that stay in the table while it has the focus, and editors."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from core.order import LABEL
from gui import theme
from gui.data_table.cells import Cells, ClassBox, class_of_key
from gui.data_table.column_titles import ColumnTitles
from gui.data_table.model import ExampleModel
from gui.data_table.row_numbers import RowNumbers
from gui.data_table.row_selection import Flag, RowSelection
from gui.session import Session
from gui.text import class_text, tr

Index = QModelIndex | QPersistentModelIndex
Key = Qt.Key
Trigger = QAbstractItemView.EditTrigger

# Arrows would step the run, Home and End would wind it, and Delete would erase on the plane.
MOVES = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown)
OWN_KEYS = (*MOVES, Key.Key_Delete, Key.Key_F2, Key.Key_Return, Key.Key_Enter, Key.Key_Escape)
BEGINS_A_NUMBER = set("0123456789+-−.,")


class TableView(QTableView):
    """`erase_asked` comes with Delete; `edit_ended` when an editor has closed."""

    erase_asked = Signal()
    edit_ended = Signal()

    def __init__(self, session: Session, model: ExampleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._examples = model
        self._clicked_twice = False
        self._toggle = Flag.Select  # what Ctrl does to the rows that are dragged over
        self.rows = RowSelection(model, session.selection, self)
        self.titles = ColumnTitles(model, self)
        self.numbers = RowNumbers(self, model, self.rows)
        self.setHorizontalHeader(self.titles)
        self.setVerticalHeader(self.numbers)
        self.setModel(model)  # after the headers: Qt's own would measure a thousand rows
        self.setSelectionModel(self.rows)
        self.cells = Cells(model, self.rows, self)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(tr("Data table: the examples with their outputs and losses"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(Trigger.DoubleClicked | Trigger.EditKeyPressed | Trigger.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        model.modelReset.connect(self._share_out)
        # Not by headerDataChanged: for a million rows that takes 10 ms.
        model.dataChanged.connect(self.numbers.repaint_numbers)

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def seen_rows(self) -> tuple[int, int]:
        """The first and the last row on screen; the last is below the first when there is none."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return first, self._examples.rowCount() - 1 if last < 0 <= first else last

    def show_row(self, row: int) -> None:
        """Make it the current one and scroll to it, without selecting anything."""
        index = self._examples.index(row, max(self.currentIndex().column(), 0))
        self.rows.setCurrentIndex(index, Flag.NoUpdate)
        self.scrollTo(index)

    # What Qt asks.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        self.titles.share_out(self.viewport().width())

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        if command & Flag.Toggle:
            # Qt would ask its own list of ranges, which is empty, whether the row is selected.
            if not command & Flag.Current:
                chosen = index.isValid() and self.rows.is_selected(self._examples.example(index.row()))
                self._toggle = Flag.Deselect if chosen else Flag.Select
            command = (command & ~Flag.Toggle) | self._toggle
        return command

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would ask for the text of every row until one begins with it."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether a key means something in the table itself, so that no command of the window takes it."""
        if event.key() in OWN_KEYS or event.matches(QKeySequence.StandardKey.SelectAll):
            return True
        index = self.currentIndex()
        other = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        if not index.isValid() or event.modifiers() & other:
            return False
        return self._can_begin(event.text(), index)

    def _can_begin(self, text: str, index: Index) -> bool:
        """Whether typing this character in a cell begins to edit it."""
        column = self._examples.columns[index.column()]
        if column.key == LABEL:
            return class_of_key(text, [class_text(name) for name in self._examples.dataset.class_names]) is not None
        return column.editable and text in BEGINS_A_NUMBER

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        index = self.currentIndex()
        if key == Key.Key_Delete:
            self.erase_asked.emit()
        elif key == Key.Key_Escape:
            self._session.selection.clear()
        elif key in (Key.Key_Return, Key.Key_Enter) and index.isValid():
            if self._examples.columns[index.column()].editable:
                self.edit(index, Trigger.EditKeyPressed, event)
                self._open_choice()
        elif key in OWN_KEYS or event.matches(QKeySequence.StandardKey.SelectAll) or self._can_begin(event.text(), index):
            super().keyPressEvent(event)
            if key == Key.Key_F2:
                self._open_choice()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._clicked_twice = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._clicked_twice:
            self._clicked_twice = False
            self._open_choice()  # not before: the list would take the release for a click that closes it

    def _open_choice(self) -> None:
        """Open the list of classes, when one is what has begun to be edited."""
        box = self.findChild(ClassBox)
        if self.editing and box is not None:
            box.showPopup()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.edit_ended.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        current = self.currentIndex()
        self.cells.current = (current.row(), current.column()) if self.hasFocus() else (-1, -1)
        super().paintEvent(event)
        if self._examples.rowCount() == 0:
            painter = QPainter(self.viewport())
            try:
                painter.setPen(QColor(theme.tokens().dim))
                painter.drawText(
                    self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, tr("No examples yet: click on the plane to add some")
                )
            finally:
                painter.end()
