"""Every example at its z, f and loss: the specification's numbers, and at most so many however many examples there are."""

from dataclasses import replace

import numpy as np
import pytest

from core.experiment import Experiment
from core.frame import Frame
from core.loss_points import LossSample, loss_curve
from core.models import MODELS
from core.samples import blobs
from core.trace import Trace


def frame_of(experiment: Experiment, seed: int = 0) -> Frame:
    rng = np.random.default_rng(seed)
    trace = Trace(np.array([0]), rng.normal(size=(1, experiment.n_terms)), rng.normal(size=1), np.zeros(1))
    return Frame(experiment, trace, 0)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("degree", [1, 3])
def test_z_f_and_loss_are_those_of_the_specification(model: str, degree: int) -> None:
    experiment = Experiment(blobs(1, 50, 1, 1.2), model, degree, "zscore")
    frame, X, y = frame_of(experiment), experiment.columns(), experiment.dataset.y
    points = LossSample().points(frame)
    np.testing.assert_array_equal(points.rows, np.arange(50))
    np.testing.assert_allclose(points.z, X @ frame.w + frame.b)
    np.testing.assert_allclose(points.f, MODELS[model].predict(X, frame.w, frame.b))
    np.testing.assert_allclose(points.loss, MODELS[model].losses(X, y, frame.w, frame.b))
    assert points.mean == pytest.approx(MODELS[model].cost(X, y, frame.w, frame.b))
    assert not points.drawn


def test_of_many_examples_always_the_same_part_is_drawn() -> None:
    experiment = Experiment(blobs(1, 5_000, 1, 1.2))
    one, other = LossSample().points(frame_of(experiment)), LossSample().points(frame_of(experiment, 1))
    assert one.drawn
    assert len(one.rows) == len(set(one.rows.tolist())) == 2_000
    np.testing.assert_array_equal(one.rows, other.rows)
    assert (experiment.dataset.y[one.rows] == one.y).all()


def test_examples_that_are_kept_back_are_no_points_but_can_be_asked_for() -> None:
    data = blobs(1, 10, 1, 1.2)
    kept = replace(data, test=np.arange(10) == 3)
    frame = frame_of(Experiment(kept))
    sample = LossSample()
    assert 3 not in sample.points(frame).rows
    point = sample.point(frame, 3)
    assert point.f[0] == pytest.approx(frame.predict(kept.X[[3]])[0])


def test_the_points_follow_the_data() -> None:
    sample, experiment = LossSample(), Experiment(blobs(1, 10, 1, 1.2))
    assert len(sample.points(frame_of(experiment)).rows) == 10
    fewer = Experiment(experiment.dataset.without([0]))
    assert len(sample.points(frame_of(fewer)).rows) == 9


@pytest.mark.parametrize("y", [0, 1])
def test_the_curves_are_those_of_the_course(y: int) -> None:
    f, loss = loss_curve("logistic", np.linspace(-5, 5, 21), y)
    np.testing.assert_allclose(loss, -np.log(f) if y else -np.log(1 - f), rtol=1e-12)
    f, loss = loss_curve("linear", np.linspace(-2, 2, 9), y)
    np.testing.assert_allclose(loss, 0.5 * (f - y) ** 2)
