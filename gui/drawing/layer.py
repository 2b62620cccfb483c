"""Layer: an item that paints in the pixels of a view, above or below others, and knows how to turn data into pixels."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from core.dataset import Array
from gui.drawing.plot_area import PlotViewBox

FAR = 1e5  # pixels; the painter overflows far outside the view


class Layer(pg.GraphicsObject):
    """Paints with draw(); call update() when what it shows has changed."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__()
        self.view = view
        self.setParentItem(view)
        self.setZValue(z)
        view.sigRangeChanged.connect(self._view_changed)
        view.sigResized.connect(self._view_changed)

    def boundingRect(self) -> QRectF:
        return QRectF(self.view.rect())

    def paint(self, painter: QPainter, *_: Any) -> None:
        rect = self.boundingRect()
        if rect.width() < 1 or rect.height() < 1:
            return  # before the window is laid out; a picture of that size could not be painted on
        painter.save()
        try:
            self.draw(painter)
        finally:
            painter.restore()

    def draw(self, painter: QPainter) -> None:
        """Paint in the view's pixels."""
        raise NotImplementedError

    def view_changed(self) -> None:
        """Called when the range or the size of the view is another; the layer is then painted again."""

    def _view_changed(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.view_changed()
        self.update()

    def to_pixels(self, points: Array) -> Array:
        """Pixel positions (k, 2) of data points (k, 2)."""
        (left, right), (bottom, top) = self.view.x_range(), self.view.y_range()
        rect = self.view.rect()
        with np.errstate(over="ignore"):
            x = (points[:, 0] - left) / (right - left) * rect.width()
            y = (top - points[:, 1]) / (top - bottom) * rect.height()
        pixels: Array = np.clip(np.column_stack([x, y]), -FAR, FAR)
        return pixels

    def to_pixel(self, x: float, y: float) -> QPointF:
        """Pixel position of one data point."""
        position = self.to_pixels(np.array([[x, y]]))[0]
        return QPointF(float(position[0]), float(position[1]))


def polygon(points: NDArray[np.float64]) -> QPolygonF:
    """A polyline through pixel positions (k, 2)."""
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])
