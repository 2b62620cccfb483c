"""The bottom of J of the session's experiment, found in the background after each edit that makes J another function.

What is known is never of another J: it is dropped with the edit, and found again when the hand has come to rest, so that a drag or a
stroke of the brush costs nothing.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from core import kernels
from core.bottom import Bottom, Why, bottom_of, known_bottom, same_bottom
from core.errors import UserError
from core.experiment import Experiment
from gui.background import Background

WAIT_MS = 200  # after the last edit
TRAINING_WAIT_MS = 1000  # the same while it trains, when there is less of the machine to spare


class BottomWatch(QObject):
    """`now`: the bottom of J as trained, `raw`: of J over unscaled features; None while they are not known yet. Signal: changed."""

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.now: Bottom | None = None
        self.raw: Bottom | None = None
        self._experiment: Experiment | None = None
        self._number = 0  # of the J that is wanted: a search for an earlier one ends
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._search)

    @property
    def waiting(self) -> bool:
        """Whether a search is to begin, as soon as there has been no edit for a while."""
        return self._timer.isActive()

    def follow(self, experiment: Experiment, training: bool) -> None:
        """The experiment is this one now."""
        before, self._experiment = self._experiment, experiment
        if before is not None and same_bottom(before, experiment):
            if self.waiting:
                self._wait(training)
            return
        self._number += 1
        self._background.cancel()
        shown = self.now
        self.now, self.raw = known_bottom(experiment), None
        self._wait(training)
        if self.now is not shown:
            self.changed.emit()

    def close(self) -> None:
        """Begin no more searches."""
        self._timer.stop()

    def _wait(self, training: bool) -> None:
        self._timer.start(TRAINING_WAIT_MS if training else WAIT_MS)

    def _search(self) -> None:
        experiment, number = self._experiment, self._number
        if experiment is not None and not experiment.is_quick and kernels.preparing() and kernels.slopes() is None:
            self._timer.start()  # NumPy would make many examples felt in the window
        elif experiment is not None:
            self._background.submit(lambda: self._find(experiment, number), self._found)

    def _search_raw(self, experiment: Experiment, number: int) -> None:
        raw = replace(experiment, scaling="none", fitted=None, start=None)
        self._background.submit(lambda: self._find(raw, number), self._raw_found)

    def _find(self, experiment: Experiment, number: int) -> tuple[int, Bottom] | None:
        """In the background; None when nobody waits for it any more."""

        def go_on(_: float) -> None:
            if self._background.closed or number != self._number:
                raise InterruptedError

        try:
            return number, bottom_of(experiment, go_on)
        except InterruptedError:
            return None
        except UserError:  # a polynomial term too large for a number
            return number, Bottom(why=Why.TOO_LARGE)

    def _found(self, made: tuple[int, Bottom] | None) -> None:
        experiment = self._experiment
        if made is None or made[0] != self._number or experiment is None:
            return
        is_raw = experiment.scaling == "none"
        self.now, self.raw = made[1], made[1] if is_raw else None
        if not is_raw:
            self._search_raw(experiment, self._number)
        self.changed.emit()

    def _raw_found(self, made: tuple[int, Bottom] | None) -> None:
        if made is not None and made[0] == self._number:
            self.raw = made[1]
            self.changed.emit()
