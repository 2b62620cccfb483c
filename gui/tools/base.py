"""Tool: what the mouse does to the examples on the plane. A new tool is one file with a subclass, and one line in the registry TOOLS."""

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import count

import numpy as np
from PySide6.QtCore import Qt

from core.dataset import Array, Dataset
from core.drawing import Rows, nearest, renumbered
from core.errors import UserError
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


class Tool:
    """Override click for a click; begin, follow and end for a drag; cursor for what the mouse cursor says.

    Edits go through edit(): those of one click or drag are one undo step. When the examples are changed by anything else while a drag is
    under way (undo, Delete, other data), the rest of the drag does nothing, as its numbers stand for other examples then.
    """

    def __init__(self, session: Session, plane: Plane) -> None:
        self.session = session
        self.plane = plane
        self._stroke = 0
        self._known: Dataset | None = None

    # What a tool does.

    def click(self, gesture: Gesture) -> None:
        """The button went down and up again in one place."""

    def takes(self, gesture: Gesture) -> bool:
        """Whether a drag that begins at gesture.began is the tool's; another one shifts the view."""
        return True

    def begin(self, gesture: Gesture) -> None:
        """A drag begins at gesture.began."""

    def follow(self, gesture: Gesture) -> None:
        """The drag has come to gesture.at; called for its first and its last moment too."""

    def end(self, gesture: Gesture) -> None:
        """The button went up; not called when the drag was interrupted."""

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
        if self.interrupted:
            return
        self.follow(gesture)
        if gesture.last:
            self.end(gesture)

    # What tools use.

    @property
    def dataset(self) -> Dataset:
        """The examples."""
        return self.session.experiment.dataset

    @property
    def interrupted(self) -> bool:
        """Whether somebody else has changed the examples since the stroke began."""
        return self._known is not self.dataset

    def under(self, at: Point) -> int | None:
        """Number of the example within reach of a position."""
        return nearest(self.dataset.X, at, REACH_PX * self.plane.pixel())

    def edit(self, text: str, dataset: Dataset, selected: Rows | None = None) -> None:
        """Make this the examples, in the undo step of this stroke; `selected` as in Session.edit_points."""
        edit_points(self.session, text, dataset, merge=(type(self).__name__, self._stroke), selected=selected)
        self._known = self.dataset

    def remove(self, rows: Rows) -> None:
        """Erase these examples; the others that are selected stay so."""
        if len(rows):
            text = tr("Erase point") if len(rows) == 1 else tr("Erase points")
            self.edit(text, self.dataset.without(rows), renumbered(self.session.selection.rows, rows))

    def _new_stroke(self) -> None:
        self._stroke = next(_strokes)
        self._known = self.dataset


def edit_points(session: Session, text: str, dataset: Dataset, *, merge: Hashable = None, selected: Rows | None = None) -> None:
    """An edit by hand; what cannot be is said in one sentence, and changes nothing."""
    try:
        session.edit_points(text, dataset, merge=merge, selected=selected)
    except UserError as error:
        session.report(error)


@dataclass(frozen=True, eq=False)
class Held:
    """Examples that a drag carries: their numbers (k,), their places (k, 2) when it began, and where it began."""

    rows: Rows
    X: Array
    began: Point

    @classmethod
    def of(cls, dataset: Dataset, rows: Rows, began: Point) -> "Held":
        """Take these examples."""
        return cls(rows, dataset.X[rows], began)

    def moved(self, dataset: Dataset, to: Point) -> Dataset:
        """A dataset in which they have come along."""
        return dataset.with_moved(self.rows, self.X + np.subtract(to, self.began))
