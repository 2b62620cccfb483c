"""Simultaneous updates and updates one after the other: the rules, their runs, and the classroom's scenario on them."""

import math

import numpy as np
import pytest

from core import kernels, linear, logistic
from core.descent import Descent, descend
from core.errors import SettingError
from core.experiment import Experiment
from core.models import MODELS
from core.other_path import other_path
from core.samples import blobs, make_sample
from core.update_rules import UPDATES, other_update, sequential, simultaneous


def by_hand(X: list[list[float]], y: list[float], w: list[float], b: float, alpha: float, lambda_: float) -> tuple[list[float], float]:
    """One update of logistic regression, one parameter after the other, in plain Python."""
    w, m = list(w), len(X)

    def errors() -> list[float]:
        return [1 / (1 + math.exp(-(sum(w[j] * x[j] for j in range(len(w))) + b))) - label for x, label in zip(X, y, strict=True)]

    for j in range(len(w)):
        w[j] -= alpha * (sum(error * x[j] for error, x in zip(errors(), X, strict=True)) / m + lambda_ / m * w[j])
    b -= alpha * sum(errors()) / m
    return w, b


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [1, 2, 5])
def test_one_after_the_other_is_what_a_loop_written_by_hand_does(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(17, n)), (rng.random(17) < 0.5).astype(float)
    w, b, alpha, lambda_ = rng.normal(size=n), float(rng.normal()), float(rng.uniform(0.1, 5)), float(rng.uniform(0, 3))
    before = w.copy()
    new_w, new_b = sequential(logistic, X, y, w, b, alpha, lambda_)
    hand_w, hand_b = by_hand(X.tolist(), y.tolist(), w.tolist(), b, alpha, lambda_)
    np.testing.assert_allclose([*new_w, new_b], [*hand_w, hand_b], rtol=1e-12, atol=1e-14)
    assert (w == before).all(), "the w that was handed in is left alone"


@pytest.mark.parametrize("math_", [logistic, linear])
def test_simultaneous_takes_every_derivative_before_it_overwrites_anything(math_) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(3)
    X, y, w = rng.normal(size=(9, 2)), np.array([0, 1, 1, 0, 1, 0, 0, 1, 1.0]), np.array([0.3, -1.2])
    dj_dw, dj_db = math_.gradient(X, y, w, 0.4, 0.7)
    new_w, new_b = simultaneous(math_, X, y, w, 0.4, 2.0, 0.7)
    np.testing.assert_array_equal(new_w, w - 2.0 * dj_dw)
    assert new_b == 0.4 - 2.0 * dj_db


@pytest.mark.parametrize("model", MODELS)
def test_a_sequential_descent_is_its_rule_again_and_again(model: str) -> None:
    data = blobs(1, 200, 1, 1.2)
    descent = Descent(data.X, data.y, alpha=0.05, lambda_=1.0, model=model, update="sequential")
    descent.advance(40)
    w, b = np.zeros(2), 0.0
    for _ in range(40):
        w, b = sequential(MODELS[model], data.X, data.y, w, b, 0.05, 1.0)
    trace = descent.trace()
    assert trace.iteration.tolist() == list(range(41))
    np.testing.assert_allclose([*trace.w[-1], trace.b[-1]], [*w, b], rtol=1e-12)
    assert trace.J[-1] == pytest.approx(MODELS[model].cost(data.X, data.y, w, b, 1.0), rel=1e-12)


def test_the_numpy_path_makes_the_same_simultaneous_updates_as_the_kernel() -> None:
    kernels.wait()
    data = make_sample("course")
    trace = descend(data.X, data.y, alpha=0.1, iterations=50)
    w, b = np.zeros(2), 0.0
    for _ in range(50):
        w, b = UPDATES["simultaneous"](logistic, data.X, data.y, w, b, 0.1, 0.0)
    np.testing.assert_allclose([*trace.w[-1], trace.b[-1]], [*w, b], rtol=1e-12)


def distances(alpha: float, iterations: int) -> list[float]:
    """How far the paths of the two rules are from each other in the plane of w1 and w2, iteration by iteration."""
    experiment = Experiment(blobs(1, 200, 1, 1.2), alpha=alpha)
    descent = experiment.descent()
    descent.advance(iterations)
    apart: list[float] = np.linalg.norm(descent.trace().w - other_path(experiment, iterations).w, axis=1).tolist()
    return apart


def test_scenario_9_the_paths_part_at_once_and_end_at_the_same_point() -> None:
    apart = distances(3.0, 2_000)
    assert apart[1] == pytest.approx(0.53, abs=0.005) == max(apart)
    assert apart[-1] < 1e-9
    assert max(distances(0.1, 1_000)) == pytest.approx(0.0045, abs=0.00005)


def test_the_other_path_of_each_rule_is_the_run_of_the_other() -> None:
    for update in UPDATES:
        experiment = Experiment(make_sample("course"), update=update, start=(1.0, -1.0, 0.5))
        peer = Experiment(make_sample("course"), update=other_update(update), start=(1.0, -1.0, 0.5)).descent()
        peer.advance(30)
        path = other_path(experiment, 30)
        np.testing.assert_array_equal(path.w, peer.trace().w)
        np.testing.assert_array_equal(path.b, peer.trace().b)


def test_a_sequential_run_that_diverges_stops_at_the_last_finite_row() -> None:
    trace = other_path(Experiment(make_sample("course"), model="linear", alpha=1e5), 2_000)
    assert 0 < trace.last < 2_000
    assert np.isfinite(trace.J).all()


def test_another_rule_starts_the_run_again_and_one_that_is_unknown_is_refused() -> None:
    experiment = Experiment(make_sample("course"))
    assert not Experiment(experiment.dataset, update="sequential").means_the_same_as(experiment)
    with pytest.raises(SettingError) as refused:
        Experiment(experiment.dataset, update="random")
    assert "simultaneous, sequential" in str(refused.value)
