"""Session: owns the experiment, its run and the undo stack. The one way in is edit(), and frames are what comes out.

A run goes on through a change that keeps the meaning of w and b (alpha, lambda, points), and starts again at iteration 0 through one that
alters it (columns, scaling, degree, model, start, method, update rule). What a change drops of a run is kept in its undo command, and
undo brings it back.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

from numpy.typing import ArrayLike
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.dataset import Array, Dataset
from core.errors import UserError
from core.experiment import MAX_ITERATIONS, Experiment
from core.features import FeatureMap
from core.frame import Frame
from core.pace import FILM, Pace
from core.trainer import Status
from gui.background import Background
from gui.bottom_watch import BottomWatch
from gui.dropped_runs import DroppedRuns
from gui.edit_command import EditCommand, Run
from gui.judge import Judge
from gui.live_run import LiveRun
from gui.loading import Loader, Work
from gui.pinned_runs import PinnedRuns
from gui.pointer import Pointer
from gui.preview import Preview
from gui.selection import Selection
from gui.sklearn_board import SklearnBoard
from gui.terrain import Terrain
from gui.text import error_text, tr
from gui.turns import Turns

UNDO_LIMIT = 100


class Session(QObject):
    """The state of the app. Signals: experiment_changed, frame (a Frame), status_changed."""

    experiment_changed = Signal()
    frame = Signal(object)
    status_changed = Signal()

    def __init__(self, experiment: Experiment, parent: QObject | None = None, *, asleep: bool = False) -> None:
        super().__init__(parent)
        self._asleep = asleep  # heavy numbers wait for wake(): the first picture of a window goes before them
        self.experiment = experiment
        self.turns = Turns(self)
        self.pointer = Pointer(self)
        self.selection = Selection(self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self._preview = Preview()
        self.loader = Loader(self)
        self.loader.failed.connect(self.report)
        self._backgrounds: list[Background] = []
        self._dropped = DroppedRuns(self.background())
        self.terrain = Terrain(self.background(), self)
        self.sklearn = SklearnBoard(self)
        self.bottom = BottomWatch(self.background(), self)
        self.bottom.follow(experiment, False)
        self.speed: Pace = FILM
        self.message = ""
        self._shown: int | None = None  # the iteration looked back at; None follows the run
        self._merging: tuple[Hashable, EditCommand] | None = None
        self._by_hand = False
        self.live = LiveRun(experiment, self)
        self.live.moved.connect(self._moved)
        self.live.status_changed.connect(self.status_changed)
        self.live.trouble.connect(self.report)
        self.frame_now = Frame(experiment, self.live.trace, 0)
        self.runs = PinnedRuns(self)
        self.judge = Judge(self)

    @property
    def status(self) -> Status:
        """What the run is doing."""
        return self.live.status

    # What is trained.

    def edit(self, text: str, *, merge: Hashable | None = None, **changes: Any) -> None:
        """Change fields of the experiment as one undo step named `text`.

        Consecutive edits with the same `merge` key are one step: a drag, a slider's way. Raises SettingError, and then changes nothing.
        """
        if all(_unchanged(getattr(self.experiment, name), value) for name, value in changes.items()):
            return
        self.keep_preview()
        target = self._changed(changes)
        if merge is not None and self._merging and self._merging[0] == merge and not self.undo_stack.canRedo():
            self._merging[1].amend(target)
            return
        self._push(EditCommand(self, text, target), merge)

    def edit_points(self, text: str, dataset: Dataset, *, merge: Hashable | None = None, selected: ArrayLike | None = None) -> None:
        """An edit of the examples by hand: it knows which are selected afterwards, by number; None: the same numbers as before.

        Any other change, undo among them, keeps it while the numbers stand for the same examples, and ends it where some came or went.
        """
        self._by_hand = True
        try:
            self.edit(text, merge=merge, dataset=dataset)
        finally:
            self._by_hand = False
        if selected is not None:
            self.selection.select(selected)

    def preview(self, text: str, **changes: Any) -> None:
        """Show a change that is no undo step yet; the next preview takes its place. Raises SettingError, and then changes nothing."""
        self._preview.show(self, text, self._changed(changes), self._dropped.keep)

    def keep_preview(self) -> None:
        """Make what is shown one undo step, if anything is; an edit from elsewhere does that too, so that none is lost."""
        command = self._preview.keep(self)
        if command is not None:
            self._push(command)

    def drop_preview(self) -> None:
        """Take what is shown back: all is as it was, the steps to undo and to redo too."""
        self._preview.drop(self)

    def move_w_b(self, w: Array, b: float, *, merge: Hashable | None = None) -> None:
        """Put w (n_terms,) and b elsewhere: the start before the first iteration, after it where the run goes on from. One undo step."""
        now = self.frame_now
        if now.trace.end == 0:
            self.edit(tr("Change start"), merge=merge, start=(*w.tolist(), b))
            return
        k = now.own_iteration
        text = tr("Move w, b at iteration {k}").format(k=k)
        target = replace(self.experiment, fitted=self.experiment.features)
        self._push(EditCommand(self, text, target, run=Run(target, now.trace.until(k).moved(w, b, text))))

    def take_up(self, text: str, run: Run) -> None:
        """Put another run in the place of this one, which undo brings back."""
        self._push(EditCommand(self, text, run.experiment, run=run))

    def push(self, command: QUndoCommand) -> None:
        """A step to undo of what is no part of the experiment."""
        self.keep_preview()
        self._merging = None
        self.undo_stack.push(command)

    def load(self, text: str, work: Work, *, then: Callable[[], None] | None = None, **changes: Any) -> None:
        """Make a dataset in the background, work(progress) -> Dataset, and edit it in, with other changes; then call `then`.

        A failure is reported; the old data stays.
        """
        self.report("")
        now = self.experiment

        def prepared(progress: Callable[[float], None]) -> Dataset:
            dataset: Dataset = work(progress)
            # Measured here, where a million examples hold up nobody.
            FeatureMap.of(dataset, changes.get("degree", now.degree), changes.get("scaling", now.scaling))
            dataset.training.class_counts()
            dataset.class_counts()
            return dataset

        def done(dataset: Dataset) -> None:
            try:
                self.edit(text, dataset=dataset, **changes)
            except UserError as error:
                self.report(error)
            else:
                if then:
                    then()

        self.loader.start(prepared, done)

    def adopt(self, target: Experiment, text: str, *, run: Run | None = None, fresh: bool = False) -> Run | None:
        """Make `target` the experiment; returns the run that this dropped. For EditCommand only: everyone else calls edit()."""
        self.report("")
        before, trace, shown = self.experiment, self.live.trace, self.frame_now.iteration
        same_data = target.dataset.continues(before.dataset)
        training = self.training and same_data and not fresh
        drops = True
        if run is not None:
            target = replace(target, fitted=run.experiment.features)
            self.live.install(target, run.trace)
        elif not fresh and target.trains_as(before) and _ends_or_threshold_differ(before, target):
            drops = False
            if target.iterations != before.iterations:
                self.live.set_iterations(target.iterations)
            if target.stop_below != before.stop_below:
                self.live.set_stop_below(target.stop_below)
        elif not fresh and same_data and _only_names_differ(before, target):
            drops = False
            target = replace(target, fitted=before.features)
        elif fresh or shown == 0 or self._is_stuck() or not target.means_the_same_as(before):
            target = replace(target, fitted=None)
            self.live.install(target)
        else:
            target = replace(target, fitted=before.features)
            if shown < trace.end or before.dataset.training.m == 0:
                seen = trace.until(shown)
                self.live.install(target, seen if target.trains_as(before) else seen.going_on(), text)
            else:
                drops = False
                self.live.go_on(before, target, text)
        self.experiment = target
        if not same_data:
            self.pointer.set_probe(None)
        if not self._by_hand and not (same_data and target.dataset.m == before.dataset.m):
            self.selection.clear()
        if drops:
            self._shown = None
        if training:
            self._train(target)
        if not target.trainable:
            self.live.pause()
        self.bottom.follow(target, training)
        self.experiment_changed.emit()
        self._show()
        self.live.watch()
        return self._dropped.keep(before, trace) if drops and trace.end > 0 else None

    def _changed(self, changes: dict[str, Any]) -> Experiment:
        now = self.experiment
        dataset = changes.get("dataset", now.dataset)
        if dataset.source is None and dataset.continues(now.dataset):
            changes = {**changes, "dataset": replace(dataset, source=now.dataset.source)}
        if "start" not in changes and now.start is not None:
            without_start: dict[str, Any] = {**changes, "start": None}
            if replace(now, **without_start).n_terms != now.n_terms:
                changes = without_start
        target = replace(now, **changes)
        target.check_terms()  # raises here, not in the worker
        return target

    def _push(self, command: EditCommand, merge: Hashable | None = None) -> None:
        self.keep_preview()
        self._merging = (merge, command) if merge is not None else None
        self.undo_stack.push(command)

    def _is_stuck(self) -> bool:
        """Diverged, and looking at the end of it: there is nothing to go on from."""
        return (self.status is Status.DIVERGED or self.live.trace.diverged) and self._shown is None

    # The run.

    @property
    def looking_back(self) -> bool:
        """Whether the frame shown is an earlier one than the latest."""
        return self._shown is not None and self._shown < self.live.trace.end

    @property
    def training(self) -> bool:
        """Whether iterations are being made now."""
        return self.status is Status.TRAINING

    def play(self) -> None:
        """Train from the frame shown. Says so when there is nothing to train on."""
        if not self.experiment.trainable:
            self.report(tr("To train, there must be at least one example of each class: click on the plane to add some."))
            return
        self.report("")
        self._merging = None
        if self.looking_back:
            self._push(EditCommand(self, tr("Go on from iteration {k}").format(k=self.frame_now.iteration), replace(self.experiment)))
        elif self._changed_at_the_end():
            more = min(self.live.trace.end + self.experiment.iterations, MAX_ITERATIONS)
            if more > self.experiment.iterations:
                self.edit(tr("More iterations"), iterations=more)
                self.report(tr("The run was at its end; to go on with what you changed it now has {n:,} iterations.").format(n=more))
        elif self.status in (Status.FINISHED, Status.DIVERGED):
            self.restart()
        self._train(self.experiment)

    def _changed_at_the_end(self) -> bool:
        """Finished, and then points or settings were changed: there is something to adapt to, so the run goes on."""
        run = self.live.trace.longest
        return self.status is Status.FINISHED and bool(run.marks) and run.marks[-1].iteration == run.last

    def pause(self) -> None:
        """Stop training; the run can go on."""
        self._merging = None
        self.live.pause()

    def toggle(self) -> None:
        """Play or pause."""
        if self.training:
            self.pause()
        else:
            self.play()

    def step(self, n: int = 1) -> None:
        """n iterations forward, through recorded ones first; a negative n goes back."""
        if n < 0 or self.looking_back:
            longest = self.live.trace.longest
            row = longest.row_at(self.frame_now.iteration) + n
            self.seek(int(longest.iteration[min(max(row, 0), len(longest) - 1)]))
        elif not self.experiment.trainable:
            self.play()
        else:
            self.live.step(n)

    def seek(self, iteration: int) -> None:
        """Pause, and show the recorded iteration nearest to this one."""
        if self.training:
            self.live.pause()
        longest = self.live.trace.longest
        shown = int(longest.iteration[longest.nearest_row(iteration)])
        self._shown = shown if shown < longest.last else None
        self._show()
        self.status_changed.emit()

    def restart(self) -> None:
        """Back to iteration 0, with the same start. Undo brings the run back."""
        self.report("")
        self.live.pause()
        self._merging = None
        # While it trains, the worker may be further than what is known here.
        if self.live.trace.end > 0 or self.training:
            self._push(EditCommand(self, tr("Restart"), replace(self.experiment), fresh=True))

    def set_speed(self, iterations_per_s: Pace) -> None:
        """Iterations per second; FILM for the whole run in ten seconds; None for as fast as it goes."""
        self.speed = iterations_per_s
        self.live.set_pace(iterations_per_s)
        self.status_changed.emit()

    def report(self, message: str | UserError) -> None:
        """Tell the user one sentence; empty takes it away."""
        text = error_text(message) if isinstance(message, UserError) else message
        if text != self.message:
            self.message = text
            self.status_changed.emit()

    def background(self) -> Background:
        """A thread for the heavy numbers of one view, ended with the session."""
        made = Background(self, asleep=self._asleep)
        self._backgrounds.append(made)
        return made

    def wake(self) -> None:
        """Begin with the heavy numbers of the views."""
        self._asleep = False
        for background in self._backgrounds:
            background.wake()

    @property
    def computing(self) -> bool:
        """Whether a view still waits for numbers."""
        return self.bottom.waiting or self.judge.waiting or any(background.busy for background in self._backgrounds)

    def close(self) -> None:
        """End the worker. Must be called before the window goes."""
        self.loader.close()
        self.bottom.close()
        self.judge.close()
        for background in self._backgrounds:
            background.close()
        self.turns.close()
        self.live.close()
        # WORKAROUND PySide6: a collection of garbage may delete the commands before the stack, which then deletes them again.
        self.undo_stack.clear()

    def _train(self, experiment: Experiment) -> None:
        self._shown = None
        self.live.play(experiment)

    # What is shown.

    def _moved(self) -> None:
        self._show(in_turn=self.training)

    def _show(self, *, in_turn: bool = False) -> None:
        trace = self.live.trace
        shown = trace.end if self._shown is None else min(self._shown, trace.end)
        self.frame_now = Frame(self.experiment, trace, shown)
        with self.turns.showing(in_turn=in_turn):
            self.frame.emit(self.frame_now)


def _unchanged(old: Any, new: Any) -> bool:
    return old is new or (isinstance(old, str | int | float | tuple) and type(old) is type(new) and old == new)


def _only_names_differ(a: Experiment, b: Experiment) -> bool:
    """The very same examples and settings: nothing that training, or a mark on the cost curve, would be about."""
    names = ("model", "degree", "scaling", "alpha", "lambda_", "iterations", "start", "threshold", "method", "method_settings", "rivals")
    return a.dataset.is_renamed(b.dataset) and all(getattr(a, name) == getattr(b, name) for name in names)


def _ends_or_threshold_differ(a: Experiment, b: Experiment) -> bool:
    return (a.iterations, a.threshold, a.stop_below) != (b.iterations, b.threshold, b.stop_below)
