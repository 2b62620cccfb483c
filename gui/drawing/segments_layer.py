"""Thin upright lines between f and y of each example, in the colour of its class: the longer, the larger its loss."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

MOST = 1_000  # above, they would be an area
MOST_WIDE = 200  # above, a pixel of the screen wide: a thousand wider ones take 30 ms
ALPHA = 150
WIDTH_PX = 1.2
_NOTHING: Array = np.empty(0)


class SegmentsLayer(Layer):
    """Shows one line for each example."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.x, self.f, self.y = _NOTHING, _NOTHING, _NOTHING

    def show_segments(self, x: Array, f: Array, y: Array) -> None:
        """From f to y at x, all (k,); none when there are more than a thousand."""
        few = len(x) <= MOST
        if few or len(self.x):
            self.x, self.f, self.y = (x, f, y) if few else (_NOTHING, _NOTHING, _NOTHING)
            self.update()

    def draw(self, painter: QPainter) -> None:
        for label in (0, 1):
            chosen = self.y == label
            if not chosen.any():
                continue
            colour = QColor(theme.tokens().class_colour(label))
            colour.setAlpha(ALPHA)
            painter.setPen(QPen(colour, WIDTH_PX if len(self.x) <= MOST_WIDE else 0))  # 0 is one pixel of the screen
            lines = pg.Qt.internals.PrimitiveArray(QLineF, 4)
            lines.resize(int(np.count_nonzero(chosen)))
            ends = lines.ndarray()
            ends[:, 0:2] = self.to_pixels(np.column_stack([self.x[chosen], self.f[chosen]]))
            ends[:, 2:4] = self.to_pixels(np.column_stack([self.x[chosen], self.y[chosen]]))
            draw: Any = painter.drawLines  # its stub does not know the count that comes with pyqtgraph's array
            draw(*lines.drawargs())
