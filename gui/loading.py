"""Work that takes long, such as reading a file, in a thread of its own, with progress and cancel."""

import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from core.courtesy import Breaks
from core.errors import UserError

TICK_MS = 30
PATIENCE_S = 0.2

Work = Callable[[Callable[[float], None]], Any]


class CancelledError(Exception):
    """Raised inside the work when the user has cancelled it."""


class Reached:
    """How far a piece of work has come. The work calls it every few milliseconds, with 0 to 1: there it is cancelled, and there it lets the
    window go first.
    """

    def __init__(self) -> None:
        self.fraction = 0.0
        self.cancelled = False
        self._breaks = Breaks()

    def __call__(self, fraction: float) -> None:
        if self.cancelled:
            raise CancelledError
        self.fraction = fraction
        self._breaks.take_when_due()


def as_user_error(error: Exception) -> UserError:
    """What is said of an error in the work, to be called where it was caught; the details of one that nobody foresaw go to stderr."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, MemoryError):
        return UserError("There is not enough memory for this data; take fewer rows")
    traceback.print_exc()
    return UserError("The data could not be read because of an error ({what}); choose other data", what=str(error) or type(error).__name__)


class _Job:
    """One piece of work and what came of it."""

    def __init__(self, work: Work, done: Callable[[Any], None]) -> None:
        self.work = work
        self.done = done
        self.reached = Reached()
        self.began_s = time.monotonic()
        self.result: Any = None
        self.error: UserError | None = None
        self.thread = threading.Thread(target=self._run, name="loader", daemon=True)

    def _run(self) -> None:
        try:
            self.result = self.work(self.reached)
        except CancelledError:
            self.reached.cancelled = True
        except Exception as error:  # said, never swallowed
            self.error = as_user_error(error)


class Loader(QObject):
    """Does one job at a time; a new one cancels the one before. `changed` tells that a job began, came on or ended."""

    changed = Signal()
    failed = Signal(object)  # the UserError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._ended: list[_Job] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def active(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    @property
    def slow(self) -> bool:
        """Whether the job has taken long enough to be worth showing."""
        return self._job is not None and time.monotonic() - self._job.began_s > PATIENCE_S

    @property
    def fraction(self) -> float:
        """How much of the job is done."""
        return self._job.reached.fraction if self._job else 0.0

    def start(self, work: Work, done: Callable[[Any], None]) -> None:
        """Run work(progress) in the background, then done(result) in this thread; progress raises when cancelled."""
        self._give_up()
        self._job = _Job(work, done)
        self._job.thread.start()
        self._timer.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Give up the job under way, if any; what is on screen stays."""
        if self._job:
            self._give_up()
            self.changed.emit()

    def _give_up(self) -> None:
        if self._job:
            self._job.reached.cancelled = True
            self._ended.append(self._job)
            self._job = None

    def finish(self) -> None:
        """Wait for the job to end; nothing comes of it any more. For work whose effect must not be lost, such as a file being written."""
        self._timer.stop()
        if self._job:
            self._job.thread.join()
            self._job = None

    def close(self) -> None:
        """Cancel, and wait for the thread to notice."""
        self.cancel()
        self._timer.stop()
        for job in self._ended:
            job.thread.join()
        self._ended.clear()

    def _poll(self) -> None:
        self._ended = [job for job in self._ended if job.thread.is_alive()]
        job = self._job
        if job is None:
            if not self._ended:
                self._timer.stop()
            return
        if job.thread.is_alive():
            self.changed.emit()
            return
        self._job = None
        self.changed.emit()
        if job.error:
            self.failed.emit(job.error)
        elif not job.reached.cancelled:
            job.done(job.result)
