"""Confusion matrix, its shares, and the ROC curve, against scikit-learn."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as oracle

from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import ROWS_AT_ONCE, Frame
from core.metrics import Confusion, accuracy, confusion
from core.models import MODELS
from core.quality import MOST_POINTS, frame_confusion, frame_roc, scores, threshold_at
from core.roc import roc_curve
from core.trace import Trace


def a_frame(m: int, seed: int = 0, threshold: float = 0.5, model: str = "logistic") -> Frame:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(m, 2))
    experiment = Experiment(Dataset(X, (X[:, 0] + rng.normal(size=m) > 0).astype(float)), model=model, degree=2, threshold=threshold)
    w, b = rng.normal(size=5), float(rng.normal())
    return Frame(experiment, Trace(np.zeros(1, dtype=np.int64), w[np.newaxis], np.array([b]), np.array([0.5])), 0)


@settings(deadline=None)
@given(m=st.integers(1, 60), seed=st.integers(0, 1000), threshold=st.sampled_from([0.01, 0.3, 0.5, 0.9]))
def test_the_matrix_and_its_shares_are_those_of_scikit_learn(m: int, seed: int, threshold: float) -> None:
    rng = np.random.default_rng(seed)
    f, y = rng.integers(0, 10, m) / 10, rng.integers(0, 2, m).astype(float)
    counts, predicted = confusion(f, y, threshold), f >= threshold
    expected = oracle.confusion_matrix(y, predicted, labels=[0, 1]).ravel().tolist()
    assert [counts.true_negative, counts.false_positive, counts.false_negative, counts.true_positive] == expected
    assert counts.m == m
    assert counts.accuracy == pytest.approx(oracle.accuracy_score(y, predicted)) == accuracy(f, y, threshold)
    for mine, theirs in ((counts.precision, oracle.precision_score), (counts.recall, oracle.recall_score), (counts.f1, oracle.f1_score)):
        assert mine == pytest.approx(theirs(y, predicted, zero_division=math.nan), nan_ok=True)


def test_a_share_of_nothing_is_no_number() -> None:
    none_predicted = Confusion(5, 0, 3, 0)
    assert math.isnan(none_predicted.precision)
    assert none_predicted.recall == 0.0
    assert math.isnan(Confusion(5, 2, 0, 0).recall)
    assert math.isnan(Confusion(0, 0, 0, 0).accuracy)
    assert Confusion(1, 2, 3, 4) + Confusion(10, 20, 30, 40) == Confusion(11, 22, 33, 44)


@settings(deadline=None)
@given(m=st.integers(2, 80), seed=st.integers(0, 1000), steps=st.sampled_from([1, 3, 10, 10**9]))
def test_the_roc_curve_and_its_area_are_those_of_scikit_learn_also_with_equal_scores(m: int, seed: int, steps: int) -> None:
    rng = np.random.default_rng(seed)
    z, y = rng.integers(0, steps, m).astype(float), rng.integers(0, 2, m).astype(float)
    y[:2] = 0, 1
    curve = roc_curve(z, y)
    assert curve is not None
    false_rate, true_rate, thresholds = oracle.roc_curve(y, z, drop_intermediate=False)
    assert curve.false_positive_rate == pytest.approx(false_rate)
    assert curve.true_positive_rate == pytest.approx(true_rate)
    assert curve.scores.tolist() == thresholds.tolist()
    assert curve.auc == pytest.approx(oracle.roc_auc_score(y, z))
    for index in range(len(curve.scores)):
        counts = confusion(z, y, curve.scores[index])
        assert (counts.false_positive_rate, counts.recall) == (curve.false_positive_rate[index], curve.true_positive_rate[index])
        assert curve.index_at(curve.scores[index]) == index
        assert curve.nearest(curve.false_positive_rate[index], curve.true_positive_rate[index]) == index


def test_there_is_no_curve_without_both_classes_or_with_scores_that_are_no_numbers() -> None:
    assert roc_curve(np.array([1.0, 2.0]), np.array([1.0, 1.0])) is None
    assert roc_curve(np.array([]), np.array([])) is None
    assert roc_curve(np.array([1.0, math.nan]), np.array([0.0, 1.0])) is None


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("m", [3, 50, ROWS_AT_ONCE + 5])
def test_the_numbers_of_a_frame_are_those_of_its_f(m: int, model: str) -> None:
    for threshold in (0.5, 0.2):
        frame = a_frame(m, m, threshold, model)
        X, y = frame.experiment.dataset.X, frame.experiment.dataset.y
        assert frame_confusion(frame) == confusion(frame.predict(X), y, threshold)
        assert frame_confusion(frame).accuracy == frame.accuracy()


def test_examples_kept_back_do_not_count() -> None:
    frame = a_frame(40)
    test = np.arange(40) % 2 == 0
    kept = Frame(replace(frame.experiment, dataset=replace(frame.experiment.dataset, test=test)), frame.trace, 0)
    assert frame_confusion(kept).m == 20
    assert scores(kept).tolist() == pytest.approx(scores(frame)[~test].tolist())


@pytest.mark.parametrize("model", MODELS)
def test_the_threshold_of_every_point_of_the_curve_leads_to_that_point_in_few_digits(model: str) -> None:
    frame = a_frame(60, 3, model=model)
    curve = frame_roc(frame)
    assert curve is not None
    reached = 0
    for index in range(len(curve.scores)):
        threshold = threshold_at(frame, curve, index)
        assert 0 < threshold < 1
        chosen = Frame(replace(frame.experiment, threshold=threshold), frame.trace, 0)
        reached += curve.index_at(chosen.z_threshold) == index
    if model == "linear":
        assert reached >= 3, "f beyond 0 and 1 has no threshold"
    else:
        assert reached == len(curve.scores)
        assert len(str(threshold_at(frame, curve, len(curve.scores) // 2))) < 9


def test_a_curve_of_many_examples_is_drawn_with_a_thousand_points_and_keeps_its_area() -> None:
    frame = a_frame(30_000)
    whole = roc_curve(scores(frame), frame.experiment.dataset.y)
    drawn = frame_roc(frame)
    assert whole is not None
    assert drawn is not None
    assert len(drawn.scores) <= MOST_POINTS < len(whole.scores)
    assert drawn.auc == whole.auc
    for rates in (drawn.false_positive_rate, drawn.true_positive_rate):
        assert (rates[0], rates[-1]) == (0.0, 1.0)
        assert (np.diff(rates) >= 0).all()


def test_the_corners_are_enough_to_draw_the_curve() -> None:
    frame = a_frame(300, 5)
    curve = frame_roc(frame)
    assert curve is not None
    corners = curve.corners(1000)
    assert 10 < len(corners) < len(curve.scores)
    at = np.arange(0.0, 1.0, 0.0137) + 0.0001  # on no step
    whole = np.interp(at, curve.false_positive_rate, curve.true_positive_rate)
    assert np.interp(at, corners[:, 0], corners[:, 1]) == pytest.approx(whole)
    few = curve.corners(20)
    assert len(few) <= 20
    assert few[[0, -1]].tolist() == [[0.0, 0.0], [1.0, 1.0]]
