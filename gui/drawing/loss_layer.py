"""Examples against the model's curve: a marker at (z, y), and its loss as a line from there to (z, f). Of very many only how they lie."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.dataset import Array
from core.loss_points import LossPoints
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.markers import RADIUS_PX, marker_pixmap
from gui.drawing.plot_area import PlotViewBox
from gui.drawing.points_layer import stamp

BINS = 80
STRIP = 0.09  # height of the strip's highest bar, of the view's
SMALL_FROM = 200  # examples; above, smaller markers and fainter lines
FAINT = 90  # of 255


class LossLayer(Layer):
    """Shows points in units of z and y."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.points: LossPoints | None = None

    def show_points(self, points: LossPoints) -> None:
        """Show these."""
        self.points = points
        self.update()

    def draw(self, painter: QPainter) -> None:
        points = self.points
        if points is None or not len(points.rows):
            return
        for label in (0, 1):
            of_class = (points.y == label) & np.isfinite(points.z) & np.isfinite(points.f)
            if points.drawn:
                self._draw_strip(painter, points.z[of_class], label)
            else:
                self._draw_examples(painter, points.z[of_class], points.f[of_class], label, len(points.rows) > SMALL_FROM)

    def _draw_examples(self, painter: QPainter, z: Array, f: Array, label: int, many: bool) -> None:
        at = self.to_pixels(np.column_stack([z, np.full(len(z), float(label))]))
        ends = self.to_pixels(np.column_stack([z, f]))[:, 1]
        colour = QColor(theme.tokens().class_colour(label))
        colour.setAlpha(FAINT if many else 255)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not many)
        painter.setPen(QPen(colour, 1.0 if many else 1.6))
        draw_verticals(painter, at[:, 0], at[:, 1], ends)
        ratio = painter.device().devicePixelRatioF()
        stamp(painter, at, marker_pixmap(label, ratio, 3.0 if many else RADIUS_PX), ratio)

    def _draw_strip(self, painter: QPainter, z: Array, label: int) -> None:
        """How many examples lie where, as bars on the line y = 0 or y = 1, away from the curve."""
        low, high = self.view.x_range()
        counts, edges = np.histogram(z, BINS, (low, high))
        if not counts.any():
            return
        x = self.to_pixels(np.column_stack([edges, np.full(BINS + 1, float(label))]))
        heights = np.sqrt(counts / counts.max()) * STRIP * self.boundingRect().height() * (1 if label == 0 else -1)
        colour = QColor(theme.tokens().class_colour(label))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        y = float(x[0, 1])
        bars = [
            QRectF(left, y, right - left, height).normalized()
            for left, right, height in zip(x[:-1, 0].tolist(), x[1:, 0].tolist(), heights.tolist(), strict=True)
            if height
        ]
        painter.drawRects(bars)


def draw_verticals(painter: QPainter, x: Array, begin: Array, end: Array) -> None:
    """Lines at x (k,) from begin (k,) to end (k,), in one call."""
    lines = pg.Qt.internals.PrimitiveArray(pg.QtCore.QLineF, 4)
    lines.resize(len(x))
    values = lines.ndarray()
    values[:, 0], values[:, 1], values[:, 2], values[:, 3] = x, begin, x, end
    draw: Any = painter.drawLines  # its stub does not know the count that comes with pyqtgraph's array
    draw(*lines.drawargs())
