"""The runs that are seen together: the one under way, the other lanes of its race, and those that were pinned.

Pinning, renaming and deleting are steps to undo. What is shown or hidden, and which run is chosen, is not.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from core.errors import UserError
from core.experiment import Experiment
from core.frame import Frame
from core.lanes import Lane
from core.pinned import KEPT_ROWS, MOST_PINNED, PinnedRun, alone, kept, same_examples
from core.trace import Trace
from gui.edit_command import Run
from gui.run_bottoms import RunBottoms
from gui.run_names import lane_name, run_name
from gui.text import tr

if TYPE_CHECKING:
    from gui.session import Session

LIVE = "live"  # the key of the run under way

_numbers = count(1)


@dataclass(frozen=True, eq=False)
class Row:
    """One of the runs, at the iteration at which it is shown. `slot` says how it is drawn; None: as the run under way."""

    key: Hashable
    name: str
    experiment: Experiment
    trace: Trace
    iteration: int
    slot: int | None
    shown: bool = True
    is_pinned: bool = False

    @property
    def frame(self) -> Frame:
        """It as the frame of a run."""
        return Frame(self.experiment, self.trace, self.iteration)

    @property
    def J(self) -> float:
        """Its cost at this iteration."""
        return float(self.trace.J[self.trace.row_at(self.iteration)])


@dataclass(frozen=True, eq=False)
class Kept:
    """What a step to undo swaps: the pinned runs, and the names that were given."""

    pinned: tuple[PinnedRun, ...]
    names: Mapping[Hashable, str]


class PinnedRuns(QObject):
    """`bottoms` are those of J of each. Signals: changed (which runs there are, or their names), shown_changed, chosen_changed."""

    changed = Signal()
    shown_changed = Signal()
    chosen_changed = Signal()

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._kept = Kept((), {})
        self._hidden: set[Hashable] = set()
        self._rivals: tuple[object, ...] = ()
        self._thinning = session.background()
        self.bottoms = RunBottoms(session, self)
        self.chosen: Hashable = LIVE
        session.experiment_changed.connect(self._experiment_changed)

    @property
    def pinned(self) -> tuple[PinnedRun, ...]:
        """In the order in which they were pinned."""
        return self._kept.pinned

    # What there is.

    def rows(self, frame: Frame | None = None) -> list[Row]:
        """The run under way first, then the other lanes of its race, then the pinned runs."""
        frame = frame or self._session.frame_now
        raced = frame.experiment.rivals[0].field if frame.experiment.rivals else None
        live = Row(LIVE, self._name(LIVE, frame.experiment, raced), frame.experiment, frame.trace, frame.own_iteration, None)
        return [live, *self.ghosts(frame)]

    def ghosts(self, frame: Frame | None = None) -> list[Row]:
        """All but the run under way."""
        frame = frame or self._session.frame_now
        return [*self.lanes(frame), *self._pinned_rows()]

    def lanes(self, frame: Frame) -> list[Row]:
        """The other lanes of the race, at the iteration of this frame, or where they ended before."""
        experiment = frame.experiment
        return [
            Row(
                lane,
                self._name(lane, rival, lane.field),
                rival,
                trace,
                min(frame.iteration, trace.last),
                lane.slot,
                lane not in self._hidden,
            )
            for lane, rival, trace in zip(experiment.rivals, experiment.rival_experiments, frame.trace.lanes, strict=False)
        ]

    def row(self, key: Hashable) -> Row | None:
        """The row of a run."""
        return next((row for row in self.rows() if row.key == key), None)

    def free_slots(self) -> list[int]:
        """Ways to draw that no run has, the first ones first."""
        taken = {run.slot for run in self.pinned} | {lane.slot for lane in self._session.experiment.rivals}
        return [slot for slot in range(len(taken) + MOST_PINNED) if slot not in taken]

    def _pinned_rows(self) -> list[Row]:
        return [
            Row(
                run.key,
                self._name(run.key, run.experiment),
                run.experiment,
                run.trace,
                run.trace.last,
                run.slot,
                run.key not in self._hidden,
                is_pinned=True,
            )
            for run in self.pinned
        ]

    def _name(self, key: Hashable, experiment: Experiment, raced: str | None = None) -> str:
        return self._kept.names.get(key) or (lane_name(experiment, raced) if raced else run_name(experiment))

    # What is done to them.

    def pin(self, key: Hashable = LIVE) -> None:
        """Keep a run as it is now: one step to undo. Says so when it has made no iteration yet, or when there are too many."""
        row = self.row(key)
        if row is None or row.is_pinned:
            return
        if row.trace.last == 0 and row.trace.diverged:
            self._session.report(tr("This run diverged at its first iteration, so there is nothing of it to pin; try a smaller α"))
        elif row.trace.last == 0:
            self._session.report(tr("There is no run to pin yet: press Space to train, then P"))
        elif len(self.pinned) >= MOST_PINNED:
            self._session.report(tr("{n} runs are pinned, and more would hide each other; delete one of them first").format(n=MOST_PINNED))
        else:
            self._session.report("")
            experiment = replace(row.experiment, rivals=(), fitted=row.experiment.features)
            run = PinnedRun(f"pinned {next(_numbers)}", experiment, self._thin(alone(row.trace)), self.free_slots()[0])
            names = {**self._kept.names, run.key: row.name} if self._kept.names.get(key) else self._kept.names
            self._do(tr("Pin run {name}").format(name=row.name), Kept((*self.pinned, run), names))
            if len(run.trace) > KEPT_ROWS:
                self._thin_later(run)

    def _thin(self, trace: Trace) -> Trace:
        """A short trace at once; a long one takes too long for that, and stays the view that it is for a moment."""
        return kept(trace) if len(trace) <= KEPT_ROWS else trace

    def _thin_later(self, run: PinnedRun) -> None:
        long = [other for other in (*self.pinned, run) if len(other.trace) > KEPT_ROWS]

        def done(traces: list[Trace]) -> None:
            for other, trace in zip(long, traces, strict=True):
                other.trace = trace
            self.changed.emit()

        self._thinning.submit(lambda: [kept(other.trace) for other in long], done)

    def rename(self, key: Hashable, name: str) -> None:
        """Give a run another name: one step to undo. An empty one is made up of its settings again."""
        row, name = self.row(key), " ".join(name.split())
        if row is None or name == row.name:
            return
        names = {other: given for other, given in self._kept.names.items() if other != key}
        self._do(tr("Rename run {name}").format(name=row.name), Kept(self.pinned, {**names, key: name} if name else names))

    def delete(self, key: Hashable) -> None:
        """Take a run away, of a race the lane: one step to undo. The run under way stays."""
        row = self.row(key)
        if row is None or key == LIVE:
            return
        if row.is_pinned:
            left = tuple(run for run in self.pinned if run.key != key)
            self._do(tr("Delete run {name}").format(name=row.name), Kept(left, self._kept.names))
        else:
            self._leave_race(tr("Delete run {name}").format(name=row.name), [lane != key for lane in self._session.experiment.rivals])

    def end_race(self) -> None:
        """Go on with the session's own run alone: one step to undo."""
        if self._session.experiment.rivals:
            self._leave_race(tr("End race"), [False] * len(self._session.experiment.rivals))

    def _leave_race(self, text: str, stays: list[bool]) -> None:
        session = self._session
        now, trace = session.experiment, session.live.trace
        rivals = tuple(lane for lane, stay in zip(now.rivals, stays, strict=True) if stay)
        lanes = tuple(lane for lane, stay in zip(trace.lanes, stays, strict=False) if stay)
        session.take_up(text, Run(replace(now, rivals=rivals, fitted=now.features), replace(trace, lanes=lanes)))

    def restore(self, key: Hashable) -> None:
        """Take up the settings of a run again, and the run itself where the examples are the same: one step to undo."""
        row, session = self.row(key), self._session
        if row is None or key == LIVE:
            return
        text = tr("Restore run {name}").format(name=row.name)
        now = session.experiment
        target = replace(row.experiment, rivals=(), fitted=row.experiment.features, threshold=now.threshold)
        if same_examples(row.experiment.dataset, now.dataset):
            session.take_up(text, Run(replace(target, dataset=now.dataset), alone(row.trace)))
            return
        start = target.start if target.dataset.n == now.dataset.n else None
        names = ("model", "degree", "scaling", "alpha", "lambda_", "iterations", "update", "method", *target.method_settings)
        try:
            session.edit(text, start=start, rivals=(), **{name: getattr(target, name) for name in names})
        except UserError as error:  # such as a degree that is too high for the data there is now
            session.report(error)
            return
        session.report(tr("The settings of {name} are back; its examples were others, so the run is to be made anew").format(name=row.name))

    def show(self, key: Hashable, shown: bool) -> None:
        """Show or hide a run in the plots."""
        if shown == (key in self._hidden) and key != LIVE:
            self._hidden ^= {key}
            self.shown_changed.emit()

    def choose(self, key: Hashable) -> None:
        """Let the commands of runs be about this one."""
        if key != self.chosen:
            self.chosen = key
            self.chosen_changed.emit()

    # Steps to undo.

    def _do(self, text: str, kept: Kept) -> None:
        self._session.push(_Step(self, text, kept))

    def swap(self, kept: Kept) -> Kept:
        """For a step to undo: other runs than before, which are returned."""
        before, self._kept = self._kept, kept
        self._forget_choice()
        self._look_for_bottoms()
        self.changed.emit()
        return before

    def _look_for_bottoms(self) -> None:
        experiment = self._session.experiment
        self.bottoms.look_for([*experiment.rival_experiments, *(run.experiment for run in self.pinned)])

    def _forget_choice(self) -> None:
        if self.row(self.chosen) is None:
            self.choose(LIVE)

    def _experiment_changed(self) -> None:
        rivals = self._session.experiment.rivals
        if rivals != self._rivals:
            self._rivals = rivals
            self._hidden -= {key for key in self._hidden if isinstance(key, Lane) and key not in rivals}
            self._forget_choice()
            self.changed.emit()
        self._look_for_bottoms()


class _Step(QUndoCommand):
    """Swaps what is kept."""

    def __init__(self, runs: PinnedRuns, text: str, kept: Kept) -> None:
        super().__init__(text)
        self._runs = runs
        self._kept = kept

    def redo(self) -> None:
        self._kept = self._runs.swap(self._kept)

    def undo(self) -> None:
        self._kept = self._runs.swap(self._kept)
