"""Where descent stands on a landscape: start, current point with the negative gradient, and the minimum as a star, filled or hollow."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

BALL_PX = 5.0
STAR_PX = 9.5
ARROW_PX = 38.0
HEAD_PX = 8.0


class DescentLayer(Layer):
    """Shows points (2,) of the plane, those that are there. `arrow` (2,) is where the arrow points to, in pixels from the current point."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.start: Array | None = None
        self.now: Array | None = None
        self.minimum: Array | None = None
        self.hollow = False
        self.downhill: Array | None = None
        self._from: Array | None = None

    def show_points(
        self,
        start: Array | None,
        before: Array | None,
        now: Array | None,
        minimum: Array | None,
        downhill: Array | None,
        *,
        hollow: bool = False,
    ) -> None:
        """Show these; the path goes on from `before` to `now`, and `downhill` (2,) is the negative gradient.

        `hollow`: the minimum is that of other values of the parameters held.
        """
        self.hollow = hollow
        self.start, self._from, self.now, self.minimum, self.downhill = start, before, now, minimum, downhill
        self.update()

    def arrow(self) -> Array | None:
        """From the current point, in pixels (2,); None where there is no slope that could be seen."""
        if self.downhill is None or self.now is None:
            return None
        (left, right), (low, high) = self.view.x_range(), self.view.y_range()
        rect = self.view.rect()
        way: Array = self.downhill * np.array([rect.width() / (right - left), -rect.height() / (high - low)])
        length = float(np.hypot(*way))
        return way / length * ARROW_PX if math.isfinite(length) and length > 0 else None

    def draw(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QColor(tokens.class_1)
        if self.minimum is not None:
            draw_star(painter, self._pixel(self.minimum), hollow=self.hollow)
        if self.start is not None:
            painter.setPen(QPen(QColor(tokens.panel), 1.0))
            painter.setBrush(path)
            painter.drawEllipse(self._pixel(self.start), 3.5, 3.5)
        if self.now is None:
            return
        at = self._pixel(self.now)
        if self._from is not None:
            painter.setPen(QPen(path, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QLineF(self._pixel(self._from), at))
        arrow = self.arrow()
        if arrow is not None:
            self._draw_arrow(painter, at, arrow)
        draw_ball(painter, at)

    def _draw_arrow(self, painter: QPainter, at: QPointF, arrow: Array) -> None:
        along = arrow / ARROW_PX
        across = np.array([-along[1], along[0]])
        tip, neck = arrow, arrow - along * HEAD_PX
        corners = [tip, neck + across * HEAD_PX * 0.45, neck - across * HEAD_PX * 0.45]
        ink = QColor(theme.tokens().ink)
        painter.setPen(QPen(ink, 2.0))
        painter.drawLine(QLineF(at, at + QPointF(*neck.tolist())))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([at + QPointF(*corner.tolist()) for corner in corners]))

    def _pixel(self, point: Array) -> QPointF:
        return self.to_pixel(float(point[0]), float(point[1]))


def draw_ball(painter: QPainter, at: QPointF, radius: float = BALL_PX) -> None:
    """The current point."""
    tokens = theme.tokens()
    painter.setPen(QPen(QColor(tokens.panel), 1.8))
    painter.setBrush(QColor(tokens.class_1))
    painter.drawEllipse(at, radius, radius)


def draw_star(painter: QPainter, at: QPointF, radius: float = STAR_PX, *, hollow: bool = False) -> None:
    """The minimum; `hollow`: not that of the picture."""
    tokens = theme.tokens()
    angles = (np.arange(10) / 10 - 0.25) * 2 * np.pi
    radii = np.where(np.arange(10) % 2 == 0, radius, radius * 0.42)
    painter.setPen(QPen(QColor(tokens.good), 1.8) if hollow else QPen(QColor(tokens.panel), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(tokens.good))
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in zip(radii * np.cos(angles), radii * np.sin(angles), strict=True)]))
