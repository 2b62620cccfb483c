"""The words of a verdict: templates and their values. The GUI translates the templates."""

import math
from dataclasses import dataclass, replace
from typing import Any

from core.bottom import Bottom, Why
from core.descents import GRADIENT
from core.errors import Note
from core.experiment import Experiment
from core.update_rules import SIMULTANEOUS
from core.verdict import Ending, Kind, Tone, Verdict

CLOSE = 0.01  # J is at most this share above the minimum
LARGE_CONDITION = 1_000.0
FAR = 1e6  # times the minimum: more is no number to tell, as that of a line through all points is 0 but for rounding
MUCH = 4.0  # times: how far alpha is below what would do before that is advice
BATCHES = ("stochastic", "mini-batch")
ENDLESS = 1e9  # iterations: more than any run may have

NO_MINIMUM = {
    None: "Where the minimum of J is, is still being computed",
    Why.NOT_CONVEX: "With squared error J may have plains and several minima, so there is no least J to compare with",
    Why.FLAT: "The least J cannot be told, as a column is constant or follows from others",
    Why.TOO_LARGE: "The least J cannot be told, as the numbers are too large or a minimum is too flat",
    Why.TOUCHING: "The classes only touch on a line, so J has no minimum, however near to its least value it comes",
    Why.UNDECIDED: "The classes all but touch, and rounding hides whether J has a minimum",
    Why.SEPARABLE: "A boundary separates the classes without a mistake, so J has no minimum: it can come as near to 0 as you like",
    Why.TOUCHING: "The classes only touch on a line, so J has no minimum: it falls for ever, but not to 0",
    Why.UNDECIDED: "The classes all but touch, and rounding hides whether J has a minimum",
    Why.ONE_CLASS: "There is only one class, so J has no minimum: it can come as near to 0 as you like",
}


@dataclass(frozen=True, eq=False)
class Facts:
    """What was found out about a run at an iteration; see core.verdict.Verdict."""

    kind: Kind
    experiment: Experiment
    iteration: int
    J: float
    bottom: Bottom | None
    J_min: float | None = None
    gap: float | None = None
    needed: float | None = None
    gradient: float = math.nan
    period: int | None = None
    levels: tuple[float, ...] = ()
    low: float = math.nan
    high: float = math.nan
    growth: float | None = None
    length: float = math.nan  # of w
    beyond_numbers: bool = False
    early: bool = False  # too few iterations to tell a trend
    rose: bool = False  # J, in the last iteration

    def but(self, **changes: Any) -> "Facts":
        """With other values."""
        return replace(self, **changes)

    @property
    def edge(self) -> float | None:
        """2/λmax at the minimum, for the descent that it is about."""
        curvature = self.bottom.curvature if self.bottom and self._plain else None
        return curvature.edge if curvature else None

    @property
    def safe(self) -> float | None:
        """The alpha up to which J falls at every iteration."""
        return self.bottom.safe_alpha if self.bottom and self._plain else None

    @property
    def touching(self) -> bool:
        """Whether J comes near to a value above 0 that it never has."""
        return self.bottom is not None and self.bottom.why is Why.TOUCHING

    @property
    def grows(self) -> bool:
        """Whether w still grows by more than can be neglected."""
        return self.growth is not None and self.growth > 1e-3 * self.length

    @property
    def _plain(self) -> bool:
        return self.experiment.method == GRADIENT and self.experiment.update == SIMULTANEOUS

    @property
    def beyond_edge(self) -> bool:
        """Whether descent cannot stay at the minimum."""
        return self.edge is not None and self.experiment.alpha > self.edge


def put_into_words(facts: Facts, stopped: Ending | None) -> Verdict:
    """The verdict that the facts amount to."""
    kind, values = facts.kind, _values(facts)
    if kind is Kind.NOT_STARTED:
        stopped = None
    tone = _tone(facts, stopped)
    return Verdict(
        kind=kind,
        tone=tone,
        short=Note(_short(facts, stopped), **values),
        sentence=Note(_sentence(facts, stopped), **values),
        reason=_reason(facts),
        advice=Note(_advice(facts, stopped), **values),
        stopped=stopped,
        ending=Note(_ending(facts, stopped), **values) if stopped else None,
        J_min=facts.J_min,
        gap=facts.gap,
        needed=facts.needed,
        period=facts.period,
        levels=facts.levels,
        growth=facts.growth,
    )


