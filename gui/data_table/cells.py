"""The cells of the data table: how they are painted, and what opens when one is edited."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.order import LABEL
from gui import theme
from gui.data_table.model import ExampleModel
from gui.data_table.row_selection import RowSelection
from gui.drawing.markers import BOX_PX, marker_icon, marker_pixmap
from gui.fields import describe
from gui.text import class_text, tr

Index = QModelIndex | QPersistentModelIndex
MARGIN_PX = 8
MARKER_RADIUS_PX = 4.5
ELIDED = Qt.TextElideMode.ElideRight
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ClassBox(QComboBox):
    """The choice of a class: 0, 1, or the first letter of a name chooses it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        label = class_of_key(event.text(), [self.itemText(i) for i in range(self.count())])
        if label is None:
            super().keyPressEvent(event)
        else:
            self.setCurrentIndex(label)


def class_of_key(text: str, names: list[str]) -> int | None:
    """The label that a typed character stands for: 0, 1, or the first letter of the name of one class."""
    if text in ("0", "1"):
        return int(text)
    begin = [label for label, name in enumerate(names) if text.strip() and name.casefold().startswith(text.casefold())]
    return begin[0] if len(begin) == 1 else None


class Cells(QStyledItemDelegate):
    """Paints straight from the model's rows, as asking for seven roles of every cell would take most of a frame."""

    def __init__(self, model: ExampleModel, selected: RowSelection, parent: QWidget) -> None:
        super().__init__(parent)
        self._examples = model
        self._selected = selected
        self._markers: dict[tuple[int, float, bool], QPixmap] = {}
        self.current = (-1, -1)  # row and column that the keys act on, as long as the table has the focus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Flags of Python's enum are slow: two of them a cell take as long as its text.
        tokens = theme.tokens()
        at, number = index.row(), index.column()
        row = self._examples.row(at)
        column = self._examples.columns[number]
        cell: QRect = option.rect
        chosen = self._selected.is_selected(row.example)
        if chosen:
            painter.fillRect(cell, QColor(tokens.chosen))
        inside = cell.adjusted(MARGIN_PX, 0, -MARGIN_PX, 0)
        painter.setPen(QColor(tokens.ink if column.editable or chosen else tokens.dim))
        text = row.texts[number]
        if column.numeric:
            painter.drawText(inside, RIGHT, text)
        else:
            if column.key == LABEL:
                ratio = painter.device().devicePixelRatio()
                painter.drawPixmap(inside.topLeft() + QPoint(-2, (cell.height() - BOX_PX) // 2), self._marker(row.label, ratio))
                inside.setLeft(inside.left() + BOX_PX + 2)
            painter.drawText(inside, LEFT, painter.fontMetrics().elidedText(text, ELIDED, inside.width()))
        if self.current == (at, number):
            painter.setPen(theme.pen(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(0, 0, -1, -1))

    def _marker(self, label: int, ratio: float) -> QPixmap:
        key = (label, ratio, theme.tokens().dark)
        if key not in self._markers:
            self._markers[key] = marker_pixmap(label, ratio, MARKER_RADIUS_PX)
        return self._markers[key]

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column, example = self._examples.columns[index.column()], self._examples.example(index.row())
        name = tr("{column} of example {number:,}").format(column=column.name, number=example + 1)
        if column.key == LABEL:
            box = ClassBox(parent)
            for label, text in enumerate(self._examples.dataset.class_names):
                box.addItem(marker_icon(label), class_text(text))
            describe(box, name, tr("Choose the class; Enter takes it, Esc leaves it as it was"))
            box.activated.connect(self._class_chosen)
            return box
        field = QLineEdit(parent)
        field.setAlignment(RIGHT)
        describe(field, name, tr("A number in raw units; Enter takes it, Esc leaves it as it was"))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(value)
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentIndex())
        elif isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        cell: QRect = option.rect
        editor.setGeometry(cell)

    def _class_chosen(self) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.commitData.emit(box)
            self.closeEditor.emit(box)
