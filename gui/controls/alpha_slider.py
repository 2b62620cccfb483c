"""The slider of α with what J says about α: a mark up to which J is sure to fall, one at the edge, and red above it."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionSlider, QWidget

from gui import theme
from gui.fields import LogSlider
from gui.text import number, tr

DIGITS = 3
GROOVE_PX, EDGE_PX, SAFE_PX = 4.0, 14.0, 10.0
BELOW_PX = 2.0  # of an index under its line
GAP_PX = 10.0  # between two texts


class AlphaSlider(LogSlider):
    """A slider over powers of ten; `edge` and `safe` are values of α, None where there are none."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(low, high, parent)
        self.edge: float | None = None
        self.safe: float | None = None

    def show_marks(self, edge: float | None, safe: float | None) -> None:
        """Show these marks instead of the ones before."""
        if (edge, safe) != (self.edge, self.safe):
            self.edge, self.safe = edge, safe
            self.update()

    def x_of(self, value: float) -> float:
        """Where a value is, in pixels; the nearer end for what is beyond the ends."""
        position = (math.log10(value) - self.low) * self.STEPS_PER_DECADE
        handle = self._handle(0)
        left, right = float(handle.center().x()) + 0.5, float(self._handle(self.maximum()).center().x()) + 0.5
        return left + (right - left) * min(max(position / self.maximum(), 0.0), 1.0)

    def is_inside(self, value: float) -> bool:
        """Whether the slider can be moved to this value."""
        return 10.0**self.low <= value <= 10.0**self.high

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.edge is None and self.safe is None:
            return
        painter = QPainter(self)
        try:
            self._draw(painter)
        finally:
            painter.end()

    def _draw(self, painter: QPainter) -> None:
        tokens, middle = theme.tokens(), self.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The handle stays above the red.
        painter.setClipRegion(QRegion(self.rect()) - QRegion(self._handle(self.value()).adjusted(-1, -1, 1, 1), QRegion.RegionType.Ellipse))
        if self.edge is not None and self.edge < 10.0**self.high:
            x = self.x_of(self.edge)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.bad))
            painter.drawRoundedRect(QRectF(x, middle - GROOVE_PX / 2, self.width() - x, GROOVE_PX), 2.0, 2.0)
        for value, colour, length in ((self.safe, tokens.good, SAFE_PX), (self.edge, tokens.warn, EDGE_PX)):
            if value is not None and self.is_inside(value):
                x = self.x_of(value)
                painter.setPen(QPen(QColor(colour), 2.0))
                painter.drawLine(QPointF(x, middle - length / 2), QPointF(x, middle + length / 2))

    def _handle(self, position: int) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        option.sliderPosition = option.sliderValue = position
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self)


class AlphaMarks(QWidget):
    """The names and values of the slider's marks, under them."""

    def __init__(self, slider: AlphaSlider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = slider
        self.texts: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(40, round(QFontMetricsF(theme.font(theme.SMALL_PX)).height()))

    def refresh(self) -> None:
        """The slider's marks are others now."""
        edge, safe = self._slider.edge, self._slider.safe
        self.texts = [
            f"{_name(is_edge)} = {number(value, DIGITS)}" for is_edge, value in ((False, safe), (True, edge)) if value is not None
        ]
        self.setAccessibleName(tr("What J says about α: {marks}").format(marks=", ".join(self.texts) or tr("nothing yet")))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            tokens, end = theme.tokens(), float(self.width())
            for is_edge, value, colour in ((True, self._slider.edge, tokens.warn), (False, self._slider.safe, tokens.good)):
                if value is not None:
                    painter.setPen(QColor(colour))
                    end = self._draw(painter, is_edge, value, end) - GAP_PX
        finally:
            painter.end()

    def _draw(self, painter: QPainter, is_edge: bool, value: float, end: float) -> float:
        """Draw the text of a mark under it, ending at `end` at the most; returns where it begins."""
        font, small = theme.font(theme.SMALL_PX), theme.font(theme.SMALL_PX - 3)
        begin, index = ("2/λ", "max") if is_edge else ("2/L", "")
        rest = f" = {number(value, DIGITS)}"
        metrics, index_width = QFontMetricsF(font), QFontMetricsF(small).horizontalAdvance(index)
        width = metrics.horizontalAdvance(begin) + index_width + metrics.horizontalAdvance(rest)
        left = max(min(self._slider.x_of(value) - width / 2, end - width), 0.0)
        y, x = metrics.ascent(), left
        for text, face, below in ((begin, font, 0.0), (index, small, BELOW_PX), (rest, font, 0.0)):
            painter.setFont(face)
            painter.drawText(QPointF(x, y + below), text)
            x += QFontMetricsF(face).horizontalAdvance(text)
        return left


def _name(is_edge: bool) -> str:
    return "2/λmax" if is_edge else "2/L"