def _short(facts: Facts, stopped: Ending | None) -> str:
    known = facts.gap is not None and facts.gap < FAR
    match facts.kind:
        case Kind.NOT_STARTED:
            return "Not started"
        case Kind.FALLING | Kind.CRAWLING if known and stopped in (Ending.LIMIT, Ending.RULE):
            return "Stopped · {ratio} × minimum"
        case Kind.FALLING | Kind.CRAWLING if known and stopped is Ending.USER:
            return "Paused · {ratio} × minimum"
        case Kind.FALLING | Kind.CRAWLING if stopped:
            return "Paused · J was falling" if stopped is Ending.USER else "Stopped · J was falling"
        case Kind.FALLING if not known:
            return "J is falling"
        case Kind.FALLING:
            return "Falling · {ratio} × minimum" if facts.beyond_edge else "Converging · {ratio} × minimum"
        case Kind.CRAWLING:
            return "Crawling · {ratio} × minimum" if known else "J is crawling"
        case Kind.NEAR:
            return "Within {above} of minimum"
        case Kind.AT_MINIMUM:
            return "At the minimum"
        case Kind.BOUNCING:
            return "Bouncing · {ratio} × minimum" if known else "J bounces" if facts.early else "J bounces, but falls"
        case Kind.CYCLING if facts.period == 2:
            return "Cycle of 2 · {low} / {high}"
        case Kind.CYCLING:
            return "Cycle of {period} · {low} to {high}" if facts.period else "No rest · {low} to {high}"
        case Kind.DIVERGING:
            return "Diverged" if facts.beyond_numbers else "Diverging · J = {J}"
        case Kind.SEPARABLE:
            return "No minimum · J → {infimum}" if facts.touching else "Separable · J → 0"


def _sentence(facts: Facts, stopped: Ending | None) -> str:
    known, slow = facts.gap is not None and facts.gap < FAR, (facts.needed or 0.0) > ENDLESS
    match facts.kind:
        case Kind.NOT_STARTED:
            return "Nothing has been trained yet: w and b are where they start"
        case Kind.FALLING if known and facts.beyond_edge:
            return (
                "J falls and is {above} above the minimum {J_min}, but it cannot come to rest there: α = {alpha} is beyond 2/λmax = {edge}"
            )
        case Kind.FALLING if known and facts.needed is None:
            return "J falls and is {above} above the minimum {J_min}"
        case Kind.FALLING if known and stopped:
            return (
                "J = {J} was still falling; at this rate it needs about {needed} more iterations to get within 1 % of the minimum {J_min}"
            )
        case Kind.FALLING if known:
            return "J falls and is {above} above the minimum {J_min}; at this rate it is within 1 % in about {needed} more iterations"
        case Kind.FALLING:
            return "J was still falling, to {J}" if stopped else "J falls from iteration to iteration and is {J} now"
        case Kind.CRAWLING if known and slow:
            return (
                "J hardly moves, but this is not the minimum: J = {J} is {above} above it, and it would take more than a billion iterations"
            )
        case Kind.CRAWLING if known:
            return (
                "J hardly moves, but this is not the minimum: J = {J} is {above} above it; "
                "at this rate it takes about {needed} more iterations to get within 1 %"
            )
        case Kind.CRAWLING if slow:
            return "J = {J} hardly moves: the gradient is only {gradient} long, which may be a plain and need not be a minimum"
        case Kind.CRAWLING:
            return "J = {J} hardly moves: to halve it takes about {needed} more iterations at this rate"
        case Kind.NEAR if facts.beyond_edge:
            return "J is {above} above the minimum {J_min}, but α = {alpha} is beyond 2/λmax = {edge}, so the next steps lead away from it"
        case Kind.NEAR:
            return "J = {J} is within {above} of the minimum {J_min}"
        case Kind.AT_MINIMUM if facts.beyond_edge:
            return (
                "J = {J} is at the minimum, but α = {alpha} is beyond 2/λmax = {edge}: the slightest push and the steps lead away from it"
            )
        case Kind.AT_MINIMUM if math.isnan(facts.gradient):
            return "J = {J} is at the minimum"
        case Kind.AT_MINIMUM:
            return "J = {J} is at the minimum; the gradient is {gradient} long"
        case Kind.BOUNCING if facts.early:
            return "J goes up and down, lately from {low} to {high}; whether it falls cannot be said yet"
        case Kind.BOUNCING if known:
            return "J goes up and down, lately from {low} to {high}, but falls all the same; it is {above} above the minimum {J_min}"
        case Kind.BOUNCING:
            return "J goes up and down, lately from {low} to {high}, but falls all the same"
        case Kind.CYCLING if facts.period == 2:
            return "J jumps to and fro between {low} and {high} for ever: every step crosses the valley and the next one brings it back"
        case Kind.CYCLING if facts.period:
            return "J repeats itself every {period} iterations, from {low} to {high}, for ever: the steps are too long for the valley"
        case Kind.CYCLING if facts.experiment.method in BATCHES:
            return "J goes up and down from {low} to {high} and does not fall any more: with a few examples at a time w, b wander about"
        case Kind.CYCLING if facts.experiment.model == "linear":
            return "J goes up and down from {low} to {high} and does not fall any more: the steps are too long"
        case Kind.CYCLING:
            return "J goes up and down from {low} to {high} and does not fall any more, though it stays bounded: the steps are too long"
        case Kind.DIVERGING if facts.beyond_numbers:
            return "After iteration {iteration} J, w or b is no finite number any more"
        case Kind.DIVERGING:
            return "J grows and will go on growing: every step overshoots the minimum by more than the one before"
        case Kind.SEPARABLE if facts.touching:
            return (
                "The classes only touch on a line, so J has no minimum: from {J} it goes on towards {infimum} for ever, and |w| = {length} "
                "grows by about {growth} with every ten times as many iterations"
            )
        case Kind.SEPARABLE if facts.grows:
            return (
                "A boundary separates the classes, so J has no minimum: from {J} it goes on towards 0 for ever, and |w| = {length} grows "
                "by about {growth} with every ten times as many iterations"
            )
        case Kind.SEPARABLE:
            return "A boundary separates the classes, so J has no minimum: it can come as near to 0 as you like, and {J} is next to nothing"


