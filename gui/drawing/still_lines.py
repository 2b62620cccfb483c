"""Lines that seldom change, under examples that do: painted from a picture that is made again when lines or size are others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotViewBox


class StillLines(LinesLayer):
    """Shows lines, antialiased."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self._picture: QPixmap | None = None
        self._ratio = 0.0

    def show_lines(self, lines: list[Line]) -> None:
        self._picture = None
        super().show_lines(lines)

    def view_changed(self) -> None:
        self._picture = None

    def draw(self, painter: QPainter) -> None:
        ratio = painter.device().devicePixelRatioF()
        size = self.boundingRect().size().toSize()
        if size.isEmpty():
            return
        if self._picture is None or self._ratio != ratio:
            self._picture, self._ratio = QPixmap(size * ratio), ratio
            self._picture.fill(QColor(Qt.GlobalColor.transparent))
            self._picture.setDevicePixelRatio(ratio)
            inner = QPainter(self._picture)
            try:
                super().draw(inner)
            finally:
                inner.end()
        painter.drawPixmap(0, 0, self._picture)
