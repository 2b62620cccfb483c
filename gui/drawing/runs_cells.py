"""How the titles and the cells of the table of runs look, and the field in which a name is edited."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.drawing.runs_model import RunsModel
from gui.fields import describe
from gui.text import tr

TITLES_PX = 22
MARGIN_PX = 4


class RunTitles(QHeaderView):
    """The titles of the columns."""

    def __init__(self, model: RunsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._runs = model
        self.setAccessibleName(tr("Columns of the table of runs"))
        self.setFont(theme.font(theme.SMALL_PX, QFont.Weight.DemiBold))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(TITLES_PX)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens, column = theme.tokens(), self._runs.columns[logicalIndex]
        painter.fillRect(rect, QColor(tokens.panel))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.line))
        painter.setPen(QColor(tokens.dim))
        side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(MARGIN_PX, 0, -MARGIN_PX, 0), side | Qt.AlignmentFlag.AlignVCenter, column.title)


class RunCells(QStyledItemDelegate):
    """Cells, of which the first can be edited."""

    def __init__(self, model: RunsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._runs = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QWidget:
        field = QLineEdit(parent)
        name = self._runs.rows[index.row()].name
        describe(field, tr("Name of run {name}").format(name=name), tr("Enter takes it, Esc leaves it as it was; empty: its settings"))
        return field
