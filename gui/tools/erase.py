"""Erase: a click or a drag over examples takes them away."""

import numpy as np
from PySide6.QtCore import Qt

from gui.pointer import Point
from gui.tools.base import Gesture, Tool


class EraseTool(Tool):
    """Erases what is under the pointer."""

    def click(self, gesture: Gesture) -> None:
        self._erase(gesture.at)

    def follow(self, gesture: Gesture) -> None:
        self._erase(gesture.at)

    def cursor(self, at: Point) -> Qt.CursorShape:
        return Qt.CursorShape.PointingHandCursor

    def _erase(self, at: Point) -> None:
        row = self.under(at)
        if row is not None:
            self.remove(np.array([row]))
