"""The scripts behind a run: run by themselves, they come to the same w, b; and nothing of a user's file is ever code in them."""

import ast
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.code.data import MOST_INLINE
from core.code.script import KINDS, Run, python_code
from core.dataset import Dataset, Source
from core.errors import SettingError
from core.experiment import Experiment
from core.features import FeatureMap
from core.frame import Frame
from core.optimum import find_minimum
from core.samples import make_sample
from core.split import with_split
from core.trace import Mark
from core.update_rules import SEQUENTIAL
from core.writing import save_csv
from tests.script_runs import assert_same, result

NASTY = (
    '"""',
    "'''",
    "\\",
    "a\nimport os",
    "x\r\ny",
    "\u2028z",
    "# coding: rot13",
    "{}",
    "\x00",
    "'); quit('",
    "\ud800",
    "‮gnp",
    "=1+1",
    " a , b",
)
FILE = "my examples.csv"


def trained(experiment: Experiment, iterations: int = 400) -> Frame:
    descent = experiment.descent()
    experiment.wait_until_compiled()  # that thread must not outlive the test
    descent.advance(iterations)
    trace = descent.trace()
    return Frame(experiment, trace, trace.last)


def constant_column() -> Dataset:
    return Dataset([[0.1, 1.0], [0.1, 2.0], [0.1, 3.0], [0.1, 2.5]], [0, 0, 1, 1], source=Source("Constant"))


EXPERIMENTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "the course's points": ("course", {}),
    "regularized, with a start": ("blobs", {"lambda_": 2.5, "start": (-6.0, 3.5, 0.25), "alpha": 1.0}),
    "degree 3, z-score": ("ring", {"degree": 3, "scaling": "zscore", "alpha": 1.0}),
    "degree 6, mean normalization": ("moons", {"degree": 6, "scaling": "mean", "lambda_": 0.01, "alpha": 1.0}),
    "min-max": ("exams", {"scaling": "minmax", "alpha": 3.0}),
    "maximum": ("tumors", {"scaling": "max", "lambda_": 1.0}),
    "a column without spread": (constant_column, {"scaling": "zscore"}),
    "linear": ("tumors", {"model": "linear", "scaling": "zscore", "lambda_": 3.0}),
    "squared error": ("blobs", {"model": "squared", "start": (-6.0, -6.0, 0.0), "alpha": 1.0}),
    "one after the other": ("blobs", {"update": SEQUENTIAL, "alpha": 3.0}),
    "momentum": ("blobs", {"method": "momentum", "momentum": 0.8, "lambda_": 1.0}),
    "Nesterov": ("tumors", {"method": "nesterov", "scaling": "zscore", "start": (3.0, -3.0, 1.0)}),
    "Adam": ("exams", {"method": "adam", "alpha": 0.01, "lambda_": 1.0}),
    "Newton, damped": ("blobs", {"method": "newton", "alpha": 0.5, "lambda_": 1.0}),
    "Newton on a line": ("blobs", {"method": "newton", "alpha": 1.0, "model": "linear"}),
    "one feature, degree 2": ("course-1d", {"degree": 2, "scaling": "zscore"}),
}


def experiment_of(name: str) -> Experiment:
    made, settings = EXPERIMENTS[name]
    return replace(Experiment(make_sample(made) if isinstance(made, str) else made()), **settings)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_numpy_script_makes_the_same_run(name: str, tmp_path: Path) -> None:
    frame = trained(experiment_of(name))
    assert_same(result(python_code(Run.of(frame, FILE), "numpy"), tmp_path), frame)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_script_with_loops_makes_the_same_run(name: str, tmp_path: Path) -> None:
    frame = trained(experiment_of(name), 40)
    assert_same(result(python_code(Run.of(frame, FILE), "loops"), tmp_path), frame)


@pytest.mark.parametrize(
    "name", ["regularized, with a start", "degree 6, mean normalization", "min-max", "maximum", "linear", "one feature, degree 2"]
)
def test_the_scikit_learn_script_comes_to_the_minimum(name: str, tmp_path: Path) -> None:
    experiment = experiment_of(name)
    if name.startswith("one feature"):
        experiment = replace(experiment, lambda_=1.0)
    minimum = find_minimum(experiment.columns(), experiment.dataset.training.y, experiment.model, experiment.lambda_)
    assert minimum is not None
    w, b, J = result(python_code(Run(experiment, 100), "sklearn"), tmp_path)
    assert w == pytest.approx(minimum.w.tolist(), rel=1e-5, abs=1e-6)
    assert b == pytest.approx(minimum.b, rel=1e-5, abs=1e-6)
    assert pytest.approx(minimum.J, rel=1e-9) == J


