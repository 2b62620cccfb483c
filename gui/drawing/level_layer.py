"""A level under a curve: a dashed line from side to side, such as the least that J can be, with its name at the right end."""

import math
from collections import deque

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox

GAP_PX = 3.0
MARGIN_PX = 12.0  # right of the name: room for the playhead of a whole run
STEP_PX = 4.0
REST = 120  # frames, two seconds: so long the name stays up after the curve has gone down
LOOKED_AT = 24  # places along the name where the curve may cross it


class LevelLayer(Layer):
    """Shows one level, in the units of the axis; nan: none. Its name stands above it, and above the curve where that would cross it."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.y = math.nan
        self.text = ""
        self._curve: Array = np.empty((0, 2))
        self._box = QRectF()  # of the name
        self._lifts: deque[float] = deque(maxlen=REST)  # how far above its place it had to stand, in pixels

    def show_level(self, y: float, text: str) -> None:
        """Show the level at y under this name."""
        if (y, text) != (self.y, self.text) and not (y != y and self.y != self.y):
            self.y, self.text = y, text
            self._lifts.clear()
            self.update()

    def leave_room(self, x: Array, y: Array, *, moving: bool) -> None:
        """The curve (k,), (k,) that the name is to leave room for, in the units of the axes; x ascending. `moving`: more of it follows."""
        self._curve = np.column_stack([x, y])
        if not moving:
            self._lifts.clear()
        if self.seen and self.text:
            self._lifts.append(self._lift(self._place()))
            if self.name_box() != self._box:
                self.update()

    def view_changed(self) -> None:
        self._lifts.clear()

    @property
    def seen(self) -> bool:
        """Whether the level is on the picture."""
        low, high = self.view.y_range()
        return low <= self.y <= high

    def name_box(self) -> QRectF:
        """Where the name stands, in the view's pixels."""
        box = self._place()
        if box.top() < 0:
            return box.translated(0.0, 2 * GAP_PX + box.height())
        higher = box.translated(0.0, -(max(self._lifts) if self._lifts else self._lift(box)))
        return higher if higher.top() >= 0 else box

    def _place(self) -> QRectF:
        """Where the name would stand without a curve."""
        metrics = QFontMetricsF(self._font())
        width, height = metrics.horizontalAdvance(self.text), metrics.height()
        return QRectF(self.boundingRect().width() - MARGIN_PX - width, self._level_px() - GAP_PX - height, width, height)

    def _lift(self, box: QRectF) -> float:
        """How much higher the curve leaves room for it; by steps, so that it does not creep with the curve."""
        curve = self._curve_along(box)
        if not ((curve > box.top() - GAP_PX) & (curve < box.bottom())).any():
            return 0.0
        return STEP_PX * math.ceil((box.bottom() + GAP_PX - float(curve.min())) / STEP_PX)

    def _curve_along(self, box: QRectF) -> Array:
        """Heights of the curve over the width of the name, in pixels; of its end, which will come there, where it is not there yet."""
        curve = self.to_pixels(self._curve[np.isfinite(self._curve).all(axis=1)])
        if not len(curve):
            return np.empty(0)
        right = min(box.right(), float(curve[-1, 0]))
        left = min(box.left(), right - box.width())
        places = np.linspace(left, right, LOOKED_AT)
        points = curve[(curve[:, 0] >= left) & (curve[:, 0] <= right), 1]  # of one that goes up and down all the time
        return np.append(np.interp(places, curve[:, 0], curve[:, 1]), points)

    def _level_px(self) -> float:
        return min(max(self.to_pixel(0.0, self.y).y(), 1.0), self.boundingRect().height() - 1.0)

    def draw(self, painter: QPainter) -> None:
        if not self.seen:
            return
        colour, y = QColor(theme.tokens().good), self._level_px()
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(0.0, y, self.boundingRect().width(), y))
        painter.setFont(self._font())
        painter.setPen(colour)
        self._box = self.name_box()
        painter.drawText(self._box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, self.text)

    @staticmethod
    def _font() -> QFont:
        return theme.font(theme.SMALL_PX - 1)
