"""Diagnosis: what a run has come to, from its recent rows, J against the least J, and the gradient.

Not from how much J or w, b still change: in a ravine, or with a small alpha, they hardly do, far above the minimum. "Near" and "at the
minimum" therefore need the minimum itself, and "diverging" a proof (core.divergence), as a J that bounces high comes down again.
"""

import math
from dataclasses import dataclass

import numpy as np

from core import swings
from core.bottom import Bottom, Why
from core.dataset import Array
from core.descent import Descent
from core.descents import GRADIENT
from core.divergence import BATCHES, grows_for_ever
from core.experiment import Experiment
from core.models import MODELS
from core.swings import Recent
from core.trace import Trace
from core.update_rules import SIMULTANEOUS
from core.verdict import Ending, Kind, Verdict
from core.verdict_words import CLOSE, Facts, put_into_words

AT = 1e-6
ROUNDING = 1e-15  # of a J that is computed from numbers about 1
MANY = 5_000  # more iterations than this to go is crawling
DECADE = 10
EARLY = 8  # rows, of which nobody can tell what J will do
FLAT_SLOPE = 0.1  # of log J over log k: J of separable classes falls as 1/k, unless it has hardly begun
NEXT_TO_NOTHING = 1e-3  # of log 2, which is J at w = 0: a J that goes to 0 and is below that has all but come there
PROBE_ITERATIONS = 256
LEAST_PROBE = 8
PROBE_NUMBERS = 4_000_000  # examples times columns times iterations: some 10 ms


