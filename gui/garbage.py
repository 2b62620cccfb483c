"""Garbage is collected in the GUI thread only.

Python collects in whichever thread happens to allocate, and a Qt object that is destroyed in another thread than its own takes the process
down. So the collector is switched off while there is a window, and a timer of the GUI thread collects instead.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

TICK_MS = 250
FIRST_TICK_MS = 1_000  # not while the first picture of the window is awaited
YOUNG, MIDDLE, OLD = 2_000, 10, 10  # objects, and collections of the younger generation, that make a collection due


@contextmanager
def kept_for_good() -> Iterator[None]:
    """For imports: what they make is no garbage, and to look it through again and again would take a tenth of the start."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


class GarbageCollector(QObject):
    """Collects from its first start() until every one of them is stopped."""

    _running = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Take over from Python."""
        if not self._timer.isActive():
            GarbageCollector._running += 1
            gc.disable()
            self._timer.start(FIRST_TICK_MS)

    def stop(self) -> None:
        """Give back to Python, when no other window is there."""
        if self._timer.isActive():
            self._timer.stop()
            GarbageCollector._running -= 1
            if not GarbageCollector._running:
                gc.enable()

    def settle(self) -> None:
        """What is there after the start stays for good: leave it out of every later collection."""
        gc.freeze()

    def _collect(self) -> None:
        if self._timer.interval() != TICK_MS:
            self._timer.setInterval(TICK_MS)
        young, middle, old = gc.get_count()
        if young > YOUNG:
            gc.collect(2 if old > OLD else 1 if middle > MIDDLE else 0)
