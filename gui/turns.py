"""Turns: while it trains, views show a frame one after the other, and between two of them the event loop goes round.

So no click, key or timer waits for more than one view and its painting. A view that still waits when the next frame comes keeps its place,
and shows that one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

Show = Callable[[], None]


class Turns(QObject):
    """A queue of what views have to show, each in a round of the event loop of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.taken = False
        self._waiting: dict[Show, None] = {}
        self._timer = QTimer(self)  # one for all: of several that are due Qt calls all before it looks for anything else
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    @contextmanager
    def take(self) -> Iterator[None]:
        """What comes within is shown in turn; anything else at once, as an edit alters what a frame is about."""
        self.taken = True
        try:
            yield
        finally:
            self.taken = False

    def ask(self, show: Show) -> None:
        """Call it when it is its turn: once, however often it was asked for."""
        self._waiting[show] = None
        if not self._timer.isActive():
            self._timer.start()

    def drop(self, show: Show) -> None:
        """It has been shown without waiting."""
        self._waiting.pop(show, None)

    def close(self) -> None:
        """Show nothing any more."""
        self._waiting.clear()
        self._timer.stop()

    def _next(self) -> None:
        if self._waiting:
            show = next(iter(self._waiting))
            del self._waiting[show]
            show()
        if self._waiting:
            self._timer.start()  # only now, so that what has come due meanwhile is before it
