"""Judge: the verdict on the frame on screen, found in the background, 5 times a second while it trains.

What finds it is imported there, too: the start does without it.
"""

import math
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import Note, UserError
from core.frame import Frame
from core.trainer import Status
from core.verdict import Ending, Tone, Verdict
from gui.text import error_text

if TYPE_CHECKING:
    from gui.session import Session

INTERVAL_MS = 200  # between verdicts while it trains, and while a hand is editing or looking back


class Judge(QObject):
    """`now`: the latest verdict, None before the first iteration. Signal: changed. Made by the session, at its end."""

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._background = session.background()
        self.now: Verdict | None = None
        self._seen: tuple[object, ...] = ()
        self._asked_s = 0.0
        self._edited_s = -math.inf
        self._ran = False  # since the last sentence about the end of a run
        self.quiet = False  # the verdict is being read elsewhere, so no message need tell it
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        session.experiment_changed.connect(self._experiment_changed)
        session.frame.connect(self._look)
        session.status_changed.connect(self._look)
        session.bottom.changed.connect(self._look)
        self._get_ready()

    @property
    def waiting(self) -> bool:
        """Whether a verdict is to be asked for, as soon as the last one is old enough; while it trains one always is."""
        return self._timer.isActive() and not self._session.training

    def close(self) -> None:
        """Ask for no more verdicts."""
        self._timer.stop()

    def _experiment_changed(self) -> None:
        self._edited_s = time.monotonic()

    def _look(self) -> None:
        """Something may be different: ask, at once or when it is time."""
        session = self._session
        self._ran = self._ran or session.training
        frame = session.frame_now
        trace = frame.trace
        run = trace.run, trace.last, trace.diverged, trace.stopped
        seen = (frame.experiment, *run, frame.iteration, session.status, session.bottom.now)
        if all(mine is now or mine == now for mine, now in zip(self._seen, seen, strict=False)) and len(self._seen) == len(seen):
            return
        self._seen = seen
        now_s = time.monotonic()
        hurried = session.training or session.looking_back or now_s - self._edited_s < INTERVAL_MS / 1000
        wait_ms = INTERVAL_MS - round(1000 * (now_s - self._asked_s)) if hurried and frame.iteration > 0 else 0
        if wait_ms <= 0:
            self._timer.stop()
            self._ask()
        elif not self._timer.isActive():
            self._timer.start(wait_ms)

    def _ask(self) -> None:
        session = self._session
        frame = session.frame_now
        if frame.J != frame.J and frame.iteration > 0 and frame.experiment.dataset.training.m:
            return  # the worker is about to tell J
        self._asked_s = time.monotonic()
        bottom, stopped = session.bottom.now, self._stopped()
        diverged = session.status is Status.DIVERGED and not session.looking_back
        if frame.iteration >= frame.trace.last and (frame.trace.diverged or frame.trace.stopped):  # others of the race may go on
            diverged, stopped = frame.trace.diverged, Ending.RULE if frame.trace.stopped else None

        if frame.iteration == 0 and not diverged:
            self._background.cancel()
            self._get_ready()
            self.now = None
            self.changed.emit()
            return

        def work() -> tuple[Frame, Verdict, bool] | None:
            try:
                verdict = _diagnose()(frame.experiment, frame.trace, bottom, row=frame.row, stopped=stopped, diverged=diverged)
            except UserError:  # a polynomial term too large for a number, which has been told
                return None
            return frame, verdict, bottom is not None

        self._background.submit(work, self._judged)

    def _get_ready(self) -> None:
        """Have imported what is needed when the window has been seen, not while it first trains."""
        if "core.diagnosis" not in sys.modules:
            self._background.submit(_diagnose, lambda _: None)

    def _stopped(self) -> Ending | None:
        session = self._session
        if session.looking_back:
            return None
        if session.status is Status.FINISHED:
            frame = session.frame_now
            own_end = Ending.LIMIT if frame.own_iteration >= frame.experiment.iterations else Ending.USER
            return Ending.RULE if session.live.stopped_by_rule else own_end
        return Ending.USER if session.status is Status.PAUSED else None

    def _judged(self, made: tuple[Frame, Verdict, bool] | None) -> None:
        if made is None:
            return
        frame, self.now, knew_bottom = made
        session = self._session
        ended = self.now.stopped in (Ending.LIMIT, Ending.RULE) and session.status is Status.FINISHED
        if self._ran and ended and frame.iteration == session.frame_now.iteration and knew_bottom:
            self._ran = False
            if self.now.tone is Tone.WARN and not self.quiet:
                session.report(sentences(self.now.notes))
        self.changed.emit()


def _diagnose() -> Callable[..., Verdict]:
    from core.diagnosis import diagnose

    return diagnose


def sentences(notes: tuple[Note, ...]) -> str:
    """Notes as sentences, in the user's language."""
    return " ".join(f"{error_text(note)}." for note in notes)
