"""Generators: what each parameter does to the examples, what is refused, and that the same parameters give the same examples."""

from typing import Any

import numpy as np
import pytest

from core.errors import SettingError
from core.features import FeatureMap
from core.generators import GENERATORS, MOST_EXAMPLES, PARAMETERS, Settings, generate
from core.logistic import gradient
from core.samples import make_sample

KEYS = list(GENERATORS)


def accuracy(key: str, degree: int = 1, **values: Any) -> float:
    """What logistic regression gets right after 1,000 iterations on scaled terms."""
    dataset = generate(key, **values)
    X = FeatureMap.fit(dataset.X, degree, "zscore").apply(dataset.X)
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(1000):
        dj_dw, dj_db = gradient(X, dataset.y, w, b)
        w, b = w - dj_dw, b - dj_db
    return float(((X @ w + b >= 0) == dataset.y).mean())


def spread(key: str, **values: Any) -> float:
    """Standard deviation of class 0 along x1."""
    dataset = generate(key, size=2000, **values)
    return float(dataset.X[dataset.y == 0, 0].std())


def test_the_registry_holds_all_generators_under_their_own_keys() -> None:
    assert KEYS == ["clouds", "moons", "ring", "xor", "line", "spirals"]
    assert all(generator.key == key for key, generator in GENERATORS.items())
    assert all(set(generator.uses) <= set(PARAMETERS) for generator in GENERATORS.values())


@pytest.mark.parametrize("key", KEYS)
def test_the_same_parameters_give_the_same_examples_and_a_new_source(key: str) -> None:
    first, second, other = generate(key, seed=4), generate(key, seed=4), generate(key, seed=5)
    assert np.array_equal(first.X, second.X)
    assert not np.array_equal(first.X, other.X)
    assert not second.continues(first)
    assert first.title == GENERATORS[key].title
    assert first.source is not None
    assert first.source.note.startswith("Generated: ")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("size", "share", "counts"), [(2, 0.5, (1, 1)), (7, 0.01, (6, 1)), (200, 0.9, (20, 180)), (1001, 0.3, (701, 300))])
def test_size_and_share_are_kept_to_the_example_and_no_class_is_left_empty(
    key: str, size: int, share: float, counts: tuple[int, int]
) -> None:
    assert generate(key, size=size, share=share).class_counts() == counts


@pytest.mark.parametrize("key", KEYS)
def test_the_largest_and_smallest_parameters_give_examples_that_can_be_used(key: str) -> None:
    for end in ("low", "high"):
        values = {parameter.key: getattr(parameter, end) for parameter in GENERATORS[key].parameters()}
        dataset = generate(key, **values)
        assert dataset.m == (2 if end == "low" else MOST_EXAMPLES)
        assert np.abs(dataset.X).max() < 100


@pytest.mark.parametrize("key", KEYS)
def test_every_parameter_that_is_used_changes_the_examples_and_no_other_does(key: str) -> None:
    plain = generate(key)
    for name, parameter in PARAMETERS.items():
        changed = generate(key, **{name: parameter.low})
        same = changed.m == plain.m and np.array_equal(changed.X, plain.X) and np.array_equal(changed.y, plain.y)
        used = name in {p.key for p in GENERATORS[key].parameters()}
        already = getattr(Settings(**{**GENERATORS[key].defaults}), name) == parameter.low
        assert same == (already or not used), name


@pytest.mark.parametrize(("key", "sample"), [("clouds", "blobs"), ("moons", "moons"), ("ring", "ring")])
def test_a_generator_begins_with_the_very_examples_of_its_sample(key: str, sample: str) -> None:
    assert np.array_equal(generate(key).X, make_sample(sample).X)
    assert np.array_equal(generate(key).y, make_sample(sample).y)


@pytest.mark.parametrize("key", ["clouds", "moons"])
def test_overlap_goes_from_apart_to_one_on_top_of_the_other(key: str) -> None:
    tight = {"spread": 0.4} if key == "clouds" else {"noise": 0.05}
    assert accuracy(key, overlap=0.0, **tight) > 0.99
    assert accuracy(key, overlap=1.0, **tight) < 0.9


def test_a_ring_that_overlaps_covers_the_disk() -> None:
    assert accuracy("ring", 2, overlap=0.0) == 1.0
    assert accuracy("ring", 2, overlap=1.0) < 0.9


@pytest.mark.parametrize(("key", "degree"), [("moons", 3), ("ring", 2), ("xor", 2), ("line", 1)])
def test_noise_makes_classes_harder_to_part(key: str, degree: int) -> None:
    assert accuracy(key, degree, noise=0.0) > accuracy(key, degree, noise=1.5) + 0.02


@pytest.mark.parametrize("key", ["clouds", "xor"])
def test_spread_makes_a_class_wider(key: str) -> None:
    assert spread(key, spread=2.0) == pytest.approx(4 * spread(key, spread=0.5), rel=0.1)


def test_a_line_without_noise_is_parted_by_a_line() -> None:
    dataset = generate("line", noise=0.0, share=0.3)
    z = dataset.X.sum(axis=1)
    assert z[dataset.y == 0].max() < z[dataset.y == 1].min()


def test_xor_has_class_1_where_exactly_one_feature_is_positive() -> None:
    dataset = generate("xor", share=0.8)
    assert np.array_equal(dataset.y == 1, dataset.X[:, 0] * dataset.X[:, 1] < 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"size": 1}, r"Examples 1 .* whole number from 2 to 100,000"),
        ({"size": 100_001}, r"Examples 100,001 "),
        ({"size": 10.5}, r"Examples 10.5 "),
        ({"spread": 0.0}, r"Spread 0 .* from 0.05 to 3"),
        ({"spread": float("nan")}, r"Spread nan "),
        ({"overlap": 1.5}, r"Overlap 150 % .* from 0 % to 100 %"),
        ({"noise": -0.1}, r"Noise -0.1 "),
        ({"noise": float("inf")}, r"Noise inf "),
        ({"share": 0.0}, r"Share of class 1 0 % .* from 1 % to 99 %"),
        ({"seed": -1}, r"Seed -1 .* from 0 to 999,999"),
    ],
)
def test_what_is_not_possible_is_refused_with_what_is_allowed(values: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        generate("clouds", **values)


def test_an_unknown_generator_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(SettingError, match=r"nosuch.*clouds.*spirals"):
        generate("nosuch")
