"""Pictures from arrays of pixels."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def to_qimage(bgra: NDArray[np.uint8]) -> QImage:
    """A picture of premultiplied pixels (rows, columns, 4), a copy of its own."""
    rows, columns = bgra.shape[:2]
    return QImage(bgra.tobytes(), columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
