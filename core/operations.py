"""Operations: what can be done to any dataset to see how training takes it. Pure functions of a dataset, numbers and a random generator.

Noise and wrong labels are in the data as they were collected, so they strike the examples that are kept back to test on like the others.
Outliers are new examples, and are trained on as every example that is added. Nothing is moved beyond 1e150 in size. The same seed draws the
same numbers, and a larger amount goes on where a smaller one ended: more labels are flipped besides those, the same noise is louder.
The Source stays, so that a run goes on with its w and b.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.dataset import LARGEST, Array, Dataset
from core.parameters import SEED, Parameter
from core.scaling import SCALINGS
from core.split import SHARE, with_split

SIGMA = Parameter("sigma", "Noise σ", "Width of the noise, in standard deviations of each feature", 0.0, 5.0, 0.2)
FLIPPED = Parameter("share", "Flipped labels", "Share of the examples that get the label of the other class", 0.0, 1.0, 0.05, share=True)
COUNT = Parameter(
    "count", "Outliers", "How many examples are added, or which share of those there are, such as 5 %", 1, 1000, 10, whole=True, log=True
)
DISTANCE = Parameter(
    "distance", "Distance", "How far from the middle they lie, in standard deviations of each feature", 1.0, 100.0, 8.0, log=True
)
LABEL = Parameter("label", "Class", "The class of the outliers", 0, 1, 1, whole=True)

WOBBLE = 0.1  # outliers lie this share nearer or farther, and do not form a circle


def add_noise(dataset: Dataset, rng: "np.random.Generator", sigma: float = SIGMA.default) -> Dataset:
    """Every feature of every example plus sigma standard deviations of normal noise; a constant feature stays as it is.

    Raises SettingError for a sigma that is not in its range.
    """
    sigma = SIGMA.check(sigma)
    if not dataset.m or not sigma:
        return dataset
    noise = sigma * rng.normal(size=dataset.X.shape)
    return dataset.with_moved(np.arange(dataset.m), _bounded(dataset.X + noise * _deviations(dataset)))


def flip_labels(dataset: Dataset, rng: "np.random.Generator", share: float = FLIPPED.default) -> Dataset:
    """A share of the examples, one at the least, with the label of the other class. Raises SettingError for a share outside 0..1."""
    share = FLIPPED.check(share)
    if not dataset.m or not share:
        return dataset
    rows = rng.permutation(dataset.m)[: max(round(share * dataset.m), 1)]
    return dataset.with_labels(rows, 1.0 - dataset.y[rows])


def add_outliers(
    dataset: Dataset,
    rng: "np.random.Generator",
    count: float = COUNT.default,
    distance: float = DISTANCE.default,
    label: float = LABEL.default,
) -> Dataset:
    """More examples of one class, about that many standard deviations from the middle, in all directions.

    Where a feature does not vary, or there are no examples, one unit stands for the deviation. Raises SettingError.
    """
    count, distance, label = int(COUNT.check(count)), DISTANCE.check(distance), LABEL.check(label)
    # A row at a time, so that more outliers leave the first ones where they are.
    drawn = rng.normal(size=(count, dataset.n + 1))
    directions = drawn[:, 1:] / np.linalg.norm(drawn[:, 1:], axis=1, keepdims=True)
    radius = distance * (1.0 + WOBBLE * np.tanh(drawn[:, :1]))
    middle = (dataset.X / dataset.m).sum(axis=0) if dataset.m else np.zeros(dataset.n)
    deviations = _deviations(dataset)
    X = middle + radius * directions * np.where(deviations > 0, deviations, 1.0)
    return dataset.with_points(_bounded(X), np.full(count, label))


def _deviations(dataset: Dataset) -> Array:
    """The standard deviation of each feature (n,) over all examples."""
    return SCALINGS["zscore"].measure(dataset.X)[1] if dataset.m else np.zeros(dataset.n)


def _bounded(X: Array) -> Array:
    bounded: Array = np.clip(X, -LARGEST, LARGEST)
    return bounded


@dataclass(frozen=True)
class Operation:
    """An operation as a dialog shows it: `title` for people, `note` says what it does; `labelled`: it has a class to choose.

    apply(dataset, values) does it with a value for each parameter, the seed among them, and for the label. Raises SettingError.
    """

    title: str
    note: str
    parameters: tuple[Parameter, ...]
    apply: Callable[[Dataset, Mapping[str, float]], Dataset]
    labelled: bool = False


def _seeded(operation: Callable[..., Dataset]) -> Callable[[Dataset, Mapping[str, float]], Dataset]:
    def apply(dataset: Dataset, values: Mapping[str, float]) -> Dataset:
        rng = np.random.default_rng(int(SEED.check(values["seed"])))
        return operation(dataset, rng, **{key: value for key, value in values.items() if key != "seed"})

    return apply


def _split(dataset: Dataset, values: Mapping[str, float]) -> Dataset:
    return with_split(dataset, values["share"], int(SEED.check(values["seed"])))


OPERATIONS: dict[str, Operation] = {
    "noise": Operation("Add noise", "Moves every example at random, those of the test set too.", (SIGMA, SEED), _seeded(add_noise)),
    "flip": Operation(
        "Flip labels", "Gives some examples the label of the other class, those of the test set too.", (FLIPPED, SEED), _seeded(flip_labels)
    ),
    "outliers": Operation(
        "Add outliers",
        "Adds examples of one class far away; they are trained on.",
        (COUNT, DISTANCE, SEED),
        _seeded(add_outliers),
        labelled=True,
    ),
    "split": Operation(
        "Train/test split",
        "Keeps examples of both classes back from training. They are drawn hollow; 0 % trains on all.",
        (SHARE, SEED),
        _split,
    ),
}
