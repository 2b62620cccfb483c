"""The classroom scenarios, carried out in the session as a class does it, with the figures that a lesson built on them may promise."""

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from sklearn.linear_model import LogisticRegression

from core import logistic
from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import Frame
from core.quality import frame_confusion
from core.samples import blobs, make_sample
from core.trace import Trace
from core.trainer import Status
from gui.session import Session
from tests.gui.conftest import MakeSession
from tests.gui.hands import train_to_the_end


@pytest.fixture
def run(qtbot: QtBot, make_session: MakeSession) -> Any:
    """run(dataset, alpha=…) → the session after its run."""

    def make(dataset: Dataset | None = None, **settings: Any) -> Session:
        session = make_session(dataset, **settings)
        train_to_the_end(qtbot, session)
        return session

    return make


def at(trace: Trace, iteration: int) -> int:
    row = trace.row_at(iteration)
    assert trace.iteration[row] == iteration
    return row


def J(session: Session, *iterations: int) -> list[float]:
    trace = session.frame_now.trace
    return [float(trace.J[at(trace, k)]) for k in iterations]


def accuracy(session: Session, iteration: int) -> float:
    session.seek(iteration)
    assert session.frame_now.iteration == iteration
    return session.frame_now.accuracy()


def mistakes(frame: Frame) -> int:
    counts = frame_confusion(frame)
    return counts.false_positive + counts.false_negative


def least_J(experiment: Experiment) -> float:
    """The minimum of J by scikit-learn."""
    X, y = experiment.columns(), experiment.dataset.y
    fit = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(X, y)
    return float(logistic.cost(X, y, fit.coef_[0], float(fit.intercept_[0])))


def test_scenario_1_first_descent(run: Any) -> None:
    session = run(alpha=0.1, iterations=10_000)
    assert J(session, 1, 100, 1000, 10_000) == pytest.approx([0.684610468560574, 0.530, 0.159, 0.0171], rel=3e-3)
    assert accuracy(session, 1000) == 1.0


@pytest.mark.parametrize("alpha", [0.5, 0.7])
def test_scenario_4_real_divergence_belongs_to_linear_regression(run: Any, alpha: float) -> None:
    session = run(blobs(1, 200, 1.0, 1.2), model="linear", alpha=alpha, iterations=200)
    (last,) = J(session, 200)
    if alpha == 0.5:
        assert last == pytest.approx(0.0418, abs=5e-5)
    else:
        assert last == pytest.approx(3e13, rel=0.02)


def test_scenario_5_the_unscaled_ravine_is_slow_and_bounces(run: Any) -> None:
    slow = run(make_sample("exams", 3), alpha=0.0005, iterations=100_000)
    assert J(slow, 10_000, 100_000) == pytest.approx([0.643, 0.499], abs=5e-4)
    assert least_J(Experiment(make_sample("exams", 3), scaling="zscore")) == pytest.approx(0.1875, abs=5e-5)
    bouncing = run(make_sample("exams", 3), alpha=0.005, iterations=10_000)
    assert bouncing.frame_now.trace.J.max() == pytest.approx(8.3, abs=0.05)


@pytest.mark.parametrize(("alpha", "iterations"), [(1.0, 356), (10.0, 31)])
def test_scenario_5_scaled_it_is_within_one_percent_of_the_minimum_in_so_many_iterations(run: Any, alpha: float, iterations: int) -> None:
    session = run(make_sample("exams", 3), alpha=alpha, scaling="zscore", iterations=1000)
    trace = session.frame_now.trace
    near = 1.01 * least_J(session.experiment) >= trace.J
    assert int(trace.iteration[np.argmax(near)]) == iterations


def test_scenario_7_the_weights_never_stop_until_lambda_stops_them(qtbot: QtBot, run: Any) -> None:
    session = run(blobs(2, 100, 2.0, 0.7), alpha=1.0, iterations=100_000)
    trace = session.frame_now.trace
    lengths = [float(np.linalg.norm(trace.w[at(trace, 10**k)])) for k in range(1, 6)]
    assert lengths == pytest.approx([1.77, 2.58, 3.63, 4.83, 6.13], abs=0.005)
    session.edit("Change regularization", lambda_=1.0)
    session.restart()
    train_to_the_end(qtbot, session)
    assert np.linalg.norm(session.frame_now.w) == pytest.approx(1.90, abs=0.005)
    assert np.linalg.norm(session.frame_now.trace.w[at(session.frame_now.trace, 1000)]) == pytest.approx(1.90, abs=0.005)


@pytest.mark.parametrize("seed", range(8))
def test_scenario_8_outliers_break_the_line_and_not_the_curve(qtbot: QtBot, run: Any, seed: int) -> None:
    session = run(make_sample("outliers", seed), alpha=0.1, iterations=5000)
    assert mistakes(session.frame_now) == 0
    session.edit("Change model", model="linear", alpha=0.001, iterations=200_000)
    train_to_the_end(qtbot, session)
    assert 9 <= mistakes(session.frame_now) <= 23


def test_scenario_10_the_flat_sigmoid(qtbot: QtBot, run: Any) -> None:
    session = run(blobs(10, 100, 1.5, 1.0), alpha=1.0, iterations=2000, start=(-6.0, -6.0, 0.0))
    assert accuracy(session, 0) <= 0.05
    assert accuracy(session, 6) >= 0.95
    session.edit("Change model", model="squared")
    train_to_the_end(qtbot, session)
    assert accuracy(session, 6) <= 0.05
    assert accuracy(session, 2000) == 0.5


def test_scenario_11_a_rare_class_is_accurate_and_yet_not_found(run: Any) -> None:
    session = run(make_sample("rare", 7), alpha=0.3, iterations=2000)
    half = frame_confusion(session.frame_now)
    assert (half.accuracy, half.recall) == pytest.approx((0.96, 0.40), abs=0.005)
    assert session.experiment.dataset.class_counts()[0] / 400 == 0.95
    session.edit("Change threshold", threshold=0.1)
    low = frame_confusion(session.frame_now)
    assert (low.recall, low.precision) == pytest.approx((0.75, 1 / 3), abs=0.005)
    assert session.status is Status.FINISHED


@pytest.mark.parametrize(("sample", "seed"), [("xor", 8), ("ring", 9)])
def test_scenario_12_degree_2_separates_what_no_line_can(qtbot: QtBot, run: Any, sample: str, seed: int) -> None:
    session = run(make_sample(sample, seed), scaling="zscore", alpha=1.0, iterations=1000)
    assert session.frame_now.accuracy() == pytest.approx(0.62, abs=0.02)
    session.edit("Change degree", degree=2)
    assert session.frame_now.iteration == 0
    train_to_the_end(qtbot, session)
    assert session.frame_now.accuracy() == 1.0
