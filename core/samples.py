"""Samples: datasets to begin with, by name. Synthetic ones are drawn from a seed; the real ones come with the program as CSV files.

Every call makes new data with a new Source, so that loading a sample again starts again. The lessons rely on the default seeds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from core import shapes
from core.dataset import Array, Dataset, Source
from core.errors import DataError

DATASETS = Path(__file__).resolve().parent.parent / "resources" / "datasets"


@dataclass(frozen=True)
class Sample:
    """A dataset by name: `title` and `note` for people, `draw(seed)` makes the examples; real data ignores the seed.

    `settings` are fields of Experiment that suit its units; the window sets them along, the command line does not.
    """

    key: str
    title: str
    note: str
    draw: Callable[[int], Dataset]
    default_seed: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)

    def make(self, seed: int | None = None) -> Dataset:
        """The examples for that seed, or for the default seed. Raises DataError for a seed below 0."""
        seed = self.default_seed if seed is None else seed
        if seed < 0:
            raise DataError("Seed {seed} is not possible; choose a whole number from 0 up", seed=seed)
        dataset = self.draw(seed)
        if dataset.source is None:
            return replace(dataset, source=Source(self.title, self.note))
        return replace(dataset, source=replace(dataset.source, title=self.title, note=self.note))


def make_sample(name: str, seed: int | None = None) -> Dataset:
    """The sample of that name. Raises DataError, which lists the names, when there is none."""
    if name not in SAMPLES:
        raise DataError("There is no sample {name}; choose one of {names}", name=name, names=", ".join(SAMPLES))
    return SAMPLES[name].make(seed)


def blobs(seed: int, m: int, c: float, s: float) -> Dataset:
    """Two round clouds: m/2 points N((-c, -c), s) of class 0, then m/2 points N((c, c), s) of class 1."""
    rng = np.random.default_rng(seed)
    return _two_classes(*shapes.clouds(rng, m // 2, m - m // 2, centre=c, sigma=s), source=Source("Two clouds", _CLOUDS_NOTE))


def _course(seed: int) -> Dataset:
    return Dataset(
        X=np.array([[0.5, 1.5], [1.0, 1.0], [1.5, 0.5], [3.0, 0.5], [2.0, 2.0], [1.0, 2.5]]),
        y=np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
    )


def _course_1d(seed: int) -> Dataset:
    return Dataset(
        X=np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]]),
        y=np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
        feature_names=("Tumor size (cm)",),
        class_names=("benign", "malignant"),
        source=Source("", w_b_range=((-1.0, 7.0), (-14.0, 1.0))),
    )


def _tumors(seed: int) -> Dataset:
    rng = np.random.default_rng(seed)
    least, most = (0.5, 20.0), (6.0, 85.0)

    def patients(center: tuple[float, float], sigma: tuple[float, float]) -> Array:
        # Drawn again instead of clipped, so that nobody piles up at the edge of the range.
        kept = np.empty((0, 2))
        while len(kept) < 45:
            drawn = rng.normal(center, sigma, (400, 2))
            kept = np.concatenate([kept, drawn[((drawn >= least) & (drawn <= most)).all(axis=1)]])
        return np.column_stack([kept[:45, 0].round(2), kept[:45, 1].round()])

    return _two_classes(
        patients((2.1, 47.0), (0.75, 11.0)),
        patients((3.5, 60.0), (0.95, 10.5)),
        feature_names=("Tumor size (cm)", "Age (years)"),
        class_names=("benign", "malignant"),
    )


def _blobs(seed: int) -> Dataset:
    return blobs(seed, 200, 1.0, 1.2)


def _overlap(seed: int) -> Dataset:
    return blobs(seed, 200, 0.5, 1.2)


def _moons(seed: int) -> Dataset:
    return _two_classes(*shapes.moons(np.random.default_rng(seed), 100, 100, sigma=0.15))


def _ring(seed: int) -> Dataset:
    return _two_classes(*shapes.ring(np.random.default_rng(seed), 100, 100))


def _xor(seed: int) -> Dataset:
    points = shapes.quadrants(np.random.default_rng(seed), 200)
    return Dataset(points, (points[:, 0] * points[:, 1] < 0).astype(np.float64))


def _exams(seed: int) -> Dataset:
    rng = np.random.default_rng(seed)
    scores = np.column_stack([rng.uniform(30, 100, 100), rng.uniform(30, 100, 100)])
    z = 0.2 * (scores[:, 0] - 65) + 0.2 * (scores[:, 1] - 65) + rng.logistic(size=100)
    return Dataset(scores, (z > 0).astype(np.float64), ("Exam 1 score", "Exam 2 score"), ("not admitted", "admitted"))


def _outliers(seed: int) -> Dataset:
    rng = np.random.default_rng(seed)
    low = rng.normal(-1.2, 0.45, (40, 2))
    high = rng.normal(1.2, 0.45, (40, 2))
    return _two_classes(low, np.concatenate([high, rng.normal(30.0, 0.45, (10, 2))]))


def _rare(seed: int) -> Dataset:
    rng = np.random.default_rng(seed)
    return _two_classes(rng.normal(-0.8, 1.0, (380, 2)), rng.normal(0.8, 1.0, (20, 2)))


def _iris(seed: int) -> Dataset:
    return _bundled("iris")


def _breast_cancer(seed: int) -> Dataset:
    return _bundled("breast-cancer")


def _bundled(key: str) -> Dataset:
    from core.table import read_table  # as the start does without it

    table = read_table(DATASETS / f"{key}.csv")
    # Other columns chosen later keep the title and the licence.
    return replace(table, title=SAMPLES[key].title, note=SAMPLES[key].note).to_dataset()


def _two_classes(
    zeros: Array,
    ones: Array,
    feature_names: tuple[str, ...] = ("x1", "x2"),
    class_names: tuple[str, str] = ("0", "1"),
    source: Source | None = None,
) -> Dataset:
    y = np.concatenate([np.zeros(len(zeros)), np.ones(len(ones))])
    return Dataset(np.concatenate([zeros, ones]), y, feature_names, class_names, source)


_CLOUDS_NOTE = "Synthetic: two round clouds that overlap a little."
_SAMPLES = (
    Sample("course", "The course's six points", "The six points of the Machine Learning Specialization, course 1 week 3.", _course),
    Sample(
        "course-1d",
        "The course's tumor sizes",
        "One feature: the six tumor sizes of the Machine Learning Specialization, course 1 week 3.",
        _course_1d,
    ),
    Sample(
        "tumors",
        "Tumors (synthetic)",
        "Synthetic: sizes of tumors and ages of 90 invented patients; no medical data.",
        _tumors,
        default_seed=10,
        settings={"scaling": "zscore", "alpha": 0.3},
    ),
    Sample("blobs", "Two clouds", _CLOUDS_NOTE, _blobs, default_seed=1),
    Sample("overlap", "Overlapping clouds", "Synthetic: two round clouds that overlap so much that no line separates them well.", _overlap),
    Sample("moons", "Two moons", "Synthetic: two half circles that reach into each other, for polynomial features.", _moons),
    Sample("ring", "Ring", "Synthetic: one class lies in a ring around the other, for polynomial features.", _ring, default_seed=9),
    Sample("xor", "XOR", "Synthetic: class 1 where exactly one feature is positive, for polynomial features.", _xor, default_seed=8),
    Sample(
        "exams",
        "Exam scores",
        "Synthetic: scores of 100 invented students in two exams; unscaled, descent crawls.",
        _exams,
        default_seed=3,
        settings={"scaling": "none", "alpha": 0.0005},
    ),
    Sample("outliers", "Outliers", "Synthetic: two clouds and ten examples far away, which pull on linear regression.", _outliers),
    Sample("rare", "Rare class", "Synthetic: 5 % of 400 examples are of class 1, so high accuracy says little.", _rare, default_seed=7),
    Sample(
        "iris",
        "Iris",
        "Real: 100 iris flowers of two species; R. A. Fisher 1936, UCI Machine Learning Repository, CC BY 4.0.",
        _iris,
        settings={"scaling": "zscore", "alpha": 1.0},
    ),
    Sample(
        "breast-cancer",
        "Breast cancer (Wisconsin)",
        "Real: 569 tumors, 30 measurements each; Wolberg et al. 1995, UCI Machine Learning Repository, CC BY 4.0.",
        _breast_cancer,
        settings={"scaling": "zscore", "alpha": 1.0},
    ),
)
SAMPLES: dict[str, Sample] = {sample.key: sample for sample in _SAMPLES}
