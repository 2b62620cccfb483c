"""What each example adds to the derivatives: a row for each, which lights the example in the other views while the mouse is on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.update import Contributions, Update
from core.update_rules import SIMULTANEOUS
from gui import theme
from gui.drawing.course_formulas import Powers, slope, term
from gui.drawing.formula import Box, Sum, letter, row
from gui.drawing.markers import draw_marker
from gui.text import steady, tr

ROW_PX = 19
HEAD_PX = 26
MARKER_PX = 24.0
NUMBER_PX = 44.0
COLUMN_PX = 104.0
LEAST_COLUMN_PX = 76.0
FORMULA_PX = 13.0
SCROLL_BAR_PX = 12.0


class ContributionTable(QWidget):
    """Paints contributions; `hovered` comes with the number of the example under the mouse, or None."""

    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contributions: Contributions | None = None
        self._update: Update | None = None
        self._heads: list[Box] = []
        self._one_error = True
        self._lit: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("What each example adds to the derivatives"))

    def show_contributions(self, update: Update, contributions: Contributions, powers: Powers, model: str, rule: str) -> None:
        """Show these; `powers` are of the terms, as in core.features."""
        self.contributions, self._update = contributions, update
        error = slope(model)
        # f - y is what an example adds to ∂J/∂b as well, unless the slope is another or f is another for each parameter.
        self._one_error = model != "squared" and rule == SIMULTANEOUS
        self._heads = [letter("f"), letter("y"), row(letter("f"), " − ", letter("y"))]
        self._heads += [row(error, " ", term(power)) for power in powers] + ([] if self._one_error else [error])
        self.setFixedHeight(HEAD_PX + ROW_PX * (len(contributions.rows) + 1 + bool(contributions.others)) + 4)
        self.setAccessibleDescription(self.text())
        self.update()

    def light(self, index: int | None) -> None:
        """Light the row of this example, if it is listed."""
        if index != self._lit:
            self._lit = index
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def text(self) -> str:
        """All rows as lines of text, numbers between tabulators."""
        return "\n".join("\t".join([label, *values]) for label, values in self._lines())

    def _lines(self) -> list[tuple[str, list[str]]]:
        """What stands in each row: its label and its numbers, in the order of the columns."""
        listed, update = self.contributions, self._update
        if listed is None or update is None:
            return []
        n, lines = update.n, []
        last = n if self._one_error else n + 1
        for k, index in enumerate(listed.rows):
            values = [listed.error[k], *listed.products[k, :last]]
            lines.append((f"{index + 1}", [steady(float(listed.f[k])), f"{listed.y[k]:.0f}", *(steady(float(value)) for value in values)]))
        for label, sums in (
            (tr("{count:,} others").format(count=listed.others), listed.rest),
            ("Σ", update.sums),
        ):
            if label == "Σ" or listed.others:
                error = steady(float(sums[n])) if self._one_error else ""
                lines.append((label, ["", "", error, *(steady(float(value)) for value in sums[:last])]))
        return lines

    def _columns(self) -> tuple[list[int], float]:
        """Which columns there is room for, the last always, and their width."""
        count = len(self._heads)
        room = self.width() - MARKER_PX - NUMBER_PX - SCROLL_BAR_PX
        fitting = max(4, min(count, int(room / LEAST_COLUMN_PX)))
        shown = [*range(fitting - 1), count - 1] if fitting < count else list(range(count))
        return shown, min(COLUMN_PX, room / max(1, len(shown)))

    def paintEvent(self, event: QPaintEvent) -> None:
        listed = self.contributions
        if listed is None:
            return
        tokens = theme.tokens()
        shown, width = self._columns()
        first = MARKER_PX + NUMBER_PX
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, column in enumerate(shown):
                head = self._heads[column]
                head.draw(painter, first + (place + 1) * width - head.extent(FORMULA_PX).width, HEAD_PX - 9, FORMULA_PX)
            painter.setPen(QColor(tokens.line))
            painter.drawLine(0, HEAD_PX - 2, round(first + len(shown) * width), HEAD_PX - 2)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            for k, (label, values) in enumerate(self._lines()):
                top = HEAD_PX + k * ROW_PX
                is_example = k < len(listed.rows)
                if is_example and listed.rows[k] == self._lit:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(tokens.hover))
                    painter.drawRoundedRect(QRectF(0, top, first + len(shown) * width + 6, ROW_PX), 4, 4)
                if is_example:
                    draw_marker(painter, QPointF(MARKER_PX / 2, top + ROW_PX / 2), int(listed.y[k]), 4.0)
                painter.setFont(theme.font(theme.SMALL_PX))
                painter.setPen(QColor(tokens.dim))
                where = QRectF(MARKER_PX, top, NUMBER_PX - 8, ROW_PX) if is_example else QRectF(0, top, first + 2 * width, ROW_PX)
                if label == "Σ":
                    Sum().draw(painter, MARKER_PX + 14, top + ROW_PX - 6, FORMULA_PX)
                else:
                    painter.drawText(where, right if is_example else Qt.AlignmentFlag.AlignVCenter, label)
                painter.setFont(theme.font(theme.SMALL_PX))
                painter.setPen(QColor(tokens.ink))
                for place, column in enumerate(shown):
                    painter.drawText(QRectF(first + place * width, top, width, ROW_PX), right, values[column])
        finally:
            painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        k = int((event.position().y() - HEAD_PX) // ROW_PX)
        listed = self.contributions
        inside = listed is not None and 0 <= k < len(listed.rows)
        self.hovered.emit(int(listed.rows[k]) if listed is not None and inside else None)

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(None)
