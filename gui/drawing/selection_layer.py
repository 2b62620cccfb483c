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
        x, y = pixels.T  # one after the other: numpy is slow across two columns
        inside = (x > -RING_BOX_PX) & (x < size.width() + RING_BOX_PX) & (y > -RING_BOX_PX) & (y < size.height() + RING_BOX_PX)
        painter = QPainter(picture)
        try:
            if len(self.X) <= MOST_RINGS:
                ring = _ring(ratio)
                for left, top in (pixels[inside] - RING_BOX_PX / 2).tolist():
                    painter.drawPixmap(QPointF(left, top), ring)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(
                    QRectF(_tint_box(size.width(), size.height())), to_qimage(_tint(x[inside], y[inside], size.width(), size.height()))
                )
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


def _tint(x: Array, y: Array, width: int, height: int) -> NDArray[np.uint8]:
    """Premultiplied colours (rows, columns, 4) of the cells at which there are selected examples, and of those around them."""
    columns, rows = -(-width // CELL_PX), -(-height // CELL_PX)
    # Around the area there is a border of one cell; what lies farther out falls into a second one, which is cut off.
    column, row = (np.clip(at * (1 / CELL_PX) + 2, 0.0, n + 3.0).astype(np.intp) for at, n in ((x, columns), (y, rows)))
    marked = np.zeros((rows + 4) * (columns + 4), dtype=bool)
    row *= columns + 4
    row += column
    marked[row] = True
    marked = marked.reshape(rows + 4, columns + 4)[1:-1, 1:-1]
    marked[1:] |= marked[:-1].copy()
    marked[:-1] |= marked[1:].copy()
    marked[:, 1:] |= marked[:, :-1].copy()
    marked[:, :-1] |= marked[:, 1:].copy()
    accent = theme.rgb(QColor(theme.tokens().accent)) * (TINT_ALPHA / 255)
    colours = np.zeros((rows, columns, 4), dtype=np.uint8)
    colours[marked[1:-1, 1:-1]] = [*np.rint(accent[::-1]).astype(int).tolist(), TINT_ALPHA]
    return colours
