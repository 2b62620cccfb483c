"""Marks on the plane that follow the pointer's work: the probed example with its cross lines, a ring around the selected point."""

from PySide6.QtCore import QLineF, QPointF, Qt
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

    def show_marks(self, probe: Point | None, selected: Point | None) -> None:
        """Show these, in data units."""
        if (probe, selected) != (self.probe, self.selected):
            self.probe, self.selected = probe, selected
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
