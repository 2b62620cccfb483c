"""A frame answers for one moment of a run."""

from dataclasses import replace

import numpy as np
import pytest

from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import ROWS_AT_ONCE, Frame
from core.metrics import accuracy
from core.trace import Trace


@pytest.mark.parametrize("model", ["logistic", "linear", "squared"])
@pytest.mark.parametrize("m", [1, 50, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 2 * ROWS_AT_ONCE + 77])
def test_accuracy_is_the_share_whose_class_by_f_is_the_label(m: int, model: str) -> None:
    rng = np.random.default_rng(m)
    X = rng.normal(size=(m, 2))
    experiment = Experiment(Dataset(X, (X[:, 0] + rng.normal(size=m) > 0).astype(float)), model=model, degree=2, scaling="zscore")
    trace = Trace(np.zeros(1, dtype=np.int64), np.array([[1.0, -0.5, 0.2, 0.0, 0.1]]), np.array([0.3]), np.array([0.5]))
    frame = Frame(experiment, trace, 0)
    assert frame.accuracy() == accuracy(frame.predict(X), experiment.dataset.y)
    strict = Frame(replace(experiment, threshold=0.8), trace, 0)
    assert strict.accuracy() == accuracy(frame.predict(X), experiment.dataset.y, 0.8)


def test_at_the_start_every_example_is_predicted_as_class_1() -> None:
    experiment = Experiment(Dataset([[1, 2], [3, 4], [5, 6]], [0, 1, 1]))  # type: ignore[arg-type]
    assert Frame(experiment, experiment.start_trace(), 0).accuracy() == pytest.approx(2 / 3)


@pytest.mark.parametrize("model", ["logistic", "linear"])
@pytest.mark.parametrize(("degree", "scaling"), [(1, "none"), (2, "zscore")])
def test_the_cost_without_lambda_is_the_mean_of_the_losses_of_the_examples_trained_on(model: str, degree: int, scaling: str) -> None:
    rng = np.random.default_rng(5)
    X = rng.normal(size=(300, 2))
    dataset = Dataset(X, (X[:, 0] + rng.normal(size=300) > 0).astype(float), test=rng.random(300) < 0.2)
    experiment = Experiment(dataset, model=model, degree=degree, scaling=scaling, alpha=0.1)
    descent = experiment.descent()
    descent.advance(50)
    frame = Frame(experiment, descent.trace(), 50)
    training = dataset.training
    assert frame.losses(training.X, training.y).mean() == pytest.approx(frame.J, rel=1e-12)
    assert frame.losses(training.X[:3], training.y[:3]).tolist() == frame.losses(training.X, training.y)[:3].tolist()


def test_the_loss_where_the_model_has_left_the_numbers_warns_of_nothing() -> None:
    experiment = Experiment(Dataset([[1, 2], [3, 4]], [0, 1]), model="linear")  # type: ignore[arg-type]
    trace = Trace(np.zeros(1, dtype=np.int64), np.array([[1e308, 1e308]]), np.array([1e308]), np.array([0.5]))
    frame = Frame(experiment, trace, 0)
    assert not np.isfinite(frame.losses(experiment.dataset.X, experiment.dataset.y)).any()
