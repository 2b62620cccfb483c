"""Verdict: what a run has come to, in words that a student understands, and what to try next."""

from dataclasses import dataclass
from enum import Enum

from core.errors import Note


class Kind(Enum):
    """Exactly one of these is true of a run at any iteration."""

    NOT_STARTED = "not started"
    FALLING = "falling"
    CRAWLING = "crawling"
    NEAR = "near the minimum"  # J is at most 1 % above it
    AT_MINIMUM = "at the minimum"
    BOUNCING = "bouncing"  # J goes up and down, and falls all the same
    CYCLING = "cycling"  # J goes up and down for ever: with a period, or without one
    DIVERGING = "diverging"
    SEPARABLE = "separable"  # there is no minimum: J goes to 0 and w grows for ever


class Ending(Enum):
    """Why no more iterations are being made."""

    LIMIT = "limit"
    USER = "user"
    RULE = "rule"  # the stop rule


class Tone(Enum):
    """How good it is."""

    PLAIN = ""
    GOOD = "good"
    WARN = "warn"
    BUSY = "accent"


@dataclass(frozen=True)
class Verdict:
    """`kind`; `short` for a chip, `sentence` and `advice`, each a template with its values; `ending` where the run has been stopped.

    `reason` says why J is not compared with a minimum.

    `J_min` is the least J, None where there is none or it is not known (yet); `gap` is J / J_min - 1. `needed` iterations bring J within
    1 % of the minimum at this rate, or halve it where there is none. `period` and `levels` are those of a cycle; `growth` is what |w| has
    grown in the last decade of iterations.
    """

    kind: Kind
    tone: Tone
    short: Note
    sentence: Note
    advice: Note
    reason: Note | None = None
    stopped: Ending | None = None
    ending: Note | None = None
    J_min: float | None = None
    gap: float | None = None
    needed: float | None = None
    period: int | None = None
    levels: tuple[float, ...] = ()
    growth: float | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        """All sentences, in their order."""
        return (*([self.ending] if self.ending else []), self.sentence, *([self.reason] if self.reason else []), self.advice)

    def __str__(self) -> str:
        return " ".join(f"{note}." for note in self.notes)
