"""The probability field: a tint of the class colours that passes through the plain background where p = 0.5."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.pixels import to_qimage
from gui.drawing.plot_area import PlotViewBox

COLUMNS = 128
ROWS = 96
LEVELS = 256


class FieldLayer(Layer):
    """Shows p (ROWS, COLUMNS), row 0 at the bottom. grid() says where p is wanted."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self._image: QImage | None = None
        self._colours = _colour_table()

    def grid(self) -> tuple[Array, Array]:
        """x1 (COLUMNS,) and x2 (ROWS,) of the cell centres, in data units."""
        (left, right), (bottom, top) = self.view.x_range(), self.view.y_range()
        return (
            left + (np.arange(COLUMNS) + 0.5) / COLUMNS * (right - left),
            bottom + (np.arange(ROWS) + 0.5) / ROWS * (top - bottom),
        )

    def show_field(self, p: Array | None) -> None:
        """Show p, or nothing."""
        if p is None:
            self._image = None
        else:
            levels = (np.nan_to_num(np.clip(p[::-1], 0.0, 1.0), nan=0.5) * (LEVELS - 1) + 0.5).astype(np.uint8)
            self._image = to_qimage(self._colours[levels])
        self.update()

    def apply_theme(self) -> None:
        """Take the colours of the theme in force; show_field() must follow."""
        self._colours = _colour_table()

    def draw(self, painter: QPainter) -> None:
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.boundingRect(), self._image)


def _colour_table() -> NDArray[np.uint8]:
    """Opaque BGRA (LEVELS, 4): class 0 colour, the background at p = 0.5, class 1 colour."""
    tokens = theme.tokens()
    background = theme.rgb(QColor(tokens.panel))
    p = np.arange(LEVELS) / (LEVELS - 1)
    table = np.full((LEVELS, 4), 255, dtype=np.uint8)
    for label, half in ((0, p < 0.5), (1, p >= 0.5)):
        colour = theme.rgb(tokens.class_colour(label))
        tint = theme.FIELD_TINT * np.abs(2 * p[half] - 1)[:, np.newaxis]
        table[half, :3] = (background + tint * (colour - background))[:, ::-1].round()
    return table
