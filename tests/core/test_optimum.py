"""The minimum of J: that of scikit-learn where there is one, and none where the classes can be separated."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge

from core.dataset import Array
from core.experiment import Experiment
from core.models import MODELS
from core.optimum import find_minimum
from core.samples import blobs, make_sample
from core.separation import separates


def random_examples(seed: int, m: int = 300, n: int = 3) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    X = rng.normal(rng.uniform(-60, 60, n), rng.uniform(0.1, 20, n), (m, n))
    z = (X - X.mean(axis=0)) / X.std(axis=0) @ rng.normal(size=n) + rng.logistic(size=m)
    return X, (z > 0).astype(float)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lambda_", [0.0, 1.0, 40.0])
def test_logistic_regression_has_the_minimum_that_scikit_learn_finds(seed: int, lambda_: float) -> None:
    X, y = random_examples(seed)
    mine = find_minimum(X, y, "logistic", lambda_)
    assert mine is not None
    theirs = LogisticRegression(C=1 / lambda_ if lambda_ else np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(X, y)
    J = MODELS["logistic"].cost(X, y, theirs.coef_[0], float(theirs.intercept_[0]), lambda_)
    assert pytest.approx(J, rel=1e-9) == mine.J
    assert mine.J <= J * (1 + 1e-12)
    assert mine.w == pytest.approx(theirs.coef_[0], rel=1e-3)
    assert mine.b == pytest.approx(theirs.intercept_[0], rel=1e-3)


@pytest.mark.parametrize("seed", range(50))
@pytest.mark.parametrize("lambda_", [0.0, 1.0])
def test_w_b_and_J_are_those_of_scikit_learn_to_1e_8_on_random_data_that_no_line_separates(seed: int, lambda_: float) -> None:
    rng = np.random.default_rng(seed)
    m, n = int(rng.integers(30, 600)), int(rng.integers(1, 7))
    X = rng.normal(rng.uniform(-3, 3, n), rng.uniform(0.3, 5, n), (m, n))
    z = (X - X.mean(axis=0)) / X.std(axis=0) @ rng.normal(size=n) + rng.logistic(size=m)
    y = (z > rng.normal() / 2).astype(float)
    mine = find_minimum(X, y, "logistic", lambda_)
    assert mine is not None
    theirs = LogisticRegression(C=1 / lambda_ if lambda_ else np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(X, y)
    w, b = theirs.coef_[0], float(theirs.intercept_[0])
    assert np.append(mine.w, mine.b) == pytest.approx(np.append(w, b), rel=1e-8)
    assert pytest.approx(MODELS["logistic"].cost(X, y, w, b, lambda_), rel=1e-12) == mine.J


@pytest.mark.parametrize("degree", [2, 3])
@pytest.mark.parametrize("scaling", ["none", "zscore"])
@pytest.mark.parametrize("lambda_", [0.0, 1.0])
def test_polynomial_terms_have_their_minimum_too_raw_and_scaled(degree: int, scaling: str, lambda_: float) -> None:
    experiment = Experiment(make_sample("tumors"), degree=degree, scaling=scaling)
    X, y = experiment.columns(), experiment.dataset.y
    mine = find_minimum(X, y, "logistic", lambda_)
    assert mine is not None
    gradient = np.append(*MODELS["logistic"].gradient(X, y, mine.w, mine.b, lambda_))
    assert np.abs(gradient / np.append(np.abs(X).max(axis=0), 1)).max() < 1e-10
    if not lambda_:
        other = Experiment(make_sample("tumors"), degree=degree, scaling="minmax")
        same = find_minimum(other.columns(), y)
        assert same is not None and pytest.approx(mine.J, rel=1e-9) == same.J, "scaling changes w and b, not the least J"


@pytest.mark.parametrize("lambda_", [0.0, 7.0])
def test_linear_regression_has_the_minimum_that_scikit_learn_finds(lambda_: float) -> None:
    X, y = random_examples(9)
    mine = find_minimum(X, y, "linear", lambda_)
    theirs = Ridge(alpha=lambda_, tol=1e-14).fit(X, y)
    assert mine is not None
    assert mine.w == pytest.approx(theirs.coef_, rel=1e-9)
    assert mine.b == pytest.approx(theirs.intercept_, rel=1e-9)


@pytest.mark.parametrize("model", ["logistic", "linear"])
@pytest.mark.parametrize("name", ["tumors", "blobs", "overlap", "exams", "rare", "iris", "breast-cancer"])
def test_the_gradient_is_nought_at_the_minimum_of_every_sample(model: str, name: str) -> None:
    data = make_sample(name)
    minimum = find_minimum(data.X, data.y, model, 0.5)
    assert minimum is not None
    gradient = np.append(*MODELS[model].gradient(data.X, data.y, minimum.w, minimum.b, 0.5))
    assert np.abs(gradient / np.append(np.abs(data.X).max(axis=0), 1)).max() < 1e-10
    assert MODELS[model].cost(data.X, data.y, minimum.w, minimum.b, 0.5) == minimum.J


def test_the_minimum_of_the_clouds_is_that_of_the_scenarios() -> None:
    data = make_sample("blobs")
    minimum = find_minimum(data.X, data.y)
    assert minimum is not None
    assert pytest.approx(0.1649, abs=5e-5) == minimum.J


@pytest.mark.parametrize("seed", range(5))
def test_separable_classes_have_none_but_with_lambda(seed: int) -> None:
    data = blobs(seed + 2, 100, 3.0, 0.7)
    assert find_minimum(data.X, data.y) is None
    assert find_minimum(data.X, data.y, "logistic", 1.0) is not None


def test_a_narrow_gap_separates_as_well_as_a_wide_one() -> None:
    rng = np.random.default_rng(4)
    X = rng.normal(size=(400, 2))
    side = X @ [2.0, -1.0] + 0.3
    X, side = X[np.abs(side) > 0.02], side[np.abs(side) > 0.02]
    assert find_minimum(X, (side > 0).astype(float)) is None


def test_one_wrong_label_brings_the_minimum_back() -> None:
    data = blobs(2, 100, 2.0, 0.7)
    assert find_minimum(data.X, data.y) is None
    wrong = data.with_labels([0], 1.0)
    assert find_minimum(wrong.X, wrong.y) is not None


def test_classes_that_only_touch_have_none() -> None:
    X = np.array([[0.0], [1.0], [2.0], [2.0], [3.0], [4.0]])
    assert find_minimum(X, np.array([0.0, 0, 0, 1, 1, 1])) is None


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.empty((0, 2)), np.empty(0)),
        (np.array([[1.0, 2.0]]), np.array([1.0])),
        (np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([1.0, 1.0])),
        (np.array([[3.0, 3.0]] * 4), np.array([0.0, 1, 0, 1])),
        (np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [4.0, 8.0]]), np.array([0.0, 1, 0, 1])),
        (np.array([[1e150, 1e-150], [-1e150, 2e-150], [5e149, 0]]), np.array([0.0, 1, 0])),
    ],
)
def test_where_there_is_no_single_one_none_is_named(X: Array, y: Array) -> None:
    assert find_minimum(X, y) is None


def test_a_certificate_holds_beyond_rounding() -> None:
    X, y = np.array([[0.0], [1.0]]), np.array([0.0, 1.0])
    assert separates(X, y, np.array([1.0]), -0.5)
    assert not separates(X, y, np.array([1.0]), -1.0)
    assert not separates(X, y, np.array([1.0]), 1e-17 - 1.0), "what rounding could have made proves nothing"
    assert not separates(X, y, np.array([np.inf]), 0.0)


def test_it_can_be_ended_on_the_way() -> None:
    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        find_minimum(*random_examples(0), "logistic", 0.0, stop)
