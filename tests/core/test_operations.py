"""Operations: noise, wrong labels and outliers on any dataset, seeded, with the run's Source and the test set kept."""

from typing import Any

import numpy as np
import pytest

from core.dataset import LARGEST, Dataset
from core.errors import SettingError
from core.generators import generate
from core.operations import OPERATIONS, add_noise, add_outliers, flip_labels
from core.samples import make_sample
from core.split import with_split


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def empty() -> Dataset:
    return Dataset(np.empty((0, 2)), np.empty(0))


def applied(key: str, dataset: Dataset, seed: int = 0, **values: Any) -> Dataset:
    """An operation as the dialog applies it, with the defaults of what is not given."""
    operation = OPERATIONS[key]
    given = {parameter.key: parameter.default for parameter in operation.parameters} | {"seed": seed} | values
    return operation.apply(dataset, given)


@pytest.mark.parametrize("key", OPERATIONS)
def test_an_operation_keeps_source_and_names_so_that_the_run_goes_on(key: str) -> None:
    tumors = make_sample("tumors")
    after = applied(key, tumors)
    assert after.continues(tumors)
    assert after.feature_names == tumors.feature_names
    assert after.class_names == tumors.class_names
    assert after is not tumors


@pytest.mark.parametrize("key", OPERATIONS)
def test_the_same_seed_does_the_same_and_another_one_something_else(key: str) -> None:
    tumors = make_sample("tumors")
    first, again, other = applied(key, tumors), applied(key, tumors), applied(key, tumors, seed=1)

    def all_of(dataset: Dataset) -> tuple[Any, ...]:
        return dataset.X.tolist(), dataset.y.tolist(), None if dataset.test is None else dataset.test.tolist()

    assert all_of(first) == all_of(again) != all_of(other)


@pytest.mark.parametrize("key", OPERATIONS)
def test_every_operation_bears_no_examples_one_example_and_one_class(key: str) -> None:
    for dataset in (empty(), Dataset([[1.0, 2.0]], [1]), Dataset([[1.0, 2.0]] * 5, [0] * 5)):  # type: ignore[arg-type]
        after = applied(key, dataset)
        assert np.isfinite(after.X).all()
        assert after.m >= dataset.m


# Noise.


def test_noise_is_in_standard_deviations_of_each_feature() -> None:
    clouds = generate("clouds", size=20_000)
    wide = clouds.with_moved(np.arange(clouds.m), clouds.X * (1.0, 1000.0))
    moved = add_noise(wide, rng(), 0.5).X - wide.X
    assert moved.std(axis=0) / wide.X.std(axis=0) == pytest.approx([0.5, 0.5], rel=0.02)
    assert np.array_equal(add_noise(wide, rng(), 0.5).y, wide.y)


def test_louder_noise_goes_the_same_way() -> None:
    clouds = generate("clouds")
    soft, loud = (add_noise(clouds, rng(3), sigma).X - clouds.X for sigma in (0.1, 0.4))
    np.testing.assert_allclose(loud, 4 * soft, rtol=1e-9)


def test_noise_leaves_a_constant_feature_as_it_is() -> None:
    after = add_noise(Dataset([[1.0, 5.0], [2.0, 5.0], [4.0, 5.0]], [0, 1, 1]), rng(), 1.0)  # type: ignore[arg-type]
    assert after.X[:, 1].tolist() == [5.0] * 3
    assert after.X[:, 0].tolist() != [1.0, 2.0, 4.0]


def test_nothing_gets_beyond_1e150() -> None:
    huge = Dataset(np.array([[1.0, -1.0], [-1.0, 1.0], [0.5, 0.5]]) * LARGEST, np.array([0.0, 1.0, 1.0]))
    for after in (add_noise(huge, rng(), 5.0), add_outliers(huge, rng(), 1000, 100.0)):
        assert np.abs(after.X).max() == LARGEST
        assert np.isfinite(after.X).all()


