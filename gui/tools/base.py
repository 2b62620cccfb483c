"""Tool: what the mouse does to the examples on the plane. A new tool is one file with a subclass, and one line in the registry TOOLS."""

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import count

import numpy as np
from PySide6.QtCore import Qt

from core.dataset import Array, Dataset
from core.drawing import MOST_BY_HAND, Rows, nearest, renumbered
from core.errors import UserError
from core.on_the_plane import features_at, label_at
from gui.pointer import Point
from gui.session import Session
from gui.text import tr
from gui.tools.plane import Plane

REACH_PX = 10  # an example is grabbed from this far

_strokes = count()


@dataclass(frozen=True)
class Gesture:
    """One moment of a click or a drag; positions in data units."""

    began: Point  # where the button went down
    at: Point
    right: bool = False
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    first: bool = True
    last: bool = True

    @property
    def shift(self) -> bool:
        """Whether Shift is held."""
        return bool(self.keys & Qt.KeyboardModifier.ShiftModifier)

    @property
    def control(self) -> bool:
        """Whether Ctrl is held. A drag with it shifts the view and reaches no tool."""
        return bool(self.keys & Qt.KeyboardModifier.ControlModifier)

    @property
    def alt(self) -> bool:
        """Whether Alt is held."""
        return bool(self.keys & Qt.KeyboardModifier.AltModifier)


class Tool:
    """Override click for a click; begin, follow, end and give_up for a drag; cursor for what the mouse cursor says.

    Edits go through edit(), add() and remove(): those of one click or drag are one undo step. When the examples are changed by anything
    else while a drag is under way (undo, Delete, other data), the rest of it does nothing, as its numbers stand for other examples then.
    """

    def __init__(self, session: Session, plane: Plane) -> None:
        self.session = session
        self.plane = plane
        self._stroke = 0
        self._known: Dataset | None = None

    # What a tool does.

    def click(self, gesture: Gesture) -> None:
        """The button went down and up again in one place."""

    def begin(self, gesture: Gesture) -> None:
        """A drag begins at gesture.began."""

    def follow(self, gesture: Gesture) -> None:
        """The drag has come to gesture.at; called for its first and its last moment too."""

    def end(self, gesture: Gesture) -> None:
        """The button went up."""

    def give_up(self) -> None:
        """The drag was interrupted; what is shown of it goes."""

    def cursor(self, at: Point) -> Qt.CursorShape:
        """What the mouse cursor says at a position, no button held."""
        return Qt.CursorShape.CrossCursor

    def held_cursor(self) -> Qt.CursorShape | None:
        """The cursor of the drag under way; None: that of before."""
        return None

    # What the hand calls.

    def clicked(self, gesture: Gesture) -> None:
        """A click, which is a stroke of its own."""
        self._new_stroke()
        self.click(gesture)

    def dragged(self, gesture: Gesture) -> None:
        """A moment of a drag."""
        if gesture.first:
            self._new_stroke()
            self.begin(gesture)
        if self.is_going_on:
            self.follow(gesture)
            if gesture.last:
                self.end(gesture)
        elif self._known is not None:
            self.interrupt()

    def interrupt(self) -> None:
        """End the drag under way; the rest of it does nothing."""
        self._known = None
        self.give_up()

    # What tools use.

    @property
    def is_going_on(self) -> bool:
        """Whether nothing but this stroke has changed the examples since it began."""
        return self._known is self.dataset

    @property
    def dataset(self) -> Dataset:
        """The examples."""
        return self.session.experiment.dataset

    def under(self, at: Point) -> int | None:
        """Number of the example within reach of a position."""
        return nearest(self.dataset.places, at, REACH_PX * self.plane.pixel())

    def radius(self) -> Array:
        """Radius (2,) of a tool that works on all that is under it, in data units."""
        return (self.session.pointer.radius_px or REACH_PX) * self.plane.pixel()

    def label(self, gesture: Gesture) -> int:
        """The class that a gesture draws: the chosen one, with one feature that of the half it begins in; Shift or right for the other."""
        return label_at(self.dataset, gesture.began, self.session.pointer.label) ^ int(gesture.right or gesture.shift)

    def edit(self, text: str, dataset: Dataset, selected: Rows | None = None) -> None:
        """Make this the examples, in the undo step of this stroke; `selected` as in Session.edit_points."""
        edit_points(self.session, text, dataset, merge=(type(self).__name__, self._stroke), selected=selected)
        self._known = self.dataset

    def add(self, text: str, places: Array, label: int) -> None:
        """Add examples of a class at places (k, 2), as many as there is room for."""
        room = max(MOST_BY_HAND - self.dataset.m, 0)
        X = features_at(places, self.dataset.n)
        if len(X[:room]):
            self.edit(text, self.dataset.with_points(X[:room], np.full(len(X[:room]), label)))
        if len(X) > room:
            message = tr("There are {m:,} examples, as many as can be drawn by hand; erase some to make room for others.")
            self.session.report(message.format(m=self.dataset.m))

    def remove(self, rows: Rows) -> None:
        """Erase these examples; the others that are selected stay so."""
        if len(rows):
            self.edit(erase_text(len(rows)), self.dataset.without(rows), renumbered(self.session.selection.rows, rows))

    def _new_stroke(self) -> None:
        self._stroke = next(_strokes)
        self._known = self.dataset


def edit_points(session: Session, text: str, dataset: Dataset, *, merge: Hashable = None, selected: Rows | None = None) -> None:
    """An edit by hand; what cannot be is said in one sentence, and changes nothing."""
    try:
        session.edit_points(text, dataset, merge=merge, selected=selected)
    except UserError as error:
        session.report(error)


def erase_text(k: int) -> str:
    """The undo step that erases k examples."""
    return tr("Erase point") if k == 1 else tr("Erase points")


def move_text(k: int) -> str:
    """The undo step that moves k examples."""
    return tr("Move point") if k == 1 else tr("Move points")
