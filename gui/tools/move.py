"""Move: a click selects an example, a drag moves the one under it."""

import numpy as np
from PySide6.QtCore import Qt

from gui.pointer import Point
from gui.session import Session
from gui.text import tr
from gui.tools.base import Gesture, Held, Tool
from gui.tools.plane import Plane


class MoveTool(Tool):
    """Selects and moves examples."""

    def __init__(self, session: Session, plane: Plane) -> None:
        super().__init__(session, plane)
        self._held: Held | None = None

    def click(self, gesture: Gesture) -> None:
        row = self.under(gesture.at)
        self.session.selection.select([] if row is None else [row])

    def takes(self, gesture: Gesture) -> bool:
        return self.under(gesture.began) is not None

    def begin(self, gesture: Gesture) -> None:
        row = self.under(gesture.began)
        self._held = None if row is None else Held.of(self.dataset, np.array([row]), gesture.began)
        if row is not None:
            self.session.selection.select([row])

    def follow(self, gesture: Gesture) -> None:
        if self._held is not None:
            self.edit(tr("Move point"), self._held.moved(self.dataset, gesture.at))

    def cursor(self, at: Point) -> Qt.CursorShape:
        return Qt.CursorShape.OpenHandCursor

    def held_cursor(self) -> Qt.CursorShape | None:
        return Qt.CursorShape.ClosedHandCursor
