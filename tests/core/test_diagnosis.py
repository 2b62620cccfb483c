"""The verdict on a run: near the minimum only where J is, diverging only what has no bound, and what a class is told is true."""

import math
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge

from core import kernels
from core.bottom import Bottom, Why, find_bottom
from core.dataset import Array, Dataset
from core.descents import machine
from core.diagnosis import diagnose
from core.experiment import Experiment
from core.models import MODELS
from core.samples import blobs, make_sample
from core.trace import Mark, TraceRecorder
from core.verdict import Ending, Kind, Verdict

CLOUDS = blobs(1, 200, 1.0, 1.2)
APART = blobs(2, 100, 2.0, 0.7)
TUMORS = make_sample("tumors")
GOOD = (Kind.NEAR, Kind.AT_MINIMUM)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    assert kernels.wait()
    machine.prepare()
    assert machine.wait()


def judge(data: Dataset, *at: int, stopped: Ending | None = None, known: bool = True, **chosen: Any) -> list[Verdict]:
    """Verdicts on one run at these iterations."""
    experiment = Experiment(data, **chosen)
    columns = experiment.columns()
    bottom = find_bottom(columns, data.training.y, experiment.model, experiment.lambda_) if known else None
    descent, verdicts = experiment.descent(), []
    for k in at:
        descent.advance(k - descent.iteration)
        verdicts.append(diagnose(experiment, descent.trace(), bottom, stopped=stopped, diverged=descent.diverged))
    return verdicts


def kinds(data: Dataset, *at: int, **chosen: Any) -> list[Kind]:
    return [verdict.kind for verdict in judge(data, *at, **chosen)]


def least_J(X: Array, y: Array, model: str, lambda_: float) -> float:
    """A J that can be reached, by scikit-learn: the least but for its last digits."""
    if model == "linear":
        fit = Ridge(alpha=lambda_, tol=1e-14).fit(X, y) if lambda_ else LinearRegression().fit(X, y)
        w, b = fit.coef_, float(fit.intercept_)
    else:
        C = 1 / lambda_ if lambda_ else np.inf
        fit = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-12, max_iter=300).fit(X, y)
        w, b = fit.coef_[0], float(fit.intercept_[0])
    return float(MODELS[model].cost(X, y, w, b, lambda_))


