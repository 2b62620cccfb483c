"""Move: selects examples with a click, a rectangle or a lasso, and moves those that are selected."""

import numpy as np
from PySide6.QtCore import Qt

from core.dataset import Array
from core.drawing import Rows, in_box, in_polygon, nearest
from gui.pointer import Point
from gui.session import Session
from gui.tools.base import REACH_PX, Gesture, Tool, move_text
from gui.tools.held import Held
from gui.tools.plane import Plane

CORNER_PX = 3  # of a lasso: the least way to its next corner


class MoveTool(Tool):
    """A drag that begins on an example carries it, with all others if it is selected; one beside the examples selects."""

    def __init__(self, session: Session, plane: Plane) -> None:
        super().__init__(session, plane)
        self._held: Held | None = None
        self._corners: list[Point] = []  # of the lasso
        self._lasso = False

    def click(self, gesture: Gesture) -> None:
        row, selection = self.under(gesture.at), self.session.selection
        adds = gesture.shift or gesture.control
        if adds and row is not None:
            selection.select(np.setxor1d(selection.rows, [row]))
        elif not adds:
            selection.select([] if row is None else [row])

    def begin(self, gesture: Gesture) -> None:
        row, selection = self._grabbed(gesture.began), self.session.selection
        self._held = None
        if row is not None:
            if row not in selection.rows:
                selection.select([*selection.rows, row] if gesture.shift else [row])
            self._held = Held.of(self.dataset, selection.rows, gesture.began)
        self._corners = [gesture.began]
        self._lasso = self.session.pointer.lasso or gesture.alt

    def follow(self, gesture: Gesture) -> None:
        if self._held is not None:
            self.edit(move_text(len(self._held.rows)), self._held.moved(self.dataset, gesture.at))
            return
        if self._lasso and self.plane.pixels_between(self._corners[-1], gesture.at) >= CORNER_PX:
            self._corners.append(gesture.at)
        self.plane.show_outline(np.array(self._corners) if self._lasso else _rectangle(gesture.began, gesture.at))

    def end(self, gesture: Gesture) -> None:
        if self._held is None:
            places = self.dataset.places
            rows = in_polygon(places, self._corners) if self._lasso else in_box(places, gesture.began, gesture.at)
            selection = self.session.selection
            selection.select(np.concatenate([selection.rows, rows]) if gesture.shift else rows)
            self.plane.show_outline(None)

    def give_up(self) -> None:
        self.plane.show_outline(None)

    def cursor(self, at: Point) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor if self.under(at) is None else Qt.CursorShape.SizeAllCursor

    def held_cursor(self) -> Qt.CursorShape | None:
        return Qt.CursorShape.CrossCursor if self._held is None else Qt.CursorShape.ClosedHandCursor

    def _grabbed(self, at: Point) -> int | None:
        """The example within reach; among many that overlap, one that is selected."""
        selected: Rows = self.session.selection.rows
        among = nearest(self.dataset.places[selected], at, REACH_PX * self.plane.pixel())
        return self.under(at) if among is None else int(selected[among])


def _rectangle(corner: Point, opposite: Point) -> Array:
    (x_0, y_0), (x_1, y_1) = corner, opposite
    return np.array([(x_0, y_0), (x_1, y_0), (x_1, y_1), (x_0, y_1)])
