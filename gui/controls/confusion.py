"""Confusion matrix: examples by label and predicted class, as a small table with the names of the classes."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.metrics import Confusion
from gui import theme
from gui.text import class_text, tr

ROW_PX, NAME_PX, LINE_PX = 26, 84, 16
CELLS = ("true_negative", "false_positive"), ("false_negative", "true_positive")


class ConfusionMatrix(QWidget):
    """Rows are the labels, columns the predicted classes; right ones in the colour of their class, wrong ones plain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: Confusion | None = None
        self.names = ("0", "1")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Confusion matrix"))

    def sizeHint(self) -> QSize:
        return QSize(200, 2 * LINE_PX + 2 * ROW_PX + 4)

    def show_counts(self, counts: Confusion | None, names: tuple[str, str]) -> None:
        """Show these counts, or dashes."""
        self.counts, self.names = counts, names
        classes = class_text(names[0]), class_text(names[1])
        cells = [] if counts is None else [(y, p, getattr(counts, CELLS[y][p])) for y in (0, 1) for p in (0, 1)]
        lines = [tr("{count:,} of {label} predicted as {as_}").format(count=n, label=classes[y], as_=classes[p]) for y, p, n in cells]
        self.setAccessibleDescription("; ".join(lines))
        self.setToolTip(tr("Rows: what the examples are. Columns: what they are predicted as."))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        wide = (self.width() - NAME_PX) / 2
        top = 2 * LINE_PX
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(theme.SMALL_PX))
            painter.setPen(QColor(tokens.dim))
            metrics = painter.fontMetrics()
            painter.drawText(QRectF(NAME_PX, 0, 2 * wide, LINE_PX), Qt.AlignmentFlag.AlignCenter, tr("predicted"))
            painter.drawText(QRectF(0, LINE_PX, NAME_PX, LINE_PX), Qt.AlignmentFlag.AlignVCenter, tr("label"))
            for k in (0, 1):
                column = QRectF(NAME_PX + k * wide, LINE_PX, wide, LINE_PX)
                row = QRectF(0, top + k * ROW_PX, NAME_PX - 8, ROW_PX)
                for box, alignment in ((column, Qt.AlignmentFlag.AlignCenter), (row, Qt.AlignmentFlag.AlignVCenter)):
                    name = metrics.elidedText(class_text(self.names[k]), Qt.TextElideMode.ElideRight, int(box.width()) - 4)
                    painter.drawText(box, alignment, name)
            for y in (0, 1):
                for p in (0, 1):
                    self._draw_cell(painter, QRectF(NAME_PX + p * wide, top + y * ROW_PX, wide, ROW_PX), y, p)
        finally:
            painter.end()

    def _draw_cell(self, painter: QPainter, box: QRectF, y: int, p: int) -> None:
        tokens = theme.tokens()
        box = box.adjusted(2, 2, -2, -2)
        fill = tokens.class_colour(y) if y == p else QColor(tokens.field)
        if y == p:
            fill.setAlphaF(theme.FIELD_TINT)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(tokens.ink))
        painter.setFont(theme.font(theme.FONT_PX, QFont.Weight.DemiBold if y == p else QFont.Weight.Normal))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "—" if self.counts is None else f"{getattr(self.counts, CELLS[y][p]):,}")
