"""The update set as formulas: a row for each parameter, the course's formula and behind it the numbers of this very iteration."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.update import Update
from core.update_rules import SEQUENTIAL
from gui.drawing.course_formulas import Powers, derivative_formula, update_formula, weight
from gui.drawing.formula import Box, Fraction, Word, draw_still, row, text_width
from gui.text import number, steady, tr

SIZES_PX = (14, 13, 12, 11)
LARGE_PX = (18, 17, 16, 15)
ROW_HEIGHT = 2.45  # in sizes
COLUMN_GAP = 0.2
DIGITS = 4
WIDEST_NUMBER = "−0.000000"
EQUALS, BECOMES = Word(" = "), Word(" := ")


@dataclass(frozen=True)
class Cell:
    """A box of a row; `least` is the text of the widest thing that stands there as a rule, `detail` says when it may be left out.

    A `still` one holds no numbers.
    """

    box: Box
    least: str = ""
    detail: int = 0
    still: bool = False


def update_cells(update: Update, j: int, powers: Powers, model: str, rule: str) -> list[Cell]:
    """The row of parameter j: w_1 … w_n, then b. Details 1 and then 2 go first where there is little room."""
    n, regularized = update.n, update.lambda_ > 0
    # What is 0 but for rounding is shown as 0: the first iteration on balanced classes would begin with a riddle.
    noise = float(update.noise[j])
    derivative = Word(_number(update.derivative[j], noise, DIGITS), colour="accent")
    sum_text = _number(update.sums[j], noise * update.m, DIGITS)
    mean = row(" =  ", Fraction(row(sum_text), row(f"{update.m:,}")))
    penalty = row(f" + {number(float(update.penalty[j]), DIGITS)}" if regularized and j < n else "")
    before, after = (_number(value, update.alpha * noise, DIGITS + 1) for value in (update.before[j], update.after[j]))
    alpha = number(update.alpha)
    cells = [
        Cell(derivative_formula(j, powers, model, regularized), still=True),
        Cell(row(mean, penalty), "", 2),
        Cell(EQUALS),
        Cell(derivative, WIDEST_NUMBER),
        Cell(update_formula(j, n), "", 1, still=True),
        Cell(weight(j, n), "", -1, still=True),
        Cell(EQUALS, "", 1),
        Cell(BECOMES, "", -1),
        Cell(row(before, f" − {alpha} · (", derivative, ")"), f"−00.0000 − {alpha} · ({WIDEST_NUMBER})"),
        Cell(EQUALS),
        Cell(Word(after, bold=True), "−00.0000"),
    ]
    if rule == SEQUENTIAL:
        cells.append(Cell(_taken_at(j, n), "", 1))
    return cells


def _number(value: float, noise: float, digits: int) -> str:
    return steady(0.0 if abs(value) <= noise else float(value), digits)


def _taken_at(j: int, n: int) -> Box:
    """Which new parameters f sees already, when one is updated after the other."""
    if j == 0:
        return row(Word("   " + tr("f at the old w, b"), colour="dim"))
    last: tuple[Box | str, ...] = (" … ", weight(j - 1, n)) if j > 2 else (", ", weight(1, n)) if j == 2 else ()
    return row(Word("   " + tr("f with the new") + " ", colour="dim"), weight(0, n), *last)


class UpdateRows(QWidget):
    """Paints the rows of an update, aligned in columns, as large as the width allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[Cell]] = []
        self._sizes_px = SIZES_PX
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def row_height(self) -> int:
        """In pixels."""
        return round(ROW_HEIGHT * self._sizes_px[0])

    def set_large(self, large: bool) -> None:
        """Set the formulas in a larger size, where there is the width for it."""
        sizes_px = LARGE_PX if large else SIZES_PX
        if sizes_px != self._sizes_px:
            self._sizes_px = sizes_px
            self.updateGeometry()
            self.update()

    def show_rows(self, rows: list[list[Cell]]) -> None:
        """Show these."""
        if len(rows) != len(self._rows):
            self._rows = rows
            self.updateGeometry()
        self._rows = rows
        self.setAccessibleDescription(self.text())
        self.update()

    def text(self) -> str:
        """All rows as lines of text, with every detail."""
        return "\n".join("".join(cell.box.plain() for cell in cells if cell.detail >= 0).strip() for cells in self._rows)

    def sizeHint(self) -> QSize:
        return QSize(300, max(1, len(self._rows)) * self.row_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        px, details, widths = self._fit()
        height = self.row_height
        # The room that is left goes between the derivative and the update.
        spare = max(0.0, self.width() - sum(widths) - COLUMN_GAP * px * len(widths))
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index, cells in enumerate(self._rows):
                x, y = 0.0, float(round(height * (index + 0.5) + 0.3 * px))
                if y + height < event.rect().top() or y - height > event.rect().bottom():
                    continue
                for column, cell in enumerate(_kept(cells, details)):
                    inner = cell.box.extent(px).width
                    # Formulas begin at the left of their column, numbers end at its right.
                    at = x + (widths[column] - inner if cell.least else 0.0)
                    if cell.still:
                        draw_still(painter, cell.box, at, y, px)
                    else:
                        cell.box.draw(painter, at, y, px)
                    x += widths[column] + COLUMN_GAP * px
                    if column == _last_of_derivative(details):
                        x += min(spare, 3.0 * px)
        finally:
            painter.end()

    def _fit(self) -> tuple[float, int, list[float]]:
        """The size, the details left out from this one on, and the widths of the columns that fit."""
        for px, details in [(self._sizes_px[0], 9), *((px, leave) for leave in (1, 0) for px in self._sizes_px), (SIZES_PX[-1], 0)]:
            widths = self._widths(px, details)
            if sum(widths) + COLUMN_GAP * px * len(widths) <= self.width():
                break
        return px, details, widths

    def _widths(self, px: float, details: int) -> list[float]:
        columns: list[float] = []
        for cells in self._rows:
            widths = [max(cell.box.extent(px).width, text_width(cell.least, px)) for cell in _kept(cells, details)]
            columns = [max(pair) for pair in zip(columns or widths, widths, strict=True)]
        return columns


def _kept(cells: Sequence[Cell], details: int) -> list[Cell]:
    """9: all; 1: without detail 1, which the short form of detail -1 stands for; 0: without detail 2 as well."""
    if details == 9:
        return [cell for cell in cells if cell.detail >= 0]
    return [cell for cell in cells if cell.detail <= 0 or (cell.detail == 2 and details == 1)]


def _last_of_derivative(details: int) -> int:
    return 2 if details == 0 else 3
