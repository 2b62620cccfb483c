"""Squared error with a sigmoid, and the gradients of every model with λ and polynomial terms."""

import numpy as np
import pytest

from core import squared
from core.experiment import Experiment
from core.models import LABELS, MODELS, gives_probability
from core.samples import make_sample


def test_cost_and_gradient_are_those_of_the_formula() -> None:
    X, y = np.array([[0.5, 1.5], [3.0, 0.5]]), np.array([0.0, 1.0])
    w, b = np.array([1.0, -2.0]), 0.5
    f = 1 / (1 + np.exp(-(X @ w + b)))
    slope = (f - y) * f * (1 - f)
    assert squared.cost(X, y, w, b) == pytest.approx(((f - y) ** 2).sum() / 4, rel=1e-14)
    assert squared.cost(X, y, w, b, 3.0) == pytest.approx(((f - y) ** 2).sum() / 4 + 3.0 / 4 * 5.0, rel=1e-14)
    dj_dw, dj_db = squared.gradient(X, y, w, b, 3.0)
    assert dj_dw == pytest.approx((slope @ X) / 2 + 1.5 * w, rel=1e-14)
    assert dj_db == pytest.approx(slope.sum() / 2, rel=1e-14)


@pytest.mark.parametrize("z", [40.0, 700.0, 1e5, 1e308])
def test_where_it_is_sure_the_gradient_is_almost_nothing_and_never_a_warning(z: float) -> None:
    """The reason why it is not used: the worst mistakes teach the least."""
    for sign, y in ((1.0, 0.0), (-1.0, 1.0), (1.0, 1.0), (-1.0, 0.0)):
        dj_dw, dj_db = squared.gradient([[sign]], [y], [z], 0.0)
        assert np.isfinite(dj_dw).all()
        assert abs(dj_db) <= np.exp(-40.0)
        assert squared.cost([[sign]], [y], [z], 0.0) == pytest.approx(0.0 if y == (sign > 0) else 0.5, abs=1e-17)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("scaling", ["none", "zscore"])
@pytest.mark.parametrize(("degree", "lambda_"), [(1, 0.0), (1, 2.0), (2, 1.0), (3, 0.5), (6, 0.0), (6, 3.0)])
def test_every_gradient_with_lambda_and_polynomial_terms_is_the_slope_of_its_cost(
    model: str, scaling: str, degree: int, lambda_: float
) -> None:
    experiment = Experiment(make_sample("moons"), model=model, degree=degree, scaling=scaling)
    X, y = experiment.columns(), experiment.dataset.y
    rng = np.random.default_rng(degree)
    w, b = rng.normal(size=experiment.n_terms) / experiment.n_terms, 0.3
    math = MODELS[model]
    dj_dw, dj_db = math.gradient(X, y, w, b, lambda_)

    def slope(step_w: np.ndarray, step_b: float) -> float:
        above, below = (math.cost(X, y, w + sign * step_w, b + sign * step_b, lambda_) for sign in (1, -1))
        return float(above - below) / 2e-5

    steps = 1e-5 * np.eye(len(w))
    assert dj_dw == pytest.approx(np.array([slope(step, 0.0) for step in steps]), rel=1e-6, abs=1e-8)
    assert dj_db == pytest.approx(slope(np.zeros(len(w)), 1e-5), rel=1e-6, abs=1e-8)


def test_every_model_has_a_name_and_says_whether_it_gives_a_probability() -> None:
    assert LABELS.keys() == MODELS.keys()
    rng = np.random.default_rng(0)
    for model, math in MODELS.items():
        f = math.predict(rng.normal(0, 20, (200, 2)), np.ones(2), 0.0)
        assert gives_probability(model) == bool(((f >= 0) & (f <= 1)).all())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("f", [1e-6, 0.1, 0.5, 0.93])
def test_z_at_is_the_inverse_of_f(model: str, f: float) -> None:
    assert MODELS[model].predict(np.array([[MODELS[model].z_at(f)]]), np.ones(1), 0.0)[0] == pytest.approx(f, rel=1e-12)