@st.composite
def runs(draw: st.DrawFn) -> Experiment:
    """Clouds that overlap or not, in units of their own, scaled or not."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    m = draw(st.sampled_from([4, 6, 20, 60]))
    distance = draw(st.sampled_from([0.0, 0.5, 1.0, 4.0]))
    y = (np.arange(m) >= m // 2).astype(float)
    n = draw(st.sampled_from([1, 2]))
    X = rng.normal(size=(m, n)) + distance * (2 * y[:, np.newaxis] - 1)
    if draw(st.booleans()):
        X = X * rng.uniform(5, 50, X.shape[1]) + rng.uniform(-100, 100, X.shape[1])
    return Experiment(
        Dataset(X, y, feature_names=("x1", "x2")[:n]),
        model=draw(st.sampled_from(["logistic", "logistic", "linear"])),
        scaling=draw(st.sampled_from(["none", "zscore", "minmax"])),
        alpha=10.0 ** draw(st.floats(-6, 3)),
        lambda_=draw(st.sampled_from([0.0, 0.0, 1.0, 30.0])),
        degree=draw(st.sampled_from([1, 1, 2])),
    )


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning", "ignore::scipy.linalg.LinAlgWarning", "ignore::RuntimeWarning")
@settings(max_examples=400, deadline=None)
@given(experiment=runs(), known=st.booleans())
def test_it_is_never_near_the_minimum_above_it_and_never_diverging_with_a_bound(experiment: Experiment, known: bool) -> None:
    X, y = experiment.columns(), experiment.dataset.y
    bottom = find_bottom(X, y, experiment.model, experiment.lambda_)
    least = least_J(X, y, experiment.model, experiment.lambda_)
    descent, verdicts = experiment.descent(), []
    for k in (1, 2, 5, 20, 100, 1000, 5000):
        descent.advance(k - descent.iteration)
        verdict = diagnose(experiment, descent.trace(), bottom if known else None, diverged=descent.diverged)
        assert verdict.kind is not Kind.NOT_STARTED
        if verdict.kind in GOOD:
            assert 1.01 * least + 1e-14 >= descent.J
        if not known:
            assert verdict.kind not in GOOD
        assert "%" not in str(verdict).replace(" %", "")
        verdicts.append((verdict, descent.J))
        if descent.diverged:
            break
    diverging = [J for verdict, J in verdicts if verdict.kind is Kind.DIVERGING]
    if diverging and not descent.diverged:
        descent.advance(20_000)
        assert descent.diverged or 1e6 * diverging[0] < descent.J, "it has grown since without end"


@pytest.mark.parametrize("alpha", [28.0, 28.05])
def test_just_below_the_edge_it_comes_to_the_minimum(alpha: float) -> None:
    assert kinds(CLOUDS, 20, 40, 2000, alpha=alpha)[1:] == [Kind.NEAR, Kind.AT_MINIMUM]


def test_beyond_the_edge_it_ends_in_a_cycle_between_two_costs() -> None:
    falling, leaving, cycling = judge(CLOUDS, 10, 200, 5000, alpha=29.0)
    assert falling.kind is Kind.FALLING
    assert "cannot come to rest" in str(falling)
    assert leaving.kind is Kind.AT_MINIMUM
    assert "lead away from it" in str(leaving)
    assert (cycling.kind, cycling.period) == (Kind.CYCLING, 2)
    assert sorted(cycling.levels) == pytest.approx([0.1684, 0.1690], abs=5e-5)
    assert str(cycling.short) == "Cycle of 2 · 0.1684 / 0.1690"
    assert "2/λmax = 28.07" in str(cycling.advice)


def test_a_large_alpha_makes_a_longer_cycle_and_a_huge_one_no_rest_but_none_diverges() -> None:
    (longer,), (huge,) = judge(CLOUDS, 2000, alpha=60.0), judge(CLOUDS, 5000, alpha=1000.0)
    assert (longer.kind, longer.period) == (Kind.CYCLING, 8)
    assert len(longer.levels) == 8
    assert (huge.kind, huge.period) == (Kind.CYCLING, None)
    assert "stays bounded" in str(huge)


def test_linear_regression_beyond_the_edge_diverges_from_the_first_rise_on() -> None:
    assert kinds(CLOUDS, 1, 3, 200, model="linear", alpha=0.7) == [Kind.FALLING, Kind.DIVERGING, Kind.DIVERGING]
    assert kinds(CLOUDS, 1, 200, model="linear", alpha=0.5) == [Kind.FALLING, Kind.AT_MINIMUM]
    (verdict,) = judge(CLOUDS, 200, model="linear", alpha=0.7)
    assert re.fullmatch(r"Diverging · J = 3\.0\d*e13", str(verdict.short))


def test_one_after_the_other_has_an_edge_of_its_own() -> None:
    sequential = {"model": "linear", "update": "sequential"}
    assert kinds(CLOUDS, 200, alpha=0.7, **sequential) == [Kind.AT_MINIMUM]
    assert kinds(CLOUDS, 200, alpha=3.0, **sequential) == [Kind.DIVERGING]


@pytest.mark.parametrize(
    ("method", "below", "beyond"), [("gradient", 0.66, 0.68), ("momentum", 1.26, 1.3), ("nesterov", 0.45, 0.46), ("newton", 1.9, 2.1)]
)
def test_every_method_has_an_edge_of_its_own_on_linear_regression(method: str, below: float, beyond: float) -> None:
    assert kinds(CLOUDS, 3000, model="linear", method=method, alpha=below) == [Kind.AT_MINIMUM]
    assert kinds(CLOUDS, 400, model="linear", method=method, alpha=beyond) == [Kind.DIVERGING]


def test_what_takes_a_few_examples_at_a_time_wanders_about_the_minimum() -> None:
    (verdict,) = judge(CLOUDS, 3000, method="mini-batch", alpha=3.0)
    assert verdict.kind is Kind.CYCLING
    assert "wander about" in str(verdict)


def test_a_large_lambda_makes_logistic_regression_diverge_where_alpha_lambda_over_m_exceeds_two() -> None:
    assert kinds(CLOUDS, 100, alpha=300.0, lambda_=2.0) == [Kind.DIVERGING]
    assert Kind.DIVERGING not in kinds(CLOUDS, 2, 100, 1000, alpha=190.0, lambda_=2.0)


def test_numbers_that_end_are_said_to_have_ended() -> None:
    (verdict,) = judge(CLOUDS, 5000, model="linear", alpha=1.5, stopped=Ending.LIMIT)
    assert verdict.kind is Kind.DIVERGING
    assert "no finite number" in str(verdict)


def test_separable_classes_have_no_minimum_and_the_growth_of_w_is_told() -> None:
    for verdict, growth in zip(judge(APART, 100, 1000, 10_000, 100_000, alpha=1.0), [0.81, 1.05, 1.20, 1.30], strict=True):
        assert verdict.kind is Kind.SEPARABLE
        assert verdict.growth == pytest.approx(growth, abs=0.006)
        assert verdict.J_min is None
    assert kinds(APART, 1000, alpha=1e-6) == [Kind.CRAWLING]
    assert kinds(APART, 5000, alpha=1.0, lambda_=1.0) == [Kind.AT_MINIMUM]


def test_classes_that_only_touch_have_no_minimum_either() -> None:
    touching = Dataset(np.array([[0.0], [1.0], [2.0], [2.0], [3.0], [4.0]]), np.array([0.0, 0, 0, 1, 1, 1]), feature_names=("x",))
    (verdict,) = judge(touching, 5000, alpha=1.0)
    assert verdict.kind is Kind.SEPARABLE
    assert str(verdict.short) == "No minimum · J → 0.2310"
    assert verdict.growth is not None
    assert verdict.growth > 1


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_for_no_minimum_has_its_words(why: Why) -> None:
    experiment = Experiment(CLOUDS)
    descent = experiment.descent()
    descent.advance(20)
    verdict = diagnose(experiment, descent.trace(), Bottom(why=why))
    assert verdict.J_min is None
    assert verdict.reason is not None or verdict.kind is Kind.SEPARABLE or why is Why.NO_EXAMPLES


def test_a_ravine_makes_it_crawl_and_the_advice_is_to_scale() -> None:
    exams = make_sample("exams", 3)
    (verdict,) = judge(exams, 10_000, alpha=0.0005, stopped=Ending.LIMIT)
    assert verdict.kind is Kind.CRAWLING
    assert verdict.needed is not None
    assert verdict.needed > 300_000
    assert "Scale the features" in str(verdict.advice)
    assert str(verdict).startswith("Stopped by the limit of 10,000 iterations, 243 % above the minimum.")
    assert str(verdict.short) == "Stopped · 3.43 × minimum"
    assert kinds(exams, 5, 357, 20_000, alpha=1.0, scaling="zscore") == [Kind.FALLING, Kind.NEAR, Kind.AT_MINIMUM]


def test_the_iterations_told_are_about_those_it_takes() -> None:
    (verdict,) = judge(CLOUDS, 2000, alpha=0.01)
    assert verdict.needed is not None
    first = next(k for k in range(2000, 20_000, 100) if kinds(CLOUDS, k, alpha=0.01) != [Kind.FALLING])
    assert verdict.needed < first - 2000 < 2 * verdict.needed, "at the rate of now, and the last stretch is slower"


def test_the_stop_rule_is_told_with_what_it_has_missed() -> None:
    (verdict,) = judge(CLOUDS, 10_000, alpha=0.01, stop_below=1e-3, stopped=Ending.RULE)
    assert str(verdict).startswith("Stopped by the rule, as J fell by less than 0.001 in iteration 134: 134 % above the minimum.")
    assert verdict.stopped is Ending.RULE


def test_of_squared_error_no_minimum_is_claimed() -> None:
    data = blobs(10, 100, 1.5, 1.0)
    flat, moving = judge(data, 100, alpha=1.0, model="squared", start=(-6, -6, 0)), judge(data, 20, alpha=1.0, model="squared")
    assert [flat[0].kind, moving[0].kind] == [Kind.CRAWLING, Kind.FALLING]
    assert all("no least J to compare with" in str(verdict) for verdict in (*flat, *moving))
    assert all(verdict.gap is None for verdict in (*flat, *moving))


def test_a_constant_feature_leaves_a_line_of_minima_and_j_is_compared_with_theirs() -> None:
    X = np.column_stack([CLOUDS.X[:, 0], np.full(CLOUDS.m, 3.0)])
    for verdict in judge(Dataset(X, CLOUDS.y), 20, 20_000, alpha=0.1):
        assert verdict.J_min == pytest.approx(least_J(X[:, :1], CLOUDS.y, "logistic", 0.0), rel=1e-9)
    assert kinds(Dataset(X, CLOUDS.y), 3, 20_000, alpha=0.1) == [Kind.FALLING, Kind.AT_MINIMUM]


def test_a_line_through_all_points_has_a_minimum_of_nothing() -> None:
    line = Dataset(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 1.0, 1.0]))
    (verdict,) = judge(line, 10, model="linear", alpha=0.1)
    assert (verdict.kind, str(verdict.short)) == (Kind.FALLING, "J is falling")
    assert kinds(line, 30_000, model="linear", alpha=0.5) == [Kind.AT_MINIMUM]


def test_while_the_minimum_is_not_known_none_is_claimed() -> None:
    (verdict,) = judge(CLOUDS, 200, alpha=3.0, known=False)
    assert verdict.kind not in GOOD
    assert "still being computed" in str(verdict)


def test_of_a_minimum_that_belongs_to_another_j_nothing_is_believed() -> None:
    experiment = Experiment(CLOUDS, alpha=1.0)
    descent = experiment.descent()
    descent.advance(100)
    harder = find_bottom(blobs(3, 200, 0.1, 2.0).X, CLOUDS.y)
    assert diagnose(experiment, descent.trace(), harder).kind is Kind.FALLING


def test_a_run_is_judged_by_what_came_after_the_last_change() -> None:
    """A cycle of two ends with another alpha: at the next row nothing of it is said any more."""
    experiment = Experiment(CLOUDS, alpha=35.0)
    descent = experiment.descent()
    descent.advance(1000)
    bottom = find_bottom(CLOUDS.X, CLOUDS.y)
    assert diagnose(experiment, descent.trace(), bottom).kind is Kind.CYCLING
    descent.alpha = 1.0
    descent.mark("alpha")
    assert descent.trace().marks == (Mark(1000, "alpha"),)
    verdict = diagnose(replace(experiment, alpha=1.0), descent.trace(), bottom)
    assert verdict.kind is Kind.FALLING
    assert verdict.needed is not None
    assert math.isfinite(verdict.needed)


def test_a_run_so_long_that_its_rows_are_thinned_is_judged_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class SmallRecorder(TraceRecorder):
        def __init__(self, n: int, max_bytes: int = 0) -> None:
            super().__init__(n, max_bytes=400 * 8 * (n + 3))

    whole = [judge(CLOUDS, 20_000, alpha=alpha)[0] for alpha in (0.001, 0.1, 29.0, 60.0, 300.0)]
    monkeypatch.setattr("core.descent.TraceRecorder", SmallRecorder)
    thinned = [judge(CLOUDS, 20_000, alpha=alpha)[0] for alpha in (0.001, 0.1, 29.0, 60.0, 300.0)]
    assert [(v.kind, v.period) for v in thinned] == [(v.kind, v.period) for v in whole]


def test_before_the_first_iteration_there_is_nothing_to_judge() -> None:
    assert kinds(CLOUDS, 0) == [Kind.NOT_STARTED]


def test_bouncing_that_falls_is_told_from_bouncing_that_does_not() -> None:
    exams = make_sample("exams", 3)
    bottom = find_bottom(exams.X, exams.y)
    assert bottom.curvature is not None
    assert kinds(exams, 60, alpha=bottom.curvature.edge * 0.8)[0] in (Kind.BOUNCING, Kind.FALLING, Kind.CRAWLING)
    assert kinds(exams, 5000, alpha=0.005) == [Kind.CYCLING]


def test_a_large_lambda_at_the_end_of_a_run_is_seen_to_diverge_before_the_next_iteration_is_made() -> None:
    experiment = Experiment(TUMORS, scaling="zscore", alpha=0.1)
    descent = experiment.descent()
    descent.advance(10_000)
    changed = replace(experiment, lambda_=1e5)
    columns, y = changed.columns(), TUMORS.training.y
    descent.rebase(columns, y, 1e5)
    descent.mark("lambda")
    assert diagnose(changed, descent.trace(), find_bottom(columns, y, "logistic", 1e5)).kind is Kind.DIVERGING


@pytest.mark.parametrize("method", ["mini-batch", "stochastic", "momentum", "nesterov"])
def test_a_large_lambda_makes_every_method_that_takes_steps_of_the_gradient_diverge(method: str) -> None:
    assert kinds(TUMORS, 20, 50, scaling="zscore", alpha=0.1, lambda_=1e5, method=method) == [Kind.DIVERGING] * 2


def test_a_mini_batch_that_falls_for_once_at_an_enormous_j_still_diverges() -> None:
    for alpha in (1.0, 1.5, 2.0):
        for verdict in judge(CLOUDS, *range(2, 600, 7), model="linear", method="mini-batch", batch_size=2, alpha=alpha):
            assert verdict.gap is None or verdict.gap < 1e45


def test_a_mini_batch_run_whose_j_is_the_lowest_so_far_falls() -> None:
    for verdict in judge(TUMORS, 100, 200, 300, 500, scaling="zscore", alpha=0.1, method="mini-batch"):
        assert verdict.kind is Kind.BOUNCING
        assert "falls all the same" in str(verdict)


@pytest.mark.parametrize("alpha", [0.01, 0.1, 0.5, 1.0])
def test_a_swing_of_momentum_that_dies_out_on_linear_regression_is_no_lack_of_rest(alpha: float) -> None:
    found = kinds(TUMORS, *range(9, 200, 3), scaling="zscore", alpha=alpha, method="momentum", model="linear")
    assert set(found) <= {Kind.FALLING, Kind.BOUNCING, Kind.NEAR, Kind.AT_MINIMUM}
    assert found[-1] in GOOD


@pytest.mark.parametrize("chosen", [{"method": "mini-batch", "alpha": 3.0}, {"method": "mini-batch", "alpha": 10.0}, {"alpha": 1000.0}])
def test_what_wanders_about_at_the_same_height_is_hardly_ever_said_to_fall(chosen: dict[str, Any]) -> None:
    found = kinds(CLOUDS, *range(2000, 22_000, 500), **chosen)
    assert found.count(Kind.CYCLING) >= 0.9 * len(found)


@pytest.mark.parametrize("chosen", [{}, {"model": "linear"}])
def test_a_rule_that_stops_at_a_rise_says_so(chosen: dict[str, Any]) -> None:
    (verdict,) = judge(TUMORS, 10_000, alpha=0.1, stop_below=1e-3, stopped=Ending.RULE, **chosen)
    assert str(verdict).startswith("Stopped by the rule, as J rose instead of falling by 0.001 in iteration 1")


@pytest.mark.parametrize("stopped", list(Ending))
def test_an_ending_says_how_far_above_the_minimum_it_is_unless_that_is_hardly_any(stopped: Ending) -> None:
    bouncing, near = judge(TUMORS, 1000, alpha=0.1, stopped=stopped)[0], judge(CLOUDS, 300, alpha=1.0, stopped=stopped)[0]
    assert bouncing.kind in (Kind.BOUNCING, Kind.CYCLING)
    assert near.kind in GOOD
    assert "% above the minimum" in str(bouncing.ending)
    assert "above" not in str(near.ending)


def test_a_j_of_next_to_nothing_is_not_crawling_where_a_boundary_separates_the_classes() -> None:
    verdicts = judge(make_sample("course"), 100, 500, 5000, alpha=100.0)
    assert [verdict.kind for verdict in verdicts] == [Kind.SEPARABLE] * 3
    assert "next to nothing" in str(verdicts[1])
