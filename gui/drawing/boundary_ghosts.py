"""The boundaries of runs beside the one under way, each through its own feature map.

Those of pinned runs are found once and painted from a picture. Those of a race move with every frame while they are straight; curved ones
take a grid of terms each, and are found in the background.
"""

from PySide6.QtCore import QObject

from core.boundary import Range
from core.boundary_lines import boundary_lines, is_straight
from core.dataset import Array
from core.frame import Frame
from gui import theme
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotViewBox
from gui.drawing.still_lines import StillLines
from gui.pinned_runs import Row
from gui.session import Session

WIDTH_PX = 1.5
Shown = tuple[tuple[object, ...], ...]


class BoundaryGhosts(QObject):
    """Two layers of lines: `still` ones of pinned runs, and `moving` ones of the lanes of a race."""

    def __init__(self, session: Session, view: PlotViewBox, z: float) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.still = StillLines(view, z)
        self.moving = LinesLayer(view, z)
        self._curves = {True: session.background(), False: session.background()}  # of pinned runs, of lanes
        self._of: dict[bool, Shown] = {True: (), False: ()}
        session.runs.changed.connect(self._show)
        session.runs.shown_changed.connect(self._show)

    def show_frame(self, frame: Frame) -> None:
        """Show the ghosts of this moment, in the part of the plane that is in view."""
        runs = self._session.runs
        rows = [row for row in runs.ghosts(frame) if row.shown and row.experiment.dataset.continues(frame.experiment.dataset)]
        for pinned, layer in ((True, self.still), (False, self.moving)):
            self._show_rows([row for row in rows if row.is_pinned == pinned], layer, pinned, frame.experiment.threshold)

    def apply_theme(self) -> None:
        """The colours are others now."""
        self._of = {True: (), False: ()}
        self._show()

    def _show(self) -> None:
        self.show_frame(self._session.frame_now)

    def _show_rows(self, rows: list[Row], layer: LinesLayer, pinned: bool, threshold: float) -> None:
        ranges = (self._view.x_range(), self._view.y_range())
        shown: Shown = tuple((row.key, row.trace, row.iteration, threshold, *ranges) for row in rows)
        before, curves = self._of[pinned], self._curves[pinned]
        if len(shown) == len(before) and all(_same(a, b) for a, b in zip(shown, before, strict=True)):
            return
        if all(is_straight(row.frame) for row in rows):
            curves.cancel()
            layer.show_lines(_lines(rows, _found(rows, *ranges)))
        elif pinned or not curves.busy:  # those of a race: the newest when the ones before are there, and not one for each frame

            def done(found: list[list[Array]]) -> None:
                layer.show_lines(_lines(rows, found))
                self._show()

            curves.submit(lambda: _found(rows, *ranges), done)
        else:
            return  # done() comes back to it
        self._of[pinned] = shown


def _same(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    return a[1] is b[1] and a[0] == b[0] and a[2:] == b[2:]


def _found(rows: list[Row], x1_range: Range, x2_range: Range) -> list[list[Array]]:
    return [boundary_lines(row.frame, x1_range, x2_range) for row in rows]


def _lines(rows: list[Row], found: list[list[Array]]) -> list[Line]:
    pens = [theme.run_pen(row.slot or 0, WIDTH_PX) for row in rows]
    return [Line(points, pen) for pen, lines in zip(pens, found, strict=True) for points in lines]
