"""The numbers that must come out, computed independently of this project: on the NumPy specification, the kernel and the command line."""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import kernels, linear, logistic
from core.descent import descend
from core.examples import lay_out
from core.features import FeatureMap
from core.metrics import accuracy
from core.recording import Rows
from core.samples import blobs, make_sample
from core.trace import Trace

ROOT = Path(__file__).resolve().parents[2]

X = np.array([[0.5, 1.5], [1, 1], [1.5, 0.5], [3, 0.5], [2, 2], [1, 2.5]])
Y = np.array([0.0, 0, 0, 1, 1, 1])
SIZES = np.arange(6.0)[:, np.newaxis]  # tumor sizes, with the same labels

J_AT = {(1.0, 1.0, -3.0): 0.36686678640551745, (1.0, 1.0, -4.0): 0.5036808636748461}
GRADIENT_AT = {(2.0, 3.0, 1.0): (0.498333393278696, 0.49883942983996693, 0.49861806546328574)}
J_AFTER = {
    1: 0.684610468560574,
    1001: 0.1590977666870457,
    2001: 0.08460064176930078,
    3001: 0.05705327279402531,
    4001: 0.04290759421682,
    5001: 0.03433847729884557,
    6001: 0.02860379802212006,
    7001: 0.02450156960879306,
    8001: 0.02142370332569295,
    9001: 0.019030137124109114,
}
LAST = 10_000
W_LAST, B_LAST, J_LAST = (5.2812, 5.0782), -14.222409982019837, 0.0171178

EXACT = 1e-12  # relative


@pytest.fixture(scope="module")
def by_hand() -> dict[int, tuple[np.ndarray, float]]:
    """w, b after each of 10,000 updates, by a loop over the specification."""
    w, b = np.zeros(2), 0.0
    path = {0: (w, b)}
    for k in range(1, LAST + 1):
        dj_dw, dj_db = logistic.gradient(X, Y, w, b)
        w, b = w - 0.1 * dj_dw, b - 0.1 * dj_db
        path[k] = w, b
    return path


@pytest.fixture(scope="module")
def by_kernel() -> Trace:
    assert kernels.wait(), "these tests are about the compiled kernel"
    return descend(X, Y, alpha=0.1, iterations=LAST)


def headless(*options: object) -> dict[str, Any]:
    command = [sys.executable, "main.py", "--headless", "--sample", "course", *map(str, options)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stderr) == (0, "")
    report: dict[str, Any] = json.loads(run.stdout)
    return report


@pytest.fixture(scope="module")
def by_command_line() -> dict[int, dict[str, Any]]:
    iterations = [*J_AFTER, LAST]
    with ThreadPoolExecutor(2) as pool:
        reports = pool.map(lambda k: headless("--alpha", 0.1, "--iterations", k), iterations)
        return dict(zip(iterations, reports, strict=True))


def test_the_sample_course_is_the_courses_six_points() -> None:
    dataset = make_sample("course")
    assert dataset.X.tolist() == X.tolist()
    assert dataset.y.tolist() == Y.tolist()


@pytest.mark.parametrize("place", J_AT)
def test_the_cost_of_the_specification(place: tuple[float, float, float]) -> None:
    assert logistic.cost(X, Y, place[:2], place[2]) == pytest.approx(J_AT[place], rel=1e-14, abs=0)


@pytest.mark.parametrize("place", J_AT)
def test_the_cost_of_the_kernel(place: tuple[float, float, float]) -> None:
    assert kernel_at(place)[0] == pytest.approx(J_AT[place], rel=1e-14, abs=0)


@pytest.mark.parametrize("place", J_AT)
def test_the_cost_through_the_command_line(place: tuple[float, float, float]) -> None:
    report = headless("--start", ",".join(map(str, place)), "--iterations", 1)
    assert report["J_start"] == pytest.approx(J_AT[place], rel=1e-14, abs=0)


@pytest.mark.parametrize("place", GRADIENT_AT)
def test_the_gradient_of_the_specification(place: tuple[float, float, float]) -> None:
    dj_dw, dj_db = logistic.gradient(X, Y, place[:2], place[2])
    assert (*dj_dw, dj_db) == pytest.approx(GRADIENT_AT[place], rel=1e-14, abs=0)


