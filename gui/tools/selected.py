"""What keys do to the examples that are selected: nudge them, erase them, select all."""

from itertools import count

import numpy as np
from PySide6.QtCore import QObject

from gui.session import Session
from gui.tools.base import edit_points, erase_text, move_text
from gui.tools.plane import Plane

NUDGE = 0.01  # of the view
FINE = 0.1

_series = count()


class Selected(QObject):
    """Works whichever tool is in hand. Nudges of the same examples that follow each other are one undo step."""

    def __init__(self, session: Session, plane: Plane, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._plane = plane
        self._one_series = next(_series)
        session.selection.changed.connect(self._new_series)

    def nudge(self, right: int, up: int, *, fine: bool = False) -> None:
        """Move the selected examples by a hundredth of the view, or a thousandth."""
        rows, dataset = self._session.selection.rows, self._session.experiment.dataset
        if dataset.n == 1 and not right:
            return  # it has one feature, and that lies from left to right
        by = np.array([right, up]) * self._plane.span() * NUDGE * (FINE if fine else 1.0)
        moved = dataset.with_moved(rows, dataset.X[rows] + by[: dataset.n])
        edit_points(self._session, move_text(len(rows)), moved, merge=("nudge", self._one_series))

    def erase(self, otherwise: int | None) -> None:
        """Erase the selected examples, or this one when there are none."""
        rows = self._session.selection.rows
        if not len(rows) and otherwise is not None:
            rows = np.array([otherwise])
        if len(rows):
            dataset = self._session.experiment.dataset.without(rows)
            edit_points(self._session, erase_text(len(rows)), dataset, selected=np.empty(0, dtype=np.intp))

    def select_all(self) -> None:
        """Select all examples."""
        self._session.selection.select(np.arange(self._session.experiment.dataset.m))

    def _new_series(self) -> None:
        self._one_series = next(_series)
