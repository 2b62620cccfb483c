"""Work that is too long for a frame, such as a number over a million examples, in one thread at a time: the newest request wins."""

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from core.courtesy import BACKGROUND, stand_back

TICK_MS = 16
REST_S = 0.2  # a hand that is still for so long has come to rest
LINGER_S = 1.0  # to start a thread holds up the window for a millisecond, so the one there is waits for more


class Background(QObject):
    """Runs work() in a thread and then done(result) in the GUI thread.

    Of what is submitted while something runs only the newest is run next. The thread ends when it has had no work for a while. Work must
    not touch widgets, and cannot be interrupted: keep it well under a second, in NumPy calls that let go of the interpreter.
    """

    def __init__(self, parent: QObject | None = None, *, asleep: bool = False) -> None:
        super().__init__(parent)
        self._asleep = asleep
        self._changed = threading.Condition()  # guards what follows
        self._waiting: _Job | None = None
        self._running = False
        self._finished: _Job | None = None
        self._thread: threading.Thread | None = None
        self._generation = 0  # what was submitted before a cancel is of an earlier one
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._timer.isActive()

    @property
    def closed(self) -> bool:
        """Whether the session is ending: long work asks, and ends too."""
        return self._closed

    def submit(self, work: Callable[[], Any], done: Callable[[Any], None], *, at_rest: bool = False) -> None:
        """Run `work` as soon as the thread is free, unless something newer comes before. What it raises is raised in the event loop.

        at_rest: not before REST_S, so that what is drawn or looked through quickly is not held up at each of its moments.
        """
        if self._closed:
            return
        with self._changed:
            self._waiting = _Job(work, done, self._generation, time.monotonic() + (REST_S if at_rest else 0.0))
        if not self._timer.isActive():
            self._timer.start()  # the thread starts at its first tick, when what is seen of the change has been painted

    def wake(self) -> None:
        """Begin with what was submitted so far: an asleep one only takes it in."""
        self._asleep = False

    def cancel(self) -> None:
        """Forget what was submitted: its done() will not be called."""
        with self._changed:
            self._generation += 1
            self._waiting = self._finished = None
        self._timer.stop()

    def close(self) -> None:
        """Cancel, and wait for the thread to end. Nothing can be submitted after that."""
        self._closed = True
        self.cancel()
        with self._changed:
            thread = self._thread
            self._changed.notify()
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        stand_back(BACKGROUND)
        while (job := self._next()) is not None:
            job.run()
            with self._changed:
                self._running = False
                if job.generation == self._generation:
                    self._finished = job

    def _next(self) -> "_Job | None":
        """What is to be run now, in the thread; None after a while without anything."""
        with self._changed:
            while self._waiting is None or not self._waiting.is_due():
                if self._closed or not self._changed.wait(LINGER_S):
                    self._thread = None
                    return None
            job, self._waiting, self._running = self._waiting, None, True
            return job

    def _poll(self) -> None:
        with self._changed:
            job, self._finished = self._finished, None
            if self._waiting is None and not self._running:
                self._timer.stop()
            elif self._waiting is not None and self._waiting.is_due() and not self._asleep:
                if self._thread is not None:
                    self._changed.notify()
                else:
                    self._thread = threading.Thread(target=self._run, name="background")
                    self._thread.start()
        if job is not None:
            job.deliver()


class _Job:
    """One piece of work and what came of it."""

    def __init__(self, work: Callable[[], Any], done: Callable[[Any], None], generation: int, due_s: float) -> None:
        self.generation = generation
        self._due_s = due_s
        self._work = work
        self._done = done
        self._result: Any = None
        self._error: Exception | None = None

    def is_due(self) -> bool:
        return time.monotonic() >= self._due_s

    def run(self) -> None:
        try:
            self._result = self._work()
        except Exception as error:  # handed to the GUI thread, which reports it
            self._error = error

    def deliver(self) -> None:
        if self._error is not None:
            raise self._error
        self._done(self._result)