@pytest.mark.parametrize("place", GRADIENT_AT)
def test_the_gradient_of_the_kernel(place: tuple[float, float, float]) -> None:
    assert kernel_at(place)[1:] == pytest.approx(GRADIENT_AT[place], rel=1e-14, abs=0)


def kernel_at(place: tuple[float, float, float]) -> tuple[float, ...]:
    """J, dj_dw and dj_db of the compiled kernel: an update by a gradient of zero stays where it is, and leaves them there."""
    assert kernels.wait()
    w, dj_dw, scalars = np.array(place[:2]), np.zeros(2), np.array([place[2], 0.0, 0.0, 0.0])
    rows = Rows(np.zeros(8, dtype=np.int64), np.empty((8, 2)), np.empty(8), np.empty(8))
    kernels.current()(lay_out(X, Y), w, dj_dw, scalars, 0.1, 0.0, 0, 0, 1, 1, 1, rows, 1)
    assert (*w, scalars[0]) == place
    return (scalars[1], *dj_dw, scalars[2])


@pytest.mark.parametrize("place", GRADIENT_AT)
def test_the_gradient_through_the_command_line(place: tuple[float, float, float]) -> None:
    report = headless("--start", ",".join(map(str, place)), "--alpha", 1, "--iterations", 1)
    moved = np.array(place) - [*report["w"], report["b"]]
    assert tuple(moved) == pytest.approx(GRADIENT_AT[place], rel=1e-14, abs=0)


@pytest.mark.parametrize("k", J_AFTER)
def test_the_cost_after_k_updates(
    k: int, by_hand: dict[int, tuple[np.ndarray, float]], by_kernel: Trace, by_command_line: dict[int, dict[str, Any]]
) -> None:
    assert logistic.cost(X, Y, *by_hand[k]) == pytest.approx(J_AFTER[k], rel=EXACT, abs=0)
    assert by_kernel.iteration[k] == k
    assert by_kernel.J[k] == pytest.approx(J_AFTER[k], rel=EXACT, abs=0)
    assert by_command_line[k]["J"] == pytest.approx(J_AFTER[k], rel=EXACT, abs=0)
    assert by_command_line[k]["iterations"] == k


def test_the_end_of_the_run_by_hand(by_hand: dict[int, tuple[np.ndarray, float]]) -> None:
    w, b = by_hand[LAST]
    check_end(w, b, logistic.cost(X, Y, w, b))
    assert accuracy(logistic.predict(X, w, b), Y) == 1.0


def test_the_end_of_the_run_on_the_kernel(by_kernel: Trace) -> None:
    assert len(by_kernel) == LAST + 1
    check_end(by_kernel.w[-1], float(by_kernel.b[-1]), float(by_kernel.J[-1]))


def test_the_end_of_the_run_through_the_command_line(by_command_line: dict[int, dict[str, Any]]) -> None:
    report = by_command_line[LAST]
    check_end(report["w"], report["b"], report["J"])
    assert (report["m"], report["n"], report["accuracy"]) == (6, 2, 1.0)
    assert (report["w_raw"], report["b_raw"]) == (report["w"], report["b"])
    assert report["J_start"] == pytest.approx(math.log(2), rel=1e-14, abs=0)


def check_end(w: Any, b: float, J: float) -> None:
    assert tuple(w) == pytest.approx(W_LAST, abs=5e-5)
    assert b == pytest.approx(B_LAST, rel=EXACT, abs=0)
    assert pytest.approx(J_LAST, abs=5e-8) == J
    assert (logistic.predict(X, w, b) >= 0.5).tolist() == [False, False, False, True, True, True]


def test_the_cost_landscape_of_one_feature_falls_towards_its_edge() -> None:
    """log J over w in [-1, 7], b in [-14, 1]: separable data has no minimum, so none may lie inside."""
    grid_w, grid_b = np.linspace(-1, 7, 81), np.linspace(-14, 1, 76)
    J = np.array([[logistic.cost(SIZES, Y, [w], b) for w in grid_w] for b in grid_b])
    expected = [[sum(loss_by_hand(w * x + b, y) for x, y in zip(SIZES[:, 0], Y, strict=True)) / 6 for w in grid_w] for b in grid_b]
    assert pytest.approx(np.array(expected), rel=1e-13, abs=0) == J
    assert np.isfinite(np.log(J)).all()
    lowest_b, lowest_w = np.unravel_index(J.argmin(), J.shape)
    assert lowest_b == 0
    # There the boundary -b/w lies in the gap between 2 and 3.
    assert 2 < -grid_b[lowest_b] / grid_w[lowest_w] < 3


