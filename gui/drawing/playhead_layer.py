"""The playhead on a curve: a dot and a thin line at the iteration shown, and ticks where settings or points were changed."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

MARK_PX = 8.0


class PlayheadLayer(Layer):
    """Shows a position and marks, in the units of the axes."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.x = 0.0
        self.y = math.nan
        self.marks: list[float] = []

    def show_playhead(self, x: float, y: float, marks: list[float]) -> None:
        """Show the playhead at x, y (nan: no dot), and marks on the axis at these x."""
        if (x, y, marks) != (self.x, self.y, self.marks):
            self.x, self.y, self.marks = x, y, marks
            self.update()

    def draw(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        bottom = self.boundingRect().height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.warn), 2.0))
        painter.drawLines([QLineF(x, bottom - MARK_PX, x, bottom) for x in self._mark_pixels()])
        if math.isfinite(self.x):
            x = self.to_pixel(self.x, 0.0).x()
            painter.setPen(QPen(QColor(tokens.dim), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(x, 0.0, x, bottom))
        if math.isfinite(self.y):
            at: QPointF = self.to_pixel(self.x, self.y)
            painter.setPen(QPen(QColor(tokens.panel), 1.5))
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(at, 5.0, 5.0)

    def _mark_pixels(self) -> list[float]:
        """Where marks are, one for those that fall on the same pixel: a stroke of the brush leaves hundreds."""
        if not self.marks:
            return []
        x = self.to_pixels(np.column_stack([self.marks, np.zeros(len(self.marks))]))[:, 0]
        pixels: list[float] = np.unique(x.round()).tolist()
        return pixels
