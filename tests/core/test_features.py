"""FeatureMap: polynomial terms against a naive product, scaling after them, and the way back to raw units."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dataset import Dataset
from core.errors import SettingError
from core.features import MAX_DEGREE, FeatureMap, exponents, polynomial_terms
from core.scaling import SCALINGS

X = np.array([[2.0, 3.0], [-1.0, 0.5], [0.0, -4.0]])


def test_the_terms_of_degree_3_stand_in_the_order_of_the_course() -> None:
    x1, x2 = X.T
    by_hand = [x1, x2, x1**2, x1 * x2, x2**2, x1**3, x1**2 * x2, x1 * x2**2, x2**3]
    assert (polynomial_terms(X, 3) == np.column_stack(by_hand)).all()
    assert exponents(2, 2) == ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2))


@settings(deadline=None)
@given(n=st.integers(1, 4), degree=st.integers(1, MAX_DEGREE), seed=st.integers(0, 100))
def test_every_term_is_a_product_of_features_and_every_product_is_there_once(n: int, degree: int, seed: int) -> None:
    x = np.random.default_rng(seed).uniform(-2, 2, (3, n))
    powers = exponents(n, degree)
    assert sorted(powers) == sorted(p for p in product(range(degree + 1), repeat=n) if 1 <= sum(p) <= degree)
    assert [sum(p) for p in powers] == sorted(sum(p) for p in powers)
    terms = polynomial_terms(x, degree)
    assert terms.shape == (3, len(powers))
    for row, j in product(range(3), range(len(powers))):
        naive = 1.0
        for feature in range(n):
            for _ in range(powers[j][feature]):
                naive *= x[row, feature]
        assert terms[row, j] == pytest.approx(naive, rel=1e-14, abs=0)


@pytest.mark.parametrize(("degree", "count"), [(1, 2), (2, 5), (3, 9), (4, 14), (5, 20), (6, 27)])
def test_two_features_have_so_many_terms(degree: int, count: int) -> None:
    features = FeatureMap.fit(X, degree)
    assert features.n_terms == count
    assert features.apply(X).shape == (3, count)


def test_degree_1_without_scaling_is_x_itself() -> None:
    assert (FeatureMap.fit(X).apply(X) == X).all()


def test_terms_are_made_first_and_scaled_after() -> None:
    features = FeatureMap.fit(X, 2, "zscore")
    squares = X[:, 0] ** 2
    assert features.apply(X)[:, 2] == pytest.approx((squares - squares.mean()) / squares.std(), rel=1e-14)


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("degree", [1, 2, 4])
def test_a_map_fitted_once_treats_every_example_alike(scaling: str, degree: int) -> None:
    """One row at a time, in any company: only what it was fitted on counts."""
    features = FeatureMap.fit(X, degree, scaling)
    together = features.apply(np.concatenate([X, [[50.0, -60.0]]]))
    assert (together[:3] == features.apply(X)).all()
    assert (features.apply(np.array([[50.0, -60.0]]))[0] == together[3]).all()
    if scaling != "none":
        refitted = FeatureMap.fit(np.concatenate([X, [[50.0, -60.0]]]), degree, scaling)
        assert not np.allclose(refitted.apply(X), together[:3])


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("degree", [1, 3])
def test_to_raw_gives_the_same_z_on_unscaled_terms(scaling: str, degree: int) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal([20.0, -3.0], [5.0, 0.1], (30, 2))
    features = FeatureMap.fit(x, degree, scaling)
    w, b = rng.normal(size=features.n_terms), 0.7
    w_raw, b_raw = features.to_raw(w, b)
    elsewhere = rng.normal([0.0, 0.0], 10.0, (30, 2))
    for place in (x, elsewhere):
        z, z_raw = features.apply(place) @ w + b, polynomial_terms(place, degree) @ w_raw + b_raw
        assert z_raw == pytest.approx(z, rel=1e-9, abs=1e-9 * np.abs(z).max())
    if scaling != "none":
        assert not np.allclose(w_raw, w)


def test_to_raw_by_hand() -> None:
    features = FeatureMap.fit(np.array([[10.0, 1.0], [20.0, 3.0]]), 1, "minmax")
    w_raw, b_raw = features.to_raw(np.array([5.0, 4.0]), 1.0)
    assert w_raw.tolist() == [0.5, 2.0]
    assert b_raw == 1.0 - 0.5 * 10 - 2.0 * 1


def test_a_constant_feature_adds_nothing_to_z_in_raw_units_either() -> None:
    x = np.array([[1.0, 0.1], [2.0, 0.1], [4.0, 0.1]])
    features = FeatureMap.fit(x, 1, "zscore")
    w_raw, b_raw = features.to_raw(np.array([1.0, 50.0]), 0.0)
    assert np.isfinite([*w_raw, b_raw]).all()
    assert x @ w_raw + b_raw == pytest.approx(features.apply(x) @ [1.0, 50.0], abs=1e-12)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_huge_features_and_their_squares_are_scaled_without_overflow(scaling: str) -> None:
    x = np.array([[1e150, -1e150], [-1e150, 2.0], [0.0, 1e150]])
    for degree in (1, 2):
        columns = FeatureMap.fit(x, degree, scaling).apply(x)
        assert np.isfinite(columns).all()
        if scaling not in ("none", "max"):
            assert np.abs(columns).max() < 2


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("degree", [1, 6])
def test_without_examples_there_are_no_rows_but_all_columns(scaling: str, degree: int) -> None:
    features = FeatureMap.fit(np.empty((0, 2)), degree, scaling)
    assert features.apply(np.empty((0, 2))).shape == (0, features.n_terms)
    assert (features.apply(X) == polynomial_terms(X, degree)).all()
    w_raw, b_raw = features.to_raw(np.ones(features.n_terms), 2.0)
    assert (w_raw.tolist(), b_raw) == ([1.0] * features.n_terms, 2.0)


@pytest.mark.parametrize("degree", [0, -1, MAX_DEGREE + 1])
def test_an_impossible_degree_is_refused_with_the_range(degree: int) -> None:
    with pytest.raises(SettingError, match=f"1 to {MAX_DEGREE}"):
        FeatureMap.fit(X, degree)


def test_an_unknown_scaling_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(SettingError, match="none, max, mean, minmax, zscore"):
        FeatureMap.fit(X, 1, "log")


def test_applying_leaves_the_examples_as_they_are() -> None:
    before = X.copy()
    FeatureMap.fit(X, 3, "zscore").apply(X)
    assert (before == X).all()


def test_a_map_is_measured_once_for_a_dataset_and_anew_for_an_edit() -> None:
    dataset = Dataset(np.array([[1.0, 2.0], [3.0, 7.0]]), np.array([0.0, 1.0]))
    first = FeatureMap.of(dataset, 1, "zscore")
    assert FeatureMap.of(dataset, 1, "zscore") is first
    assert FeatureMap.of(dataset, 2, "zscore") is not first
    assert FeatureMap.of(dataset, 1, "max").scaling == "max"
    edited = dataset.with_point((9, 9), 1)
    assert FeatureMap.of(edited, 1, "zscore").scaler.shift.tolist() == edited.X.mean(axis=0).tolist()
