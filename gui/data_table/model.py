"""The model of the data table: rows over the dataset's own arrays. Nothing is copied, and nothing is computed of rows that are not seen."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.dataset import Dataset
from core.frame import Frame
from core.order import LABEL, OF_THE_MODEL, Order, Rows
from gui.data_table.columns import Column, columns_of
from gui.data_table.pages import Pages, Row
from gui.selection import Selection
from gui.text import exact, tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
CAN_BE_SELECTED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
CAN_BE_EDITED = CAN_BE_SELECTED | Qt.ItemFlag.ItemIsEditable


class ExampleModel(QAbstractTableModel):
    """Rows are examples, in the order of the file or as sorted. `entered` comes with example, column and what was entered in a cell."""

    entered = Signal(int, object, object)

    def __init__(self, frame: Frame, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self.dataset: Dataset = frame.experiment.dataset
        self.columns: tuple[Column, ...] = columns_of(frame.experiment)
        self.order: Order | None = None
        self._frame = frame
        self._pages = Pages()

    # What is shown.

    def show_experiment(self, frame: Frame, dataset: Dataset, columns: tuple[Column, ...]) -> None:
        """Other data, or other names. Rows are only counted anew where their number changed."""
        before, same_columns = self.dataset, len(columns) == len(self.columns)
        self._pages.clear()
        if not dataset.continues(before) or not same_columns:
            self.beginResetModel()
            self.dataset, self.columns, self.order, self._frame = dataset, columns, None, frame
            self.endResetModel()
            return
        renamed = columns != self.columns
        self.columns, self._frame = columns, frame
        if dataset.m != before.m:
            self.order = None
        # The rows stand for other examples anyway, so those that come and go do so at the end.
        if dataset.m > before.m:
            self.beginInsertRows(NOWHERE, before.m, dataset.m - 1)
            self.dataset = dataset
            self.endInsertRows()
        elif dataset.m < before.m:
            self.beginRemoveRows(NOWHERE, dataset.m, before.m - 1)
            self.dataset = dataset
            self.endRemoveRows()
        self.dataset = dataset
        if renamed:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)
        self._all_changed()

    def show_frame(self, frame: Frame, first: int, last: int) -> None:
        """Another moment of the run; the rows from `first` to `last` are seen."""
        self._frame = frame
        self._pages.clear()
        seen = [j for j, column in enumerate(self.columns) if column.key in OF_THE_MODEL]
        if seen and 0 <= first <= last < self.dataset.m:
            self.dataChanged.emit(self.index(first, seen[0]), self.index(last, seen[-1]), [Role.DisplayRole])

    def set_order(self, order: Order | None) -> None:
        """Show the examples in this order; None: that of the file."""
        self.order = order
        self._pages.clear()
        self._all_changed()

    def _all_changed(self) -> None:
        last = self.dataset.m - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(self.columns) - 1))

    # Rows and examples.

    def row(self, row: int) -> Row:
        """What stands in a row."""
        return self._pages.row(row, self._frame, self.dataset, None if self.order is None else self.order.rows, self.columns)

    def example(self, row: int) -> int:
        """The number of the example in a row."""
        return row if self.order is None else int(self.order.rows[row])

    def examples(self, first: int, last: int) -> Rows:
        """The numbers of the examples in the rows from `first` to `last`."""
        return np.arange(first, last + 1) if self.order is None else self.order.rows[first : last + 1]

    def row_of(self, example: int) -> int:
        """The row in which an example stands."""
        return example if self.order is None else int(self.order.ranks[example])

    # What Qt asks.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.dataset.m

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return CAN_BE_EDITED if self.columns[index.column()].editable else CAN_BE_SELECTED

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Role.DisplayRole:
            return self.row(index.row()).texts[index.column()]
        if role == Role.EditRole:
            example = self.example(index.row())
            if isinstance(column.key, int):
                return exact(float(self.dataset.X[example, column.key]))
            return int(self.dataset.y[example]) if column.key == LABEL else None
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role == Role.AccessibleTextRole:
            # Qt does not know what is selected (row_selection.py), so it is said here.
            row = self.row(index.row())
            chosen = tr("{column} of selected example {number:,}: {text}")
            said = chosen if row.example in self._selection else tr("{column} of example {number:,}: {text}")
            return said.format(column=column.title, number=row.example + 1, text=row.texts[index.column()])
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole:
            return False
        self.entered.emit(self.example(index.row()), self.columns[index.column()], value)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return f"{self.example(section) + 1:,}" if role == Role.DisplayRole else None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            return tr("{what}. Click, or press F3, to sort: ascending, descending, order of the file").format(what=column.tip)
        return _alignment(column) if role == Role.TextAlignmentRole else None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft)
