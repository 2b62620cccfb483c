"""Flip: a click or a drag gives all examples under its circle the other class, each once."""

import numpy as np

from core.dataset import Mask
from core.drawing import under_stroke
from gui.pointer import Point
from gui.session import Session
from gui.text import tr
from gui.tools.base import Gesture, Tool
from gui.tools.plane import Plane


class FlipTool(Tool):
    """Flips what is under the pointer and on its way."""

    def __init__(self, session: Session, plane: Plane) -> None:
        super().__init__(session, plane)
        self._last: Point = (0.0, 0.0)
        self._flipped: Mask = np.empty(0, dtype=bool)  # in this stroke

    def click(self, gesture: Gesture) -> None:
        self.begin(gesture)
        self.follow(gesture)

    def begin(self, gesture: Gesture) -> None:
        self._last = gesture.began
        self._flipped = np.zeros(self.dataset.m, dtype=bool)

    def follow(self, gesture: Gesture) -> None:
        rows = under_stroke(self.dataset.places, self._last, gesture.at, self.radius())
        rows = rows[~self._flipped[rows]]
        self._last = gesture.at
        if len(rows):
            self._flipped[rows] = True
            self.edit(tr("Flip class"), self.dataset.with_labels(rows, 1 - self.dataset.y[rows]))