def _reason(facts: Facts) -> Note | None:
    """Why J is not compared with a minimum."""
    silent = (Kind.NOT_STARTED, Kind.DIVERGING, Kind.SEPARABLE)
    why = facts.bottom.why if facts.bottom else None
    if facts.gap is not None or facts.kind in silent or why is Why.NO_EXAMPLES:
        return None
    return Note(NO_MINIMUM[why])


def _advice(facts: Facts, stopped: Ending | None) -> str:
    alpha, safe = facts.experiment.alpha, facts.safe
    small = safe is not None and alpha * MUCH < safe
    curvature = facts.bottom.curvature if facts.bottom else None
    ravine = curvature is not None and curvature.condition_number > LARGE_CONDITION and facts.experiment.scaling == "none"
    far = facts.kind in (Kind.FALLING, Kind.CRAWLING)
    match facts.kind:
        case _ if far and stopped is Ending.RULE:
            return "Switch the stop rule off and it goes on from here: it looks at one step, and a small α makes every step small"
        case Kind.NOT_STARTED:
            return "Press Space to train, or → for one iteration"
        case Kind.FALLING | Kind.CRAWLING if small:
            return "Try a larger α: up to {safe} J falls at every iteration"
        case Kind.FALLING | Kind.CRAWLING if ravine:
            return "Scale the features: the valley of J is {condition} times as curved across as along, and z-score makes it rounder"
        case Kind.CRAWLING if facts.bottom and facts.bottom.why is Why.NOT_CONVEX:
            return "Try another start w, b, or logistic regression, whose J has no plains"
        case Kind.FALLING | Kind.NEAR | Kind.AT_MINIMUM if facts.beyond_edge:
            return "Choose an α below {edge}, and it comes to rest at the minimum"
        case Kind.FALLING | Kind.CRAWLING if safe is not None and alpha < safe:
            return "Let it run on, or try a larger α: up to {safe} J falls at every iteration"
        case Kind.FALLING | Kind.CRAWLING:
            return "Let it run on"
        case Kind.NEAR:
            return "More iterations hardly make it better; look at the boundary and at the accuracy"
        case Kind.AT_MINIMUM:
            return "Only other data, other features or another λ can change what is learned now"
        case Kind.BOUNCING | Kind.CYCLING if facts.edge is not None and alpha > facts.edge:
            return "Try a smaller α: it comes to rest below 2/λmax = {edge}"
        case Kind.BOUNCING | Kind.CYCLING if safe is not None:
            return "Try a smaller α: up to {safe} J falls at every iteration"
        case Kind.BOUNCING | Kind.CYCLING:
            return "Try a smaller α"
        case Kind.DIVERGING if facts.edge is not None and facts.experiment.model == "linear":
            return "Try a smaller α: it must be below 2/λmax = {edge}; scaled features allow a larger one"
        case Kind.DIVERGING:
            return "Try a smaller α or λ, or feature scaling"
        case Kind.SEPARABLE:
            return "A regularization λ above 0 gives J a minimum and ends the growth of w"


