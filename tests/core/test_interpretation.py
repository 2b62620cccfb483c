"""Odds ratios, the arithmetic of a prediction, and the other model fitted for comparison."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from core import logistic
from core.arithmetic import arithmetic
from core.comparison import fit_other, other_model
from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import Frame
from core.interpretation import name_and_unit, odds_ratios
from core.models import MODELS
from core.samples import make_sample
from core.scaling import SCALINGS


def trained(experiment: Experiment, iterations: int = 300) -> Frame:
    descent = experiment.descent()
    descent.advance(iterations)
    return Frame(experiment, descent.trace(), iterations)


TUMORS = Experiment(make_sample("tumors"), scaling="zscore", alpha=0.3)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_one_unit_more_of_a_feature_multiplies_the_odds_by_its_ratio(scaling: str) -> None:
    frame = trained(replace(TUMORS, scaling=scaling, alpha=1e-4 if scaling == "none" else 0.3))
    here = np.array([3.0, 50.0])

    def odds(x: np.ndarray) -> float:
        f = float(frame.predict(x[np.newaxis])[0])
        return f / (1 - f)

    for j, of in enumerate(odds_ratios(frame)):
        assert of.feature == frame.experiment.dataset.feature_names[j]
        assert odds(here + np.eye(2)[j]) / odds(here) == pytest.approx(of.ratio, rel=1e-9)
        assert np.log(of.ratio) == pytest.approx(of.w)


def test_there_are_no_odds_ratios_where_they_would_say_something_else() -> None:
    assert odds_ratios(trained(replace(TUMORS, degree=2), 2)) == ()
    assert odds_ratios(trained(replace(TUMORS, model="linear"), 2)) == ()
    assert odds_ratios(trained(replace(TUMORS, model="squared"), 2)) == ()


@pytest.mark.parametrize(
    ("feature", "parts"),
    [
        ("Age (years)", ("Age", "year")),
        ("Tumor size (cm)", ("Tumor size", "cm")),
        ("x1", ("x1", "")),
        ("(odd)", ("(odd)", "")),
        ("a ()", ("a ()", "")),
    ],
)
def test_the_unit_is_what_stands_in_brackets_at_the_end(feature: str, parts: tuple[str, str]) -> None:
    assert name_and_unit(feature) == parts


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("degree", [1, 2, 4])
@pytest.mark.parametrize("seed", range(3))
def test_the_terms_of_the_arithmetic_add_up_to_z_and_give_the_models_f(model: str, degree: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    dataset = Dataset(rng.uniform(1, 4, (30, 2)), rng.integers(0, 2, 30).astype(float))
    frame = trained(Experiment(dataset, model=model, degree=degree, scaling="zscore", alpha=0.1, threshold=0.4), 40)
    x = rng.uniform(1, 4, 2)
    made = arithmetic(frame, x)
    assert made.w @ made.terms + made.b == pytest.approx(made.z, rel=1e-9)
    assert [np.prod(x ** np.array(powers)) for powers in made.powers] == pytest.approx(made.terms.tolist())
    assert made.f == frame.predict(x[np.newaxis])[0]
    assert made.label == int(made.f >= 0.4)


@pytest.mark.parametrize("scaling", ["none", "zscore"])
@pytest.mark.parametrize(("sample", "degree", "lambda_"), [("overlap", 1, 0.0), ("overlap", 1, 5.0), ("moons", 3, 1.0), ("exams", 1, 0.0)])
def test_the_logistic_model_to_compare_with_is_at_its_minimum(sample: str, degree: int, lambda_: float, scaling: str) -> None:
    experiment = Experiment(make_sample(sample), model="linear", degree=degree, lambda_=lambda_, scaling=scaling)
    fit = fit_other(experiment)
    assert fit is not None
    X, y = experiment.columns(), experiment.dataset.y
    oracle = LogisticRegression(C=1 / lambda_ if lambda_ else np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(X, y)
    least = logistic.cost(X, y, oracle.coef_[0], float(oracle.intercept_[0]), lambda_)
    assert logistic.cost(X, y, fit.w, fit.b, lambda_) == pytest.approx(least, rel=1e-8)


@pytest.mark.parametrize(("degree", "lambda_"), [(1, 0.0), (1, 4.0), (3, 0.0), (6, 1.0)])
def test_the_linear_model_to_compare_with_has_no_gradient_left(degree: int, lambda_: float) -> None:
    experiment = Experiment(make_sample("moons"), degree=degree, lambda_=lambda_, scaling="zscore")
    fit = fit_other(experiment)
    assert fit is not None
    dj_dw, dj_db = MODELS["linear"].gradient(experiment.columns(), experiment.dataset.y, fit.w, fit.b, lambda_)
    assert np.abs(dj_dw).max() < 1e-8
    assert abs(dj_db) < 1e-8


def test_separable_data_have_no_minimum_and_still_a_boundary_that_separates_them() -> None:
    experiment = Experiment(make_sample("outliers"), model="linear")
    fit = fit_other(experiment)
    assert fit is not None
    assert (((experiment.columns() @ fit.w + fit.b) >= 0) == (experiment.dataset.y == 1)).all()


def test_there_is_nothing_to_compare_with_one_class_and_no_harm_in_columns_that_repeat() -> None:
    assert fit_other(Experiment(Dataset(np.eye(2), np.zeros(2)))) is None
    x = np.linspace(0, 1, 10)
    for model in MODELS:
        fit = fit_other(Experiment(Dataset(np.column_stack([x, x]), (x > 0.4).astype(float)), model=model))
        assert fit is not None
        assert np.isfinite([*fit.w, fit.b]).all()


def test_linear_is_compared_with_logistic_and_the_other_way_round() -> None:
    assert [other_model(model) for model in MODELS] == ["linear", "logistic", "logistic"]


def test_many_examples_are_compared_on_a_part_of_them() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50_000, 2))
    y = (X @ [1.0, -2.0] + rng.logistic(size=50_000) > 0).astype(float)
    fit = fit_other(Experiment(Dataset(X, y), model="linear"))
    assert fit is not None
    assert fit.w == pytest.approx([1.0, -2.0], abs=0.1)
