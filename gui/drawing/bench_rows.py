"""Measured times under each other: a bar for each, as long as the time it took, and how many times the shortest that is."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.icons import icon
from gui.text import steady, tr

ROW_PX = 46
BAR_PX = 6
CHECK_PX = 14


@dataclass(frozen=True)
class Bar:
    """One row. elapsed_s None: nothing is measured yet, and `note` says why. `equal` None: nothing to compare it with."""

    name: str
    elapsed_s: float | None = None
    note: str = ""
    equal: bool | None = None


class BenchRows(QWidget):
    """Paints bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_bars(self, bars: list[Bar]) -> None:
        """Show these."""
        if len(bars) != len(self.bars):
            self.updateGeometry()
        self.bars = bars
        self.setMinimumHeight(len(bars) * ROW_PX)
        self.setAccessibleDescription(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, len(self.bars) * ROW_PX)

    def text(self) -> str:
        """Every row as a line of text."""
        return "\n".join("  ".join(part for part in (bar.name, *self._numbers(bar), bar.note) if part) for bar in self.bars)

    def _numbers(self, bar: Bar) -> tuple[str, str]:
        """The time, and how many times the shortest it is."""
        measured = [other.elapsed_s for other in self.bars if other.elapsed_s]
        if bar.elapsed_s is None or not measured:
            return "", ""
        ratio = bar.elapsed_s / min(measured)
        return duration(bar.elapsed_s), f"{ratio:,.0f} ×" if ratio >= 9.95 else f"{ratio:.1f} ×"

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        longest = max((bar.elapsed_s or 0.0 for bar in self.bars), default=0.0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index, bar in enumerate(self.bars):
                top = index * ROW_PX
                line = QRectF(0, top, self.width(), 18)
                elapsed, ratio = self._numbers(bar)
                painter.setFont(theme.font(theme.FONT_PX))
                painter.setPen(QColor(tokens.ink))
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, bar.name)
                painter.drawText(line.adjusted(0, 0, -64, 0), right, elapsed)
                painter.setPen(QColor(tokens.dim))
                painter.drawText(line, right, ratio)
                groove = QRectF(0, top + 20, self.width(), BAR_PX)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.line))
                painter.drawRoundedRect(groove, BAR_PX / 2, BAR_PX / 2)
                if bar.elapsed_s and longest:
                    painter.setBrush(QColor(tokens.accent))
                    groove.setWidth(max(2.0, groove.width() * bar.elapsed_s / longest))
                    painter.drawRoundedRect(groove, BAR_PX / 2, BAR_PX / 2)
                self._draw_note(painter, bar, QRectF(0, top + 27, self.width(), 16))
        finally:
            painter.end()

    def _draw_note(self, painter: QPainter, bar: Bar, line: QRectF) -> None:
        tokens = theme.tokens()
        if bar.equal is not None:
            colour = tokens.good if bar.equal else tokens.warn
            mark = icon("check" if bar.equal else "x", colour, CHECK_PX)
            mark.paint(painter, QRectF(line.left(), line.top() + 1, CHECK_PX, CHECK_PX).toRect())
            line = line.adjusted(CHECK_PX + 4, 0, 0, 0)
        painter.setFont(theme.font(11))
        painter.setPen(QColor(tokens.dim))
        text = painter.fontMetrics().elidedText(bar.note, Qt.TextElideMode.ElideRight, round(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)


def duration(elapsed_s: float) -> str:
    """A time for people, with three digits."""
    for unit, scale in ((tr("s"), 1.0), (tr("ms"), 1e-3), (tr("µs"), 1e-6)):
        if elapsed_s >= scale:
            return f"{steady(elapsed_s / scale, 3)} {unit}"
    return f"{steady(elapsed_s / 1e-9, 3)} {tr('ns')}"
