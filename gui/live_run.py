"""The run under way, seen from the GUI thread: commands go to the worker, and what it publishes is polled by one 16 ms timer.

A command is carried out a little later, so what is published may belong to an earlier run; it tells how many commands it has seen.
"""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.experiment import Experiment
from core.pace import Pace
from core.race import Runner, each_lane, runner
from core.trace import Trace
from core.trainer import Published, Status, Trainer
from gui.text import tr

TICK_MS = 16
QUICK_ROWS = 100_000  # of a run, up to which it is copied at once; above that the worker does it


class LiveRun(QObject):
    """`trace` and `status` as far as they are known here. Signals: moved (the trace is another), status_changed, trouble (a sentence)."""

    moved = Signal()
    status_changed = Signal()
    trouble = Signal(object)  # str or UserError

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.status = Status.READY
        self.trainer = Trainer()
        self._installed_at = 0  # what was published after fewer commands belongs to an earlier run
        self._seen: Published | None = None
        self.stopped_by_rule = False
        self.timer = QTimer(self)
        self.timer.setInterval(TICK_MS)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._poll)
        self.trace = experiment.start_trace()
        self.install(experiment)

    @property
    def busy(self) -> bool:
        """Whether there is more to come."""
        return self.trainer.busy or self.timer.isActive()

    def install(self, experiment: Experiment, trace: Trace | None = None, mark: str = "") -> None:
        """Take on a run from the start, or from the last row of `trace`; paused."""
        self.trace = trace or experiment.start_trace()
        if not experiment.dataset.training.m:
            self.trainer.install(None, experiment.iterations)
        else:

            def make() -> Runner:
                descent = runner(experiment, trace)
                if mark:
                    descent.mark(mark)
                return descent

            rows = sum(len(run) for run in (trace, *trace.lanes)) if trace is not None else 0
            if experiment.is_quick and rows <= QUICK_ROWS:
                descent = make()
                self.trace = descent.trace()
                self.trainer.install(lambda: descent, experiment.iterations)
            else:
                self.trainer.install(make, experiment.iterations)
        self._installed_at = self.trainer.posted
        self._set_status(Status.PAUSED if self.trace.end else Status.READY)

    def go_on(self, before: Experiment, target: Experiment, mark: str) -> None:
        """The same run under other settings or with other points."""
        rebase = target.dataset is not before.dataset or target.lambda_ != before.lambda_

        if not target.dataset.training.m:
            self.trainer.install(None, target.iterations)
            self._installed_at = self.trainer.posted
            self._set_status(Status.PAUSED)
            return

        def apply(descent: Runner) -> None:
            for lane, experiment in each_lane(descent, target):
                if rebase:
                    lane.rebase(experiment.columns(), experiment.dataset.training.y, experiment.lambda_)
                lane.alpha, lane.stop_below, lane.stopped = experiment.alpha, experiment.stop_below, False
            if mark:
                descent.mark(mark)

        self.trainer.change(apply)

    def set_iterations(self, iterations: int) -> None:
        """Another end of the same run, which may so have been reached no longer."""
        self.trainer.set_iterations(iterations)
        if self.status is Status.FINISHED:
            self._set_status(Status.PAUSED)

    def set_stop_below(self, epsilon: float | None) -> None:
        """Another stop rule, or none, for the same run: it can go on."""

        def apply(descent: Runner) -> None:
            descent.stop_below, descent.stopped = epsilon, False

        self.trainer.change(apply)

    def set_pace(self, pace: Pace) -> None:
        """See Trainer."""
        self.trainer.set_pace(pace)
        self.watch()

    def play(self, experiment: Experiment) -> None:
        """Train, where there is something to train on."""
        if experiment.trainable:
            self.trainer.play()
            self._set_status(Status.TRAINING)
        self.watch()

    def pause(self) -> None:
        """Stop after the present chunk."""
        self.trainer.pause()
        self.watch()

    def step(self, n: int) -> None:
        """n iterations, then pause."""
        self.trainer.step(n)
        self.watch()

    def watch(self) -> None:
        """Poll until the worker has nothing more to say."""
        if not self.timer.isActive():
            self.timer.start()

    def close(self) -> None:
        """End the worker, and wait for it."""
        self.timer.stop()
        self.trainer.stop()

    def _poll(self) -> None:
        busy = self.trainer.busy
        published = self.trainer.published
        if published.handled >= self._installed_at:
            if published.error and published is not self._seen:
                self.trouble.emit(published.error)
                self._set_status(published.status)
            if published.trace is not None:
                if published.trace.diverged and not self.trace.diverged:  # others of the race may go on
                    self.trouble.emit(diverged_text(published.trace.last))
                self.trace = published.trace
                # A command under way may be about to change the status, so wait for it.
                if published.handled == self.trainer.posted:
                    self.stopped_by_rule = published.stopped
                    if published.status is Status.DIVERGED is not self.status:
                        self.trouble.emit(diverged_text(published.trace.last))
                    self._set_status(published.status)
            if published is not self._seen:
                self._seen = published
                self.moved.emit()
        if not busy:
            self.timer.stop()

    def _set_status(self, status: Status) -> None:
        if status is not self.status:
            self.status = status
            self.status_changed.emit()


def diverged_text(iteration: int) -> str:
    """What happened, and what to try."""
    return tr("After iteration {k:,} J, w or b is no finite number any more: try a smaller α or λ, or feature scaling.").format(k=iteration)
