"""Brush: sprays examples of the chosen class around the pointer and along its way, Shift or the right button those of the other."""

from functools import cached_property

import numpy as np
from PySide6.QtCore import QTimer

from core.dataset import Array
from core.drawing import spray
from gui.pointer import Point
from gui.session import Session
from gui.text import tr
from gui.tools.base import Gesture, Tool
from gui.tools.plane import Plane

MOST_A_MOVE = 500  # examples, so that no move of the mouse takes long
MANY = 20_000  # examples, above which moves are gathered: an edit copies and draws all of them
GATHER_MS = 40


class BrushTool(Tool):
    """A click sprays as many examples as the density says; a drag as many on each radius of its way."""

    def __init__(self, session: Session, plane: Plane) -> None:
        super().__init__(session, plane)
        self._label = 0
        self._last: Point = (0.0, 0.0)
        self._due = 0.0  # examples, the part of one that is left over too
        self._gathered: list[Array] = []  # sprayed, and not yet among the examples
        self._timer = QTimer(session)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self._put)

    @cached_property
    def _random(self) -> "np.random.Generator":
        return np.random.default_rng()  # the start does without numpy.random

    def click(self, gesture: Gesture) -> None:
        self.begin(gesture)
        self._spray(gesture.began)
        self._put()

    def end(self, gesture: Gesture) -> None:
        self._put()

    def give_up(self) -> None:
        self._gathered.clear()

    def begin(self, gesture: Gesture) -> None:
        self._gathered.clear()
        self._label = self.label(gesture)
        self._last = gesture.began
        self._due = self.session.pointer.density

    def follow(self, gesture: Gesture) -> None:
        pointer = self.session.pointer
        self._due += pointer.density * self.plane.pixels_between(self._last, gesture.at) / (pointer.radius_px or 1.0)
        self._spray(gesture.at)

    def _spray(self, to: Point) -> None:
        k = min(int(self._due), MOST_A_MOVE)
        if k:
            self._due -= int(self._due)
            self._gathered.append(spray(self._random, self._last, to, self.radius(), k))
            self._last = to
            if not self._timer.isActive() or self.dataset.m <= MANY:
                self._put()

    def _put(self) -> None:
        """Add what was gathered, unless the examples were changed by anything else meanwhile."""
        places, self._gathered = self._gathered, []
        if places and self.is_going_on:
            self.add(tr("Spray points"), np.concatenate(places), self._label)
            self._timer.start()  # now, as the edit itself may take long
