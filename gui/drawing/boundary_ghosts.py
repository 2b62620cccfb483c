"""The boundaries of runs beside the one under way, each through its own feature map.

Those of pinned runs are found once and painted from a picture. Those of a race move with every frame while they are straight; curved ones
take a grid of terms each, and are found in the background.
"""

import time

from PySide6.QtCore import QObject

from core.boundary import Range
from core.boundary_lines import GridTerms, boundary_lines
from core.dataset import Array
from core.frame import Frame
from gui import theme
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotViewBox
from gui.drawing.still_lines import StillLines
from gui.pinned_runs import Row
from gui.session import Session

WIDTH_PX = 1.5
INTERVAL_S = 0.15  # from one search for the curved boundaries of a race to the next
Shown = tuple[tuple[object, ...], ...]


class BoundaryGhosts(QObject):
    """Layers of lines: `still` ones of pinned runs, and of the lanes of a race straight ones, `moving`, or `curved` ones."""

    def __init__(self, session: Session, view: PlotViewBox, z: float) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.still = StillLines(view, z)
        self.moving = LinesLayer(view, z)
        self.curved = StillLines(view, z)
        self._pinned_search, self._lanes_search = session.background(), session.background()
        self._pinned: Shown = ()
        self._lanes: Shown = ()
        self._searched_s = 0.0
        self._grid: tuple[tuple[Range, Range], GridTerms] | None = None
        session.runs.changed.connect(self._show)
        session.runs.shown_changed.connect(self._show)

    def show_frame(self, frame: Frame) -> None:
        """Show the ghosts of this moment, in the part of the plane that is in view."""
        runs = self._session.runs
        rows = [row for row in runs.ghosts(frame) if row.shown and row.experiment.dataset.continues(frame.experiment.dataset)]
        self._show_pinned([row for row in rows if row.is_pinned], frame)
        self._show_lanes([row for row in rows if not row.is_pinned], frame)

    def apply_theme(self) -> None:
        """The colours are others now."""
        self._pinned = self._lanes = (("another theme",),)
        self._show()

    def _show(self) -> None:
        self.show_frame(self._session.frame_now)

    def _show_pinned(self, rows: list[Row], frame: Frame) -> None:
        ranges, shown = self._ranges(), self._shown(rows, frame)
        if _same(shown, self._pinned):
            return
        self._pinned = shown
        if all(row.experiment.degree == 1 for row in rows):
            self._pinned_search.cancel()
            self.still.show_lines(_lines(rows, _found(rows, *ranges)))
        else:
            self._pinned_search.submit(lambda: _lines(rows, _found(rows, *ranges)), self.still.show_lines)

    def _show_lanes(self, rows: list[Row], frame: Frame) -> None:
        shown = self._shown(rows, frame)
        if _same(shown, self._lanes):
            return
        if all(row.experiment.degree == 1 for row in rows):
            self._lanes = shown
            self._lanes_search.cancel()
            self.moving.show_lines(_lines(rows, _found(rows, *self._ranges())))
            if self.curved.lines:
                self.curved.show_lines([])
        elif not self._lanes_search.busy:
            now_s = time.monotonic()
            if not self._session.training or now_s - self._searched_s > INTERVAL_S:
                self._lanes, self._searched_s = shown, now_s
                self._search_lanes(rows)

    def _search_lanes(self, rows: list[Row]) -> None:
        ranges = self._ranges()
        if self._grid is None or self._grid[0] != ranges:
            self._grid = ranges, GridTerms(*ranges)
        grid = self._grid[1]
        self._lanes_search.submit(lambda: _lines(rows, _found(rows, *ranges, grid)), self._lanes_found)

    def _lanes_found(self, lines: list[Line]) -> None:
        self.curved.show_lines(lines)
        if self.moving.lines:
            self.moving.show_lines([])
        self._show()  # they may have moved on meanwhile

    def _ranges(self) -> tuple[Range, Range]:
        return self._view.x_range(), self._view.y_range()

    def _shown(self, rows: list[Row], frame: Frame) -> Shown:
        """What lines depend on: when it is the same, so are they."""
        return tuple((row.key, row.trace.run or row.trace, row.iteration, frame.experiment.threshold, *self._ranges()) for row in rows)


def _same(shown: Shown, before: Shown) -> bool:
    return shown == before  # traces are compared by identity


def _found(rows: list[Row], x1_range: Range, x2_range: Range, grid: GridTerms | None = None) -> list[list[Array]]:
    grid, frames = grid or GridTerms(x1_range, x2_range), [row.frame for row in rows]
    return [boundary_lines(at.experiment.features, at.w, at.b, at.z_threshold, x1_range, x2_range, grid) for at in frames]


def _lines(rows: list[Row], found: list[list[Array]]) -> list[Line]:
    pens = [theme.run_pen(row.slot or 0, WIDTH_PX) for row in rows]
    return [Line(points, pen) for pen, lines in zip(pens, found, strict=True) for points in lines]
