"""Descent: simultaneous updates that equal a plain loop over the specification, and a run that can be changed, cut and continued."""

import math
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import kernels
from core.dataset import Array
from core.descent import Descent, descend
from core.errors import DataError, SettingError
from core.examples import lay_out
from core.models import MODELS
from core.recording import Rows
from core.samples import blobs
from core.trace import Mark, Trace

RELATIVE = 1e-12
ITERATIONS = 1000
CLOUDS = blobs(1, 200, 1.0, 1.2)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    assert kernels.wait(), "these tests compare with the compiled kernel"


@pytest.fixture(params=["numpy", "compiled"])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each of the two kernels behind Descent."""
    advance = kernels.numpy_advance if request.param == "numpy" else kernels.current()
    monkeypatch.setattr(kernels, "current", lambda: advance)
    yield request.param


def make_data(seed: int, m: int, n: int, spread: float, shift: float) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    X = rng.normal(shift, spread, (m, n))
    noise = rng.logistic(size=m)
    return X, (((X - shift) / spread).sum(axis=1) + noise > 0).astype(float)


def steepest(X: Array, model: str, lambda_: float) -> float:
    """The largest eigenvalue that the Hessian can have: descent converges below alpha = 2 / this."""
    with_b = np.column_stack([X, np.ones(len(X))])
    bend = 0.25 if model == "logistic" else 1.0
    return float(bend * np.linalg.eigvalsh(with_b.T @ with_b / len(X))[-1] + lambda_ / len(X))


def loop(
    model: ModuleType, X: Array, y: Array, alpha: float, iterations: int, w: Array, b: float, lambda_: float, every: int = 1
) -> tuple[Array, Array]:
    """(w, b) and J after each update, (k, n + 1) and (k,); J is nan except in every `every`-th row."""
    rows, J = [], []
    for k in range(iterations + 1):
        rows.append([*w, b])
        J.append(model.cost(X, y, w, b, lambda_) if k % every == 0 else math.nan)
        dj_dw, dj_db = model.gradient(X, y, w, b, lambda_)
        w, b = w - alpha * dj_dw, b - alpha * dj_db
    return np.array(rows), np.array(J)


def assert_same_run(trace: Trace, rows: Array, J: Array, model: str) -> None:
    """Every row within 1e-12: w and b of the largest so far; J of itself, for squared errors of the residuals it is the square of."""
    assert trace.iteration.tolist() == list(range(len(rows)))
    mine = np.column_stack([trace.w, trace.b])
    # A start far away leaves its rounding behind, also where the path comes through zero.
    size = np.maximum.accumulate(np.abs(rows).max(axis=1, keepdims=True))
    assert (np.abs(mine - rows) <= RELATIVE * size).all()
    known = ~np.isnan(J)
    mine_J, J = trace.J[known], J[known]
    if model != "logistic":
        assert (np.abs(np.sqrt(mine_J) - np.sqrt(J)) <= RELATIVE * np.sqrt(np.maximum(J, J[0]))).all()
    else:
        assert (np.abs(mine_J - J) <= RELATIVE * J).all()


def check_against_loop(seed: int, m: int, n: int, spread: float, shift: float, share: float, lambda_: float, model: str) -> None:
    X, y = make_data(seed, m, n, spread, shift)
    rng = np.random.default_rng(seed + 1)
    w, b = (np.zeros(n), 0.0) if seed % 2 else (rng.normal(0, 1 / spread, n), float(rng.normal()))
    alpha = share * 2 / steepest(X, model, lambda_)
    rows, J = loop(MODELS[model], X, y, alpha, ITERATIONS, w, b, lambda_, every=1 if m < 5000 else 50)
    assert_same_run(descend(X, y, alpha=alpha, iterations=ITERATIONS, w=w, b=b, lambda_=lambda_, model=model), rows, J, model)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    m=st.one_of(st.integers(1, 40), st.integers(1, 2000), st.sampled_from([511, 512, 513, 1024, 1025])),
    n=st.sampled_from([1, 2, 5]),
    spread=st.sampled_from([0.1, 1.0, 10.0]),
    shift=st.sampled_from([0.0, 3.0]),
    share=st.floats(0.001, 0.95),
    lambda_=st.sampled_from([0.0, 0.1, 1.0, 30.0]),
    model=st.sampled_from(list(MODELS)),
)
def test_descend_equals_a_numpy_loop_over_the_specification_for_1000_iterations(
    seed: int, m: int, n: int, spread: float, shift: float, share: float, lambda_: float, model: str
) -> None:
    check_against_loop(seed, m, n, spread, shift, share, lambda_, model)


@pytest.mark.parametrize(
    ("m", "n", "lambda_", "model"),
    [
        (100_000, 2, 0.0, "logistic"),
        (100_000, 5, 1.0, "logistic"),
        (100_000, 1, 2.0, "linear"),
        (20_000, 5, 1.0, "logistic"),
        (20_000, 2, 0.0, "linear"),
        (20_000, 2, 1.0, "squared"),
        (100_000, 5, 0.0, "squared"),
    ],
)
def test_descend_equals_a_numpy_loop_on_many_examples(m: int, n: int, lambda_: float, model: str) -> None:
    check_against_loop(m, m, n, 1.0, 0.5, 0.4, lambda_, model)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("lambda_", [0.0, 3.0])
@pytest.mark.parametrize("n", [1, 2, 3, 7])
@pytest.mark.parametrize("m", [1, 5, 512, 700])
def test_both_kernels_give_the_same_rows(m: int, n: int, lambda_: float, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    X, y = make_data(m + n, m, n, 1.0, 0.0)
    alpha = 1 / steepest(X, model, lambda_)

    def run() -> Trace:
        return descend(X, y, alpha=alpha, iterations=60, w=np.linspace(-1, 1, n), b=0.5, lambda_=lambda_, model=model)

    compiled = run()
    monkeypatch.setattr(kernels, "current", lambda: kernels.numpy_advance)
    plain = run()
    assert_same_run(compiled, np.column_stack([plain.w, plain.b]), plain.J, model)


@pytest.mark.parametrize(("iteration", "stride", "recorded"), [(0, 1, [1, 2, 3, 4, 5]), (3, 4, [4, 8]), (8, 4, [12]), (8, 64, [])])
def test_iterations_divisible_by_the_stride_are_recorded(kernel: str, iteration: int, stride: int, recorded: list[int]) -> None:
    """Five updates from w = 0; the rows are those of a run that records everything."""
    truth = descend(CLOUDS.X, CLOUDS.y, alpha=0.5, iterations=5)
    dj_dw, dj_db = MODELS["logistic"].gradient(CLOUDS.X, CLOUDS.y, np.zeros(2), 0.0)
    w, scalars = np.zeros(2), np.array([0.0, math.log(2), dj_db, 0.0])
    rows = Rows(np.zeros(12, dtype=np.int64), np.zeros((12, 2)), np.zeros(12), np.zeros(12))
    examples = lay_out(CLOUDS.X, CLOUDS.y)
    made = kernels.current()(examples, w, dj_dw, scalars, 0.5, 0.0, 0, iteration, 5, stride, 1, rows, 2)
    assert made == (5, 2 + len(recorded), False)
    assert rows.iteration.tolist() == [0, 0, *recorded, *[0] * (10 - len(recorded))], "from the given row on, and nothing else is touched"
    for row, k in enumerate(recorded, start=2):
        expected = *truth.w[k - iteration], truth.b[k - iteration], truth.J[k - iteration]
        assert (*rows.w[row], rows.b[row], rows.J[row]) == pytest.approx(expected, rel=1e-13)
    assert (*w, scalars[0], scalars[1]) == pytest.approx((*truth.w[5], truth.b[5], truth.J[5]), rel=1e-13)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("lambda_", [0.0, 2.0])
def test_the_gradient_is_the_slope_of_the_cost(model: str, lambda_: float) -> None:
    math_of = MODELS[model]
    X, y = make_data(4, 30, 3, 1.0, 0.3)
    w, b, h = np.array([0.4, -0.7, 1.2]), 0.3, 1e-5
    dj_dw, dj_db = math_of.gradient(X, y, w, b, lambda_)
    for j, step in enumerate(h * np.eye(3)):
        slope = (math_of.cost(X, y, w + step, b, lambda_) - math_of.cost(X, y, w - step, b, lambda_)) / (2 * h)
        assert dj_dw[j] == pytest.approx(slope, rel=1e-7)
    slope = (math_of.cost(X, y, w, b + h, lambda_) - math_of.cost(X, y, w, b - h, lambda_)) / (2 * h)
    assert dj_db == pytest.approx(slope, rel=1e-7)


@pytest.mark.parametrize("model", MODELS)
def test_an_iteration_moves_against_the_slope_of_its_own_cost(kernel: str, model: str) -> None:
    """Rows of a run alone: the step between them is alpha times the finite difference of the cost."""
    X, y = make_data(5, 40, 2, 1.0, 0.0)
    trace = descend(X, y, alpha=0.3, iterations=4, lambda_=1.5, model=model)
    h = 1e-5
    for k in range(4):
        w, b = trace.w[k], float(trace.b[k])
        for j, step in enumerate(h * np.eye(2)):
            slope = (MODELS[model].cost(X, y, w + step, b, 1.5) - MODELS[model].cost(X, y, w - step, b, 1.5)) / (2 * h)
            assert (trace.w[k, j] - trace.w[k + 1, j]) / 0.3 == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_b_is_not_regularized(kernel: str) -> None:
    """With every label 1 and no features that say anything, lambda holds w back and b alone goes up."""
    X = np.array([[1.0], [-1.0]])
    free, held = (descend(X, [1.0, 1.0], alpha=1.0, iterations=50, lambda_=lambda_) for lambda_ in (0.0, 100.0))
    assert held.b.tolist() == free.b.tolist()
    assert free.b[-1] > 3


# Simultaneous or not.


def sequential(X: Array, y: Array, alpha: float, iterations: int) -> Array:
    """The mistake: each derivative sees the parameters that are new already; w by iteration (k, 2)."""
    w, b = np.zeros(2), 0.0
    rows = [w]
    for _ in range(iterations):
        for j in range(2):
            w = w.copy()
            w[j] -= alpha * MODELS["logistic"].gradient(X, y, w, b)[0][j]
        b -= alpha * MODELS["logistic"].gradient(X, y, w, b)[1]
        rows.append(w)
    return np.array(rows)


@pytest.mark.parametrize(("alpha", "iterations", "apart"), [(3.0, 1, 0.53), (0.1, 200, 0.0045)])
def test_a_sequential_update_gives_another_path(kernel: str, alpha: float, iterations: int, apart: float) -> None:
    trace = descend(CLOUDS.X, CLOUDS.y, alpha=alpha, iterations=iterations)
    difference = np.linalg.norm(trace.w - sequential(CLOUDS.X, CLOUDS.y, alpha, iterations), axis=1)
    assert difference.max() == pytest.approx(apart, rel=0.03)


# Divergence.


def check_stops_at_the_last_finite_row(trace: Trace, X: Array, y: Array, alpha: float, lambda_: float, model: str) -> None:
    assert np.isfinite(trace.w).all()
    assert np.isfinite(trace.b).all()
    assert np.isfinite(trace.J).all()
    w, b = trace.w[-1], float(trace.b[-1])
    with np.errstate(over="ignore", invalid="ignore"):
        dj_dw, dj_db = MODELS[model].gradient(X, y, w, b, lambda_)
        w, b = w - alpha * dj_dw, b - alpha * dj_db
        assert not np.isfinite([*w, b, MODELS[model].cost(X, y, w, b, lambda_)]).all(), "one more row would have been finite"


def test_scenario_4_converges_at_alpha_half_and_blows_up_at_seven_tenths(kernel: str) -> None:
    fine = descend(CLOUDS.X, CLOUDS.y, alpha=0.5, iterations=200, model="linear")
    assert fine.J[-1] == pytest.approx(0.0418, abs=5e-5)
    blown = descend(CLOUDS.X, CLOUDS.y, alpha=0.7, iterations=200, model="linear")
    assert blown.last == 200
    assert blown.J[-1] == pytest.approx(3e13, rel=0.02)


@pytest.mark.parametrize("alpha", [0.7, 0.8, 1.5, 28.0, 1e6])
def test_linear_regression_with_too_large_an_alpha_stops_at_its_last_finite_row(kernel: str, alpha: float) -> None:
    trace = descend(CLOUDS.X, CLOUDS.y, alpha=alpha, iterations=10_000, model="linear")
    assert 5 < trace.last < 5000
    assert len(trace) == trace.last + 1
    assert trace.J[-1] > 1e290
    check_stops_at_the_last_finite_row(trace, CLOUDS.X, CLOUDS.y, alpha, 0.0, "linear")


def test_too_large_a_lambda_diverges_too(kernel: str) -> None:
    trace = descend(CLOUDS.X, CLOUDS.y, alpha=1.0, iterations=10_000, lambda_=1000.0)
    assert 100 < trace.last < 10_000
    assert trace.J[-1] > 1e300
    check_stops_at_the_last_finite_row(trace, CLOUDS.X, CLOUDS.y, 1.0, 1000.0, "logistic")


def test_both_kernels_diverge_at_the_same_iteration(monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> int:
        return descend(CLOUDS.X, CLOUDS.y, alpha=0.7, iterations=10_000, model="linear").last

    compiled = run()
    monkeypatch.setattr(kernels, "current", lambda: kernels.numpy_advance)
    assert run() == compiled


def test_logistic_regression_with_a_large_alpha_cycles_and_stays_bounded(kernel: str) -> None:
    trace = descend(CLOUDS.X, CLOUDS.y, alpha=29.0, iterations=4000)
    assert sorted(trace.J[-2:]) == pytest.approx([0.1684, 0.1690], abs=5e-5)
    assert trace.J[-3] == pytest.approx(trace.J[-1], rel=1e-6)
    converged = descend(CLOUDS.X, CLOUDS.y, alpha=28.0, iterations=20_000)
    assert converged.J[-1] == pytest.approx(0.1649, abs=5e-5)


def test_a_diverged_descent_says_so_keeps_its_state_and_makes_no_more_iterations(kernel: str) -> None:
    descent = Descent(CLOUDS.X, CLOUDS.y, alpha=1.5, model="linear")
    assert not descent.diverged
    made = descent.advance(10_000)
    assert descent.diverged
    trace = descent.trace()
    assert made == descent.iteration == trace.last
    assert (descent.w == trace.w[-1]).all()
    assert (descent.b, descent.J) == (trace.b[-1], trace.J[-1])
    assert descent.advance(5) == 0
    assert len(descent.trace()) == len(trace)


def test_a_diverged_descent_goes_on_once_it_is_rebased(kernel: str) -> None:
    descent = Descent(CLOUDS.X, CLOUDS.y, alpha=1.0, lambda_=1000.0)
    descent.advance(10_000)
    w = descent.w
    descent.rebase(CLOUDS.X, CLOUDS.y, 0.0)
    assert not descent.diverged
    assert descent.advance(3) == 3
    # At |z| of 1e150 every f is 0 or 1, so w moves by less than its rounding.
    assert descent.w == pytest.approx(w, rel=1e-15)
    assert np.isfinite(descent.J)


# A run that is changed, cut and continued.


def test_a_start_is_row_zero_before_any_update(kernel: str) -> None:
    trace = descend(CLOUDS.X, CLOUDS.y, alpha=0.1, iterations=0, w=[-6.0, -6.0], b=2.0, lambda_=0.5)
    assert len(trace) == 1
    assert (trace.last, *trace.w[0], trace.b[0]) == (0, -6.0, -6.0, 2.0)
    assert trace.J[0] == MODELS["logistic"].cost(CLOUDS.X, CLOUDS.y, [-6.0, -6.0], 2.0, 0.5)


def test_chunks_of_any_size_make_the_run_of_one_piece(kernel: str) -> None:
    whole = Descent(CLOUDS.X, CLOUDS.y, alpha=0.5)
    whole.advance(1000)
    pieces = Descent(CLOUDS.X, CLOUDS.y, alpha=0.5)
    sizes = [1, 0, 1, 7, 90, 1, 400, 500]
    assert [pieces.advance(size) for size in sizes] == sizes
    assert pieces.trace().iteration.tolist() == whole.trace().iteration.tolist() == list(range(1001))
    assert (pieces.trace().w == whole.trace().w).all()
    assert (pieces.trace().J == whole.trace().J).all()


@pytest.mark.parametrize("cut", [0, 1, 250, 999])
def test_continuing_from_a_cut_trace_gives_the_numbers_of_the_uncut_run(kernel: str, cut: int) -> None:
    settings_of_run: dict[str, Any] = {"alpha": 0.5, "lambda_": 0.7}
    uncut = descend(CLOUDS.X, CLOUDS.y, iterations=1000, **settings_of_run)
    descent = Descent(CLOUDS.X, CLOUDS.y, trace=uncut.until(cut), **settings_of_run)
    assert descent.iteration == cut
    assert descent.advance(1000 - cut) == 1000 - cut
    assert_same_run(descent.trace(), np.column_stack([uncut.w, uncut.b]), uncut.J, "logistic")
    assert uncut.last == 1000, "the trace it began with stays as it was"


def test_another_alpha_counts_from_the_next_iteration_on(kernel: str) -> None:
    descent = Descent(CLOUDS.X, CLOUDS.y, alpha=0.5)
    descent.advance(10)
    descent.alpha = 0.05
    descent.advance(10)
    w, b = np.zeros(2), 0.0
    for k in range(20):
        dj_dw, dj_db = MODELS["logistic"].gradient(CLOUDS.X, CLOUDS.y, w, b)
        alpha = 0.5 if k < 10 else 0.05
        w, b = w - alpha * dj_dw, b - alpha * dj_db
    assert descent.w == pytest.approx(w, rel=RELATIVE)
    assert descent.b == pytest.approx(b, rel=RELATIVE)


def test_rebase_keeps_w_and_b_and_takes_cost_and_gradient_anew(kernel: str) -> None:
    descent = Descent(CLOUDS.X, CLOUDS.y, alpha=0.5)
    descent.advance(10)
    w, b = descent.w, descent.b
    moved = CLOUDS.with_point([9.0, 9.0], 0).without([3, 4])
    descent.rebase(moved.X, moved.y, 2.0)
    J = MODELS["logistic"].cost(moved.X, moved.y, w, b, 2.0)
    assert (descent.w == w).all()
    assert (descent.b, descent.iteration, len(descent.trace())) == (b, 10, 11)
    assert descent.J == descent.trace().J[-1] == pytest.approx(J, rel=1e-14)
    descent.advance(1)
    dj_dw, dj_db = MODELS["logistic"].gradient(moved.X, moved.y, w, b, 2.0)
    assert descent.w == pytest.approx(w - 0.5 * dj_dw, rel=RELATIVE)
    assert descent.b == pytest.approx(b - 0.5 * dj_db, rel=RELATIVE)
    assert pytest.approx(MODELS["logistic"].cost(moved.X, moved.y, descent.w, descent.b, 2.0), rel=RELATIVE) == descent.J


def test_marks_stand_where_the_change_was_made_and_are_not_repeated() -> None:
    descent = Descent(CLOUDS.X, CLOUDS.y, alpha=0.5)
    descent.mark("begin")
    descent.advance(4)
    before = descent.trace()
    descent.mark("alpha")
    descent.mark("alpha")
    descent.mark("points")
    descent.advance(2)
    descent.mark("points")
    trace = descent.trace()
    assert trace.marks == (Mark(0, "begin"), Mark(4, "alpha"), Mark(4, "points"), Mark(6, "points"))
    assert before.marks == (Mark(0, "begin"),)
    continued = Descent(CLOUDS.X, CLOUDS.y, alpha=0.5, trace=trace.until(4))
    assert continued.trace().marks == trace.marks[:3]


def test_w_is_a_copy_and_the_callers_arrays_stay_as_they_are() -> None:
    w, X, y = np.array([1.0, 2.0]), CLOUDS.X.copy(), CLOUDS.y.copy()
    descent = Descent(X, y, alpha=0.5, w=w)
    descent.w[:] = 99.0
    descent.advance(5)
    assert descent.trace().w[0].tolist() == w.tolist() == [1.0, 2.0]
    X[:], y[:] = 0.0, 0.0
    descent.advance(5)
    untouched = descend(CLOUDS.X, CLOUDS.y, alpha=0.5, iterations=10, w=[1.0, 2.0])
    assert (descent.w == untouched.w[-1]).all()


@pytest.mark.parametrize("n", [60, 61, 64, 300])
def test_a_run_with_many_columns_goes_to_its_end(n: int) -> None:
    """The recorder then holds fewer rows than one call may make."""
    X, y = make_data(n, 2, n, 1.0, 0.0)
    trace = descend(X, y, alpha=1e-3, iterations=70_000)
    assert trace.last == 70_000
    assert trace.w.nbytes < 40 * 2**20


@pytest.mark.parametrize("shape", [(6, 1), (1,), (5,)])
def test_labels_that_do_not_fit_the_examples_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match="shapes"):
        descend(np.zeros((6, 2)), np.zeros(shape), alpha=0.1, iterations=1)


@pytest.mark.parametrize("w", [1.0, [1.0], [1.0, 2.0, 3.0], [[1.0, 2.0]]])
def test_a_start_that_does_not_fit_the_columns_is_refused(w: object) -> None:
    with pytest.raises(DataError, match="a weight for each of the 2 columns"):
        descend(CLOUDS.X, CLOUDS.y, alpha=0.1, iterations=1, w=w)


@pytest.mark.parametrize(("setting", "value"), [("model", "probit"), ("iterations", -1), ("iterations", 2.5), ("iterations", float("nan"))])
def test_a_setting_that_there_is_not_is_refused(setting: str, value: object) -> None:
    with pytest.raises(SettingError, match=str(value)):
        descend(CLOUDS.X, CLOUDS.y, **{"alpha": 0.1, "iterations": 1, setting: value})


def test_without_columns_there_is_nothing_to_descend_on() -> None:
    with pytest.raises(DataError, match=r"\(6, 0\)"):
        descend(np.zeros((6, 0)), np.zeros(6), alpha=0.1, iterations=1)


def test_a_number_of_iterations_may_be_of_any_kind_that_is_whole() -> None:
    for iterations in (10, 10.0, np.int32(10), np.float64(10)):
        assert descend(CLOUDS.X, CLOUDS.y, alpha=0.1, iterations=iterations).last == 10


@pytest.mark.parametrize("n", [1, 2, 5])
def test_a_run_that_changes_from_numpy_to_the_kernel_half_way_is_the_same_run(monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    rng = np.random.default_rng(n)
    X = rng.normal(size=(50, n))
    y = (X[:, 0] + rng.logistic(size=50) > 0).astype(float)
    descent = Descent(X, y, alpha=2.0, lambda_=0.3)
    with monkeypatch.context() as not_ready:
        not_ready.setattr(kernels, "current", lambda: kernels.numpy_advance)
        descent.advance(170)
    assert kernels.current() is not kernels.numpy_advance
    descent.advance(330)
    whole = descend(X, y, alpha=2.0, lambda_=0.3, iterations=500)
    trace = descent.trace()
    assert trace.iteration.tolist() == whole.iteration.tolist() == list(range(501))
    for name in ("w", "b", "J"):
        np.testing.assert_allclose(getattr(trace, name), getattr(whole, name), rtol=1e-12, atol=1e-14)