@pytest.mark.parametrize("kind", KINDS)
def test_examples_kept_back_are_not_trained_on(kind: str, tmp_path: Path) -> None:
    experiment = Experiment(with_split(make_sample("blobs"), 0.3, 4), scaling="zscore", lambda_=1.0, alpha=3.0)
    script = python_code(Run(experiment, 300), kind)
    assert "60 more are kept back" in script
    assert_same(result(script, tmp_path), trained(experiment, 300), 1e-10 if kind != "sklearn" else 1e-6)


@pytest.mark.parametrize("split", [False, True], ids=["all", "some kept back"])
@pytest.mark.parametrize("names", [("0", "1"), ("malignant", "benign"), ('say "no"', "a,b"), ("=1", "#1"), ("x\ny", "don't\\")])
def test_many_examples_are_read_from_the_file_that_the_app_saves(names: tuple[str, str], split: bool, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    m = MOST_INLINE + 1
    X = rng.normal(size=(2 * m, 2))
    dataset = Dataset(X, (X @ [1.0, 2.0] + rng.normal(size=2 * m) > 0).astype(float), ('size, "cm"', "set"), names)
    experiment = Experiment(with_split(dataset, 0.2, 1) if split else dataset)
    save_csv(experiment.dataset, str(tmp_path / FILE))
    frame = trained(experiment, 50)
    script = python_code(Run.of(frame, FILE), "numpy")
    assert "Ctrl+S" in script
    assert len(script) < 4000
    assert_same(result(script, tmp_path), frame)


@pytest.mark.parametrize("kind", KINDS)
def test_a_script_is_short_lines_of_the_courses_names(kind: str) -> None:
    script = python_code(Run(Experiment(make_sample("tumors"), degree=6, scaling="zscore"), 100), kind)
    assert max(map(len, script.splitlines())) <= 100
    names = {node.id for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Name)}
    assert {"X_train", "y_train", "lambda_", "w", "b", "compute_cost"} <= names
    if kind != "sklearn":
        assert {"compute_gradient", "gradient_descent", "sigmoid", "w_in", "b_in", "alpha", "num_iters"} <= names
        assert "scikit-learn" not in script


@pytest.mark.parametrize("kind", KINDS)
@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=20), min_size=5, max_size=5))
def test_no_name_of_a_file_becomes_code(kind: str, names: list[str]) -> None:
    plain = replace(Experiment(make_sample("course")), lambda_=1.0)
    dataset = plain.dataset
    nasty = replace(dataset, feature_names=tuple(names[:2]), class_names=tuple(names[2:4]), source=Source(names[4]))
    mark = Mark(7, names[0])
    trace = replace(trained(plain, 10).trace, marks=(mark,))
    scripts = [python_code(Run.of(Frame(replace(plain, dataset=of), trace, 10), names[4]), kind) for of in (dataset, nasty)]
    assert ast.dump(ast.parse(scripts[1])) == ast.dump(ast.parse(scripts[0]))
    assert ast.dump(ast.parse(scripts[1].encode("utf-8"))) == ast.dump(ast.parse(scripts[0]))  # whatever looks like an encoding


