"""The numbers of one update: against the specification, and against the iteration that follows."""

import numpy as np
import pytest

from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import Frame
from core.models import MODELS
from core.trace import Trace
from core.update import contributions_of, update_of
from core.update_rules import UPDATES


def random_frame(seed: int, model: str = "logistic", update: str = "simultaneous", m: int = 13, degree: int = 1) -> Frame:
    """A frame of data, settings, w and b drawn at random; some examples are kept back."""
    rng = np.random.default_rng(seed)
    test = rng.random(m) < 0.3
    test[:2] = False
    data = Dataset(rng.normal(2.0, 1.5, size=(m, 2)), (rng.random(m) < 0.5).astype(float), test=test)
    lambda_ = float(rng.uniform(0, 2)) if seed % 2 else 0.0
    experiment = Experiment(data, model, degree, "zscore", float(rng.uniform(0.01, 3)), lambda_, update=update)
    w = rng.normal(size=(1, experiment.n_terms))
    return Frame(experiment, Trace(np.array([7]), w, rng.normal(size=1), np.zeros(1)), 7)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("seed", range(6))
def test_the_derivatives_are_those_of_the_specification(seed: int, model: str) -> None:
    frame = random_frame(seed, model, degree=1 + seed % 3)
    update = update_of(frame)
    assert update is not None
    experiment = frame.experiment
    X, y = experiment.columns(), experiment.dataset.training.y
    dj_dw, dj_db = MODELS[model].gradient(X, y, frame.w, frame.b, experiment.lambda_)
    np.testing.assert_allclose(update.derivative, [*dj_dw, dj_db], rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(update.step, update.alpha * update.derivative)
    np.testing.assert_allclose(update.sums / update.m + update.penalty, update.derivative)
    assert (update.iteration, update.m, update.n) == (7, len(y), experiment.n_terms)
    assert update.penalty[-1] == 0.0, "b is not regularized"


@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_the_sums_are_those_of_error_times_feature(model: str) -> None:
    frame = random_frame(4, model)
    update = update_of(frame)
    assert update is not None
    X = frame.experiment.columns()
    error = frame.predict_columns(X) - frame.experiment.dataset.training.y
    np.testing.assert_allclose(update.sums, [*(X.T @ error), error.sum()], rtol=1e-12)


@pytest.mark.parametrize("rule", UPDATES)
@pytest.mark.parametrize("seed", range(4))
def test_what_comes_after_is_what_the_rule_makes(seed: int, rule: str) -> None:
    frame = random_frame(seed, update=rule)
    update = update_of(frame)
    assert update is not None
    experiment = frame.experiment
    y = experiment.dataset.training.y
    w, b = UPDATES[rule](MODELS["logistic"], experiment.columns(), y, frame.w, frame.b, experiment.alpha, experiment.lambda_)
    np.testing.assert_allclose(update.after, [*w, b], rtol=1e-12)
    np.testing.assert_array_equal(update.before, [*frame.w, frame.b])


@pytest.mark.parametrize("rule", UPDATES)
@pytest.mark.parametrize("m", [3, 13, 60])
def test_the_contributions_add_up_to_the_sums(m: int, rule: str) -> None:
    frame = random_frame(5, update=rule, m=m, degree=2)
    update = update_of(frame)
    assert update is not None
    listed = contributions_of(frame, update)
    assert len(listed.rows) == min(update.m, 20)
    assert listed.others == update.m - len(listed.rows)
    np.testing.assert_allclose(listed.products.sum(axis=0) + listed.rest, update.sums, rtol=1e-12, atol=1e-12)
    if not listed.others:
        np.testing.assert_allclose(listed.rest, 0.0, atol=1e-12)
    dataset = frame.experiment.dataset
    np.testing.assert_array_equal(dataset.y[listed.rows], listed.y)
    np.testing.assert_allclose(frame.predict(dataset.X[listed.rows]), listed.f, rtol=1e-12)
    np.testing.assert_allclose(listed.error, listed.f - listed.y)
    assert dataset.test is None or not dataset.test[listed.rows].any(), "an example that is kept back adds nothing"


def test_of_many_examples_those_with_the_largest_error_are_listed() -> None:
    frame = random_frame(8, m=500)
    update = update_of(frame)
    assert update is not None
    listed = contributions_of(frame, update)
    error = np.abs(frame.predict_columns(frame.experiment.columns()) - frame.experiment.dataset.training.y)
    np.testing.assert_allclose(np.abs(listed.error), np.sort(error)[::-1][:20])


def test_without_examples_there_is_no_update() -> None:
    experiment = Experiment(Dataset(np.empty((0, 2)), []))
    assert update_of(Frame(experiment, experiment.start_trace(), 0)) is None


def test_a_derivative_that_is_0_but_for_rounding_is_below_the_noise_and_no_other_is() -> None:
    for seed in range(5):
        frame = random_frame(seed, m=40)
        update = update_of(frame)
        assert update is not None
        assert (np.abs(update.derivative) > 1e6 * update.noise).all()
    balanced = Experiment(Dataset([[0.5, 1.5], [1, 1], [1.5, 0.5], [3, 0.5], [2, 2], [1, 2.5]], [0, 0, 0, 1, 1, 1]))
    start = update_of(Frame(balanced, balanced.start_trace(), 0))
    assert start is not None
    assert abs(start.derivative[2]) <= start.noise[2]
    assert (np.abs(start.derivative[:2]) > start.noise[:2]).all()
