"""The slider of α with what J says about α: a mark up to which J is sure to fall, one at the edge, and red above it."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QRegion
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

    def places(self) -> list[tuple[float, float]]:
        """Left and right end of each text in pixels, in the order of `texts`: under its mark, where the other leaves room."""
        marks = [(is_edge, value) for is_edge, value in ((False, self._slider.safe), (True, self._slider.edge)) if value is not None]
        widths = [sum(QFontMetricsF(face).horizontalAdvance(text) for text, face, _ in _pieces(*mark)) for mark in marks]
        places: list[tuple[float, float]] = []
        end = float(self.width())
        for k in reversed(range(len(marks))):
            room = sum(width + GAP_PX for width in widths[:k])
            left = max(min(self._slider.x_of(marks[k][1]) - widths[k] / 2, end - widths[k]), room)
            places.insert(0, (left, left + widths[k]))
            end = left - GAP_PX
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            tokens, places = theme.tokens(), self.places()
            marks = ((False, self._slider.safe, tokens.good), (True, self._slider.edge, tokens.warn))
            shown = [(is_edge, value, colour) for is_edge, value, colour in marks if value is not None]
            for (is_edge, value, colour), (left, _) in zip(shown, places, strict=True):
                painter.setPen(QColor(colour))
                x = left
                for text, face, below in _pieces(is_edge, value):
                    painter.setFont(face)
                    painter.drawText(QPointF(x, QFontMetricsF(theme.font(theme.SMALL_PX)).ascent() + below), text)
                    x += QFontMetricsF(face).horizontalAdvance(text)
        finally:
            painter.end()


def _pieces(is_edge: bool, value: float) -> list[tuple[str, QFont, float]]:
    """The text of a mark in pieces: text, font, and how far it stands below the line."""
    font, small = theme.font(theme.SMALL_PX), theme.font(theme.SMALL_PX - 3)
    begin, index = ("2/λ", "max") if is_edge else ("2/L", "")
    return [(begin, font, 0.0), (index, small, BELOW_PX), (f" = {number(value, DIGITS)}", font, 0.0)]


def _name(is_edge: bool) -> str:
    return "2/λmax" if is_edge else "2/L"