def diagnose(
    experiment: Experiment,
    trace: Trace,
    bottom: Bottom | None,
    *,
    row: int | None = None,
    columns: Array | None = None,
    stopped: Ending | None = None,
    diverged: bool = False,
) -> Verdict:
    """The verdict on a run of `experiment` at a `row` of its trace, the last when not given.

    `bottom` is that of the J trained on, None while it is not known; `columns` (m, n_terms) are its columns, made here when they are
    needed and not given; `diverged` says that the next update would leave the finite numbers. Where rows are missing, a few iterations
    are made to see what comes next. Takes some ten milliseconds at most. Raises SettingError as Experiment.columns() does.
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # of a J near the end of the numbers
        facts = _facts(experiment, trace, bottom, len(trace) - 1 if row is None else row, columns, diverged)
    return put_into_words(facts, stopped)


@dataclass(frozen=True, eq=False)
class _Place:
    """Where a run stands: the row, J there, and J against the least J; `base` is what J comes near to, which is 0 where it is not known."""

    trace: Trace
    row: int
    J: float
    J_min: float | None
    base: float

    @property
    def above(self) -> float:
        """How far J is above its base."""
        return self.J - self.base

    @property
    def gap(self) -> float | None:
        """J / J_min - 1; None where no minimum is known."""
        if self.J_min is None:
            return None
        above = self.J - self.J_min
        if above <= ROUNDING:
            return 0.0
        return above / self.J_min if self.J_min > 0 else math.inf


def _facts(experiment: Experiment, trace: Trace, bottom: Bottom | None, row: int, columns: Array | None, diverged: bool) -> Facts:
    iteration, J = int(trace.iteration[row]), float(trace.J[row])
    bottom = _believable(bottom, J)
    facts = Facts(Kind.NOT_STARTED, experiment, iteration, J, bottom)
    if diverged:
        return facts.but(kind=Kind.DIVERGING, beyond_numbers=True)
    if iteration == 0 or not experiment.dataset.training.m:
        return facts
    window = swings.recent(trace, row)
    facts = facts.but(rose=swings.rising(window))
    plain = experiment.method == GRADIENT
    if _diverges(experiment, columns, window, experiment.method in BATCHES and swings.high(trace, row)):
        return facts.but(kind=Kind.DIVERGING)
    facts = facts.but(gradient=_gradient(experiment, columns, trace, row, window if plain else None))
    # That of linear regression is a bowl through and through: where it does not grow it falls.
    if plain and experiment.model != "linear" and _sees_too_little(window, trace, row):
        probed, beyond = _probe(experiment, columns, trace, row)
        window = probed or window
        if beyond or _diverges(experiment, columns, window):
            return facts.but(kind=Kind.DIVERGING)
    least = least_J(bottom)
    base = bottom.infimum if bottom is not None and least is None else least
    place = _Place(trace, row, J, least, base or 0.0)
    facts = facts.but(gap=place.gap, J_min=place.J_min)
    if swings.rises(window) or swings.stands(window):
        swinging = _swinging(facts, window)
        if swinging is not None:
            return swinging
    return _falling(facts, place, bottom, window)


def _diverges(experiment: Experiment, columns: Array | None, window: Recent, high: bool = False) -> bool:
    """Whether J has grown to where the last of these iterations stands, and is sure to grow on."""
    w, J = window.places[-1, :-1], float(window.J[-1])
    return (high or swings.rising(window)) and grows_for_ever(lambda: _columns(experiment, columns), w, J, experiment)


def least_J(bottom: Bottom | None) -> float | None:
    """The least J, where it is that of a place: of one, or of a whole line; None where it is not known, or J only comes near to it."""
    if bottom is None or bottom.why not in (None, Why.FLAT):
        return None
    return bottom.minimum.J if bottom.minimum else bottom.infimum


def _believable(bottom: Bottom | None, J: float) -> Bottom | None:
    """None for a minimum above J: it is of another J."""
    least = least_J(bottom)
    return None if least is not None and least > J + AT * abs(least) + ROUNDING else bottom


def _sees_too_little(window: Recent, trace: Trace, row: int) -> bool:
    """Whether the rows before this one cannot tell a swing: few, thinned, or at odds."""
    if len(window) < 3 or (trace.stride > 1 and len(window) < swings.LATELY):
        return True
    return len(window) < PROBE_ITERATIONS and swings.rises(window) and not swings.falls(window) and swings.period(window) is None


def _columns(experiment: Experiment, columns: Array | None) -> Array:
    return experiment.columns() if columns is None else columns


def _probe(experiment: Experiment, columns: Array | None, trace: Trace, row: int) -> tuple[Recent | None, bool]:
    """What the next iterations would be, None where there are too many examples to try; and whether they leave the finite numbers."""
    updates = min(PROBE_ITERATIONS, PROBE_NUMBERS // max(1, experiment.dataset.training.m * experiment.n_terms))
    if updates < LEAST_PROBE:
        return None, False
    descent = Descent(
        _columns(experiment, columns),
        experiment.dataset.training.y,
        alpha=experiment.alpha,
        lambda_=experiment.lambda_,
        model=experiment.model,
        update=experiment.update,
        w=trace.w[row],
        b=float(trace.b[row]),
    )
    descent.advance(updates)
    made = descent.trace()
    return swings.recent(made, len(made) - 1), descent.diverged


def _gradient(experiment: Experiment, columns: Array | None, trace: Trace, row: int, window: Recent | None) -> float:
    """The length of the gradient at this row, or at the one before it, whose update is known: that costs no pass over the examples.

    nan where such a pass takes too long.
    """
    if window is not None and len(window) > 1 and experiment.update == SIMULTANEOUS:
        return float(np.linalg.norm(window.places[-1] - window.places[-2])) / experiment.alpha
    if experiment.dataset.training.m * experiment.n_terms > PROBE_NUMBERS // LEAST_PROBE:
        return math.nan
    X = _columns(experiment, columns)
    y, w, b = experiment.dataset.training.y, trace.w[row], float(trace.b[row])
    return float(np.linalg.norm(np.append(*MODELS[experiment.model].gradient(X, y, w, b, experiment.lambda_))))


def _swinging(facts: Facts, window: Recent) -> Facts | None:
    """Cycling or bouncing; None where J does neither, or so little that it is near the minimum all the time."""
    found = swings.period(window)
    early, falls = len(window) <= EARLY, not found and swings.falls(window)
    lately = found or min(swings.LATELY, len(window) // 2 if falls and not early else len(window))
    J = window.J[-lately:]
    low, high = float(J.min()), float(J.max())
    if found and not _at_minimum(facts, high):
        return facts.but(kind=Kind.CYCLING, period=found, levels=tuple(J.tolist()), low=low, high=high)
    if found or not swings.rises(window) or (facts.J_min is not None and high <= (1.0 + CLOSE) * facts.J_min):
        return None
    return facts.but(kind=Kind.BOUNCING if early or falls else Kind.CYCLING, low=low, high=high, early=early)


def _at_minimum(facts: Facts, J: float) -> bool:
    return facts.J_min is not None and J - facts.J_min <= AT * facts.J_min + ROUNDING


def _falling(facts: Facts, place: _Place, bottom: Bottom | None, window: Recent) -> Facts:
    """On the way to a minimum, near it, or at it; or on the way to 0."""
    per_iteration = _rate(place, window)
    if facts.gap is not None:
        if _at_minimum(facts, facts.J):
            return facts.but(kind=Kind.AT_MINIMUM)
        if facts.gap <= CLOSE:
            return facts.but(kind=Kind.NEAR)
        if per_iteration is None:
            return facts.but(kind=Kind.FALLING)
        target = max(CLOSE * (place.J_min or 0.0), ROUNDING)
        needed = math.log(place.above / target) / per_iteration if per_iteration > 0 else math.inf
        return facts.but(kind=Kind.CRAWLING if needed > MANY else Kind.FALLING, needed=needed)
    if per_iteration is None:
        return facts.but(kind=Kind.FALLING)
    halving = math.log(2.0) / per_iteration if per_iteration > 0 else math.inf
    crawls = halving > MANY and per_iteration * facts.iteration < FLAT_SLOPE
    if bottom is not None and bottom.why in (Why.SEPARABLE, Why.TOUCHING, Why.ONE_CLASS):
        crawls = crawls and NEXT_TO_NOTHING * math.log(2.0) < facts.J
        if crawls:
            return facts.but(kind=Kind.CRAWLING, needed=halving)
        if facts.iteration >= DECADE:
            return facts.but(
                kind=Kind.SEPARABLE, growth=_growth(place.trace, place.row), length=float(np.linalg.norm(place.trace.w[place.row]))
            )
    return facts.but(kind=Kind.CRAWLING if crawls else Kind.FALLING, needed=halving)


def _rate(place: _Place, window: Recent) -> float | None:
    """By what share J minus its base falls in an iteration now, the natural logarithm of it: over the last tenth of the way.

    From what comes next where this is the first row under these settings; None where nobody knows, as J has risen.
    """
    trace, row = place.trace, place.row
    now = int(trace.iteration[row])
    since = max((mark.iteration for mark in trace.marks if mark.iteration <= now), default=0)
    before = trace.row_at(max(since, now - max(1, (now - since) // DECADE)))
    if before < row:
        above, iterations, left = float(trace.J[before]) - place.base, now - int(trace.iteration[before]), place.above
    elif len(window) > 1:
        above, iterations, left = place.above, len(window) - 1, float(window.J[-1]) - place.base
    else:
        return None
    if left > above or not math.isfinite(above):
        return None
    if left == above or left <= 0:
        return 0.0
    return math.log(above / left) / iterations


def _growth(trace: Trace, row: int) -> float:
    """By how much |w| has grown while the iterations became ten times as many."""
    now = int(trace.iteration[row])
    before = max(trace.nearest_row(now / DECADE), 1 if row > 1 else 0)
    grown = float(np.linalg.norm(trace.w[row]) - np.linalg.norm(trace.w[before]))
    return grown / math.log10(now / max(1, int(trace.iteration[before]))) if before < row else 0.0
