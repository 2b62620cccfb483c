"""Examples as markers at positions of a plot's own, and the probed one where it may lie."""

import math

import numpy as np
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.markers import marker_pixmap
from gui.drawing.plot_area import PlotViewBox
from gui.drawing.points_layer import stamp

SMALL_FROM = 60  # examples


class ExampleLayer(Layer):
    """Shows examples at positions (k, 2) in data units."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self._positions: Array = np.empty((0, 2))
        self._y: Array = np.empty(0)
        self._probe: float | None = None
        self._at: list[float] = []

    def show_examples(self, positions: Array, y: Array) -> None:
        """Show these with the markers of their classes y (k,)."""
        self._positions, self._y = positions, y
        self.update()

    def show_probe(self, x: float | None, at: list[float]) -> None:
        """Show a line at x with dots at these heights, or none."""
        if (x, at) != (self._probe, self._at):
            self._probe, self._at = x, at
            self.update()

    def draw(self, painter: QPainter) -> None:
        ratio = painter.device().devicePixelRatioF()
        finite = np.isfinite(self._positions).all(axis=1)
        radius = 3.0 if len(self._positions) > SMALL_FROM else 4.0
        for label in (0, 1):
            stamp(painter, self.to_pixels(self._positions[finite & (self._y == label)]), marker_pixmap(label, ratio, radius), ratio)
        if self._probe is not None and math.isfinite(self._probe):
            tokens = theme.tokens()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = self.to_pixel(self._probe, 0.0).x()
            painter.setPen(QPen(QColor(tokens.dim), 1.0))
            painter.drawLine(QLineF(x, 0.0, x, self.boundingRect().height()))
            painter.setPen(QPen(QColor(tokens.ink), 2.0))
            painter.setBrush(QColor(tokens.panel))
            for height in self._at:
                if math.isfinite(height):
                    painter.drawEllipse(self.to_pixel(self._probe, height), 5.0, 5.0)
