"""Turns: while it trains, views show a frame one after the other, and between two of them the event loop goes round.

So a click, a key or a timer that comes due meanwhile waits for one view and its painting, not for all of them. A view that still waits when
the next frame comes keeps its place, and shows that one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

Show = Callable[[], None]


class Turns(QObject):
    """A queue of views that have something to show, each in a round of the event loop of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.in_turn = False  # whether what is emitted now is shown in turn
        self._waiting: dict[QObject, Show] = {}
        self._timer = QTimer(self)  # one for all: of several that are due Qt calls all before it looks for anything else
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    @contextmanager
    def showing(self, *, in_turn: bool) -> Iterator[None]:
        """What is emitted within is shown in turn, or at once: as an edit is, which alters what a frame is about."""
        before, self.in_turn = self.in_turn, in_turn
        try:
            yield
        finally:
            self.in_turn = before

    def ask(self, view: QObject, show: Show) -> None:
        """Call `show` when it is the turn of `view`: once, however often it asks."""
        self._waiting[view] = show
        if not self._timer.isActive():
            self._timer.start()

    def drop(self, view: QObject) -> None:
        """It has shown everything without waiting."""
        self._waiting.pop(view, None)

    def close(self) -> None:
        """Show nothing any more."""
        self._waiting.clear()
        self._timer.stop()

    def _next(self) -> None:
        try:
            if self._waiting:
                view = next(iter(self._waiting))
                show = self._waiting.pop(view)
                if isValid(view):
                    show()
        finally:
            if self._waiting:
                self._timer.start()  # only now, so that what has come due meanwhile is before it
