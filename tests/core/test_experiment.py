"""Experiment: every setting is checked when it is chosen, and an edit is another experiment."""

import math
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from core import logistic
from core.dataset import Dataset, Source
from core.errors import SettingError
from core.experiment import MAX_ALPHA, MAX_ITERATIONS, MAX_LAMBDA, Experiment
from core.features import FeatureMap
from core.samples import make_sample

COURSE = Experiment(make_sample("course"))

BAD = {
    "model": (["svm", "", "Logistic"], "logistic, linear"),
    "scaling": (["z-score", "", "standard"], "none, max, mean, minmax, zscore"),
    "degree": ([0, 7, -1, 1.0, 2.5, True, "2", math.nan], "whole number from 1 to 6"),
    "alpha": ([0, 0.0, -0.1, math.nan, math.inf, MAX_ALPHA * 1.001, "0.1", True, None], "above 0, up to 1,000,000"),
    "lambda_": ([-1e-9, math.nan, math.inf, MAX_LAMBDA * 1.001, "1", None], "from 0 to 1,000,000,000"),
    "threshold": ([0, 1, 0.0, 1.0, -0.1, 1.5, math.nan, "0.5", True, None], "above 0 and below 1"),
    "iterations": ([0, -5, MAX_ITERATIONS + 1, 10.0, True, "10", None], "whole number from 1 to 1,000,000,000"),
    "start": ([(), (1,), (1, 2), (1, 2, 3, 4), (1, 2, math.nan), (1, 2, math.inf), (1, 2, 1e101), (1, 2, "3")], "3 numbers, w1, w2, b"),
}
GOOD = {
    "model": ["logistic", "linear", "squared"],
    "threshold": [1e-9, 0.5, 1 - 1e-9, np.float64(0.3)],
    "scaling": ["none", "max", "mean", "minmax", "zscore"],
    "degree": [1, 6, np.int64(3)],
    "alpha": [1e-12, 1, MAX_ALPHA, np.float64(0.3)],
    "lambda_": [0, 0.0, MAX_LAMBDA, np.float64(0.3)],
    "iterations": [1, MAX_ITERATIONS, np.int64(7)],
    "start": [None, (1, 2, 3), (-1e100, 0.0, 1e100), tuple(np.arange(3.0))],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, (values, _) in BAD.items() for value in values])
def test_a_bad_value_is_refused_with_what_is_allowed(name: str, value: object) -> None:
    with pytest.raises(SettingError) as caught:
        replace(COURSE, **{name: value})
    message = str(caught.value)
    assert BAD[name][1] in message
    assert "\n" not in message
    assert caught.value.template.format(**caught.value.values) == message


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in GOOD.items() for value in values])
def test_a_good_value_is_kept(name: str, value: object) -> None:
    assert getattr(replace(COURSE, **{name: value}), name) == value


def test_the_message_names_the_value_that_was_given() -> None:
    with pytest.raises(SettingError, match=r"α -3"):
        replace(COURSE, alpha=-3)
    with pytest.raises(SettingError, match=r"Start 1, 2 "):
        replace(COURSE, start=(1, 2))


def test_without_settings_it_is_the_courses_run() -> None:
    assert (COURSE.model, COURSE.degree, COURSE.scaling) == ("logistic", 1, "none")
    assert (COURSE.alpha, COURSE.lambda_, COURSE.iterations, COURSE.start) == (0.1, 0.0, 10_000, None)


def test_it_is_frozen_and_an_edit_leaves_it_as_it_is() -> None:
    edit = replace(COURSE, alpha=0.5, degree=2)
    assert (edit.alpha, edit.degree, COURSE.alpha, COURSE.degree) == (0.5, 2, 0.1, 1)
    assert edit.dataset is COURSE.dataset
    with pytest.raises(FrozenInstanceError):
        COURSE.alpha = 0.5  # type: ignore[misc]


@pytest.mark.parametrize("degree", range(1, 7))
@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_start_has_one_number_for_each_term_and_one_for_b(n: int, degree: int) -> None:
    dataset = Dataset(np.zeros((2, n)), np.array([0.0, 1.0]), tuple(f"x{j}" for j in range(n)))
    experiment = Experiment(dataset, degree=degree)
    assert experiment.n_terms == experiment.features.n_terms == experiment.columns().shape[1]
    assert experiment.start_w.tolist() == [0.0] * experiment.n_terms
    assert experiment.start_b == 0.0
    begun = replace(experiment, start=tuple(range(experiment.n_terms + 1)))
    assert begun.start_w.tolist() == list(range(experiment.n_terms))
    assert begun.start_b == experiment.n_terms
    with pytest.raises(SettingError):
        replace(experiment, start=(0.0,) * (experiment.n_terms + 2))


def test_a_start_that_does_not_fit_another_degree_is_refused_with_it() -> None:
    begun = replace(COURSE, start=(1, 2, 3))
    with pytest.raises(SettingError, match="6 numbers, w1, w2, w3, w4, w5, b"):
        replace(begun, degree=2)
    assert replace(begun, degree=2, start=None).n_terms == 5


# The columns.


def test_the_columns_are_terms_scaled_on_the_dataset() -> None:
    experiment = replace(COURSE, degree=2, scaling="zscore")
    assert experiment.columns().shape == (6, 5)
    assert experiment.columns().mean(axis=0) == pytest.approx(0, abs=1e-12)
    assert experiment.columns().std(axis=0) == pytest.approx(1)


