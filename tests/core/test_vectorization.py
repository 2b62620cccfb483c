"""One iteration as loops, as NumPy and compiled: the same w and b, and times that say what was measured."""

import numpy as np
import pytest

from core import kernels, vectorization
from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import Frame
from core.models import MODELS
from core.samples import blobs
from core.trace import Trace
from core.update_rules import simultaneous
from core.vectorization import KERNEL, LOOPS, NUMPY, WAYS, Problem, compiled, looped, measure, problem_of


def random_problem(seed: int, model: str, m: int = 60, n: int = 2) -> Problem:
    rng = np.random.default_rng(seed)
    X, y = np.asfortranarray(rng.normal(size=(m, n)) * 2), (rng.random(m) < 0.5).astype(float)
    return Problem(X, y, rng.normal(size=n) * 2, float(rng.normal()), float(rng.uniform(0.1, 2)), float(rng.uniform(0, 2)), model)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("n", [1, 2, 7])
@pytest.mark.parametrize("way", [looped, compiled])
def test_every_way_leads_to_the_w_and_b_of_the_specification(way, model: str, n: int) -> None:  # type: ignore[no-untyped-def]
    assert kernels.wait()
    for seed in range(3):
        problem = random_problem(seed, model, n=n)
        w, b = simultaneous(MODELS[model], problem.X, problem.y, problem.w, problem.b, problem.alpha, problem.lambda_)
        found_w, found_b = way(problem)
        np.testing.assert_allclose([*found_w, found_b], [*w, b], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("way", WAYS)
def test_a_measurement_says_how_long_and_that_the_result_is_right(way: str) -> None:
    assert kernels.wait()
    timing = measure(way, random_problem(1, "logistic"))
    assert timing is not None
    assert (timing.way, timing.examples, timing.m, timing.equal) == (way, 60, 60, True)
    assert timing.elapsed_s > 0


def test_a_wrong_result_is_said_to_be_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_problem(1, "logistic")
    w, b = looped(problem)
    monkeypatch.setattr(vectorization, "looped", lambda _: (w + 2e-12 * np.maximum(1, np.abs(w)), b))
    timing = measure(LOOPS, problem)
    assert timing is not None
    assert not timing.equal


def test_of_very_many_examples_loops_go_through_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectorization, "MOST_LOOPED", 50)
    problem = random_problem(2, "logistic", m=200)
    timing = measure(LOOPS, problem)
    assert timing is not None
    assert (timing.examples, timing.m, timing.equal) == (50, 200, True)
    np.testing.assert_array_equal(timing.w, looped(problem.part(50))[0])
    whole = measure(NUMPY, problem)
    assert whole is not None
    assert whole.examples == 200


def test_while_the_kernel_is_not_compiled_there_is_no_time_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "current", lambda: kernels.numpy_advance)
    assert measure(KERNEL, random_problem(3, "logistic")) is None


def test_huge_values_are_measured_without_a_warning() -> None:
    assert kernels.wait()
    problem = random_problem(4, "logistic")
    far = Problem(problem.X * 1e3, problem.y, problem.w * 1e3, 5.0, 1.0, 0.0, "logistic")
    assert all(timing is not None and timing.equal for timing in (measure(way, far) for way in WAYS))


def test_the_problem_is_the_iteration_after_the_frame() -> None:
    experiment = Experiment(blobs(1, 20, 1, 1.2), scaling="zscore", degree=2, alpha=0.3, lambda_=1.0)
    trace = Trace(np.array([4]), np.arange(5.0)[np.newaxis], np.array([0.5]), np.zeros(1))
    problem = problem_of(Frame(experiment, trace, 4))
    assert problem is not None
    np.testing.assert_array_equal(problem.X, experiment.columns())
    assert (problem.w.tolist(), problem.b, problem.alpha, problem.lambda_) == ([0, 1, 2, 3, 4], 0.5, 0.3, 1.0)
    nothing = Experiment(Dataset(np.empty((0, 2)), []))
    assert problem_of(Frame(nothing, nothing.start_trace(), 0)) is None
