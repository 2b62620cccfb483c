"""Generators: datasets drawn with parameters of one's choice. The fixed datasets by name are in core.samples; both draw with core.shapes.

    size     m, how many examples
    spread   how wide a class is (clouds: the standard deviation; ring: the width of the ring; XOR: of the cloud)
    overlap  how far the classes reach into each other, 0: apart, 1: one on top of the other
    noise    standard deviation of what is added to each coordinate (line: of logistic noise on z)
    share    of the examples that are of class 1: the balance of the classes
    seed     of the random numbers

The same parameters give the same examples. The first examples are of class 0, the last of class 1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from core import shapes
from core.dataset import Array, Dataset, Source
from core.errors import SettingError
from core.parameters import SEED, Parameter
from core.shapes import Classes

MOST_EXAMPLES = 100_000

_PARAMETERS = (
    Parameter("size", "Examples", "How many examples are drawn, m", 2, MOST_EXAMPLES, 200, whole=True, log=True),
    Parameter("spread", "Spread", "How wide each class is", 0.05, 3.0, 1.0),
    Parameter(
        "overlap", "Overlap", "How far the classes reach into each other: from apart to one on top of the other", 0.0, 1.0, 0.5, share=True
    ),
    Parameter("noise", "Noise", "Width of the random numbers that are added to each coordinate", 0.0, 2.0, 0.15),
    Parameter("share", "Share of class 1", "How many of the examples are of class 1: half of them in balance", 0.01, 0.99, 0.5, share=True),
    SEED,
)
PARAMETERS: dict[str, Parameter] = {parameter.key: parameter for parameter in _PARAMETERS}


@dataclass(frozen=True)
class Settings:
    """What a generator is told. Raises SettingError for a value outside its range, which says what is allowed."""

    size: int = 200
    spread: float = 1.0
    overlap: float = 0.5
    noise: float = 0.15
    share: float = 0.5
    seed: int = 0

    def __post_init__(self) -> None:
        for name in fields(self):
            object.__setattr__(self, name.name, PARAMETERS[name.name].check(getattr(self, name.name)))

    def counts(self) -> tuple[int, int]:
        """How many examples of class 0 and of class 1; at least one of each."""
        ones = min(max(round(self.size * self.share), 1), self.size - 1)
        return self.size - ones, ones


@dataclass(frozen=True)
class Generator:
    """A dataset to draw: `title` and `note` for people, `uses` the parameters beside size, share and seed, `defaults` of this generator."""

    key: str
    title: str
    note: str
    uses: tuple[str, ...]
    draw: Callable[["np.random.Generator", Settings], Classes]
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def parameters(self) -> tuple[Parameter, ...]:
        """What it can be told, with its defaults, in the order of a dialog."""
        used = [parameter for parameter in _PARAMETERS if parameter.key in {"size", *self.uses, "share", "seed"}]
        return tuple(replace(parameter, default=self.defaults.get(parameter.key, parameter.default)) for parameter in used)

    def make(self, **values: Any) -> Dataset:
        """The examples, with a new Source; what is not given has its default. Raises SettingError."""
        settings = Settings(**{**self.defaults, **values})
        zeros, ones = self.draw(np.random.default_rng(settings.seed), settings)
        y = np.concatenate([np.zeros(len(zeros)), np.ones(len(ones))])
        return Dataset(np.concatenate([zeros, ones]), y, source=Source(self.title, self.note))


def generate(key: str, **values: Any) -> Dataset:
    """Examples of the generator of that name. Raises SettingError, which lists the names, when there is none."""
    if key not in GENERATORS:
        raise SettingError("There is no generator {name}; choose one of {names}", name=key, names=", ".join(GENERATORS))
    return GENERATORS[key].make(**values)


def _clouds(rng: "np.random.Generator", settings: Settings) -> Classes:
    return shapes.clouds(rng, *settings.counts(), centre=2.0 * (1.0 - settings.overlap), sigma=settings.spread)


def _moons(rng: "np.random.Generator", settings: Settings) -> Classes:
    # Half of the overlap is how the sample's moons lie; at 0 a straight line parts them, at 1 they lie crossed.
    return shapes.moons(rng, *settings.counts(), sigma=settings.noise, lift=-0.5 + 2.0 * settings.overlap)


def _ring(rng: "np.random.Generator", settings: Settings) -> Classes:
    zeros, ones = shapes.ring(rng, *settings.counts(), inner=2.0 * (1.0 - settings.overlap), width=settings.spread)
    return _shaken(rng, zeros, settings.noise), _shaken(rng, ones, settings.noise)


def _xor(rng: "np.random.Generator", settings: Settings) -> Classes:
    zeros, ones = shapes.xor(rng, *settings.counts())
    return _shaken(rng, settings.spread * zeros, settings.noise), _shaken(rng, settings.spread * ones, settings.noise)


def _line(rng: "np.random.Generator", settings: Settings) -> Classes:
    return shapes.halves(rng, *settings.counts(), noise=settings.noise)


def _spirals(rng: "np.random.Generator", settings: Settings) -> Classes:
    return shapes.spirals(rng, *settings.counts(), sigma=settings.noise)


def _shaken(rng: "np.random.Generator", points: Array, sigma: float) -> Array:
    shaken: Array = points + sigma * rng.normal(size=points.shape)
    return shaken


_GENERATORS = (
    Generator(
        "clouds",
        "Two clouds",
        "Generated: two round clouds of normally distributed examples.",
        ("spread", "overlap"),
        _clouds,
        {"spread": 1.2, "seed": 1},
    ),
    Generator("moons", "Moons", "Generated: two half moons, for polynomial features.", ("overlap", "noise"), _moons),
    Generator(
        "ring",
        "Ring",
        "Generated: one class lies in a ring around the other, for polynomial features.",
        ("spread", "overlap", "noise"),
        _ring,
        {"overlap": 0.25, "noise": 0.0, "seed": 9},
    ),
    Generator(
        "xor",
        "XOR",
        "Generated: class 1 where exactly one feature is positive, for polynomial features.",
        ("spread", "noise"),
        _xor,
        {"noise": 0.0},
    ),
    Generator(
        "line", "Line with noise", "Generated: class 1 above a line, as logistic regression supposes it.", ("noise",), _line, {"noise": 0.5}
    ),
    Generator(
        "spirals",
        "Spirals",
        "Generated: two arms that wind around each other, more than polynomial features can part.",
        ("noise",),
        _spirals,
    ),
)
GENERATORS: dict[str, Generator] = {generator.key: generator for generator in _GENERATORS}
