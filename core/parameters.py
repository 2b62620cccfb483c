"""Parameters: the numbers that a generator or an operation is told, each with its range, so that core, dialog and messages agree on it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import SettingError


@dataclass(frozen=True)
class Parameter:
    """A number from `low` to `high`.

    `whole`: no fractions. `share`: people write it in per cent. `log`: a slider gives each power of ten the same room.
    """

    key: str
    label: str
    tip: str
    low: float
    high: float
    default: float
    whole: bool = False
    share: bool = False
    log: bool = False

    def check(self, value: float) -> float:
        """The value, as an int where it is to be whole. Raises SettingError, which says what is allowed."""
        if not math.isfinite(value) or not self.low <= value <= self.high or (self.whole and value != int(value)):
            kind = "a whole number" if self.whole else "a number"
            # The label is part of the template, so that the sentence can be translated as a whole.
            template = f"{self.label} {{value}} is not possible; give {kind} from {{low}} to {{high}}"
            raise SettingError(template, value=self.text(value), low=self.text(self.low), high=self.text(self.high))
        return int(value) if self.whole else float(value)

    def text(self, value: float) -> str:
        """The value as a person writes it."""
        if self.share:
            return f"{100 * value:.6g} %"
        if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
            return f"{int(value):,}"
        return f"{value:.6g}"


MOST_SEED = 999_999
SEED = Parameter("seed", "Seed", "The same seed draws the same numbers again; another one draws others", 0, MOST_SEED, 0, whole=True)


def checked(parameters: Iterable[Parameter], values: Mapping[str, float]) -> dict[str, float]:
    """A value for every parameter, the default where none is given. Raises SettingError."""
    return {parameter.key: parameter.check(values.get(parameter.key, parameter.default)) for parameter in parameters}
