"""The probed example on the plane, with its cross lines and what is predicted for it."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

Point = tuple[float, float]


class PointerLayer(Layer):
    """Shows a probe."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.probe: Point | None = None
        self.text = ""

    def show_probe(self, probe: Point | None, text: str) -> None:
        """Show this example, in data units; `text` stands beside it."""
        if (probe, text) != (self.probe, self.text):
            self.probe, self.text = probe, text
            self.update()

    def draw(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
