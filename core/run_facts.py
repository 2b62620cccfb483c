"""What is told of a run among others, beside its settings: J, the least J of its own function, and how soon it came close to that."""

from dataclasses import dataclass

from core.bottom import Bottom
from core.diagnosis import least_J
from core.experiment import Experiment
from core.pinned import differs_in, first_within
from core.trace import Trace


@dataclass(frozen=True)
class RunFacts:
    """At an iteration of the run. `least_J` None: not known, or there is none, for the reason in `bottom`.

    `within` is the first iteration with J within 1 % of least_J, None when none has come so far; `other` says what makes J another function
    than that of the run under way, empty when the two can be compared.
    """

    iteration: int
    J: float
    bottom: Bottom | None
    within: int | None
    other: str

    @property
    def least_J(self) -> float | None:
        """The minimum of J of this run."""
        return least_J(self.bottom)


class Within:
    """The first iteration of a growing run with J within 1 % of the minimum; only rows that are new are looked at."""

    def __init__(self) -> None:
        self._of: tuple[object, float] | None = None
        self._looked = -1
        self._found: int | None = None

    def first(self, trace: Trace, least_J: float | None) -> int | None:
        """None while there is none. Rows before the last change of settings or points do not count: their J may be another."""
        if least_J is None:
            return None
        since = trace.marks[-1].iteration - 1 if trace.marks else -1
        run = (trace.run or trace, least_J)
        if self._of is None or self._of[0] is not run[0] or self._of[1] != least_J or since > self._looked or trace.last < self._looked:
            self._of, self._looked, self._found = run, since, None
        if self._found is None and trace.last > self._looked:
            self._found = first_within(trace, least_J, self._looked)
            self._looked = trace.last
        return self._found


def facts_of(run: Experiment, trace: Trace, iteration: int, now: Experiment, bottom: Bottom | None, within: Within) -> RunFacts:
    """What there is to tell of `run` beside the run of `now`, at an iteration of its trace."""
    least = least_J(bottom)
    J = float(trace.J[trace.row_at(iteration)]) if run.dataset.training.m else float("nan")
    return RunFacts(iteration, J, bottom, within.first(trace, least), differs_in(run, now))
