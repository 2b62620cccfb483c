"""What the tool in hand is about to do: the circle of a brush, the outline of a selection."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer, polygon
from gui.drawing.plot_area import PlotViewBox

Point = tuple[float, float]
Circle = tuple[Point, float, int | None]  # centre in data units, radius in pixels, the class that it draws

LINE_PX = 1.5
FILL_ALPHA = 28


class ToolLayer(Layer):
    """Shows a circle and a closed outline."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.circle: Circle | None = None
        self.outline: Array | None = None

    def show_circle(self, circle: Circle | None) -> None:
        """Show this circle, or none."""
        if circle != self.circle:
            before, self.circle = self.circle, circle
            for shown in (before, circle):
                if shown is not None:
                    self.update(_box(self.to_pixel(*shown[0]), shown[1]).adjusted(-3, -3, 3, 3))

    def show_outline(self, corners: Array | None) -> None:
        """Show the polygon with these corners (k, 2) in data units, or none."""
        if corners is not self.outline:
            self.outline = corners
            self.update()

    def draw(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.outline is not None and len(self.outline) > 1:
            fill = QColor(tokens.accent)
            fill.setAlpha(FILL_ALPHA)
            painter.setPen(QPen(QColor(tokens.accent), LINE_PX, Qt.PenStyle.DashLine))
            painter.setBrush(fill)
            painter.drawPolygon(polygon(self.to_pixels(np.asarray(self.outline))))
        if self.circle is not None:
            place, radius_px, label = self.circle
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = _box(self.to_pixel(*place), radius_px)
            # On the field of either class: a light line under a dark one, or the other way round.
            for colour, width in ((QColor(tokens.panel), 2 * LINE_PX + 1), (_colour(tokens, label), LINE_PX)):
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(box)


def _box(at: QPointF, radius_px: float) -> QRectF:
    return QRectF(at.x() - radius_px, at.y() - radius_px, 2 * radius_px, 2 * radius_px)


def _colour(tokens: theme.Tokens, label: int | None) -> QColor:
    return QColor(tokens.ink) if label is None else tokens.class_colour(label)
