"""Race: several descents that go on side by side, in the place of one: the thread that trains need not know.

The session's own run is the first lane. The others follow it, so that all have come to the same iteration when a chunk is done; one that
has diverged, or that the stop rule has ended, stays where it is. The trace is that of the first lane, and those of the others are its
`lanes`, in their order.
"""

from collections.abc import Iterator
from dataclasses import replace

from core.descent import Descent
from core.experiment import Experiment
from core.trace import Trace


class Race:
    """The first of `lanes` leads. It ends with the last iteration of the leader, or when that one diverges."""

    def __init__(self, lanes: list[Descent]) -> None:
        self.lanes = lanes

    @property
    def leader(self) -> Descent:
        """The session's own run."""
        return self.lanes[0]

    @property
    def iteration(self) -> int:
        """Iterations made."""
        return self.leader.iteration

    @property
    def diverged(self) -> bool:
        """Whether the leader has."""
        return self.leader.diverged

    @property
    def ended(self) -> bool:
        """Whether the leader makes no more iterations."""
        return self.leader.ended

    @property
    def portion(self) -> int:
        """Updates that are worth a call of advance()."""
        return max(lane.portion for lane in self.lanes)

    @property
    def stopped(self) -> bool:
        """Whether the stop rule has ended the leader; to be set for all lanes."""
        return self.leader.stopped

    @stopped.setter
    def stopped(self, stopped: bool) -> None:
        for lane in self.lanes:
            lane.stopped = stopped

    @property
    def stop_below(self) -> float | None:
        """The ε of the stop rule, for all lanes."""
        return self.leader.stop_below

    @stop_below.setter
    def stop_below(self, epsilon: float | None) -> None:
        for lane in self.lanes:
            lane.stop_below = epsilon

    def advance(self, updates: int) -> int:
        """Make up to `updates` iterations in every lane in turn. Returns how many the leader made."""
        made = self.leader.advance(updates)
        for lane in self.lanes[1:]:
            behind = self.leader.iteration - lane.iteration
            if behind > 0 and not lane.ended:
                lane.advance(behind)
        return made

    def mark(self, text: str) -> None:
        """Leave a mark where each lane is now: what comes after it may be another J."""
        for lane in self.lanes:
            lane.mark(text)

    def trace(self) -> Trace:
        """The rows so far."""
        return replace(self.leader.trace(), lanes=tuple(replace(lane.trace(), diverged=lane.diverged) for lane in self.lanes[1:]))


Runner = Descent | Race


def runner(experiment: Experiment, trace: Trace | None = None) -> Runner:
    """What trains: the descent of the experiment, or all lanes of its race; from the start or from the last rows of `trace`."""
    own = experiment.descent(trace)
    if not experiment.rivals:
        return own
    known = trace.lanes if trace is not None else ()
    race = Race([own, *(rival.descent(known[k] if k < len(known) else None) for k, rival in enumerate(experiment.rival_experiments))])
    for lane in race.lanes:
        lane.share_memory(len(race.lanes))
    race.advance(0)  # a lane without rows comes to where the leader is
    return race


def each_lane(running: Runner, experiment: Experiment) -> Iterator[tuple[Descent, Experiment]]:
    """Every descent that goes on, and the experiment that it is of."""
    lanes = running.lanes if isinstance(running, Race) else [running]
    yield from zip(lanes, (experiment, *experiment.rival_experiments), strict=False)