def test_no_noise_is_the_very_same_dataset() -> None:
    clouds = generate("clouds")
    assert add_noise(clouds, rng(), 0.0) is clouds
    assert flip_labels(clouds, rng(), 0.0) is clouds


# Labels.


@pytest.mark.parametrize(("m", "share", "flipped"), [(200, 0.05, 10), (200, 1.0, 200), (6, 0.05, 1), (90, 0.5, 45)])
def test_a_share_of_the_labels_is_flipped_and_one_at_the_least(m: int, share: float, flipped: int) -> None:
    clouds = generate("clouds", size=m)
    after = flip_labels(clouds, rng(), share)
    assert np.count_nonzero(after.y != clouds.y) == flipped
    assert np.array_equal(after.X, clouds.X)


def test_a_larger_share_flips_more_labels_besides_those() -> None:
    clouds = generate("clouds")
    few, many = (flip_labels(clouds, rng(2), share).y != clouds.y for share in (0.05, 0.2))
    assert few.sum() < many.sum()
    assert not (few & ~many).any()


# Outliers.


@pytest.mark.parametrize("label", [0, 1])
def test_outliers_are_so_many_examples_of_one_class_about_that_far_away(label: int) -> None:
    tumors = make_sample("tumors")
    after = add_outliers(tumors, rng(), 50, 10.0, label)
    assert after.m == tumors.m + 50
    assert np.array_equal(after.X[: tumors.m], tumors.X)
    assert (after.y[tumors.m :] == label).all()
    away = np.linalg.norm((after.X[tumors.m :] - tumors.X.mean(axis=0)) / tumors.X.std(axis=0), axis=1)
    assert 9.0 <= away.min() < away.max() <= 11.0


def test_more_outliers_leave_the_first_ones_where_they_are() -> None:
    clouds = generate("clouds")
    few, many = (add_outliers(clouds, rng(1), count).X for count in (3, 30))
    assert np.array_equal(many[: len(few)], few)


def test_outliers_of_nothing_lie_around_zero() -> None:
    after = add_outliers(empty(), rng(), 20, 5.0)
    assert after.m == 20
    assert 4.0 < np.linalg.norm(after.X, axis=1).mean() < 6.0


# The test set.


def test_noise_and_wrong_labels_strike_the_examples_kept_back_too_and_outliers_are_trained_on() -> None:
    split = with_split(generate("clouds"), 0.5)
    assert split.test is not None
    noisy, flipped, more = add_noise(split, rng(), 0.5), flip_labels(split, rng(), 0.5), add_outliers(split, rng(), 7)
    for after in (noisy, flipped):
        assert np.array_equal(after.test, split.test)  # type: ignore[arg-type]
    moved = (noisy.X != split.X).all(axis=1)
    changed = flipped.y != split.y
    assert moved[split.test].all()
    assert moved[~split.test].all()
    assert changed[split.test].any()
    assert changed[~split.test].any()
    assert more.kept_back.m == split.kept_back.m
    assert more.training.m == split.training.m + 7


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("noise", {"sigma": -0.1}, r"Noise σ -0.1 .* from 0 to 5"),
        ("noise", {"sigma": float("nan")}, r"Noise σ nan"),
        ("flip", {"share": 1.2}, r"Flipped labels 120 % .* from 0 % to 100 %"),
        ("outliers", {"count": 0}, r"Outliers 0 .* whole number from 1 to 1,000"),
        ("outliers", {"distance": 0.5}, r"Distance 0.5 .* from 1 to 100"),
        ("outliers", {"label": 2}, r"Class 2 "),
        ("outliers", {"seed": -3}, r"Seed -3 "),
        ("split", {"share": 0.95}, r"Test set 95 % .* from 0 % to 90 %"),
    ],
)
def test_what_is_not_possible_is_refused_with_what_is_allowed(key: str, values: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        applied(key, make_sample("tumors"), **values)
