"""Lanes of a race: how each of the other runs differs from the session's own, in one setting."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.descents import usual_alpha
from core.errors import SettingError

if TYPE_CHECKING:
    from core.experiment import Experiment

ALPHA, SCALING, LAMBDA, METHOD = "alpha", "scaling", "lambda_", "method"
RACED = (ALPHA, SCALING, LAMBDA, METHOD)  # what can be different from lane to lane
MOST_RUNS = 6  # that race, the session's own among them


@dataclass(frozen=True)
class Lane:
    """One more run from the same start: `field` of the experiment has this value. `slot` says how it is drawn."""

    field: str
    value: float | str
    slot: int = 0

    def of(self, experiment: "Experiment") -> "Experiment":
        """The experiment of this lane. Raises SettingError, which says what is allowed."""
        changes: dict[str, Any] = {self.field: self.value}
        if self.field == METHOD and (alpha := usual_alpha(str(self.value))) is not None:
            changes[ALPHA] = alpha  # Newton's method takes whole steps
        return replace(experiment, rivals=(), **changes)


def check_lanes(experiment: "Experiment") -> None:
    """Raise SettingError for lanes that cannot race."""
    lanes = experiment.rivals
    if len(lanes) >= MOST_RUNS:
        raise SettingError("{count} runs are too many for a race; choose 2 to {most}", count=len(lanes) + 1, most=MOST_RUNS)
    unknown = next((lane.field for lane in lanes if lane.field not in RACED), None)
    if unknown is not None:
        raise SettingError("A race over {field} is not possible; choose one of {allowed}", field=unknown, allowed=", ".join(RACED))
    for lane in lanes:
        lane.of(experiment)


def race_over(experiment: "Experiment", field: str, values: Sequence[float | str], slots: Sequence[int]) -> dict[str, Any]:
    """The changes of the experiment that make it a race over these values, each once.

    Its own run keeps its value where that is among them, and takes the first otherwise. Raises SettingError.
    """
    chosen = list(dict.fromkeys(values))
    if not 2 <= len(chosen) <= MOST_RUNS:
        raise SettingError("A race needs 2 to {most} different values, not {count}", most=MOST_RUNS, count=len(chosen))
    now = getattr(experiment, field)
    own = now if now in chosen else chosen[0]
    others = [value for value in chosen if value != own]
    return {field: own, "rivals": tuple(Lane(field, value, slot) for value, slot in zip(others, slots, strict=False))}
