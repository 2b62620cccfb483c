"""One step of the undo stack: swaps two experiments, and keeps what the swap dropped of a run."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from core.experiment import Experiment
from core.trace import Trace


@dataclass(frozen=True, eq=False)
class Run:
    """A run that was dropped: the experiment in force then, and its rows."""

    experiment: Experiment
    trace: Trace


class Adopter(Protocol):
    """What a command needs of the session."""

    experiment: Experiment

    def adopt(self, target: Experiment, text: str, *, run: Run | None = None, fresh: bool = False) -> Run | None:
        """Make `target` the experiment; returns the run that this dropped, if any."""


class EditCommand(QUndoCommand):
    """An edit of the experiment. `fresh` starts the run again even where it could go on; `run` is the run that it leads to."""

    def __init__(self, session: Adopter, text: str, target: Experiment, *, fresh: bool = False, run: Run | None = None) -> None:
        super().__init__(text)
        self._session = session
        self._old = session.experiment
        self._new = target
        self._fresh = fresh
        self._old_run: Run | None = None
        self._new_run = run

    def redo(self) -> None:
        self._old_run = self._session.adopt(self._new, self.text(), run=self._new_run, fresh=self._fresh)
        self._new_run = None

    def undo(self) -> None:
        # The experiment in force may carry the feature map of its run; that one is what redo must bring back.
        self._new = self._session.experiment
        self._new_run = self._session.adopt(self._old, self.text(), run=self._old_run)
        self._old_run = None

    def amend(self, target: Experiment) -> None:
        """Replace what this edit leads to: a drag goes on."""
        # WORKAROUND PySide6: QUndoStack.mergeWith leaks every merged command.
        self._new = target
        # Without a text: one stroke leaves one mark on the cost curve.
        dropped = self._session.adopt(target, "", fresh=self._fresh)
        self._old_run = self._old_run or dropped
