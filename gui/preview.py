"""Preview: a change that is shown while a dialog asks for its numbers, before it is an undo step.

Kept, it becomes one step. Dropped, it leaves no trace: experiment, run, what was looked at, selection, probe and undo stack, the steps
that can be redone among them, are as they were before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoStack

from core.experiment import Experiment
from core.frame import Frame
from core.trace import Trace
from gui.edit_command import Adopter, PreviewCommand, Run
from gui.pointer import Example, Pointer
from gui.selection import Rows, Selection


class Previewing(Adopter, Protocol):
    """What a preview needs of the session."""

    frame_now: Frame
    undo_stack: QUndoStack
    selection: Selection
    pointer: Pointer

    @property
    def training(self) -> bool: ...
    @property
    def looking_back(self) -> bool: ...
    def play(self) -> None: ...
    def seek(self, iteration: int) -> None: ...


@dataclass(frozen=True, eq=False)
class _Before:
    """What is not in the experiment, as it was when the preview began."""

    step: int  # of the undo stack
    training: bool
    looked_at: int | None  # the iteration looked back at
    selected: Rows
    probe: Example | None


class Preview:
    """The one preview of a session, which calls it and is handed to each method: a reference of its own would tie the two together."""

    def __init__(self) -> None:
        self._command: PreviewCommand | None = None
        self._before: _Before | None = None

    def show(self, session: Previewing, text: str, target: Experiment, keep: Callable[[Experiment, Trace], Run]) -> None:
        """Show another experiment, instead of what the preview showed before; `keep` makes what is kept of the run before it."""
        if self._command is not None:
            self._command.setText(text)
            self._command.amend(target)
            return
        now = session.frame_now
        self._before = _Before(
            session.undo_stack.index(),
            session.training,
            now.iteration if session.looking_back else None,
            session.selection.rows,
            session.pointer.probe,
        )
        self._command = PreviewCommand(session, text, target, keep(session.experiment, now.trace))
        self._command.show()

    def keep(self, session: Previewing) -> PreviewCommand | None:
        """End the preview; returns what is to go on the undo stack, or None when nothing was shown or changed."""
        command, before = self._taken(session)
        if command is None or before is None:
            return None
        if command.changes_nothing:
            _restore(session, command, before)
            return None
        return command

    def drop(self, session: Previewing) -> None:
        """End the preview, and take back what was shown, if anything was."""
        command, before = self._taken(session)
        if command is not None and before is not None:
            _restore(session, command, before)

    def _taken(self, session: Previewing) -> tuple[PreviewCommand | None, _Before | None]:
        command, before = self._command, self._before
        self._command = self._before = None
        if before is not None and before.step != session.undo_stack.index():
            return None, None  # undo or redo have put another experiment in its place
        return command, before


def _restore(session: Previewing, command: PreviewCommand, before: _Before) -> None:
    command.take_back()
    if before.training and not session.training:
        session.play()
    if before.looked_at is not None:
        session.seek(before.looked_at)
    session.selection.select(before.selected)
    session.pointer.set_probe(before.probe)
