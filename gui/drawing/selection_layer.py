"""The examples that are selected, drawn once into a picture that is only made again when selection, data, view or theme change.

Up to 2,000 each has a ring; above, their part of the plane is tinted.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.pixels import to_qimage
from gui.drawing.plot_area import PlotViewBox

MOST_RINGS = 2_000
RING_PX = 9.0
RING_BOX_PX = 24
CELL_PX = 3  # of the tint
TINT_ALPHA = 110
_NOTHING: Array = np.empty((0, 2))


class SelectionLayer(Layer):
    """Marks of the selected examples. `pictures_made` counts how often the picture was made."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.pictures_made = 0
        self.X: Array = _NOTHING
        self._picture: QPixmap | None = None
        self._ratio = 0.0

    def show_selected(self, X: Array) -> None:
        """Mark the examples X (k, 2)."""
        if len(X) or len(self.X):
            self.X = X
            self.view_changed()
            self.update()

    def view_changed(self) -> None:
        self._picture = None

    def draw(self, painter: QPainter) -> None:
        if not len(self.X):
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._ratio != ratio:
            self._picture = self._make_picture(ratio)
            self._ratio = ratio
            self.pictures_made += 1
        painter.drawPixmap(0, 0, self._picture)

    def _make_picture(self, ratio: float) -> QPixmap:
        size = self.boundingRect().size().toSize()
        picture = QPixmap(size * ratio)
        picture.fill(QColor(Qt.GlobalColor.transparent))
        picture.setDevicePixelRatio(ratio)
        pixels = self.to_pixels(self.X)
        pixels = pixels[((pixels > -RING_BOX_PX) & (pixels < np.array([size.width(), size.height()]) + RING_BOX_PX)).all(axis=1)]
        painter = QPainter(picture)
        try:
            if len(self.X) <= MOST_RINGS:
                ring = _ring(ratio)
                for x, y in (pixels - RING_BOX_PX / 2).tolist():
                    painter.drawPixmap(QPointF(x, y), ring)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(_tint_box(size.width(), size.height())), to_qimage(_tint(pixels, size.width(), size.height())))
        finally:
            painter.end()
        return picture


def _ring(ratio: float) -> QPixmap:
    """A ring in the accent colour, with a thin light one around it that sets it off from the field."""
    tokens = theme.tokens()
    ring = QPixmap(int(RING_BOX_PX * ratio), int(RING_BOX_PX * ratio))
    ring.fill(QColor(Qt.GlobalColor.transparent))
    ring.setDevicePixelRatio(ratio)
    painter = QPainter(ring)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(RING_BOX_PX / 2, RING_BOX_PX / 2)
        for colour, width in ((tokens.panel, 4.0), (tokens.accent, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(centre, RING_PX, RING_PX)
    finally:
        painter.end()
    return ring


def _tint_box(width: int, height: int) -> QRectF:
    """The cells' place: they begin at the upper left corner, and the last ones may reach beyond the area."""
    return QRectF(0, 0, -(-width // CELL_PX) * CELL_PX, -(-height // CELL_PX) * CELL_PX)


def _tint(pixels: Array, width: int, height: int) -> NDArray[np.uint8]:
    """Premultiplied colours (rows, columns, 4) of the cells at which there are selected examples, and of those around them."""
    columns, rows = -(-width // CELL_PX), -(-height // CELL_PX)
    cells = (pixels // CELL_PX).astype(np.intp) + 1
    inside = ((cells >= 0) & (cells < (columns + 2, rows + 2))).all(axis=1)
    marked = np.zeros((rows + 2, columns + 2), dtype=bool)
    marked[cells[inside, 1], cells[inside, 0]] = True
    marked[1:] |= marked[:-1].copy()
    marked[:-1] |= marked[1:].copy()
    marked[:, 1:] |= marked[:, :-1].copy()
    marked[:, :-1] |= marked[:, 1:].copy()
    accent = theme.rgb(QColor(theme.tokens().accent)) * (TINT_ALPHA / 255)
    colours = np.zeros((rows, columns, 4), dtype=np.uint8)
    colours[marked[1:-1, 1:-1]] = [*np.rint(accent[::-1]).astype(int).tolist(), TINT_ALPHA]
    return colours
