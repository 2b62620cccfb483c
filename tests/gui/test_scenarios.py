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
from core.verdict import Ending, Kind, Verdict
from gui.session import Session
from tests.gui.conftest import MakeSession
from tests.gui.hands import LONG_MS, settled, train_to_the_end


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


# The verdict on them.


def verdict(session: Session) -> Verdict:
    assert session.judge.now is not None
    return session.judge.now


@pytest.mark.parametrize(
    ("alpha", "last", "kind"),
    [
        (0.001, 0.608, Kind.CRAWLING),
        (0.01, 0.336, Kind.FALLING),
        (0.1, 0.183, Kind.FALLING),
        (1.0, 0.165, Kind.NEAR),
        (3.0, 0.165, Kind.AT_MINIMUM),
    ],
)
def test_scenario_2_too_small_right_and_large(run: Any, alpha: float, last: float, kind: Kind) -> None:
    session = run(blobs(1, 200, 1.0, 1.2), alpha=alpha, iterations=200)
    assert J(session, 200) == pytest.approx([last], abs=5e-4)
    found = verdict(session)
    assert found.J_min == pytest.approx(0.1649, abs=5e-5)
    assert found.stopped is Ending.LIMIT
    assert found.kind is kind


def test_scenario_3_at_the_edge_28_converges_and_29_ends_in_a_cycle_of_two(qtbot: QtBot, run: Any) -> None:
    session = run(blobs(1, 200, 1.0, 1.2), alpha=28.0, iterations=5000)
    assert verdict(session).kind is Kind.AT_MINIMUM
    assert session.bottom.now is not None and session.bottom.now.curvature is not None
    assert session.bottom.now.curvature.edge == pytest.approx(28.07, abs=0.005)
    for alpha, period, levels in ((29.0, 2, [0.1684, 0.1690]), (35.0, 2, [0.1905, 0.2017]), (60.0, 8, None)):
        session.edit("Change learning rate", alpha=alpha)
        session.restart()
        train_to_the_end(qtbot, session)
        found = verdict(session)
        assert (found.kind, found.period) == (Kind.CYCLING, period)
        assert levels is None or sorted(found.levels) == pytest.approx(levels, abs=5e-5)
        assert session.frame_now.trace.J.max() < 2.0, "J stays bounded"
    assert "Cycle of 8" in str(found.short)


def test_scenario_4_linear_regression_converges_below_its_edge_and_diverges_above(run: Any) -> None:
    assert verdict(run(blobs(1, 200, 1.0, 1.2), model="linear", alpha=0.5, iterations=200)).kind is Kind.AT_MINIMUM
    assert verdict(run(blobs(1, 200, 1.0, 1.2), model="linear", alpha=0.7, iterations=200)).kind is Kind.DIVERGING
    assert verdict(run(blobs(1, 200, 1.0, 1.2), model="linear", alpha=0.7, iterations=10_000)).kind is Kind.DIVERGING


def test_scenario_5_in_the_ravine_it_crawls_and_scaled_it_is_near_in_356_iterations(run: Any) -> None:
    assert verdict(run(make_sample("exams", 3), alpha=0.0005, iterations=10_000)).kind is Kind.CRAWLING
    assert verdict(run(make_sample("exams", 3), alpha=1.0, scaling="zscore", iterations=355)).kind is Kind.FALLING
    assert verdict(run(make_sample("exams", 3), alpha=1.0, scaling="zscore", iterations=356)).kind is Kind.NEAR


@pytest.mark.parametrize(("alpha", "above"), [(0.001, 3.20), (0.01, 1.34), (0.1, 0.40), (1.0, 0.09)])
def test_scenario_6_flat_is_not_finished(qtbot: QtBot, run: Any, alpha: float, above: float) -> None:
    session = run(blobs(1, 200, 1.0, 1.2), alpha=alpha, stop_below=1e-3)
    stopped_at = session.frame_now.iteration
    found = verdict(session)
    assert (found.kind, found.stopped) == (Kind.CRAWLING if alpha == 0.001 else Kind.FALLING, Ending.RULE)
    assert found.gap == pytest.approx(above, abs=0.006)
    trace = session.frame_now.trace
    falls = trace.J[:-1] - trace.J[1:]
    assert (falls[:-1] >= 1e-3).all() and falls[-1] < 1e-3
    assert session.status is Status.FINISHED
    assert f"in iteration {stopped_at}: {100 * (found.gap or 0):.{0 if above > 0.1 else 1}f} % above the minimum" in session.message
    session.edit("Change stop rule", stop_below=None)
    session.play()
    qtbot.waitUntil(lambda: session.status is Status.FINISHED and session.frame_now.iteration == 10_000, timeout=LONG_MS)
    assert session.frame_now.trace.w[stopped_at] == pytest.approx(trace.w[-1], abs=0), "it has gone on from where it stood"


def test_scenario_7_separable_classes_are_told_with_the_growth_of_w(qtbot: QtBot, run: Any) -> None:
    session = run(blobs(2, 100, 2.0, 0.7), alpha=1.0, iterations=100_000)
    for iteration, length, growth in ((1000, 3.63, 1.05), (10_000, 4.83, 1.20), (100_000, 6.13, 1.30)):
        session.seek(iteration)
        settled(qtbot, session)
        found = verdict(session)
        assert np.linalg.norm(session.frame_now.w) == pytest.approx(length, abs=0.005)
        assert found.kind is Kind.SEPARABLE
        assert found.growth == pytest.approx(growth, abs=0.006)
    session.edit("Change regularization", lambda_=1.0)
    session.restart()
    train_to_the_end(qtbot, session)
    assert verdict(session).kind is Kind.AT_MINIMUM


def test_scenario_11_a_rare_class_is_learned_as_far_as_j_goes(run: Any) -> None:
    session = run(make_sample("rare", 7), alpha=0.3, iterations=2000)
    assert verdict(session).kind is Kind.AT_MINIMUM, "it is not the descent that finds so few"
