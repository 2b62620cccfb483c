"""Point: a click adds an example of the chosen class, Shift or the right button one of the other; a drag moves the one under it."""

import numpy as np
from PySide6.QtCore import Qt

from gui.pointer import Point
from gui.session import Session
from gui.text import tr
from gui.tools.base import Gesture, Tool, move_text
from gui.tools.held import Held
from gui.tools.plane import Plane


class PointTool(Tool):
    """Adds one example a click."""

    def __init__(self, session: Session, plane: Plane) -> None:
        super().__init__(session, plane)
        self._held: Held | None = None

    def click(self, gesture: Gesture) -> None:
        self.add(tr("Add point"), np.array([gesture.began]), self.label(gesture))

    def begin(self, gesture: Gesture) -> None:
        row = self.under(gesture.began)
        self._held = None if row is None else Held.of(self.dataset, np.array([row]), gesture.began)

    def follow(self, gesture: Gesture) -> None:
        if self._held is not None:
            self.edit(move_text(1), self._held.moved(self.dataset, gesture.at))

    def end(self, gesture: Gesture) -> None:
        if self._held is None:
            self.click(gesture)  # a hand that trembles while it clicks still means one point

    def cursor(self, at: Point) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor if self.under(at) is None else Qt.CursorShape.OpenHandCursor

    def held_cursor(self) -> Qt.CursorShape | None:
        return None if self._held is None else Qt.CursorShape.ClosedHandCursor
