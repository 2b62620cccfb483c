"""Feature scaling: the formulas by hand, and columns that have no spread or are huge."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.constant import CENTRED as LEAVE_AT_ZERO
from core.constant import constant_notes
from core.errors import SettingError
from core.scaling import SCALINGS, fit_scaler

X = np.array([[1.0, -40.0], [2.0, 0.0], [3.0, 20.0], [6.0, 4.0]])  # mu 3 and -4, max - min 5 and 60
SIGMA = np.sqrt([(4 + 1 + 0 + 9) / 4, (36**2 + 4**2 + 24**2 + 8**2) / 4])  # of all m, not m - 1

BY_HAND = {
    "none": X,
    "max": X / [6, 40],
    "mean": (X - [3, -4]) / [5, 60],
    "minmax": (X - [1, -40]) / [5, 60],
    "zscore": (X - [3, -4]) / SIGMA,
}
CENTRED = ["mean", "minmax", "zscore"]  # these take a constant column to 0


def test_there_is_a_formula_by_hand_for_every_scaling() -> None:
    assert set(BY_HAND) == set(SCALINGS)


@pytest.mark.parametrize("name", SCALINGS)
def test_each_scaling_follows_its_formula(name: str) -> None:
    before = X.copy()
    assert fit_scaler(name, X).apply(X) == pytest.approx(BY_HAND[name], rel=1e-14)
    assert (before == X).all()


@pytest.mark.parametrize("name", SCALINGS)
def test_what_was_measured_on_one_dataset_applies_the_same_to_others(name: str) -> None:
    scaler = fit_scaler(name, X)
    other = np.array([[100.0, -3.0]])
    expected = {
        "none": [100, -3],
        "max": [100 / 6, -3 / 40],
        "mean": [97 / 5, 1 / 60],
        "minmax": [99 / 5, 37 / 60],
        "zscore": [97, 1] / SIGMA,
    }[name]
    assert scaler.apply(other)[0] == pytest.approx(expected, rel=1e-14)


@settings(deadline=None)
@given(
    seed=st.integers(0, 1000),
    m=st.integers(2, 50),
    size=st.sampled_from([1e-150, 1e-9, 1.0, 1e9, 1e150]),
    shift=st.sampled_from([0.0, 0.1, -0.9]),
)
def test_scaled_columns_have_the_range_that_the_name_promises(seed: int, m: int, size: float, shift: float) -> None:
    x = size * np.clip(np.random.default_rng(seed).uniform(-1, 1, (m, 2)) * 0.1 + shift, -1, 1)
    scaled = {name: fit_scaler(name, x).apply(x) for name in SCALINGS}
    assert np.abs(scaled["max"]).max(axis=0) == pytest.approx(1.0)
    assert scaled["minmax"].min(axis=0) == pytest.approx(0.0)
    assert scaled["minmax"].max(axis=0) == pytest.approx(1.0)
    assert np.ptp(scaled["mean"], axis=0) == pytest.approx(1.0)
    assert scaled["mean"].mean(axis=0) == pytest.approx(0.0, abs=1e-9)
    assert scaled["zscore"].mean(axis=0) == pytest.approx(0.0, abs=1e-9)
    assert scaled["zscore"].std(axis=0) == pytest.approx(1.0)


@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, -1 / 3, 1e150, -1e150, 123456789.123, 5e-324])
@pytest.mark.parametrize("name", CENTRED)
def test_a_constant_column_becomes_exactly_zero(name: str, value: float) -> None:
    """Also where the mean of m equal numbers is not quite that number, as with 0.1."""
    for m in (1, 3, 10, 49):
        constant = np.column_stack([np.full(m, value), np.arange(m)])
        scaler = fit_scaler(name, constant)
        assert (scaler.apply(constant)[:, 0] == 0).all()
        assert scaler.scale[0] == 1.0


def test_a_constant_column_divided_by_its_maximum_is_one_and_a_column_of_zeros_stays() -> None:
    constant = np.column_stack([np.full(4, -7.0), np.zeros(4)])
    assert fit_scaler("max", constant).apply(constant).tolist() == [[-1.0, 0.0]] * 4


@pytest.mark.parametrize("name", SCALINGS)
def test_one_example_is_scaled_to_something_finite(name: str) -> None:
    one = np.array([[3.0, -1e150]])
    assert np.isfinite(fit_scaler(name, one).apply(one)).all()


@pytest.mark.parametrize("name", SCALINGS)
def test_huge_values_neither_overflow_nor_warn(name: str) -> None:
    huge = np.array([[1e150, -1e150], [-1e150, 3.0], [1e150, 1e-150], [0.0, 0.5]])
    scaler = fit_scaler(name, huge)
    assert np.isfinite(scaler.scale).all()
    scaled = scaler.apply(huge)
    assert np.isfinite(scaled).all()
    if name == "zscore":
        assert scaled.std(axis=0) == pytest.approx(1.0)
        assert scaler.scale[0] == pytest.approx(np.std([1, -1, 1, 0]) * 1e150)


def test_differences_of_the_smallest_numbers_do_not_divide_by_zero() -> None:
    tiny = np.array([[0.0], [5e-324], [0.0]])
    for name in SCALINGS:
        assert np.isfinite(fit_scaler(name, tiny).apply(tiny)).all()


@pytest.mark.parametrize("name", SCALINGS)
def test_without_examples_nothing_is_scaled(name: str) -> None:
    scaler = fit_scaler(name, np.empty((0, 3)))
    assert (scaler.shift.tolist(), scaler.scale.tolist()) == ([0, 0, 0], [1, 1, 1])
    assert scaler.apply(np.empty((0, 3))).shape == (0, 3)


@pytest.mark.parametrize("name", ["z-score", "", "Zscore", "norm"])
def test_an_unknown_scaling_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(SettingError, match="none, max, mean, minmax, zscore"):
        fit_scaler(name, X)
    with pytest.raises(SettingError):
        fit_scaler(name, X[:0])


@pytest.mark.parametrize("name", SCALINGS)
@pytest.mark.parametrize("order", ["C", "F"])
def test_many_examples_are_measured_to_the_last_digits(name: str, order: str) -> None:
    """However they lie in memory; mu and sigma by exact sums."""
    x = np.array(np.random.default_rng(0).normal(loc=(3.0, -400.0), scale=(1e-3, 7.0), size=(100_003, 2)), order=order)  # type: ignore[call-overload]
    before = x.copy()
    scaler = fit_scaler(name, x)
    assert (before == x).all()
    mu = np.array([math.fsum(column) / len(x) for column in x.T])
    sigma = np.sqrt([math.fsum((column - mean) ** 2) / len(x) for column, mean in zip(x.T, mu, strict=True)])
    if name in ("mean", "zscore"):
        assert np.abs(scaler.shift - mu).max() <= 1e-15 * np.abs(x).max()
    if name == "zscore":
        assert scaler.scale == pytest.approx(sigma, rel=2e-15)


def test_every_scaling_has_a_label_and_a_formula_for_people() -> None:
    assert all(scaling.label and scaling.formula for scaling in SCALINGS.values())
    assert len({scaling.label for scaling in SCALINGS.values()}) == len(SCALINGS)


def test_a_feature_that_is_the_same_in_every_example_is_told() -> None:
    assert set(CENTRED) == LEAVE_AT_ZERO
    (note,) = constant_notes(np.array([[1.0, 7.5], [2.0, 7.5]]), ("size", "age"))
    assert str(note).startswith("age is the same in every example (7.5): scaling leaves it at 0")
    assert constant_notes(np.array([[1.0, 7.5]]), ("size", "age")) == constant_notes(np.empty((0, 2)), ("size", "age")) == []
