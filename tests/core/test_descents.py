"""The other descents: each against loops written by hand, against the minimum, and through everything that a run can meet."""

import math
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dataset import Dataset
from core.descents import GRADIENT, METHODS, machine
from core.descents.order import Order
from core.errors import SettingError
from core.experiment import Experiment
from core.models import MODELS
from core.optimum import find_minimum
from core.samples import blobs, make_sample
from core.trace import Trace, TraceRecorder

ROOT = Path(__file__).resolve().parent.parent.parent
CLOUDS = blobs(1, 200, 1, 1.2)
OTHERS = [name for name in METHODS if name != GRADIENT]
COMPILED = [name for name in OTHERS if name != "newton"]
ALPHA = {"gradient": 1.0, "stochastic": 0.05, "mini-batch": 0.1, "momentum": 0.3, "nesterov": 0.3, "adam": 0.05, "newton": 1.0}


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    assert machine.wait()


@pytest.fixture(params=["numpy", "compiled"])
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test that asks for it runs with the readable updates and with the compiled ones."""
    if request.param == "numpy":
        monkeypatch.setattr(machine, "current", lambda: None)
    return str(request.param)


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    with monkeypatch.context() as patch:
        patch.setattr(machine, "current", lambda: None)
        yield patch


def experiment(method: str, dataset: Dataset = CLOUDS, **changes: object) -> Experiment:
    chosen: dict[str, object] = {"alpha": ALPHA[method], **changes}
    return Experiment(dataset, method=method, **chosen)  # type: ignore[arg-type]


def run(of: Experiment, iterations: int, trace: Trace | None = None) -> Trace:
    descent = of.descent(trace)
    descent.advance(iterations)
    return descent.trace()


# Against loops written by hand, in plain Python.


def slopes_by_hand(of: Experiment, rows: list[int], w: list[float], b: float) -> list[float]:
    """dj_dw and dj_db from these examples, the λ term whole."""
    X, y, m, n = of.columns().tolist(), of.dataset.y.tolist(), of.dataset.m, len(w)
    slopes = [of.lambda_ / m * weight for weight in w] + [0.0]
    for i in rows:
        z = sum(w[j] * X[i][j] for j in range(n)) + b
        f = z if of.model == "linear" else 1 / (1 + math.exp(-z))
        error = (f - y[i]) * (f * (1 - f) if of.model == "squared" else 1.0)
        for j in range(n):
            slopes[j] += error * X[i][j] / len(rows)
        slopes[n] += error / len(rows)
    return slopes


def by_hand(of: Experiment, iterations: int) -> list[float]:
    """w and b after so many updates."""
    m, alpha, beta = of.dataset.m, of.alpha, of.momentum
    point = [*of.start_w.tolist(), of.start_b]
    size = len(point)
    v, p, q = [0.0] * size, [0.0] * size, [0.0] * size
    batch_size = {"stochastic": 1, "mini-batch": of.batch_size}.get(of.method, m)
    order = Order(m, batch_size, of.seed)
    for k in range(iterations):
        if of.method in ("stochastic", "mini-batch"):
            d = slopes_by_hand(of, order.batch(k).tolist(), point[:-1], point[-1])
            point = [point[j] - alpha * d[j] for j in range(size)]
        elif of.method in ("momentum", "nesterov"):
            at = [point[j] + beta * v[j] for j in range(size)] if of.method == "nesterov" else point
            d = slopes_by_hand(of, list(range(m)), at[:-1], at[-1])
            v = [beta * v[j] - alpha * d[j] for j in range(size)]
            point = [point[j] + v[j] for j in range(size)]
        else:
            d = slopes_by_hand(of, list(range(m)), point[:-1], point[-1])
            for j in range(size):
                p[j] = beta * p[j] + (1 - beta) * d[j]
                q[j] = 0.999 * q[j] + 0.001 * d[j] ** 2
                p_hat, q_hat = p[j] / (1 - beta ** (k + 1)), q[j] / (1 - 0.999 ** (k + 1))
                point[j] -= alpha * p_hat / (math.sqrt(q_hat) + 1e-8)
    return point


@pytest.mark.parametrize("lambda_", [0.0, 1.5])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("method", COMPILED)
def test_an_update_is_what_a_loop_written_by_hand_does(path: str, method: str, model: str, lambda_: float) -> None:
    of = experiment(method, blobs(3, 30, 1, 1.2), model=model, lambda_=lambda_, batch_size=7, seed=11, start=(0.3, -0.2, 0.1))
    trace = run(of, 45)
    np.testing.assert_allclose([*trace.w[-1], trace.b[-1]], by_hand(of, 45), rtol=1e-11, atol=1e-13)
    assert trace.last == 45


@pytest.mark.parametrize("lambda_", [0.0, 1.5])
@pytest.mark.parametrize("alpha", [1.0, 0.4])
@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_a_newton_update_solves_the_linear_system_of_second_derivatives(model: str, alpha: float, lambda_: float) -> None:
    of = experiment("newton", model=model, lambda_=lambda_, alpha=alpha, start=(0.5, -0.3, 0.2))
    X, y, m = np.column_stack([of.columns(), np.ones(200)]), CLOUDS.y, 200
    point, penalty = np.array(of.start), np.diag([lambda_ / m, lambda_ / m, 0.0])
    for _ in range(3):
        z = X @ point
        f = z if model == "linear" else 1 / (1 + np.exp(-z))
        H = X.T @ np.diag(np.ones(m) if model == "linear" else f * (1 - f)) @ X / m + penalty
        point = point - alpha * np.linalg.solve(H, X.T @ (f - y) / m + penalty @ point)
    trace = run(of, 3)
    np.testing.assert_allclose([*trace.w[-1], trace.b[-1]], point, rtol=1e-9)


def test_newton_is_at_the_minimum_of_a_parabola_after_one_whole_step() -> None:
    of = experiment("newton", make_sample("ring"), model="linear", degree=3, lambda_=1.0)
    least = find_minimum(of.columns(), of.dataset.y, "linear", 1.0)
    assert least is not None
    assert run(of, 1).J[-1] == pytest.approx(least.J, rel=1e-10)


@pytest.mark.parametrize("method", ["momentum", "nesterov"])
def test_without_momentum_it_is_gradient_descent(path: str, method: str) -> None:
    plain, without = run(experiment(GRADIENT, alpha=0.5), 100), run(experiment(method, alpha=0.5, momentum=0.0), 100)
    np.testing.assert_allclose(without.w, plain.w, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(without.J, plain.J, rtol=1e-12)


@pytest.mark.parametrize("batch_size", [200, 5000])
def test_a_batch_of_all_examples_is_gradient_descent(path: str, batch_size: int) -> None:
    whole = run(experiment("mini-batch", alpha=0.5, batch_size=batch_size), 100)
    np.testing.assert_allclose(whole.w, run(experiment(GRADIENT, alpha=0.5), 100).w, rtol=1e-11, atol=1e-13)
    assert whole.iteration.tolist() == list(range(101))


# To the minimum.


@pytest.mark.parametrize(
    ("method", "iterations", "above"),
    [
        ("momentum", 1000, 1e-12),
        ("nesterov", 1000, 1e-12),
        ("adam", 1000, 1e-9),  # later its steps are made of rounding, which is another on another processor
        ("newton", 8, 1e-12),
        ("mini-batch", 20_000, 0.02),
        ("stochastic", 100_000, 0.03),
    ],
)
def test_each_method_comes_to_the_minimum_or_wanders_near_it(path: str, method: str, iterations: int, above: float) -> None:
    least = find_minimum(CLOUDS.X, CLOUDS.y)
    assert least is not None
    trace = run(experiment(method), iterations if path == "compiled" else min(iterations, 20_000))
    assert -1e-14 <= trace.J[-1] / least.J - 1 <= above


@pytest.mark.parametrize("method", ["stochastic", "mini-batch"])
def test_a_smaller_alpha_brings_what_is_drawn_at_random_closer(method: str) -> None:
    least = find_minimum(CLOUDS.X, CLOUDS.y)
    assert least is not None
    far, near = (run(experiment(method, alpha=alpha), 200_000).J[-1000:].mean() / least.J - 1 for alpha in (0.3, 0.01))
    assert 0 < near < far / 5


# Compiled and readable, whole and in pieces.

EXPERIMENTS = st.builds(
    lambda method, m, n, **rest: (method, m, n, rest),
    st.sampled_from(COMPILED),
    st.integers(2, 1500),
    st.integers(1, 5),
    model=st.sampled_from(list(MODELS)),
    lambda_=st.sampled_from([0.0, 2.0]),
    momentum=st.sampled_from([0.0, 0.5, 0.9, 0.99]),
    batch_size=st.integers(1, 50),
    seed=st.integers(0, 2**32 - 1),
    alpha=st.sampled_from([1e-3, 0.03, 0.3]),
)


def drawn(method: str, m: int, n: int, rest: dict[str, object]) -> Experiment:
    rng = np.random.default_rng(m)
    X, y = rng.normal(size=(m, n)), (rng.random(m) < 0.5).astype(float)
    X /= np.sqrt(n) * np.abs(X).max()  # below the edge of every model: no rounding grows
    return Experiment(Dataset(X, y, tuple(f"x{j}" for j in range(n))), method=method, **rest)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(EXPERIMENTS)
def test_what_is_compiled_equals_the_specification(chosen: tuple[str, int, int, dict[str, object]]) -> None:
    of = drawn(*chosen)
    fast = run(of, 130)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "current", lambda: None)
        plain = run(of, 130)
    assert fast.last == plain.last == 130
    shared, rows, others = np.intersect1d(fast.iteration, plain.iteration, return_indices=True)
    assert set(range(0, 131, fast.stride)) <= set(shared.tolist())
    for name in ("w", "b", "J"):
        np.testing.assert_allclose(getattr(fast, name)[rows], getattr(plain, name)[others], rtol=1e-12, atol=1e-12)
    if fast.state is not None and plain.state is not None:
        np.testing.assert_allclose(fast.state[rows], plain.state[others], rtol=1e-12, atol=1e-12)


@settings(max_examples=40)
@given(EXPERIMENTS, st.lists(st.integers(0, 60), min_size=1, max_size=6), st.booleans())
def test_however_a_run_is_cut_and_resumed_its_path_is_the_same(
    chosen: tuple[str, int, int, dict[str, object]], pieces: list[int], fast: bool
) -> None:
    of = drawn(*chosen)
    with pytest.MonkeyPatch.context() as patch:
        if not fast:
            patch.setattr(machine, "current", lambda: None)
        whole = run(of, sum(pieces))
        trace: Trace | None = None
        for piece in pieces:
            trace = run(of, piece, trace)
    assert trace is not None
    assert trace.last == whole.last == sum(pieces)
    np.testing.assert_allclose([*trace.w[-1], trace.b[-1]], [*whole.w[-1], whole.b[-1]], rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("method", OTHERS)
@pytest.mark.parametrize("back_to", [0, 1, 64, 500, 799])
def test_scrubbing_back_and_playing_on_gives_the_same_path(path: str, method: str, back_to: int) -> None:
    of = experiment(method)
    first = run(of, 800)
    again = run(of, 800 - first.until(back_to).last, first.until(back_to))
    np.testing.assert_allclose([*again.w[-1], again.b[-1], again.J[-1]], [*first.w[-1], first.b[-1], first.J[-1]], rtol=1e-13)
    assert again.last == 800


@pytest.mark.parametrize("method", ["momentum", "nesterov", "adam"])
def test_a_run_goes_on_from_a_trace_that_was_thinned_for_undo(method: str) -> None:
    of = experiment(method)
    first = run(of, 800)
    thin = first.until(600).thinned(50)
    assert len(thin) <= 50
    np.testing.assert_allclose(run(of, 200, thin).w[-1], first.w[-1], rtol=1e-13)


@pytest.mark.parametrize("method", ["momentum", "nesterov", "adam"])
def test_w_and_b_put_elsewhere_by_hand_are_at_rest(path: str, method: str) -> None:
    of = experiment(method)
    moved = run(of, 50).moved(np.array([-1.0, 2.0]), 0.5, "Move")
    np.testing.assert_allclose(run(of, 10, moved).w[-1], run(replace(of, start=(-1.0, 2.0, 0.5)), 10).w[-1], rtol=1e-12)


@pytest.mark.parametrize("method", ["stochastic", "mini-batch"])
def test_the_same_seed_is_the_same_path_and_another_one_another(path: str, method: str) -> None:
    one, same, other = (run(experiment(method, seed=seed), 300) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.w, same.w)
    assert np.abs(one.w[-1] - other.w[-1]).max() > 1e-3


# What the trace holds.


@pytest.mark.parametrize("method", OTHERS)
def test_the_cost_of_a_row_is_that_of_all_examples(path: str, method: str) -> None:
    of = experiment(method, lambda_=2.0)
    trace = run(of, 300)
    for row in range(0, len(trace), 7):
        J = MODELS["logistic"].cost(of.columns(), CLOUDS.y, trace.w[row], trace.b[row], 2.0)
        assert trace.J[row] == pytest.approx(J, rel=1e-12)


@pytest.mark.parametrize(("m", "every"), [(6, 1), (63, 1), (200, 8), (1000, 32), (10_000, 512)])
def test_of_many_examples_taken_singly_only_some_iterations_are_rows(path: str, m: int, every: int) -> None:
    trace = run(experiment("stochastic", blobs(1, m, 1, 1.2)), 2048)
    assert trace.iteration.tolist() == list(range(0, 2049, every))
    assert trace.stride == every


def test_a_single_step_is_a_row_however_many_examples_there_are(path: str) -> None:
    descent = experiment("stochastic", blobs(1, 10_000, 1, 1.2)).descent()
    for _ in range(5):
        descent.advance(1)
    assert descent.trace().iteration.tolist() == [0, 1, 2, 3, 4, 5]
    assert np.isfinite(descent.trace().J).all()


@pytest.mark.parametrize("method", ["momentum", "adam", "stochastic"])
def test_a_long_run_keeps_few_rows_with_the_state_of_each(path: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class SmallRecorder(TraceRecorder):
        def __init__(self, n: int) -> None:
            super().__init__(n, max_bytes=8 * (n + 3) * 200)

    monkeypatch.setattr("core.descent.TraceRecorder", SmallRecorder)
    of = experiment(method)
    descent = of.descent()
    descent.advance(3000)
    trace = descent.trace()
    assert len(trace) <= 200
    assert trace.iteration[[0, -1]].tolist() == [0, 3000]
    assert trace.w.shape == (len(trace), 2)
    row = len(trace) // 2
    k = int(trace.iteration[row])
    np.testing.assert_allclose(run(of, 3000 - k, trace.until(k)).w[-1], trace.w[-1], rtol=1e-10)


# Contract of the registry.


@pytest.mark.parametrize("method", METHODS)
def test_every_method_says_what_it_is(method: str) -> None:
    assert METHODS[method].label and METHODS[method].formula
    assert METHODS[method].settings == METHODS[method].load().settings
    assert set(METHODS[method].settings) <= set(Experiment(CLOUDS).__dataclass_fields__)


def test_the_start_does_without_the_other_methods() -> None:
    code = "import sys, core.experiment; print([name for name in sys.modules if name.startswith('core.descents.')])"
    run_of_it = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run_of_it.stdout.strip() == "['core.descents.settings']", run_of_it.stderr


@pytest.mark.parametrize("method", METHODS)
def test_one_class_cannot_be_trained_on(method: str) -> None:
    assert not experiment(method, Dataset([[0.0, 0.0], [1.0, 2.0]], [1, 1])).trainable


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("sample", ["course", "course-1d", "ring"])
def test_every_method_lives_through_a_full_run(path: str, method: str, sample: str) -> None:
    of = experiment(method, make_sample(sample), degree=2 if sample == "ring" else 1, scaling="zscore")
    trace = run(of, 1000)
    assert trace.last == 1000
    assert np.isfinite(trace.J).all() and np.isfinite(trace.w).all()
    assert trace.J[-1] < trace.J[0]


@pytest.mark.parametrize("method", METHODS)
def test_a_run_that_diverges_stops_at_a_finite_row(path: str, method: str) -> None:
    # Adam takes steps of about alpha, and Newton's method is at the minimum at once: these two overflow elsewhere.
    alpha = {"newton": 50.0}.get(method, 1000.0)
    of = experiment(method, model="linear", alpha=alpha)
    descent = of.descent()
    descent.advance(20_000)
    trace = descent.trace()
    assert np.isfinite(trace.J).all() and np.isfinite(trace.w).all() and np.isfinite(trace.b).all()
    assert descent.diverged == (method != "adam")
    assert descent.iteration == trace.last
    assert descent.advance(10) == (10 if method == "adam" else 0)


def test_squares_that_overflow_stop_adam_where_it_would_stand_still_for_ever(path: str) -> None:
    descent = experiment("adam", Dataset([[1e150, 0.0], [0.0, 1.0]], [0, 1]), degree=2).descent()
    descent.advance(10)
    assert descent.diverged
    assert descent.iteration == 0


@pytest.mark.parametrize("method", METHODS)
def test_points_and_settings_change_under_a_run(path: str, method: str) -> None:
    descent = experiment(method).descent()
    descent.advance(50)
    w = descent.w
    more = blobs(4, 3000, 1, 1.2)
    descent.rebase(more.X, more.y, 1.0)
    assert descent.w.tolist() == w.tolist()
    descent.alpha = 0.01
    descent.advance(1000)
    trace = descent.trace()
    J = MODELS["logistic"].cost(more.X, more.y, trace.w[-1], trace.b[-1], 1.0)
    assert trace.J[-1] == pytest.approx(J, rel=1e-12)
    assert trace.last == 1050
    fewer = make_sample("course")
    descent.rebase(fewer.X, fewer.y, 0.0)
    descent.advance(10)
    assert descent.iteration == 1060 and math.isfinite(descent.J)


@pytest.mark.parametrize("method", OTHERS)
def test_a_column_that_repeats_another_stops_no_method(path: str, method: str) -> None:
    X = np.repeat(CLOUDS.X[:, :1], 2, axis=1)
    trace = run(experiment(method, Dataset(X, CLOUDS.y)), 200)
    assert trace.last == 200
    assert trace.J[-1] < 0.7 * trace.J[0]


# What can be chosen.


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"method": "sgd"}, "gradient, stochastic, mini-batch, momentum, nesterov, adam, newton"),
        ({"batch_size": 0}, "from 1 to"),
        ({"batch_size": 2.5}, "2.5"),
        ({"batch_size": True}, "True"),
        ({"seed": -1}, "from 0 to"),
        ({"momentum": 1.0}, "Momentum β 1 "),
        ({"momentum": -0.1}, "-0.1"),
        ({"momentum": math.nan}, "nan"),
        ({"method": "newton", "model": "squared"}, "convex"),
        ({"method": "adam", "update": "sequential"}, "one after the other"),
    ],
)
def test_what_is_not_possible_is_refused_in_one_sentence(changes: dict[str, object], words: str) -> None:
    with pytest.raises(SettingError) as refused:
        replace(Experiment(CLOUDS), **changes)  # type: ignore[arg-type]
    assert words in str(refused.value)


def test_a_method_or_one_of_its_settings_starts_the_run_again_and_others_do_not_matter() -> None:
    batches = Experiment(CLOUDS, method="mini-batch")
    for changes in ({"method": "adam"}, {"batch_size": 4}, {"seed": 1}):
        other = replace(batches, **changes)  # type: ignore[arg-type]
        assert not other.means_the_same_as(batches) and not other.trains_as(batches)
    assert replace(batches, momentum=0.5).trains_as(batches)
    assert replace(batches, alpha=0.5).means_the_same_as(batches)
    assert replace(Experiment(CLOUDS), seed=5, momentum=0.1, batch_size=2).trains_as(Experiment(CLOUDS))


# The stop rule of the course.


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("epsilon", [1e-3, 1e-5])
def test_the_stop_rule_ends_a_run_at_the_first_iteration_that_fell_by_less(path: str, method: str, epsilon: float) -> None:
    of = experiment(method, blobs(1, 60, 1, 1.2))
    trace = run(of, 3000)
    assert trace.stride == 1
    first = next((row for row in range(1, len(trace)) if trace.J[row - 1] - trace.J[row] < epsilon), None)
    assert first is not None
    descent = replace(of, stop_below=epsilon).descent()
    descent.advance(3000)
    assert descent.stopped
    assert descent.iteration == descent.trace().last == trace.iteration[first]
    np.testing.assert_allclose([*descent.w, descent.b], [*trace.w[first], trace.b[first]], rtol=1e-12)


def test_a_noisy_run_keeps_no_more_rows_than_can_be_thinned_quickly_and_all_of_its_range(path: str) -> None:
    iterations = 300_000 if path == "compiled" else 3_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(METHODS["stochastic"].load(), "most_rows", iterations // 3)
        descent = experiment("stochastic", make_sample("course")).descent()
        descent.advance(iterations)
    trace = descent.trace()
    assert iterations // 10 < len(trace) <= iterations // 3
    assert trace.iteration[[0, -1]].tolist() == [0, iterations]
    assert (np.diff(trace.iteration) <= trace.stride).all()
    again = run(experiment("stochastic", make_sample("course")), 100, trace.until(int(trace.iteration[len(trace) // 2])))
    assert again.last == trace.iteration[len(trace) // 2] + 100


@pytest.mark.parametrize("method", ["stochastic", "adam"])
def test_a_compiled_run_holds_nobody_up(method: str) -> None:
    """Without the interpreter's lock: this thread counts on while another one is inside a single call."""
    descent = experiment(method, blobs(1, 2000, 1, 1.2)).descent()
    worker = threading.Thread(target=descent.advance, args=(2_000_000 if method == "stochastic" else 50_000,))
    counted = 0
    worker.start()
    while worker.is_alive():
        counted += 1
    worker.join()
    assert counted > 10_000
