"""Formulas under each other, as a widget."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.drawing.formula import Box

SIZES_PX = (15, 14, 13, 12, 11, 10)
LINE_PX = 22


class FormulaLabel(QWidget):
    """Paints one formula a line, in one size, as large as the width allows."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines: list[Box] = []
        self._count = lines
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_formulas(self, lines: list[Box]) -> None:
        """Show these."""
        self._lines = lines
        self.setAccessibleDescription(self.text())
        self.update()

    def text(self) -> str:
        """The formulas as lines of text."""
        return "\n".join(line.plain() for line in self._lines)

    def sizeHint(self) -> QSize:
        return QSize(200, self._count * LINE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        fitting = [px for px in SIZES_PX if all(line.extent(px).width <= self.width() for line in self._lines)]
        px = fitting[0] if fitting else SIZES_PX[-1]
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index, line in enumerate(self._lines):
                line.draw(painter, 0.0, (index + 0.5) * LINE_PX + 0.3 * px, px)
        finally:
            painter.end()
