"""J, gradient and Hessian in one pass: compiled and in NumPy, in any basis, against the readable formulas."""

from typing import Any

import numpy as np
import pytest

from core import kernels
from core.conditioning import hessian
from core.dataset import Array
from core.models import MODELS
from core.slopes import Basis, Passes, numpy_slopes


@pytest.fixture(params=["compiled", "NumPy"])
def way(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two ways that a pass is made."""
    if request.param == "compiled":
        assert kernels.wait() and kernels.slopes() is not None
    else:
        monkeypatch.setattr(kernels, "slopes", lambda: None)


def drawn(seed: int, m: int, n: int) -> tuple[Array, Array, Array, float]:
    rng = np.random.default_rng(seed)
    X = rng.normal(rng.uniform(-9, 9, n), rng.uniform(0.2, 5, n), (m, n))
    return X, (rng.random(m) < 0.4).astype(float), rng.normal(size=n) / 5, float(rng.normal())


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("model", ["logistic", "linear"])
@pytest.mark.parametrize("lambda_", [0.0, 3.0])
@pytest.mark.parametrize(("m", "n"), [(1, 1), (7, 2), (512, 3), (513, 2), (1500, 5)])
@pytest.mark.parametrize("turned", [False, True])
def test_a_pass_gives_what_the_formulas_give(model: str, lambda_: float, m: int, n: int, turned: bool) -> None:
    X, y, w, b = drawn(m, m, n)
    basis = Basis.standardized(X)
    assert basis is not None
    if turned:
        root = np.random.default_rng(n).normal(size=(n + 1, n + 1))
        basis = basis.rebased(root @ root.T + np.eye(n + 1))
    slopes = Passes(X, y, model, lambda_).at(basis, basis.from_w_b(w, b))
    assert MODELS[model].cost(X, y, w, b, lambda_) == pytest.approx(slopes.J, rel=1e-12)
    dj_dw, dj_db = MODELS[model].gradient(X, y, w, b, lambda_)
    # Of J over w, b to that over theta: w, b = M theta + a constant, so the gradients differ by M transposed.
    M = np.column_stack([np.append(*basis.to_w_b(column)) for column in np.eye(n + 1)])
    assert slopes.gradient == pytest.approx(M.T @ np.append(dj_dw, dj_db), rel=1e-9, abs=1e-12)
    columns = np.column_stack([X, np.ones(m)])
    f = MODELS["logistic"].predict(X, w, b)
    s = f * (1 - f) if model == "logistic" else np.ones(m)
    H = (columns * s[:, np.newaxis]).T @ columns / m + lambda_ / m * np.diag([1.0] * n + [0.0])
    assert pytest.approx(M.T @ H @ M, rel=1e-9, abs=1e-12) == slopes.H
    root = basis.root(slopes.examples_H, lambda_, m)
    assert root.T @ root == pytest.approx(H, rel=1e-9, abs=1e-9)
    assert basis.to_w_b(slopes.theta)[0] == pytest.approx(w) and basis.to_w_b(slopes.theta)[1] == pytest.approx(b)
    if model == "logistic":
        assert slopes.margin == pytest.approx(float(((2 * y - 1) * (X @ w + b)).min()))


@pytest.mark.parametrize(("m", "n"), [(100, 2), (60_000, 2), (3000, 27)])
@pytest.mark.parametrize("per_length", [False, True])
def test_both_ways_give_the_same(m: int, n: int, per_length: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kernels.wait()
    X, y, w, b = drawn(3, m, n)
    basis = Basis.standardized(X)
    assert basis is not None
    passes, theta = Passes(X, y, "logistic", 2.0), basis.from_w_b(w, b)
    compiled = passes.at(basis, theta, per_length=per_length)
    monkeypatch.setattr(kernels, "slopes", lambda: None)
    plain = passes.at(basis, theta, per_length=per_length)
    assert pytest.approx(compiled.J, rel=1e-13) == plain.J
    assert plain.gradient == pytest.approx(compiled.gradient, rel=1e-10, abs=1e-14)
    assert pytest.approx(compiled.H, rel=1e-10, abs=1e-14) == plain.H
    assert (plain.margin, plain.pull, plain.standard_pull) == pytest.approx(
        (compiled.margin, compiled.pull, compiled.standard_pull), rel=1e-11
    )


@pytest.mark.usefixtures("way")
def test_an_example_far_on_its_side_still_pulls() -> None:
    X, y = np.array([[-1.0], [1.0]]), np.array([0.0, 1.0])
    basis = Basis.standardized(X)
    assert basis is not None
    slopes = Passes(X, y, "logistic", 0.0).at(basis, np.array([600.0, 0.0]))
    assert 0 < slopes.pull < 1e-250 and 0 < slopes.J < 1e-250 and slopes.gradient[0] < 0 and slopes.margin == pytest.approx(600)


def test_powers_of_one_feature_are_made_round() -> None:
    x = np.linspace(30.0, 100.0, 200)
    X = np.column_stack([x**k for k in range(1, 6)])
    y = (np.sin(x) > 0).astype(float)
    passes = Passes(X, y, "logistic", 0.0)
    basis = Basis.standardized(X)
    assert basis is not None
    start = passes.at(basis, np.zeros(6))
    rounded = passes.rounded(start)
    assert rounded is not None and not rounded.is_flat
    before, after = (np.linalg.cond(slopes.H) for slopes in (start, rounded))
    assert before > 1e8 and after < 1e4
    assert pytest.approx(start.J) == rounded.J


def test_a_pass_can_be_ended_on_the_way() -> None:
    def stop(_: float) -> None:
        raise InterruptedError

    X, y, _, _ = drawn(1, 50, 2)
    basis = Basis.standardized(X)
    assert basis is not None
    with pytest.raises(InterruptedError):
        Passes(X, y, "logistic", 0.0, stop).at(basis, np.zeros(3))


def test_the_numpy_pass_is_made_in_blocks_too_small_for_all_cores() -> None:
    X, y, w, b = drawn(2, 40_000, 12)
    H, gradient = np.zeros((13, 13)), np.zeros(13)
    basis = Basis.standardized(X)
    assert basis is not None
    theta = basis.from_w_b(w, b)
    columns = np.ascontiguousarray(X.T)
    numpy_slopes(columns, y, 0, 40_000, basis.mu, 1 / basis.sigma, basis.T, False, theta, 0, False, np.empty((0, 0)), gradient, H)
    upwards = np.column_stack([np.append(*basis.to_w_b(column)) for column in np.eye(13)])
    assert pytest.approx(upwards.T @ hessian(X, w, b) @ upwards, rel=1e-8, abs=1e-10) == H / 40_000
