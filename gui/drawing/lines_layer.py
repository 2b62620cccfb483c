"""Polylines over the plane: the decision boundary and the thin lines beside it."""

from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPen

from core.dataset import Array
from gui.drawing.layer import Layer, polygon
from gui.drawing.plot_area import PlotViewBox


@dataclass(frozen=True, eq=False)
class Line:
    """A polyline (k, 2) in data units and its pen."""

    points: Array
    pen: QPen


class LinesLayer(Layer):
    """Shows lines, antialiased."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        """Show these lines instead of the ones before."""
        self.lines = lines
        self.update()

    def draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            pen = QPen(line.pen)
            pen.setCosmetic(False)  # a layer has a unit of one pixel already; a cosmetic pen would be thin on a screen of finer ones
            painter.setPen(pen)
            painter.drawPolyline(polygon(self.to_pixels(line.points)))
