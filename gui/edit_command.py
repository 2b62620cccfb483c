"""One step of the undo stack: swaps two experiments, and keeps what the swap dropped of a run."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from core.experiment import Experiment
from core.trace import Trace


@dataclass(eq=False)
class Run:
    """A run that was dropped: the experiment in force then, and its rows, which may become fewer and nothing else."""

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


class PreviewCommand(EditCommand):
    """An edit that is shown before it is on the undo stack: show() once, then amend() at will, then push it or take it back.

    It keeps the run as it was even where the edit drops nothing of it, since a run under way goes on meanwhile.
    """

    def __init__(self, session: Adopter, text: str, target: Experiment, run: Run) -> None:
        super().__init__(session, text, target)
        self._before = run
        self._is_shown = False

    @property
    def changes_nothing(self) -> bool:
        """Whether it leads back to where it began."""
        return self._new.dataset is self._old.dataset

    def show(self) -> None:
        """Adopt what it leads to."""
        super().redo()
        self._is_shown = True

    def take_back(self) -> None:
        """As if it had never been shown; it must not be used after that."""
        self._session.adopt(self._old, self.text(), run=self._before)

    def redo(self) -> None:
        # A push carries it out, which has been done already.
        if self._is_shown:
            self._is_shown = False
        else:
            super().redo()
