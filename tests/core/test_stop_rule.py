"""The stop rule of the course: a run ends at the first iteration in which J falls by less than ε, at any speed, and in a long run too."""

from dataclasses import replace

import numpy as np
import pytest

from core import kernels
from core.bottom import find_bottom
from core.descent import Descent, descend
from core.descents import METHODS, machine
from core.experiment import Experiment
from core.samples import blobs
from core.stop_rule import first_small_fall
from core.trace import TraceRecorder

CLOUDS = blobs(1, 200, 1.0, 1.2)


class SmallRecorder(TraceRecorder):
    """Holds 120 rows."""

    def __init__(self, n: int, max_bytes: int = 0) -> None:
        super().__init__(n, max_bytes=120 * 8 * (n + 3))


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    assert kernels.wait()
    machine.prepare()
    assert machine.wait()


def first_by_definition(J: list[float], epsilon: float) -> int | None:
    return next((k for k in range(1, len(J)) if J[k - 1] - J[k] < epsilon), None)


def test_it_is_the_first_iteration_in_which_j_falls_by_less_than_epsilon() -> None:
    assert first_small_fall(np.array([1.0, 0.5, 0.4, 0.35, 0.34]), 0.06) == 3
    assert first_small_fall(np.array([1.0, 0.5, 0.4]), 0.06) is None
    assert first_small_fall(np.array([1.0, 1.2, 0.4]), 0.06) == 1, "a rise is no fall of ε either"
    assert first_small_fall(np.array([1.0]), 0.06) is None


@pytest.mark.parametrize("chunks", [[20_000], [1] * 400, [7, 400, 3, 20_000]])
@pytest.mark.parametrize(("alpha", "epsilon"), [(0.01, 1e-4), (0.1, 1e-3), (28.0, 1e-3), (0.1, 1e-9)])
def test_a_run_ends_at_that_very_iteration_however_it_is_cut_into_chunks(chunks: list[int], alpha: float, epsilon: float) -> None:
    truth = descend(CLOUDS.X, CLOUDS.y, alpha=alpha, iterations=sum(chunks))
    expected = first_by_definition(truth.J.tolist(), epsilon)
    descent = Descent(CLOUDS.X, CLOUDS.y, alpha=alpha, stop_below=epsilon)
    made = sum(descent.advance(chunk) for chunk in chunks)
    assert descent.iteration == made == (sum(chunks) if expected is None else expected)
    assert descent.stopped is (expected is not None)
    assert not descent.diverged
    trace = descent.trace()
    assert trace.iteration.tolist() == list(range(made + 1))
    assert (truth.J[: made + 1] == trace.J).all()
    assert descent.w == pytest.approx(truth.w[made], abs=0)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_ends_at_that_very_iteration(method: str) -> None:
    experiment = Experiment(CLOUDS, method=method, alpha=0.05, seed=4)
    plain = experiment.descent()
    J = [plain.J] + [plain.J for _ in range(300) if plain.advance(1)]
    expected = first_by_definition(J, 1e-3)
    assert expected is not None
    descent = replace(experiment, stop_below=1e-3).descent()
    while descent.advance(70):
        pass
    assert (descent.iteration, descent.stopped) == (expected, True)
    assert pytest.approx(J[expected], rel=1e-12) == descent.J


@pytest.mark.parametrize("update", ["simultaneous", "sequential"])
def test_it_ends_there_when_most_iterations_leave_no_row_any_more(update: str, monkeypatch: pytest.MonkeyPatch) -> None:
    epsilon = 1e-5
    plain = Descent(CLOUDS.X, CLOUDS.y, alpha=0.05, update=update)
    plain.advance(2000)
    truth = plain.trace()
    expected = first_by_definition(truth.J.tolist(), epsilon)
    assert expected is not None
    assert expected > 300
    monkeypatch.setattr("core.descent.TraceRecorder", SmallRecorder)
    descent = Descent(CLOUDS.X, CLOUDS.y, alpha=0.05, update=update, stop_below=epsilon)
    while descent.advance(50):
        pass
    assert (descent.iteration, descent.stopped) == (expected, True)
    trace = descent.trace()
    assert trace.stride > 1
    assert trace.last == expected
    assert (truth.J[trace.iteration] == trace.J).all()


def test_a_run_that_diverges_before_it_falls_less_ends_where_it_would_without_the_rule() -> None:
    descent = Experiment(CLOUDS, model="linear", alpha=0.7, stop_below=1e-3).descent()
    descent.advance(1000)
    assert (descent.stopped, descent.diverged) == (True, False)
    assert descent.trace().J[-1] > descent.trace().J[-2] - 1e-3


@pytest.mark.parametrize(("alpha", "above"), [(0.001, 3.20), (0.01, 1.34), (0.1, 0.40), (1.0, 0.09)])
def test_with_a_small_alpha_it_stops_far_above_the_minimum(alpha: float, above: float) -> None:
    bottom = find_bottom(CLOUDS.X, CLOUDS.y)
    assert bottom.minimum is not None
    descent = Experiment(CLOUDS, alpha=alpha, stop_below=1e-3).descent()
    descent.advance(10_000)
    assert pytest.approx(above, abs=0.006) == descent.J / bottom.minimum.J - 1


def test_without_a_rule_nothing_ends_a_run() -> None:
    descent = Experiment(CLOUDS, alpha=0.001).descent()
    assert descent.advance(10_000) == 10_000
    assert not descent.ended
