"""The examples on the plane, drawn once into a picture that is only made again when data, view or theme change.

Up to 20,000 examples each has its marker; above, a density picture shows how many of each class lie on each cell, so that no class hides
the other; it counts the examples that are kept back to test on like the rest, as it has no markers to draw hollow.
"""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPainter, QPixmap

from core.dataset import Array, Dataset
from core.density import Density
from gui.drawing.density_picture import density_picture, strip_picture
from gui.drawing.layer import Layer
from gui.drawing.markers import BOX_PX, marker_pixmap
from gui.drawing.plot_area import PlotViewBox

MOST_MARKERS = 20_000
DENSITY_BELOW = 1.5  # in z: between the field and the lines


class PointsLayer(Layer):
    """Markers of a dataset. `pictures_made` counts how often the picture was made."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.pictures_made = 0
        self._z = z
        self._dataset: Dataset | None = None
        self._picture: QPixmap | None = None
        self._ratio = 0.0
        self._density: Density | None = None  # of this dataset, or of one shown before

    def show_dataset(self, dataset: Dataset) -> None:
        """Show these examples."""
        if self._dataset is not None and dataset.is_renamed(self._dataset):
            self._dataset = dataset
        elif dataset is not self._dataset:
            self._dataset = dataset
            if dataset.m <= MOST_MARKERS:
                self._density = None
            # Markers lie over the lines; a density picture would hide them.
            self.setZValue(self._z - (DENSITY_BELOW if dataset.m > MOST_MARKERS else 0.0))
            self.view_changed()
            self.update()

    def view_changed(self) -> None:
        self._picture = None

    def draw(self, painter: QPainter) -> None:
        if self._dataset is None or not self._dataset.m:
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._ratio != ratio:
            many = self._dataset.m > MOST_MARKERS
            self._picture = self._make_density(self._dataset, ratio) if many else self._make_markers(self._dataset, ratio)
            self._ratio = ratio
            self.pictures_made += 1
        painter.drawPixmap(0, 0, self._picture)

    def _make_density(self, dataset: Dataset, ratio: float) -> QPixmap:
        if self._density is None:
            self._density = Density(dataset)
        elif self._density.dataset is not dataset:
            self._density = self._density.followed_by(dataset)
        rect = self.boundingRect()
        if dataset.n == 1:
            heights = (self.to_pixel(0.0, 0.0).y(), self.to_pixel(0.0, 1.0).y())
            return strip_picture(self._density, self.view.x_range(), heights, rect.width(), rect.height(), ratio)
        return density_picture(self._density, self.view.x_range(), self.view.y_range(), rect.width(), rect.height(), ratio)

    def _make_markers(self, dataset: Dataset, ratio: float) -> QPixmap:
        size = self.boundingRect().size().toSize()
        pixels = self.to_pixels(dataset.places)
        inside = ((pixels > -BOX_PX) & (pixels < np.array([size.width(), size.height()]) + BOX_PX)).all(axis=1)
        pixels, y = pixels[inside], dataset.y[inside]
        hollow = np.zeros(len(y), dtype=bool) if dataset.test is None else dataset.test[inside]
        picture = QPixmap(size * ratio)
        picture.fill("#00000000")
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            # In the order of the examples, so that a point that was added last lies on top.
            for label in (0, 1):
                for kept in (False, True):
                    stamp(painter, pixels[(y == label) & (hollow == kept)], marker_pixmap(label, ratio, hollow=kept), ratio)
        finally:
            painter.end()
        return picture


def stamp(painter: QPainter, pixels: Array, marker: QPixmap, ratio: float) -> None:
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
