"""The kernel of the plane: two columns, logistic regression. What its short cuts must not cost."""

import math

import numpy as np
import pytest

from core import kernels, logistic
from core.dataset import Array
from core.descent import Descent
from core.examples import lay_out
from core.recording import Rows
from core.trace import Trace


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    assert kernels.wait(), "these tests are about the compiled kernel"


def make_points(m: int) -> tuple[Array, Array]:
    """X (m, 2) and labels that a line separates."""
    X = np.random.default_rng(m).normal(size=(m, 2))
    return X, (X.sum(axis=1) > 0).astype(float)


def J_at(X: Array, y: Array, w: Array, b: float) -> float:
    """J of the kernel: an update by a gradient of zero stays where it is, and leaves it there."""
    scalars = np.array([b, 0.0, 0.0, 0.0])
    rows = Rows(np.zeros(8, dtype=np.int64), np.empty((8, 2)), np.empty(8), np.empty(8))
    kernels.current()(lay_out(X, y), w.copy(), np.zeros(2), scalars, 0.1, 0.0, 0, 0, 1, 1, 1, rows, 1)
    return float(scalars[1])


def run(X: Array, y: Array, iterations: int, alpha: float, w: Array, lambda_: float = 0.0) -> Trace:
    descent = Descent(X, y, alpha=alpha, w=w, lambda_=lambda_)
    descent.advance(iterations)
    return descent.trace()


def assert_both_kernels_agree(monkeypatch: pytest.MonkeyPatch, X: Array, y: Array, *settings: object, **more: float) -> Trace:
    trace = run(X, y, *settings, **more)  # type: ignore[arg-type]
    with monkeypatch.context() as patch:
        patch.setattr(kernels, "current", lambda: kernels.numpy_advance)
        plain = run(X, y, *settings, **more)  # type: ignore[arg-type]
    assert trace.iteration.tolist() == plain.iteration.tolist()
    np.testing.assert_allclose(trace.w, plain.w, rtol=1e-11)
    np.testing.assert_allclose(trace.b, plain.b, rtol=1e-11, atol=1e-15)
    np.testing.assert_allclose(trace.J, plain.J, rtol=1e-11, atol=1e-300)
    return trace


@pytest.mark.parametrize("m", [1, 7, 8, 9, 100, 511, 512, 513, 1030, 50_001])
@pytest.mark.parametrize("steepness", [0.0, 1e-9, 0.3, 5.0, 40.0, 300.0, 1e5])
def test_j_is_exact_however_small_the_losses_are_and_whatever_fills_up_the_vectors(m: int, steepness: float) -> None:
    X, y = make_points(m)
    X += np.where(y == 1, 0.5, -0.5)[:, None]  # apart, so that every loss falls to nothing where the model is steep
    w, b = steepness * np.array([1.0, 1.1]), 1e-3
    expected = math.fsum(logistic.losses(X, y, w, b)) / m
    assert J_at(X, y, w, b) == pytest.approx(expected, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("m", [5, 700])
def test_examples_far_on_the_wrong_side_cost_their_distance(m: int) -> None:
    X, y = make_points(m)
    w = np.array([1e5, 1e5])
    assert J_at(X, 1.0 - y, w, 0.0) == pytest.approx(np.abs(X @ w).mean(), rel=1e-12)


@pytest.mark.parametrize("m", [6, 600])
def test_labels_between_0_and_1_train_as_in_numpy(monkeypatch: pytest.MonkeyPatch, m: int) -> None:
    X, y = make_points(m)
    assert_both_kernels_agree(monkeypatch, X, 0.8 * y + 0.1, 50, 0.5, np.zeros(2))


@pytest.mark.parametrize("m", [6, 600])
def test_a_run_that_leaves_the_plain_numbers_goes_on_as_in_numpy(monkeypatch: pytest.MonkeyPatch, m: int) -> None:
    """The first updates are short, then a huge alpha takes z beyond 1e140, where sums are taken with more care."""
    X, y = make_points(m)
    trace = assert_both_kernels_agree(monkeypatch, X, y, 20, 1e145, np.array([0.1, -0.2]))
    assert trace.last == 20
    assert np.abs(trace.w[1:]).max() > 1e143


def test_a_run_that_begins_with_huge_w_on_tiny_features_trains_as_in_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    X, y = make_points(50)
    trace = assert_both_kernels_agree(monkeypatch, 1e-150 * X, y, 80, 0.1, np.array([1e150, -1e150]))
    assert (np.diff(trace.J) < 0.0).all()


@pytest.mark.parametrize("size", [1e139, 1e141, 1e300])
def test_features_of_any_size_train_as_in_numpy(monkeypatch: pytest.MonkeyPatch, size: float) -> None:
    X, y = make_points(50)
    assert_both_kernels_agree(monkeypatch, size * X, y, 30, 0.1 / size / size if size < 1e150 else 0.0, np.array([1.0, -1.0]) / size)


@pytest.mark.parametrize("m", [100, 600, 1100])
def test_a_run_that_swings_between_large_and_tiny_losses_is_the_same_however_it_is_cut(m: int) -> None:
    """A wild alpha: a last digit that depended on where a call began would be another run soon."""
    rng = np.random.default_rng(5)
    X = rng.normal(size=(m, 2))
    y = (X.sum(axis=1) + rng.normal(size=m) > 0).astype(float)
    whole, *cut = (Descent(X, y, alpha=1000.0) for _ in range(4))
    whole.advance(1000)
    for descent, size in zip(cut, (1, 7, 100), strict=True):
        while descent.iteration < 1000:
            descent.advance(min(size, 1000 - descent.iteration))
        assert (*descent.w, descent.b) == (*whole.w, whole.b)


def test_lambda_so_large_that_its_share_of_j_overflows_ends_the_run_where_numpy_does(monkeypatch: pytest.MonkeyPatch) -> None:
    X, y = make_points(50)
    trace = assert_both_kernels_agree(monkeypatch, X, y, 400, 1.0, np.zeros(2), lambda_=1e40)
    assert trace.last < 400
    assert np.isfinite(trace.J).all()
