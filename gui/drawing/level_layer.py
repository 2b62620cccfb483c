"""A level under a curve: a dashed line from side to side, such as the least that J can be, with its name at the right end."""

import math

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

GAP_PX = 3.0
MARGIN_PX = 12.0  # right of the name: room for the playhead of a whole run


class LevelLayer(Layer):
    """Shows one level, in the units of the axis; nan: none."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.y = math.nan
        self.text = ""

    def show_level(self, y: float, text: str) -> None:
        """Show the level at y under this name."""
        if (y, text) != (self.y, self.text) and not (y != y and self.y != self.y):
            self.y, self.text = y, text
            self.update()

    @property
    def seen(self) -> bool:
        """Whether the level is on the picture."""
        low, high = self.view.y_range()
        return low <= self.y <= high

    def draw(self, painter: QPainter) -> None:
        if not self.seen:
            return
        area, colour = self.boundingRect(), QColor(theme.tokens().good)
        y = min(max(self.to_pixel(0.0, self.y).y(), 1.0), area.height() - 1.0)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(0.0, y, area.width(), y))
        painter.setFont(theme.font(theme.SMALL_PX - 1))
        height = float(painter.fontMetrics().height())
        top = y - GAP_PX - height
        box = QRectF(0.0, top if top >= 0 else y + GAP_PX, area.width() - MARGIN_PX, height)
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text)