def loss_by_hand(z: float, y: float) -> float:
    """-log f or -log(1 - f); for moderate z."""
    return math.log1p(math.exp(-z)) if y == 1 else math.log1p(math.exp(z))


# scikit-learn: C = 1 / lambda.


def run_to_the_end(X: np.ndarray, y: np.ndarray, lambda_: float) -> tuple[np.ndarray, float]:
    trace = descend(X, y, alpha=0.3, iterations=300_000, lambda_=lambda_)
    dj_dw, dj_db = logistic.gradient(X, y, trace.w[-1], float(trace.b[-1]), lambda_)
    assert max(abs(dj_dw).max(), abs(dj_db)) < 1e-12, "not at the end yet"
    return trace.w[-1], float(trace.b[-1])


def test_scikit_learn_with_its_default_c_has_the_minimum_of_lambda_1() -> None:
    from sklearn.linear_model import LogisticRegression

    assert LogisticRegression().C == 1.0
    theirs = LogisticRegression(tol=1e-12, solver="newton-cholesky").fit(X, Y)
    w, b = run_to_the_end(X, Y, lambda_=1.0)
    assert (*w, b) == pytest.approx((*theirs.coef_[0], theirs.intercept_[0]), rel=1e-8)


@pytest.mark.parametrize("lambda_", [0.1, 10.0])
def test_scikit_learn_agrees_for_another_lambda(lambda_: float) -> None:
    from sklearn.linear_model import LogisticRegression

    theirs = LogisticRegression(C=1 / lambda_, tol=1e-12, solver="newton-cholesky").fit(X, Y)
    w, b = run_to_the_end(X, Y, lambda_)
    assert (*w, b) == pytest.approx((*theirs.coef_[0], theirs.intercept_[0]), rel=1e-8)


def test_scikit_learn_without_penalty_has_the_minimum_of_lambda_0() -> None:
    from sklearn.linear_model import LogisticRegression

    dataset = blobs(1, 200, 1.0, 1.2)
    theirs = LogisticRegression(C=np.inf, tol=1e-12, solver="newton-cholesky").fit(dataset.X, dataset.y)
    w, b = run_to_the_end(dataset.X, dataset.y, lambda_=0.0)
    assert (*w, b) == pytest.approx((*theirs.coef_[0], theirs.intercept_[0]), rel=1e-8)


def test_on_separable_data_without_lambda_the_cost_goes_to_zero_and_w_grows_for_ever() -> None:
    trace = descend(X, Y, alpha=1.0, iterations=700_000)
    rows = [10, 100, 1000, 10_000, 100_000, 700_000]
    lengths = np.linalg.norm(trace.w[rows], axis=1)
    assert (trace.iteration[rows] == rows).all()
    assert (np.diff(lengths) > 0.5).all()
    assert (trace.J[rows][1:] < trace.J[rows][:-1] / 3).all()
    assert trace.J[-1] < 1e-4


# Robust numerics. Warnings are errors in every test.

HUGE = [0.0, 1e-300, 1.0, 36.0, 37.0, 700.0, 709.0, 745.0, 1000.0, 1e5, 1e154, 1e200, 1e300, 1e308]
ADVANCES = ["numpy", "compiled"]
MODELS = {"logistic": logistic, "linear": linear}


