"""The cost curves of runs beside the one under way, and their names at the ends."""

import math
from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from core.dataset import Array
from core.envelope import Envelope
from core.frame import Frame
from core.trace import Counts, Trace
from gui import theme
from gui.drawing.ghost_layer import Ghost, GhostLayer, place_labels
from gui.drawing.level_layer import LevelLayer
from gui.drawing.plot_area import PlotViewBox
from gui.pinned_runs import Row
from gui.session import Session
from gui.text import shortened

MOST_TIMES = 3.0  # as high as the run under way: what lies above is not seen, or a run that leaps would make all others flat
MOST_NAME = 24
LABEL_PX = 11
GAP_PX = 4.0
MOST_NAMES = 64  # pictures of names that are kept
ROUNDING = 2.3e-16  # of the least J: what is nearer to it cannot be told from it
FEW = 6  # ghosts that have names in the picture; the table of runs names all of them


def above(J: Array, least: float) -> Array:
    """How far J is above the least one, as far as that can be told from rounding."""
    return np.maximum(J - least, ROUNDING * least)


class CostLine:
    """J of one run on the axes in force."""

    def __init__(self, *, log_x: bool, log_J: bool, least: float | None = None) -> None:
        self._log_x, self._log_J = log_x, log_J
        self.least = least  # J is measured from this one, None: from 0
        self._envelope = Envelope(log_x=log_x, log_J=log_J and least is None)
        self._iteration: Array = np.empty(0)
        self._J: Array = np.empty(0)
        self._taken: Trace | None = None
        self.trace: Trace | None = None  # as far as the run has come

    def _take(self) -> None:
        if self.trace is not self._taken and self.trace is not None:
            self._taken = self.trace
            self._iteration, self._J = self._envelope.points(self.trace)

    def extremes(self) -> tuple[float, float]:
        """The least and the greatest J as far as the line was drawn, or all of a line that was not; from the least J where that counts."""
        if self._taken is None:
            self._take()
        J = self._above(self._J)
        return float(J.min(initial=np.inf)), float(J.max(initial=-np.inf))

    def _above(self, J: Array) -> Array:
        return J if self.least is None else above(J, self.least)

    def since(self, iteration: int) -> tuple[Counts, Array]:
        self._take()
        first = int(np.searchsorted(self._iteration, iteration, side="right"))
        k, J = self._iteration[first:], self._J[first:]
        return k.astype(np.int64), self.points(k, J)

    def points(self, k: Array, J: Array) -> Array:
        """Points (r, 2) of iterations (r,) and J (r,) on these axes."""
        J = self._above(J)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.column_stack([np.log10(k) if self._log_x else k, np.log10(J) if self._log_J else J])


class CostGhosts(GhostLayer):
    """Shows the runs that are not hidden; their names leave room for that of the `level`."""

    def __init__(self, session: Session, view: PlotViewBox, z: float, level: LevelLayer) -> None:
        super().__init__(view, z)
        self._session = session
        self._level = level
        self._log_x = self._log_J = self._above = False
        self._lines: dict[Hashable, CostLine] = {}
        self._rows: list[Row] = []
        self._names: dict[tuple[str, int, float], QPixmap] = {}

    def set_axes(self, *, log_x: bool, log_J: bool, above: bool) -> None:
        """Which axes are logarithmic now; `above`: J counts from the minimum, of each run that of its own J."""
        self._log_x, self._log_J, self._above = log_x, log_J, above
        self._lines.clear()
        self.forget()

    def show_frame(self, frame: Frame) -> None:
        """Show the ghosts of this moment."""
        self._rows = [row for row in self._session.runs.ghosts(frame) if row.shown]
        if not self._rows and not self.ghosts:
            return
        self._lines = {row.key: self._line(row) for row in self._rows}
        ghosts = []
        for row in self._rows:
            line = self._lines[row.key]
            line.trace = row.trace
            head = None if row.is_pinned else line.points(np.array([float(row.iteration)]), np.array([row.J]))[0]
            ghosts.append(Ghost(row.key, row.trace.run or row.trace, row.slot or 0, line, head))
        self.show_ghosts(ghosts, moving=self._session.training)

    def _line(self, row: Row) -> CostLine:
        bottom = self._session.runs.bottoms.of(row.experiment) if self._above else None
        least = bottom.infimum or None if bottom is not None else None
        line = self._lines.get(row.key)
        if line is None or line.least != least:
            self.forget()
            return CostLine(log_x=self._log_x, log_J=self._log_J, least=least)
        return line

    @property
    def last(self) -> int:
        """The latest iteration of any of them."""
        return max((row.trace.last for row in self._rows), default=0)

    def lowest(self, low: float) -> float:
        """The least J to be seen: `low`, or less."""
        return min([low, *(line.extremes()[0] for line in self._lines.values())])

    def highest(self, high: float) -> float:
        """The greatest J to be seen: `high`, or what ghosts need, but not many times as much."""
        return min(max([high, *(line.extremes()[1] for line in self._lines.values())]), max(high, MOST_TIMES * abs(high)))

    def draw(self, painter: QPainter) -> None:
        super().draw(painter)
        if 0 < len(self.ghosts) <= FEW:
            self._draw_names(painter)

    def _draw_names(self, painter: QPainter) -> None:
        area, ratio = self.boundingRect(), painter.device().devicePixelRatioF()
        line = self._lines[self._rows[0].key]
        ends = line.points(np.array([float(row.iteration) for row in self._rows]), np.array([row.J for row in self._rows]))
        names = [self._name(shortened(row.name, MOST_NAME), theme.run_colour(row.slot or 0), ratio) for row in self._rows]
        choices: list[list[QRectF]] = []
        for (x, y), name in zip(self.to_pixels(ends).tolist(), names, strict=True):
            width, tall = name.width() / ratio, name.height() / ratio
            left = min(x, area.width() - 4.0) - width - GAP_PX
            beside = QRectF(x + 2 * GAP_PX, y - tall / 2, width + GAP_PX, tall)
            above, below = (QRectF(left, top, width, tall) for top in (y - tall - GAP_PX, y + GAP_PX))
            choices.append([beside, above, below] if math.isfinite(x + y) else [])
        for name, place in zip(names, place_labels(choices, self._level_name(), area), strict=True):
            if place is not None:
                painter.drawPixmap(place.topLeft(), name)

    def _name(self, text: str, colour: QColor, ratio: float) -> QPixmap:
        """A picture of a name: to lay it out anew takes longer than all else that a frame draws of a ghost."""
        key = text, colour.rgb(), ratio
        if key not in self._names:
            if len(self._names) > MOST_NAMES:
                self._names.clear()
            font = theme.font(LABEL_PX)
            metrics = QFontMetricsF(font)
            made = QPixmap(math.ceil(metrics.horizontalAdvance(text) * ratio), math.ceil(metrics.height() * ratio))
            made.setDevicePixelRatio(ratio)
            made.fill(QColor(Qt.GlobalColor.transparent))
            inner = QPainter(made)
            try:
                inner.setFont(font)
                inner.setPen(colour)
                inner.drawText(QPointF(0.0, metrics.ascent()), text)
            finally:
                inner.end()
            self._names[key] = made
        return self._names[key]

    def _level_name(self) -> list[QRectF]:
        """Where the minimum is drawn, and where its name stands."""
        if not self._level.seen or not self._level.text:
            return []
        return [self._level.name_box(), QRectF(0.0, self.to_pixel(0.0, self._level.y).y() - 1.0, self.boundingRect().width(), 2.0)]
