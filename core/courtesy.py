"""What other threads do to let the window go first.

Breaks: a thread that works in Python for long gives the interpreter away now and then. Courtesy: a thread that imports a large library
lets the window have its turn between the hundreds of imports that this makes. An import holds the interpreter; Python asks every finder
before each one, so a finder that finds nothing can pause there.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable

WORK_S, PAUSE_S = 0.003, 0.006
BREAK_EVERY_S, BREAK_S = 0.001, 0.00005  # the break is as long as it takes to wake another thread
TRAINING, BACKGROUND = 5, 10  # how nice the threads are that train, and those that work on what may wait


def stand_back(nice: int) -> None:
    """Let the window go first where there are fewer cores than threads. Linux gives each thread a priority; elsewhere they are alike."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, max(nice, os.getpriority(os.PRIO_PROCESS, thread)))


class Breaks:
    """Short breaks of a thread that works in Python.

    NumPy gives the interpreter back around each large operation and takes it again at once, before a thread that waits for it has woken.
    That thread asks for it only after a switch interval in which nobody gave it back, so it may wait until all the work is done.
    """

    def __init__(self, now_s: Callable[[], float] = time.perf_counter, pause: Callable[[float], object] = time.sleep) -> None:
        self._now_s, self._pause = now_s, pause
        self._worked_since_s = now_s()

    def take_when_due(self) -> None:
        """A break, if there was none for a while; to be called as often as one likes."""
        if self._now_s() - self._worked_since_s > BREAK_EVERY_S:
            self._pause(BREAK_S)
            self._worked_since_s = self._now_s()


class Courtesy:
    """While it lasts, the thread that made it pauses at imports, until `hurried` is set. The main thread never does: it is the window's."""

    def __init__(self, hurried: threading.Event | None = None) -> None:
        self._hurried = hurried or threading.Event()
        self._thread = threading.get_ident() if threading.current_thread() is not threading.main_thread() else None
        self._worked_since_s = time.perf_counter()

    def __enter__(self) -> "Courtesy":
        # A new list: other threads may be going through the one there is.
        sys.meta_path = [self, *sys.meta_path]
        return self

    def __exit__(self, *_: object) -> None:
        sys.meta_path = [finder for finder in sys.meta_path if finder is not self]

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Pause, when it is time to."""
        if threading.get_ident() == self._thread and time.perf_counter() - self._worked_since_s > WORK_S:
            self._hurried.wait(PAUSE_S)
            self._worked_since_s = time.perf_counter()