@pytest.fixture(params=ADVANCES)
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each of the two kernels behind descend()."""
    assert kernels.wait()
    advance = kernels.numpy_advance if request.param == "numpy" else kernels.current()
    monkeypatch.setattr(kernels, "current", lambda: advance)
    yield request.param


def exact_loss(z: float, y: float) -> float:
    """Loss in exact arithmetic: log(1 + e^z) is z itself from 40 up, e^z itself from -40 down."""
    a = -z if y == 1 else z
    return a + math.exp(-a) if a > 40 else math.exp(a) if a < -40 else math.log1p(math.exp(a))


@pytest.mark.parametrize("y", [0.0, 1.0])
@pytest.mark.parametrize("z", [*HUGE, *(-z for z in HUGE)])
def test_loss_f_and_gradient_are_right_however_large_z_is(z: float, y: float) -> None:
    """z made by w, by x and by b, with one example."""
    f = 1.0 if z > 40 else math.exp(z) if z < -40 else 1 / (1 + math.exp(-z))
    f_minus_y = -math.exp(-z) if (y == 1 and z > 40) else f - y
    for x, w, b in [(1.0, z, 0.0), (z, 1.0, 0.0), (0.0, 3.0, z)]:
        assert logistic.sigmoid(z) == pytest.approx(f, rel=1e-15, abs=0)
        assert logistic.predict([[x]], [w], b)[0] == pytest.approx(f, rel=1e-15, abs=0)
        assert logistic.losses([[x]], [y], [w], b)[0] == pytest.approx(exact_loss(z, y), rel=1e-15, abs=0)
        assert logistic.cost([[x]], [y], [w], b) == pytest.approx(exact_loss(z, y), rel=1e-15, abs=0)
        dj_dw, dj_db = logistic.gradient([[x]], [y], [w], b)
        assert dj_db == pytest.approx(f_minus_y, rel=1e-12, abs=1e-16)
        assert dj_dw[0] == pytest.approx(f_minus_y * x, rel=1e-12, abs=abs(x) * 1e-16)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_sums_of_many_huge_examples_do_not_overflow_where_their_mean_does_not(sign: float) -> None:
    huge = np.full((50, 1), sign * 1e308)
    y = np.full(50, 0.0 if sign > 0 else 1.0)
    assert logistic.cost(huge, y, [1.0], 0.0) == pytest.approx(1e308)
    dj_dw, dj_db = logistic.gradient(huge, y, [1.0], 0.0)
    assert (dj_dw[0], dj_db) == pytest.approx((1e308, sign))
    dj_dw, dj_db = linear.gradient(np.ones((50, 1)), y, [sign * 1e308], 0.0)
    assert (dj_dw[0], dj_db) == pytest.approx((sign * 1e308, sign * 1e308))


@pytest.mark.parametrize("z", [1e100, 1e150, 1.3e154, -1.3e154])
def test_linear_cost_is_right_up_to_where_its_square_ends(z: float) -> None:
    for x, w, b in [(1.0, z, 0.0), (z, 1.0, 0.0), (0.0, 3.0, z)]:
        assert linear.predict([[x]], [w], b)[0] == z
        assert linear.cost([[x]] * 40, [0.0] * 40, [w], b) == pytest.approx(0.5 * z * z)


def test_a_huge_w_without_lambda_costs_what_its_loss_costs() -> None:
    """0 times an overflowing w·w would be nan."""
    assert logistic.cost([[1.0]], [1.0], [1e308], 0.0) == 0.0
    assert linear.cost([[1e-308]], [0.0], [1e308], 0.0) == pytest.approx(0.5)


@pytest.mark.parametrize("z", [1000.0, 1e10, 1e100, 1e200, 1e307, 1e308])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_kernel_goes_through_huge_z(kernel: str, z: float, sign: float) -> None:
    """All examples on the wrong side: error ±1, so b moves by alpha each time and J is |z|."""
    y = np.full(7, 0.0 if sign > 0 else 1.0)
    trace = descend(np.full((7, 1), 1.0), y, alpha=0.25, iterations=8, w=[sign * z])
    assert trace.last == 8
    assert -sign * trace.b == pytest.approx(0.25 * np.arange(9), rel=1e-14, abs=0)
    assert pytest.approx(np.abs(trace.w[:, 0] + trace.b), rel=1e-14, abs=0) == trace.J


def test_the_kernel_takes_the_gradient_of_huge_features_without_overflow(kernel: str) -> None:
    """w goes 1.5, 1.25, 1, ... down to 0 while z = 1e308 w stays finite, with 40 examples whose sum does not."""
    trace = descend(np.full((40, 1), 1e308), np.zeros(40), alpha=0.25e-308, iterations=5, w=[1.5])
    assert trace.w[:, 0] == pytest.approx([1.5, 1.25, 1.0, 0.75, 0.5, 0.25], rel=1e-14, abs=0)
    assert pytest.approx(1e308 * trace.w[:, 0], rel=1e-14, abs=0) == trace.J


def test_the_kernel_does_not_take_large_finite_numbers_for_divergence(kernel: str) -> None:
    trace = descend(np.array([[1.0, -1.0]]), np.zeros(1), alpha=1.0, iterations=3, w=[1.7e308, 1.7e308], b=-5.0)
    assert trace.last == 3
    assert pytest.approx(np.log1p(np.exp(-5.0)), rel=1e-12, abs=0) == trace.J[0]


@pytest.mark.parametrize("x", [1e10, 1e100, 1e150])
def test_linear_descent_goes_through_huge_features(kernel: str, x: float) -> None:
    trace = descend(np.full((5, 1), x), np.ones(5), alpha=1 / x / x, iterations=3, model="linear")
    assert trace.w[1:, 0] * x == pytest.approx(1.0)
    assert trace.J[-1] < 1e-25


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_one_example_is_enough(kernel: str, model: str, y: float) -> None:
    trace = descend([[2.0, -1.0]], [y], alpha=0.2, iterations=5000, model=model)
    assert trace.last == 5000
    assert (np.diff(trace.J) <= 1e-30).all()
    # w stays in the direction of x, and twice as long as b: dj_dw = (f - y) x and dj_db = f - y.
    assert trace.w[-1] == pytest.approx(np.array([2.0, -1.0]) * trace.b[-1])
    if model == "linear":
        assert trace.J[-1] < 1e-30
    else:
        # For one example J = log(1 + e^-a), with a growing as log(alpha |(x, 1)|² k).
        assert trace.J[-1] == pytest.approx(1 / (0.2 * 6 * 5000), rel=0.01)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_one_class_only_trains_towards_that_class(kernel: str, model: str, y: float) -> None:
    trace = descend(X, np.full(6, y), alpha=0.1, iterations=3000, model=model)
    assert trace.last == 3000
    assert (np.diff(trace.J) <= 1e-30).all()
    assert trace.J[-1] < 0.02
    f = MODELS[model].predict(X, trace.w[-1], trace.b[-1])
    assert ((f >= 0.5) == (y == 1)).all()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("scaling", ["max", "mean", "minmax", "zscore"])
def test_a_constant_feature_does_no_harm(kernel: str, model: str, scaling: str) -> None:
    raw = np.column_stack([X[:, 0], np.full(6, 7.0), np.zeros(6)])
    columns = FeatureMap.fit(raw, 1, scaling).apply(raw)
    trace = descend(columns, Y, alpha=0.1, iterations=1000, model=model)
    assert trace.last == 1000
    if scaling != "max":
        assert (columns[:, 1:] == 0).all()
        assert (trace.w[:, 1:] == 0).all()
        alone = descend(columns[:, :1], Y, alpha=0.1, iterations=1000, model=model)
        assert trace.J[-1] == pytest.approx(alone.J[-1], rel=1e-12, abs=0)
    assert (trace.w[:, 2] == 0).all()
    assert trace.J[-1] < trace.J[0]


@pytest.mark.parametrize("model", MODELS)
def test_duplicates_change_nothing_but_the_weight_of_lambda(kernel: str, model: str) -> None:
    def run(copies: int, lambda_: float) -> Trace:
        return descend(np.tile(X, (copies, 1)), np.tile(Y, copies), alpha=0.1, iterations=1000, lambda_=lambda_, model=model)

    once, often = run(1, 0.5), run(200, 100.0)
    assert often.w == pytest.approx(once.w, rel=1e-10, abs=1e-12)
    assert pytest.approx(once.J, rel=1e-10, abs=0) == often.J


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("m", [1, 6, 512, 1300])
@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_the_kernels_cost_keeps_its_digits_when_it_is_small(n: int, m: int, spread: float) -> None:
    """The product of many 1 + t rounds each t, worst when all examples are alike: J must not lose digits to that."""
    assert kernels.wait()
    y = np.ones(m)
    for z in np.concatenate([np.linspace(2, 8, 30), np.linspace(8, 14, 300), np.linspace(14, 45, 30)]):
        columns = z * np.random.default_rng(0).uniform(1 - spread, 1 + spread, (m, n))
        trace = descend(columns, y, alpha=1e-6, iterations=1, w=[1 / n] * n)
        assert trace.J[1] == pytest.approx(logistic.cost(columns, y, trace.w[1], trace.b[1]), rel=EXACT, abs=0)
