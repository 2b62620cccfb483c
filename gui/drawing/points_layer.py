"""The examples on the plane, drawn once into a picture that is only made again when data, view or theme change.

Up to 20,000 examples each has its marker; above, a density picture shows how many of each class lie on each cell, so that no class hides
the other.
"""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter, QPixmap

from core.dataset import Array, Dataset
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.markers import BOX_PX, marker_pixmap
from gui.drawing.plot_area import PlotViewBox

MOST_MARKERS = 20_000
CELL_PX = 2  # of the density picture


class PointsLayer(Layer):
    """Markers of a dataset. `pictures_made` counts how often the picture was made."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.pictures_made = 0
        self._dataset: Dataset | None = None
        self._picture: QPixmap | None = None

    def show_dataset(self, dataset: Dataset) -> None:
        """Show these examples."""
        if dataset is not self._dataset:
            self._dataset = dataset
            self.view_changed()
            self.update()

    def view_changed(self) -> None:
        self._picture = None

    def draw(self, painter: QPainter) -> None:
        if self._dataset is None or not self._dataset.m:
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._make_picture(self._dataset, ratio)
            self.pictures_made += 1
        painter.drawPixmap(0, 0, self._picture)

    def _make_picture(self, dataset: Dataset, ratio: float) -> QPixmap:
        size = self.boundingRect().size().toSize()
        pixels = self.to_pixels(dataset.X)
        inside = ((pixels > -BOX_PX) & (pixels < np.array([size.width(), size.height()]) + BOX_PX)).all(axis=1)
        pixels, y = pixels[inside], dataset.y[inside]
        if dataset.m > MOST_MARKERS:
            return _density_picture(pixels, y, size.width(), size.height())
        picture = QPixmap(size * ratio)
        picture.fill("#00000000")
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            # In the order of the examples, so that a point that was added last lies on top.
            for label in (0, 1):
                _stamp(painter, pixels[y == label], marker_pixmap(label, ratio), ratio)
        finally:
            painter.end()
        return picture


def _stamp(painter: QPainter, pixels: Array, marker: QPixmap, ratio: float) -> None:
    """Draw the marker at every position, in one call."""
    fragments = pg.Qt.internals.PrimitiveArray(pg.QtGui.QPainter.PixmapFragment, 10)
    fragments.resize(len(pixels))
    values = fragments.ndarray()
    size = BOX_PX * ratio
    values[:, 0:2] = pixels
    values[:, 2:6] = (0, 0, size, size)
    values[:, 6:8] = 1 / ratio
    values[:, 8:10] = (0, 1)
    draw: Any = painter.drawPixmapFragments  # its stub does not know the count that comes with pyqtgraph's array
    draw(*fragments.drawargs(), marker)


def _density_picture(pixels: Array, y: Array, width: int, height: int) -> QPixmap:
    columns, rows = max(1, width // CELL_PX), max(1, height // CELL_PX)
    column = np.clip((pixels[:, 0] / CELL_PX).astype(np.int32), -1, columns)
    row = np.clip((pixels[:, 1] / CELL_PX).astype(np.int32), -1, rows)
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    cell = row[inside] * columns + column[inside]
    total = np.bincount(cell, minlength=rows * columns).astype(np.float32)
    ones = np.bincount(cell[y[inside] == 1], minlength=rows * columns)
    share = np.divide(ones, total, out=np.zeros_like(total), where=total > 0)
    depth = np.log1p(total) / np.log1p(max(float(total.max()), 1.0))
    alpha = np.where(total > 0, 0.25 + 0.75 * depth, 0.0)
    tokens = theme.tokens()
    low, high = (theme.rgb(tokens.class_colour(label)) for label in (0, 1))
    rgb = low + (high - low) * share[:, np.newaxis]
    image = np.empty((rows, columns, 4), dtype=np.uint8)
    image[..., :3] = (rgb * alpha[:, np.newaxis])[:, ::-1].reshape(rows, columns, 3)
    image[..., 3] = (alpha * 255).reshape(rows, columns)
    picture = QPixmap.fromImage(to_qimage(image))
    return picture.scaled(columns * CELL_PX, rows * CELL_PX)


def to_qimage(bgra: NDArray[np.uint8]) -> QImage:
    """A picture of premultiplied pixels (rows, columns, 4), a copy of its own."""
    rows, columns = bgra.shape[:2]
    return QImage(bgra.tobytes(), columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
