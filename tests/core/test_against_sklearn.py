"""The run against scikit-learn: its λ is 1/C, its defaults are another J, and where there is no minimum that is said."""

import sys
import warnings
from dataclasses import replace

import numpy as np
import pytest

from core import sklearn_fit, sklearn_process
from core.against_sklearn import figures, fit_with_sklearn
from core.bottom import Why
from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import Frame
from core.optimum import find_minimum
from core.samples import make_sample
from core.sklearn_process import AbsentError, BrokenError
from core.split import with_split


def ignore(_: float) -> None:
    """Nobody waits."""


def at(experiment: Experiment, w: list[float], b: float) -> Frame:
    placed = replace(experiment, start=(*w, b))
    return Frame(placed, placed.descent().trace(), 0)


@pytest.mark.parametrize("lambda_", [0.0, 1.0, 7.5])
@pytest.mark.parametrize("model", ["logistic", "linear"])
@pytest.mark.parametrize("settings", [{}, {"degree": 3, "scaling": "zscore"}], ids=["lines", "curves"])
def test_with_the_same_lambda_it_finds_the_minimum_of_our_j(model: str, lambda_: float, settings: dict[str, object]) -> None:
    experiment = replace(Experiment(make_sample("blobs")), model=model, lambda_=lambda_, **settings)
    fits = fit_with_sklearn(experiment, ignore)
    minimum = find_minimum(experiment.columns(), experiment.dataset.y, model, lambda_)
    assert fits.same is not None and minimum is not None
    assert (fits.problems, fits.why, fits.same.finished) == ((), None, True)
    assert fits.same.w == pytest.approx(minimum.w, rel=1e-5, abs=1e-7)
    assert fits.same.b == pytest.approx(minimum.b, rel=1e-5, abs=1e-7)
    assert pytest.approx(minimum.J, rel=1e-10) == fits.same.J


def test_its_default_is_our_j_with_lambda_1_and_so_further_up_with_another() -> None:
    one, none = (Experiment(make_sample("blobs"), lambda_=lambda_) for lambda_ in (1.0, 0.0))
    with_one, without = fit_with_sklearn(one, ignore), fit_with_sklearn(none, ignore)
    assert with_one.same is not None and with_one.default is not None and without.same is not None and without.default is not None
    assert with_one.default.w == pytest.approx(with_one.same.w, abs=1e-3)
    assert without.default.w.tolist() == with_one.default.w.tolist()
    assert without.default.lambda_ == 1.0
    assert without.default.J > without.same.J + 0.004


def test_separable_classes_without_lambda_have_no_minimum_and_nothing_warns_or_hangs() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fits = fit_with_sklearn(Experiment(make_sample("course")), ignore)
    assert fits.why is Why.SEPARABLE
    assert fits.same is not None
    assert np.abs(fits.same.w).max() > 10
    assert fit_with_sklearn(Experiment(make_sample("course"), lambda_=1.0), ignore).why is None


def test_examples_kept_back_are_not_fitted() -> None:
    dataset = with_split(make_sample("blobs"), 0.4, 2)
    split = fit_with_sklearn(Experiment(dataset), ignore).same
    alone = fit_with_sklearn(Experiment(dataset.training), ignore).same
    assert split is not None and alone is not None
    assert split.w.tolist() == alone.w.tolist()
    assert len(split.z) == dataset.training.m


def test_the_figures_of_a_frame_are_its_distance_from_both() -> None:
    experiment = Experiment(make_sample("blobs"), lambda_=2.0)
    fits = fit_with_sklearn(experiment, ignore)
    assert fits.same is not None
    found = figures(at(experiment, fits.same.w.tolist(), fits.same.b), fits)
    assert found.same is not None and found.default is not None
    assert (found.same.dw, found.same.db, found.same.predictions) == (0.0, 0.0, 0)
    assert found.same.dJ == pytest.approx(0.0, abs=1e-15)
    assert found.default.dJ < 0.0
    away = figures(at(experiment, [0.0, 0.0], -1.0), fits)
    assert away.same is not None
    assert away.same.predictions == int((fits.same.z >= 0).sum())
    assert away.same.dw == float(np.abs(fits.same.w).max())
    assert away.accuracy == 0.5


def test_columns_that_no_solver_can_take_are_told_and_not_raised() -> None:
    X = np.array([[1e140, 1.0], [-1e140, 2.0], [3.0, 1e140], [2.0, -1e140]])
    fits = fit_with_sklearn(Experiment(Dataset(X, [0, 1, 1, 0])), ignore)
    for fit in (fits.same, fits.default):
        assert fit is None or np.isfinite([*fit.w, fit.b]).all()


def test_without_scikit_learn_there_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(AbsentError):
        fit_with_sklearn(Experiment(make_sample("course")), ignore)


def test_a_broken_installation_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    assert "linear_model" in str(sklearn_fit.loaded()["broken"])


def test_what_is_given_up_ends_at_once_and_the_next_fit_is_right() -> None:
    experiment = Experiment(make_sample("moons"), degree=6, scaling="zscore", lambda_=1e-6)

    def give_up(_: float) -> None:
        raise InterruptedError

    rng = np.random.default_rng(0)
    X = rng.normal(size=(200_000, 2))
    long = Experiment(Dataset(X, X[:, 0] + rng.normal(size=len(X)) > 0), degree=6)
    fit_with_sklearn(experiment, ignore)
    with pytest.raises(InterruptedError):
        fit_with_sklearn(long, give_up)
    assert fit_with_sklearn(experiment, ignore).same is not None


def test_a_process_that_was_killed_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = Experiment(make_sample("blobs"))
    fit_with_sklearn(experiment, ignore)
    process = sklearn_process._running
    assert process is not None
    process.end()
    assert fit_with_sklearn(experiment, ignore).same is not None
    monkeypatch.setattr(sklearn_fit, "__file__", __file__)  # one that says nothing
    sklearn_process.end()
    with pytest.raises(BrokenError):
        fit_with_sklearn(experiment, ignore)


def test_scikit_learn_stays_out_of_this_process() -> None:
    code = (
        "import sys; from core.experiment import Experiment; from core.samples import make_sample; from core import against_sklearn;"
        "print(against_sklearn.fit_with_sklearn(Experiment(make_sample('blobs')), lambda _: None).same.steps > 0, 'sklearn' in sys.modules)"
    )
    import subprocess

    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout == "True False\n", run.stderr
    assert run.stderr == ""
