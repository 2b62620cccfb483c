"""A dot on a plot with a few words beside it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

RADIUS_PX = 6.0


class DotLayer(Layer):
    """Shows a dot in data units, or none."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.at: tuple[float, float] | None = None
        self.text = ""

    def show_dot(self, at: tuple[float, float] | None, text: str = "") -> None:
        """Put it there."""
        if (at, text) != (self.at, self.text):
            self.at, self.text = at, text
            self.update()

    def draw(self, painter: QPainter) -> None:
        if self.at is None:
            return
        tokens = theme.tokens()
        area = self.boundingRect()
        at = self.to_pixel(*self.at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.panel), 2.0))
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(at, RADIUS_PX, RADIUS_PX)
        painter.setFont(theme.font(theme.SMALL_PX))
        box = QRectF(painter.fontMetrics().boundingRect(self.text)).adjusted(-4, -2, 4, 2)
        box.moveTopLeft(at + QPointF(10, 8))
        box.moveRight(min(box.right(), area.right() - 4))
        if box.bottom() > area.bottom() - 4:
            box.moveBottom(at.y() - 8)
        painter.setPen(QColor(tokens.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)
