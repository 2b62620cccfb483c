"""The paths of runs beside the one under way over a plane of two parameters, of those that live in the same parameters."""

from collections.abc import Hashable

import numpy as np

from core.dataset import Array
from core.frame import Frame
from core.landscape import Plane
from core.pinned import on_the_same_landscape, rows_to_draw
from core.trace import Counts, Trace
from gui.drawing.ghost_layer import NOWHERE, Ghost, GhostLayer
from gui.drawing.plot_area import PlotViewBox
from gui.pinned_runs import Row
from gui.session import Session

MOST_NEW = 200  # rows that one frame adds to a path


class PathLine:
    """The path of one run over a plane."""

    def __init__(self, plane: Plane, trace: Trace) -> None:
        self._plane = plane
        self._trace = trace

    def since(self, iteration: int) -> tuple[Counts, Array]:
        trace = self._trace
        if iteration == NOWHERE:
            rows = rows_to_draw(len(trace))
        else:
            first = int(np.searchsorted(trace.iteration, iteration, side="right"))
            new = len(trace) - first
            rows = np.arange(first, len(trace)) if new <= MOST_NEW else np.linspace(first, len(trace) - 1, MOST_NEW).astype(np.int64)
        return trace.iteration[rows], self._plane.of(trace.w[rows], trace.b[rows])


class PathGhosts(GhostLayer):
    """Shows the runs that are not hidden."""

    def __init__(self, session: Session, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self._session = session
        self._plane: Plane | None = None
        self._fits: dict[Hashable, tuple[object, object, bool]] = {}

    def show_frame(self, frame: Frame, plane: Plane) -> None:
        """Show the ghosts of this moment."""
        rows = [row for row in self._session.runs.ghosts(frame) if row.shown and self._is_here(row, frame)]
        if plane != self._plane:
            self._plane = plane
            self.forget()
        ghosts = [Ghost(row.key, row.trace.run or row.trace, row.slot or 0, PathLine(plane, row.trace), _head(row, plane)) for row in rows]
        self.show_ghosts(ghosts, moving=self._session.training)

    def _is_here(self, row: Row, frame: Frame) -> bool:
        """Whether its w and b are those of the run under way; found out once for two experiments."""
        known = self._fits.get(row.key)
        if known is None or known[0] is not row.experiment or known[1] is not frame.experiment:
            self._fits[row.key] = known = (row.experiment, frame.experiment, on_the_same_landscape(row.experiment, frame.experiment))
        return known[2]


def _head(row: Row, plane: Plane) -> Array | None:
    if row.is_pinned:
        return None
    at = row.trace.row_at(row.iteration)
    return plane.of(row.trace.w[at], row.trace.b[at])