def test_a_run_whose_points_are_edited_keeps_the_map_it_was_fitted_with() -> None:
    before = replace(COURSE, scaling="zscore")
    edited = replace(before, dataset=before.dataset.with_point((100, 100), 1), fitted=before.features)
    assert (edited.columns()[:6] == before.columns()).all()
    fresh = replace(edited, fitted=None)
    assert not np.allclose(fresh.columns()[:6], before.columns())


@pytest.mark.parametrize("change", [{"degree": 2}, {"scaling": "minmax"}])
def test_a_fitted_map_of_other_settings_is_not_used(change: dict[str, object]) -> None:
    before = replace(COURSE, scaling="zscore")
    other = replace(before, fitted=before.features, **change)
    assert (other.columns() == replace(other, fitted=None).columns()).all()


def test_terms_too_large_for_a_number_are_refused_with_a_remedy() -> None:
    huge = Dataset(np.array([[1e150, 1.0], [-1e150, 2.0]]), np.array([0.0, 1.0]))
    for scaling in ("none", "max", "mean", "minmax", "zscore"):
        assert np.isfinite(Experiment(huge, degree=2, scaling=scaling).columns()).all()
        with pytest.raises(SettingError, match="lower degree"):
            Experiment(huge, degree=3, scaling=scaling).columns()


def test_without_examples_there_are_columns_and_a_start_but_nothing_to_train() -> None:
    empty = Experiment(Dataset(np.empty((0, 2)), np.empty(0)), degree=2, scaling="zscore")
    assert empty.columns().shape == (0, 5)
    assert not empty.trainable
    trace = empty.start_trace()
    assert (len(trace), trace.last, trace.w.shape) == (1, 0, (1, 5))
    assert math.isnan(trace.J[0])


def test_it_is_trainable_with_one_example_of_each_class() -> None:
    assert COURSE.trainable
    points = COURSE.dataset
    assert not replace(COURSE, dataset=points.without([0, 1, 2])).trainable
    assert not replace(COURSE, dataset=points.without([3, 4, 5])).trainable
    assert replace(COURSE, dataset=points.without([0, 1, 3, 4])).trainable


# Its descent.


def test_a_descent_takes_every_setting_from_the_experiment() -> None:
    experiment = replace(COURSE, model="linear", degree=2, scaling="zscore", alpha=0.2, lambda_=3.0, start=(1, 2, 3, 4, 5, 6))
    descent = experiment.descent()
    assert (descent.alpha, descent.lambda_, descent.model, descent.iteration) == (0.2, 3.0, "linear", 0)
    assert (*descent.w, descent.b) == (1, 2, 3, 4, 5, 6)
    squares = ((experiment.columns() @ descent.w + 6 - experiment.dataset.y) ** 2).sum()
    assert pytest.approx((squares + 3.0 * (1 + 4 + 9 + 16 + 25)) / 12) == descent.J


def test_a_descent_goes_on_from_the_end_of_a_trace_and_not_from_the_start() -> None:
    experiment = replace(COURSE, start=(1, 1, -3))
    first = experiment.descent()
    first.advance(5)
    second = replace(experiment, alpha=0.4).descent(first.trace())
    assert (second.iteration, second.alpha) == (5, 0.4)
    assert (second.w == first.w).all()
    assert pytest.approx(logistic.cost(COURSE.dataset.X, COURSE.dataset.y, first.w, first.b)) == second.J


# Whether a run can go on.


@pytest.mark.parametrize(
    "change", [{"alpha": 0.9}, {"lambda_": 2.0}, {"iterations": 5}, {"threshold": 0.2}, {"fitted": FeatureMap.fit(COURSE.dataset.X)}]
)
def test_w_and_b_keep_their_meaning_under(change: dict[str, object]) -> None:
    assert replace(COURSE, **change).means_the_same_as(COURSE)


@pytest.mark.parametrize("change", [{"model": "linear"}, {"model": "squared"}, {"degree": 2}, {"scaling": "zscore"}, {"start": (1, 2, 3)}])
def test_w_and_b_lose_their_meaning_under(change: dict[str, object]) -> None:
    assert not replace(COURSE, **change).means_the_same_as(COURSE)


def test_w_and_b_keep_their_meaning_while_points_are_edited_and_not_on_other_data() -> None:
    points = COURSE.dataset
    renamed = points.renamed(features=("a", "b"))
    for edited in (points.with_point((1, 1), 0), points.with_moved(0, (3, 3)), points.without([0]), renamed):
        assert replace(COURSE, dataset=edited).means_the_same_as(COURSE)
    for other in (
        make_sample("course"),
        make_sample("blobs"),
        replace(points, feature_names=("a", "b"), source=None),
        replace(points, source=Source("f")),
    ):
        assert not replace(COURSE, dataset=other).means_the_same_as(COURSE)


def test_examples_kept_back_are_not_trained_on_and_not_measured_for_scaling() -> None:
    dataset = Dataset([[0.0, 0.0], [2.0, 4.0], [100.0, 100.0]], [0, 1, 1], test=np.array([False, False, True]))
    experiment = Experiment(dataset, scaling="minmax")
    assert experiment.columns().tolist() == [[0.0, 0.0], [1.0, 1.0]]
    assert pytest.approx(math.log(2)) == experiment.descent().J
    assert experiment.trainable
    assert not Experiment(replace(dataset, test=np.array([True, False, False]))).trainable
