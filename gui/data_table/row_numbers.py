"""Row numbers: the number of each example, at the left of the table. Painted by hand, as a style sheet would take longer than the cells."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from gui import theme
from gui.data_table.model import ExampleModel
from gui.data_table.row_selection import RowSelection
from gui.text import tr

LEAST_DIGITS = 3
ROW_HEIGHT = theme.CONTROL_HEIGHT
MARGIN_PX = 8
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowNumbers(QHeaderView):
    """A click or a drag on it does what it does on the row."""

    def __init__(self, table: QTableView, model: ExampleModel, selected: RowSelection) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._table = table
        self._examples = model
        self._selected = selected
        self.setAccessibleName(tr("Numbers of the examples"))
        self.setToolTip(tr("The number of the example in the data; click to select it, drag to select several"))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW_HEIGHT)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        # Not measured row by row: all digits are of one width.
        digits = max(LEAST_DIGITS, len(f"{self._examples.rowCount():,}"))
        return QSize(self.fontMetrics().horizontalAdvance("0" * digits) + 2 * MARGIN_PX + 4, 0)

    def repaint_numbers(self) -> None:
        """Other examples stand in the rows, or others are selected."""
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens = theme.tokens()
        example = self._examples.example(logicalIndex)
        chosen = self._selected.is_selected(example)
        painter.fillRect(rect, QColor(tokens.chosen if chosen else tokens.panel))
        painter.setPen(QColor(tokens.ink if chosen else tokens.dim))
        painter.drawText(rect.adjusted(0, 0, -MARGIN_PX, 0), RIGHT, f"{example + 1:,}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand_on(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand_on(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand_on(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        pass  # it would open the editor of the first cell

    def _hand_on(self, event: QMouseEvent) -> None:
        at = QPointF(1.0, event.position().y())
        viewport = self._table.viewport()
        # As if it came from the first cell, so that Shift, Ctrl and a drag mean the same in both places.
        for_row = QMouseEvent(QEvent.Type(event.type()), at, viewport.mapToGlobal(at), event.button(), event.buttons(), event.modifiers())
        QApplication.sendEvent(viewport, for_row)
