"""Column titles: what stands in each column, shortened where there is no room, and an arrow at the one that is sorted by."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from core.order import LABEL
from gui import theme
from gui.data_table.model import ExampleModel
from gui.icons import icon
from gui.text import tr

ARROW_PX = 12
GAP_PX = 2
MARGIN_PX = 8
LEAST_WIDTH_PX = 68  # room for a number of six digits
LABEL_WEIGHT = 1.4  # a name beside its marker
HEIGHT_PX = theme.CONTROL_HEIGHT


class ColumnTitles(QHeaderView):
    """A click on a title sorts: ascending, descending, as in the file."""

    def __init__(self, model: ExampleModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._examples = model
        self.setAccessibleName(tr("Columns"))
        self.setFont(theme.font(theme.SMALL_PX, QFont.Weight.DemiBold))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(LEAST_WIDTH_PX)
        self.setFixedHeight(HEIGHT_PX)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def share_out(self, width_px: int) -> None:
        """Give the columns this width together, or what they need at least."""
        weights = [LABEL_WEIGHT if column.key == LABEL else 1.0 for column in self._examples.columns]
        each_px = max(width_px / sum(weights), LEAST_WIDTH_PX)
        ends = [round(each_px * sum(weights[: j + 1])) for j in range(len(weights))]
        for j, (begin, end) in enumerate(pairwise([0, *ends])):
            self.resizeSection(j, end - begin)

    def sort_next(self, section: int) -> None:
        """What a click on a title does."""
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if self.sortIndicatorSection() != section:
            self.setSortIndicator(section, ascending)
        elif self.sortIndicatorOrder() == ascending:
            self.setSortIndicator(section, descending)
        else:
            self.setSortIndicator(-1, ascending)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens = theme.tokens()
        column = self._examples.columns[logicalIndex]
        sorted_by = logicalIndex == self.sortIndicatorSection()
        painter.fillRect(rect, QColor(tokens.panel))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.line))
        painter.setPen(QColor(tokens.ink if sorted_by else tokens.dim))
        inside = rect.adjusted(MARGIN_PX, 0, -MARGIN_PX, 0)
        room = inside.width() - (ARROW_PX + GAP_PX if sorted_by else 0)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, text)
        if sorted_by:
            # Between the text and the free room, so that numbers and their title end at the same edge.
            left = inside.right() - width - GAP_PX - ARROW_PX if column.numeric else inside.left() + width + GAP_PX
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            arrow = icon("chevron-up" if up else "chevron-down", tokens.ink, ARROW_PX)
            at = QPoint(left, rect.top() + (rect.height() - ARROW_PX) // 2)
            arrow.paint(painter, QRect(at.x(), at.y(), ARROW_PX, ARROW_PX))
