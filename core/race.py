"""Race: several descents that go on side by side, in the place of one: the thread that trains need not know.

The session's own run is the first lane. All have come to the same iteration when a chunk is done; one that has diverged, or that the stop
rule has ended, stays where it is. The trace is that of the first lane, and those of the others are its `lanes`, in their order.
"""

from collections.abc import Iterator
from dataclasses import replace

from core.descent import Descent
from core.experiment import Experiment
from core.trace import Trace


class Race:
    """The first of `lanes` is the session's own run. The race goes on as long as one of them does."""

    def __init__(self, lanes: list[Descent]) -> None:
        self.lanes = lanes

    @property
    def own(self) -> Descent:
        """The session's own run."""
        return self.lanes[0]

    @property
    def iteration(self) -> int:
        """Iterations made by all that go on; where none does, by the one that came farthest."""
        return min((lane.iteration for lane in self.lanes if not lane.ended), default=max(lane.iteration for lane in self.lanes))

    @property
    def behind(self) -> int:
        """Iterations by which one that goes on is behind the one that came farthest: it had ended, and goes on under other settings."""
        return max(lane.iteration for lane in self.lanes) - self.iteration

    @property
    def diverged(self) -> bool:
        """Whether all have."""
        return all(lane.diverged for lane in self.lanes)

    @property
    def ended(self) -> bool:
        """Whether none makes any more iterations."""
        return all(lane.ended for lane in self.lanes)

    @property
    def portion(self) -> int:
        """Updates that are worth a call of advance()."""
        return max(lane.portion for lane in self.lanes)

    @property
    def stopped(self) -> bool:
        """Whether the stop rule has ended the session's own run; to be set for all lanes."""
        return self.own.stopped

    @stopped.setter
    def stopped(self, stopped: bool) -> None:
        for lane in self.lanes:
            lane.stopped = stopped

    @property
    def stop_below(self) -> float | None:
        """The ε of the stop rule, for all lanes."""
        return self.own.stop_below

    @stop_below.setter
    def stop_below(self, epsilon: float | None) -> None:
        for lane in self.lanes:
            lane.stop_below = epsilon

    def advance(self, updates: int) -> int:
        """Make up to `updates` iterations in every lane that is not ahead of others, in turn. Returns how many the race has made."""
        before = self.iteration
        for lane in self.lanes:
            if not lane.ended and lane.iteration < before + updates:
                lane.advance(before + updates - lane.iteration)
        return self.iteration - before

    def mark(self, text: str) -> None:
        """Leave a mark where each lane that goes on is now: what comes after it may be another J."""
        for lane in self.lanes:
            if not lane.ended:
                lane.mark(text)

    def trace(self) -> Trace:
        """The rows so far."""
        own, *others = (replace(lane.trace(), diverged=lane.diverged, stopped=lane.stopped) for lane in self.lanes)
        return replace(own, lanes=tuple(others))


Runner = Descent | Race


def runner(experiment: Experiment, trace: Trace | None = None) -> Runner:
    """What trains: the descent of the experiment, or all lanes of its race; from the start or from the last rows of `trace`.

    A run of a race that has ended there stays so.
    """
    own = experiment.descent(trace)
    if not experiment.rivals:
        return own
    known = trace.lanes if trace is not None else ()
    race = Race([own, *(rival.descent(known[k] if k < len(known) else None) for k, rival in enumerate(experiment.rival_experiments))])
    for lane in race.lanes:
        lane.share_memory(len(race.lanes))
    for lane, rows in zip(race.lanes, (trace, *known) if trace is not None else (), strict=False):
        lane.diverged, lane.stopped = rows.diverged, rows.stopped
    return race


def each_lane(running: Runner, experiment: Experiment) -> Iterator[tuple[Descent, Experiment]]:
    """Every descent that goes on, and the experiment that it is of."""
    lanes = running.lanes if isinstance(running, Race) else [running]
    yield from zip(lanes, (experiment, *experiment.rival_experiments), strict=False)
