"""Erase: a click or a drag takes away all examples under its circle."""

from core.drawing import under_stroke
from gui.pointer import Point
from gui.session import Session
from gui.tools.base import Gesture, Tool
from gui.tools.plane import Plane


class EraseTool(Tool):
    """Erases what is under the pointer and on its way."""

    def __init__(self, session: Session, plane: Plane) -> None:
        super().__init__(session, plane)
        self._last: Point = (0.0, 0.0)

    def click(self, gesture: Gesture) -> None:
        self.begin(gesture)
        self.follow(gesture)

    def begin(self, gesture: Gesture) -> None:
        self._last = gesture.began

    def follow(self, gesture: Gesture) -> None:
        self.remove(under_stroke(self.dataset.places, self._last, gesture.at, self.radius()))
        self._last = gesture.at