@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=20), min_size=5, max_size=5))
def test_names_in_the_reading_of_a_file_stay_strings(names: list[str]) -> None:
    rng = np.random.default_rng(0)
    y = np.arange(MOST_INLINE + 1) % 2
    dataset = Dataset(rng.normal(size=(len(y), 2)), y, tuple(names[:2]), (names[2], names[3]), Source(names[4]))
    tree = ast.parse(python_code(Run(Experiment(dataset), 5, file=names[4]), "numpy").encode("utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    allowed = {"np.loadtxt", "np.exp", "np.clip", "np.maximum", "np.log1p", "np.abs", "np.sum", "np.zeros", "len", "range", "w_in.copy"}
    allowed |= {"sigmoid", "compute_cost", "compute_gradient", "gradient_descent", "print", "float", "w.tolist"}
    assert calls <= allowed
    (read,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.loadtxt")
    assert ast.literal_eval(read.args[0]) == names[4]


def test_the_count_of_iterations_is_that_of_the_frame() -> None:
    experiment = Experiment(make_sample("course"))
    frame = trained(experiment, 500)
    assert "num_iters = 123\n" in python_code(Run.of(replace(frame, iteration=123), FILE), "numpy")
    before = replace(frame, iteration=0)
    assert "num_iters = 10000\n" in python_code(Run.of(before, FILE), "numpy"), "a run that has not begun is the one that is set"


def test_a_run_that_was_changed_on_its_way_is_not_passed_off_as_this_one() -> None:
    frame = trained(Experiment(make_sample("course")), 100)
    changed = replace(frame, trace=replace(frame.trace, marks=(Mark(30, "Change learning rate"), Mark(90, "Move point"))))
    script = python_code(Run.of(changed, FILE), "numpy").replace("\n# ", " ")
    assert "NOT THE SAME RUN" in script
    assert "at iteration 30: Change learning rate; at iteration 90: Move point" in script
    assert "at iteration 90" not in python_code(Run.of(replace(changed, iteration=50), FILE), "numpy")
    assert "NOT THE SAME RUN" not in python_code(Run.of(replace(changed, iteration=20), FILE), "numpy")


def test_a_scaling_kept_from_before_the_points_were_edited_is_written_as_its_numbers(tmp_path: Path) -> None:
    before = Experiment(make_sample("tumors"), scaling="zscore", alpha=1.0)
    after = replace(before, dataset=before.dataset.with_point([9.0, 90.0], 0), fitted=before.features)
    assert isinstance(after.fitted, FeatureMap)
    frame = trained(after)
    script = python_code(Run.of(frame, FILE), "numpy")
    assert "np.std" not in script
    assert_same(result(script, tmp_path), frame)


def test_a_setting_that_no_script_knows_is_named_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.code import script

    monkeypatch.setattr(script, "WRITTEN", script.WRITTEN - {"update"})
    assert "NOT IN THIS SCRIPT" not in python_code(Run(Experiment(make_sample("course")), 10), "numpy")
    written = python_code(Run(Experiment(make_sample("course"), update=SEQUENTIAL), 10), "numpy")
    assert "NOT IN THIS SCRIPT, though set in Descent Lab: update = 'sequential'" in written


@pytest.mark.parametrize("settings", [{"method": "stochastic"}, {"method": "mini-batch", "batch_size": 20, "seed": 5}])
def test_batches_are_drawn_in_another_order_and_that_is_said(settings: dict[str, Any], tmp_path: Path) -> None:
    experiment = replace(Experiment(make_sample("blobs"), alpha=0.01, lambda_=1.0), **settings)
    frame = trained(experiment, 3000)
    script = python_code(Run.of(frame, FILE), "numpy")
    assert "another random order" in script.replace("\n# ", " ")
    _, _, J = result(script, tmp_path)
    assert pytest.approx(frame.J, rel=0.02) == J


def test_a_method_that_no_script_knows_is_named_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.code import methods

    experiment = Experiment(make_sample("course"), method="adam")
    assert "NOT IN THIS SCRIPT" not in python_code(Run(experiment, 10), "numpy")
    monkeypatch.delitem(methods.CODE, "adam")
    assert "NOT IN THIS SCRIPT, though set in Descent Lab: method = 'adam'" in python_code(Run(experiment, 10), "numpy")


def test_a_stop_rule_is_missing_only_while_nobody_knows_where_it_ends() -> None:
    experiment = Experiment(make_sample("course"), stop_below=1e-3)
    assert "stop_below = 0.001" in python_code(Run(experiment, 10_000), "numpy")
    assert "stop_below" not in python_code(Run.of(trained(experiment, 10_000), FILE), "numpy")


def test_what_cannot_be_written_is_said_in_a_sentence() -> None:
    experiment = Experiment(make_sample("course"))
    for run, kind, said in (
        (Run(experiment, 1), "julia", "numpy, loops, sklearn"),
        (Run(replace(experiment, dataset=experiment.dataset.without(range(6))), 1), "numpy", "no examples"),
        (Run(replace(experiment, model="squared"), 1), "sklearn", "no squared error"),
    ):
        with pytest.raises(SettingError, match=said):
            python_code(run, kind)


def test_a_j_that_is_not_known_yet_does_not_break_the_script() -> None:
    run = Run(Experiment(make_sample("course")), 3, np.zeros(2), 0.0, math.nan)
    ast.parse(python_code(run, "numpy"))
