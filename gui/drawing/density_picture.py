"""A picture of many examples: the hue of a cell tells the share of each class in it, its depth how many examples there are."""

from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from core.density import Counts, Density, Range
from gui import theme
from gui.drawing.pixels import to_qimage

CELL_PX = 1.5  # to whole pixels of the screen: 2 as a rule, 3 on a screen of twice as fine ones
STRIP_PX = 14.0  # as high as a marker
LEVELS = 256
FAINTEST = 0.25  # one example is still seen


def density_picture(density: Density, x_range: Range, y_range: Range, width: float, height: float, ratio: float) -> QPixmap:
    """A picture of these ranges for an area of width × height at a screen's pixel ratio; cells begin at its upper left corner."""
    cell = max(1, round(CELL_PX * ratio))
    columns, rows = max(1, ceil(width * ratio / cell)), max(1, ceil(height * ratio / cell))
    # The last cells may reach beyond the area.
    right = x_range[0] + (x_range[1] - x_range[0]) * columns * cell / (width * ratio)
    bottom = y_range[1] - (y_range[1] - y_range[0]) * rows * cell / (height * ratio)
    colours = _colours(density.counts((x_range[0], right), (bottom, y_range[1]), columns, rows)[::-1], theme.tokens())
    image = to_qimage(colours.view(np.uint8).reshape(rows, columns, 4))
    picture = QPixmap.fromImage(image.scaled(columns * cell, rows * cell))
    picture.setDevicePixelRatio(ratio)
    return picture


def strip_picture(density: Density, x_range: Range, heights_px: tuple[float, float], width: float, height: float, ratio: float) -> QPixmap:
    """The same for one feature: a strip for each class, in the middle of which its y stands at that height."""
    cell = max(1, round(CELL_PX * ratio))
    columns = max(1, ceil(width * ratio / cell))
    right = x_range[0] + (x_range[1] - x_range[0]) * columns * cell / (width * ratio)
    colours = _colours(density.counts((x_range[0], right), (-0.5, 1.5), columns, 2), theme.tokens())
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.fill("#00000000")
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    try:
        for label, middle in enumerate(heights_px):
            image = to_qimage(np.ascontiguousarray(colours[label]).view(np.uint8).reshape(1, columns, 4))
            painter.drawImage(QRectF(0, middle - STRIP_PX / 2, columns * cell / ratio, STRIP_PX), image)
    finally:
        painter.end()
    return picture


def _colours(counts: Counts, tokens: theme.Tokens) -> NDArray[np.uint32]:
    """Premultiplied colour of each cell (rows, columns) from its counts (rows, columns, 2)."""
    total = counts.sum(axis=2).ravel()
    filled = np.flatnonzero(total)
    some = total[filled].astype(np.float32)
    share = counts[..., 1].ravel()[filled] / some
    depth = np.log1p(some) / np.log1p(some.max(initial=1.0))
    colours = np.zeros(len(total), dtype=np.uint32)
    level = np.rint(depth * (LEVELS - 1)).astype(np.intp) * LEVELS + np.rint(share * (LEVELS - 1)).astype(np.intp)
    colours[filled] = _table(tokens)[level]
    return colours.reshape(counts.shape[:2])


@lru_cache(maxsize=4)
def _table(tokens: theme.Tokens) -> NDArray[np.uint32]:
    """Colour of each depth and share (LEVELS * LEVELS,): 0xAARRGGBB, premultiplied."""
    level = np.arange(LEVELS) / (LEVELS - 1)
    low, high = (theme.rgb(tokens.class_colour(label)) for label in (0, 1))
    rgb = low + (high - low) * level[:, np.newaxis]
    alpha = FAINTEST + (1 - FAINTEST) * level[:, np.newaxis]
    red, green, blue = (np.rint(alpha * rgb[:, j]) for j in range(3))
    table: NDArray[np.uint32] = (((np.rint(alpha * 255) * 256 + red) * 256 + green) * 256 + blue).ravel().astype(np.uint32)
    return table