def _ending(facts: Facts, stopped: Ending | None) -> str:
    far = facts.gap is not None and CLOSE < facts.gap < math.inf
    match stopped:
        case Ending.RULE:
            fell = "Stopped by the rule, as J fell by less than {epsilon} in iteration {iteration}"
            rose = "Stopped by the rule, as J rose instead of falling by {epsilon} in iteration {iteration}"
            rule = rose if facts.rose else fell
            return rule + ": {above} above the minimum" if far else rule
        case Ending.USER:
            return "Paused at iteration {iteration}, {above} above the minimum" if far else "Paused at iteration {iteration}"
        case _:
            limit = "Stopped by the limit of {iteration} iterations"
            return limit + ", {above} above the minimum" if far else limit


def _tone(facts: Facts, stopped: Ending | None) -> Tone:
    match facts.kind:
        case Kind.NOT_STARTED:
            return Tone.PLAIN
        case Kind.NEAR | Kind.AT_MINIMUM:
            return Tone.WARN if facts.beyond_edge else Tone.GOOD
        case Kind.FALLING if stopped in (Ending.LIMIT, Ending.RULE) or facts.beyond_edge:
            return Tone.WARN
        case Kind.FALLING:
            return Tone.GOOD if facts.gap is not None else Tone.BUSY
        case Kind.SEPARABLE:
            return Tone.BUSY
        case _:
            return Tone.WARN


def _values(facts: Facts) -> dict[str, object]:
    curvature = facts.bottom.curvature if facts.bottom else None
    return {
        "J": cost(facts.J),
        "infimum": cost(facts.bottom.infimum if facts.bottom else None),
        "J_min": cost(facts.J_min),
        "above": percent(facts.gap),
        "ratio": ratio(facts.gap),
        "needed": count(facts.needed),
        "gradient": short(facts.gradient),
        "period": facts.period,
        "low": cost(facts.low),
        "high": cost(facts.high),
        "growth": short(facts.growth, 2),
        "length": short(facts.length),
        "iteration": f"{facts.iteration:,}",
        "alpha": short(facts.experiment.alpha),
        "epsilon": short(facts.experiment.stop_below),
        "edge": short(facts.edge, 4),
        "safe": _rounded_down(facts.safe),
        "condition": short(curvature.condition_number, 2) if curvature else "",
    }


def short(value: float | None, digits: int = 3) -> str:
    """A number in a few digits: 0.0013, 2.4e6, 1e-9."""
    if value is None or math.isnan(value):
        return "—"
    if 1_000 <= abs(value) < 1e6:
        return f"{value:,.0f}".replace("-", "−")
    mantissa, e, exponent = f"{value:.{digits}g}".partition("e")
    return (f"{mantissa}e{int(exponent)}" if e else mantissa).replace("-", "−").replace("inf", "∞")


def cost(J: float | None) -> str:
    """J with four decimals where they tell it, in four digits elsewhere."""
    if J is None or math.isnan(J):
        return "—"
    return f"{J:.4f}" if 1e-3 <= J < 100 else short(J, 4)


def percent(gap: float | None) -> str:
    """How far J is above the minimum: 0.83 %, 134 %."""
    if gap is None or math.isnan(gap):
        return "—"
    hundredths = 100.0 * gap
    return f"{hundredths:,.0f} %" if 10 <= hundredths < 1e6 else f"{short(hundredths, 2)} %"


def ratio(gap: float | None) -> str:
    """J / J_min: 1.02, 4.2, 830."""
    if gap is None or math.isnan(gap):
        return "—"
    times = 1.0 + gap
    return f"{times:.2f}" if times < 10 else f"{times:,.0f}" if times < 1e5 else short(times, 2)


def count(needed: float | None) -> str:
    """About so many iterations, in two digits."""
    if needed is None or not math.isfinite(needed):
        return "—"
    digits = len(str(int(needed))) - 2
    rounded = max(2, math.ceil(needed)) if digits <= 0 else round(needed, -digits)
    return f"{rounded:,.0f}" if rounded < 1e7 else short(rounded, 2)


def _rounded_down(alpha: float | None) -> str:
    """So that it is not above the true one."""
    if alpha is None or not 0 < alpha < math.inf:
        return "—"
    unit = 10.0 ** (math.floor(math.log10(alpha)) - 1)
    return short(math.floor(alpha / unit + 1e-9) * unit, 2)
