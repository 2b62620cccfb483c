"""Polylines over the plane: the decision boundary and the thin lines beside it."""

from dataclasses import dataclass

import numpy as np
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
        if not self.lines:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # All at once: for a straight line what numpy does around the few numbers takes the longest.
        pixels = self.to_pixels(np.concatenate([line.points for line in self.lines]))
        ends = np.cumsum([len(line.points) for line in self.lines])
        for line, points in zip(self.lines, np.split(pixels, ends[:-1]), strict=True):
            pen = QPen(line.pen)
            pen.setCosmetic(False)  # a layer has a unit of one pixel already; a cosmetic pen would be thin on a screen of finer ones
            painter.setPen(pen)
            painter.drawPolyline(polygon(points))
