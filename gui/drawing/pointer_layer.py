"""Marks on the plane that follow the pointer's work: the probed example with its cross lines, a ring around the selected point."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

Point = tuple[float, float]


class PointerLayer(Layer):
    """Shows a probe and a selection."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.probe: Point | None = None
        self.selected: Point | None = None
        self.text = ""

    def show_marks(self, probe: Point | None, text: str, selected: Point | None) -> None:
        """Show these, in data units; `text` stands beside the probe."""
        if (probe, text, selected) != (self.probe, self.text, self.selected):
            self.probe, self.text, self.selected = probe, text, selected
            self.update()

    def draw(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.selected is not None:
            painter.setPen(QPen(QColor(tokens.accent), 2.0))
            painter.drawEllipse(self.to_pixel(*self.selected), 9.0, 9.0)
        if self.probe is not None:
            at = self.to_pixel(*self.probe)
            painter.setPen(QPen(QColor(tokens.ink), 1.2, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(at, QPointF(0.0, at.y())))
            painter.drawLine(QLineF(at, QPointF(at.x(), self.boundingRect().height())))
            painter.setPen(QPen(QColor(tokens.ink), 2.0))
            painter.setBrush(QColor(tokens.panel))
            painter.drawEllipse(at, 6.0, 6.0)
            self._draw_text(painter, at)

    def _draw_text(self, painter: QPainter, at: QPointF) -> None:
        tokens = theme.tokens()
        painter.setFont(theme.font())
        box = QRectF(painter.fontMetrics().boundingRect(self.text)).adjusted(-8, -4, 8, 4)
        area = self.boundingRect()
        box.moveBottomLeft(at + QPointF(12, -8))
        box.moveRight(min(box.right(), area.right() - 4))
        box.moveTop(max(box.top(), area.top() + 4))
        painter.setPen(QPen(QColor(tokens.line), 1.0))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(tokens.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)
