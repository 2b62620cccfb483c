"""The command line: what each option means, what is refused and how, and headless runs in the numbers that they print."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from core import logistic
from core.command_line import Arguments, parse
from core.errors import DataError, SettingError
from core.features import FeatureMap
from core.samples import SAMPLES, make_sample

ROOT = Path(__file__).resolve().parents[2]
FILES = Path(__file__).resolve().parent / "files"
KEYS = {"m", "n", "left_out", "iterations", "w", "b", "w_raw", "b_raw", "J_start", "J", "accuracy", "elapsed_s"}
TABLE = "size,age,weight,kind\n1,10,70,a\n2,20,80,b\n3,15,75,a\n4,40,60,b\n"


def refuse_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def headless(capsys: pytest.CaptureFixture[str], *argv: object) -> dict[str, Any]:
    """The report of a headless run, in this process."""
    assert main.main(["--headless", *map(str, argv)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.endswith("}\n")
    assert out.count("\n") == 1
    report: dict[str, Any] = json.loads(out, parse_constant=refuse_constant)
    assert set(report) >= KEYS
    return report


def refusal(capsys: pytest.CaptureFixture[str], *argv: object) -> str:
    """The line on stderr with which these arguments are refused."""
    assert main.main(["--headless", *map(str, argv)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("descent-lab: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "patients.csv"
    path.write_text(TABLE)
    return path


# Parsing.


def test_without_arguments_it_is_the_courses_six_points_in_a_window() -> None:
    arguments = parse([])
    assert arguments == Arguments(None, {"x1": None, "x2": None, "label": None}, None, None, {}, False, False, None)
    assert arguments.dataset().X.tolist() == make_sample("course").X.tolist()
    assert arguments.experiment(arguments.dataset()).iterations == 10_000


@pytest.mark.parametrize(
    ("option", "value", "field", "expected"),
    [
        ("--model", "linear", "model", "linear"),
        ("--degree", "3", "degree", 3),
        ("--scaling", "zscore", "scaling", "zscore"),
        ("--alpha", "1e-3", "alpha", 0.001),
        ("--iterations", "250", "iterations", 250),
        ("--iterations", "1e5", "iterations", 100_000),
        ("--lambda", "2.5", "lambda_", 2.5),
        ("--model", "squared", "model", "squared"),
        ("--threshold", "0.3", "threshold", 0.3),
        ("--method", "adam", "method", "adam"),
        ("--start", "-6,-6,0", "start", (-6.0, -6.0, 0.0)),
        ("--start", "1,2.5,-1e2", "start", (1.0, 2.5, -100.0)),
    ],
)
@pytest.mark.parametrize("joined", [True, False])
def test_each_setting_reaches_the_experiment(option: str, value: str, field: str, expected: object, joined: bool) -> None:
    arguments = parse([f"{option}={value}"] if joined else [option, value])
    assert arguments.settings == {field: expected}
    assert getattr(arguments.experiment(make_sample("course")), field) == expected


def test_the_other_options_are_kept_as_they_are(table: Path) -> None:
    arguments = parse(["--sample", "blobs", "--seed", "7", "--play", "--screenshot", "picture.png"])
    assert (arguments.sample, arguments.seed, arguments.play, arguments.screenshot) == ("blobs", 7, True, "picture.png")
    assert parse(["--headless"]).headless
    assert (arguments.dataset().X == make_sample("blobs", 7).X).all()
    of_file = parse([str(table), "--x1", "age", "--x2", "size", "--label", "kind"])
    assert of_file.columns == {"x1": "age", "x2": "size", "label": "kind"}
    assert of_file.dataset().X[:, 0].tolist() == [10, 20, 15, 40]
    assert of_file.dataset().feature_names == ("age", "size")


def test_a_start_is_checked_against_the_degree_that_is_given_with_it() -> None:
    arguments = parse(["--start", "-1,2,3,4,5,6", "--degree", "2"])
    assert arguments.experiment(make_sample("course")).start == (-1, 2, 3, 4, 5, 6)
    with pytest.raises(SettingError):
        parse(["--start", "-1,2,3,4,5,6"]).experiment(make_sample("course"))


def test_parsing_reads_no_file() -> None:
    arguments = parse(["nowhere.csv"])
    with pytest.raises(DataError):
        arguments.dataset()


def test_help_lists_every_option_and_exits_well(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(["--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    for option in (
        "--x1",
        "--x2",
        "--label",
        "--one",
        "--zero",
        "--sheet",
        "--skip-bad-rows",
        "--sample",
        "--seed",
        "--model",
        "--degree",
        "--scaling",
        "--alpha",
        "--iterations",
    ):
        assert option in text
    for option in ("--lambda", "--start", "--play", "--headless", "--screenshot", *SAMPLES):
        assert option in text


# What is refused.


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ("--model svm", "logistic, linear"),
        ("--scaling z", "zscore"),
        ("--degree 0", "1 to 6"),
        ("--degree 7", "1 to 6"),
        ("--degree 1.5", "--degree"),
        ("--alpha 0", "above 0"),
        ("--alpha -1", "above 0"),
        ("--alpha=-1e-3", "above 0"),
        ("--alpha nan", "above 0"),
        ("--alpha inf", "above 0"),
        ("--alpha 1e7", "1,000,000"),
        ("--alpha fast", "--alpha"),
        ("--alpha", "--alpha"),
        ("--iterations 0", "whole number from 1"),
        ("--iterations -5", "whole number from 1"),
        ("--iterations 10.5", "whole number from 1"),
        ("--iterations many", "--iterations"),
        ("--iterations nan", "whole number from 1"),
        ("--iterations inf", "whole number from 1"),
        ("--iterations 2000000000", "1,000,000,000"),
        ("--lambda -1", "from 0"),
        ("--lambda nan", "from 0"),
        ("--start 1,2", "3 numbers, w1, w2, b"),
        ("--start 1,2,3,4", "3 numbers, w1, w2, b"),
        ("--start 1,2,nan", "3 numbers, w1, w2, b"),
        ("--start 1,2,x", "separated by commas"),
        ("--start 1,,3", "separated by commas"),
        ("--start", "--start"),
        ("--start --play", "--start"),
        ("--start 1,2,3 --degree 2", "6 numbers"),
        ("--sample flowers", "course, course-1d, tumors"),
        ("--sample blobs --seed -1", "0 up"),
        ("--sample blobs --seed x", "--seed"),
        ("--x1 size", "FILE"),
        ("--sample course --label kind", "FILE"),
        ("--one 1", "FILE"),
        ("--sheet A", "FILE"),
        ("--skip-bad-rows", "FILE"),
        ("nowhere.csv", "nowhere.csv does not exist"),
        ("nowhere.csv --sample course", "exclude each other"),
        ("core", "folder"),
        ("a.csv b.csv", "b.csv"),
        ("--screenshot picture.png", "--headless opens no window to save as picture.png; leave one of the two out"),
        ("--speed 3", "--speed"),
        ("--lam 3", "--lam"),
    ],
)
def test_a_bad_value_ends_with_2_and_one_line_that_says_what_to_do(
    argv: str, expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert expected in refusal(capsys, *argv.split())


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["--x1", "height"], "size, age, weight, kind"),
        (["--label", "age"], "two different values"),
        (["--x1", "kind"], "patients.csv"),
        (["--x1", "size", "--x2", "size"], "chosen twice"),
    ],
)
def test_a_bad_column_is_refused_with_the_file_and_the_remedy(
    table: Path, argv: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refusal(capsys, table, *argv)
    assert expected in message
    assert "patients.csv" in message


def test_a_bad_cell_is_refused_with_its_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "patients.csv"
    path.write_text(TABLE.replace("3,15", "3,?"))
    message = refusal(capsys, path)
    assert "line 4" in message
    assert "age" in message
    assert message.endswith("or leave such rows out: --skip-bad-rows\n")
    report = headless(capsys, path, "--skip-bad-rows", "--iterations", 10)
    assert (report["m"], report["left_out"]) == (3, 1)


def test_rows_that_cannot_be_read_are_refused_or_left_out_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "patients.csv"
    path.write_text(TABLE + "5,6\n6,,70,a\n7,?,70,a\n")
    message = refusal(capsys, path)
    assert "patients.csv, line 6: the row ends before column weight" in message
    assert message.endswith("or leave such rows out: --skip-bad-rows\n")
    report = headless(capsys, path, "--skip-bad-rows", "--iterations", 10)
    assert (report["m"], report["left_out"]) == (4, 3)


def test_a_label_with_three_values_trains_one_against_the_rest_or_two_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "flowers.csv"
    path.write_text("size,age,kind\n1,2,rose\n2,3,iris\n4,4,lily\n5,7,lily\n")
    assert "--one VALUE" in refusal(capsys, path, "--label", "kind")
    assert headless(capsys, path, "--one", "lily", "--iterations", 10)["m"] == 4
    assert headless(capsys, path, "--one", "lily", "--zero", "iris", "--iterations", 10)["m"] == 3
    assert "iris, lily, rose" in refusal(capsys, path, "--label", "kind", "--one", "tulip")


@pytest.mark.parametrize("name", ["ages.xlsx", "ages.ods", "ages.xls"])
def test_a_workbook_trains_like_the_same_table_as_text(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ages.csv").write_text("size,age,kind\n1.5,10,a\n2.25,20,b\n0.1,15,a\n4,40,b\n")
    text = headless(capsys, tmp_path / "ages.csv", "--iterations", 10)
    book = headless(capsys, FILES / name, "--sheet", "Ages", "--iterations", 10)
    assert (book["m"], book["w"], book["b"]) == (text["m"], text["w"], text["b"])
    assert f"{name} has no sheet Sizes; choose one of Notes, Ages" in refusal(capsys, FILES / name, "--sheet", "Sizes")


def test_terms_too_large_for_a_number_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huge.csv"
    path.write_text("x1,x2,y\n1e150,1,0\n-1e150,2,1\n0,3,1\n")
    assert "lower degree" in refusal(capsys, path, "--degree", 3)


def test_a_file_without_examples_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("x1,x2,y\n")
    assert "empty.csv" in refusal(capsys, path)
    path.write_text("")
    assert "empty.csv" in refusal(capsys, path)


# Headless runs.


def run(*argv: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, argv)]
    return subprocess.run(command, cwd=ROOT.parent, capture_output=True, text=True, check=False, timeout=60)


def test_the_program_prints_one_json_object_and_nothing_else() -> None:
    """From another folder, as a process of its own."""
    done = run("--headless", "--iterations", 100)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout, parse_constant=refuse_constant)
    assert set(report) >= KEYS
    assert (report["m"], report["n"], report["iterations"]) == (6, 2, 100)


def test_the_program_ends_with_2_and_one_line_on_stderr() -> None:
    done = run("--headless", "--alpha", "-1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "above 0" in done.stderr


def test_the_report_has_the_numbers_of_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", "course", "--alpha", 0.2, "--iterations", 300, "--lambda", 0.5, "--start", "-6,-6,0")
    dataset = make_sample("course")
    w, b = np.array([-6.0, -6.0]), 0.0
    assert report["J_start"] == pytest.approx(logistic.cost(dataset.X, dataset.y, w, b, 0.5), rel=1e-14)
    for _ in range(300):
        dj_dw, dj_db = logistic.gradient(dataset.X, dataset.y, w, b, 0.5)
        w, b = w - 0.2 * dj_dw, b - 0.2 * dj_db
    assert (*report["w"], report["b"]) == pytest.approx((*w, b), rel=1e-11)
    assert report["J"] == pytest.approx(logistic.cost(dataset.X, dataset.y, w, b, 0.5), rel=1e-11)
    f = logistic.predict(dataset.X, w, b)
    assert report["accuracy"] == np.mean((f >= 0.5) == dataset.y)
    assert (report["m"], report["n"], report["iterations"]) == (6, 2, 300)
    assert (report["w_raw"], report["b_raw"]) == (report["w"], report["b"])
    assert report["elapsed_s"] > 0
    assert report["diverged"] is False


@pytest.mark.parametrize("scaling", ["max", "mean", "minmax", "zscore"])
def test_raw_units_give_the_same_cost_on_the_raw_features(scaling: str, capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", "exams", "--scaling", scaling, "--iterations", 500, "--alpha", 1)
    dataset = make_sample("exams")
    columns = FeatureMap.fit(dataset.X, 1, scaling).apply(dataset.X)
    assert logistic.cost(columns, dataset.y, report["w"], report["b"]) == pytest.approx(report["J"], rel=1e-11)
    assert logistic.cost(dataset.X, dataset.y, report["w_raw"], report["b_raw"]) == pytest.approx(report["J"], rel=1e-9)
    assert report["w_raw"] != report["w"]


def test_a_higher_degree_has_no_raw_units(capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", "ring", "--degree", 2, "--scaling", "zscore", "--alpha", 1, "--iterations", 3000)
    assert (report["w_raw"], report["b_raw"]) == (None, None)
    assert len(report["w"]) == 5
    assert report["accuracy"] == 1.0
    assert report["n"] == 2


def test_the_seed_draws_other_examples(capsys: pytest.CaptureFixture[str]) -> None:
    one, again, two = (headless(capsys, "--sample", "blobs", "--seed", seed, "--iterations", 50)["J"] for seed in (1, 1, 2))
    assert one == again != two


def test_a_diverged_run_is_reported_in_valid_json(capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", "blobs", "--model", "linear", "--alpha", 1.5, "--iterations", 100_000)
    assert report["diverged"] is True
    assert 100 < report["iterations"] < 1000
    assert all(math.isfinite(value) for value in [*report["w"], report["b"], report["J"], *report["w_raw"], report["b_raw"]])
    assert report["J"] > 1e290


def test_a_cost_beyond_all_numbers_is_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huge.csv"
    path.write_text("x1,x2,y\n1e150,1,0\n-1e150,2,1\n0,3,1\n")
    report = headless(capsys, path, "--model", "linear", "--start", "1e100,0,0")
    assert (report["J_start"], report["J"], report["iterations"], report["diverged"]) == (None, None, 0, True)
    assert report["w"] == [1e100, 0]


def test_a_weight_beyond_all_numbers_in_raw_units_is_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tiny.csv"
    path.write_text("x1,x2,y\n0,1,0\n1e-300,2,1\n0,3,1\n1e-300,4,0\n")
    report = headless(capsys, path, "--scaling", "minmax", "--start", "1e100,0,0", "--iterations", 2)
    assert report["w"][0] == 1e100
    assert report["w_raw"][0] is None
    assert report["b_raw"] is None
    assert math.isfinite(report["w_raw"][1])


@pytest.mark.parametrize("key", SAMPLES)
def test_every_sample_trains_headless(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", key, "--scaling", "zscore", "--alpha", 1, "--iterations", 500)
    assert report["J"] < report["J_start"]
    assert report["iterations"] == 500


# A user's file.


def write_clinic(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """200 patients: id, two measurements in different units, a third one, a town, and the diagnosis in words. Not separable."""
    rng = np.random.default_rng(4)
    size, age, weight = rng.normal(3.0, 1.0, 200), rng.normal(55.0, 12.0, 200), rng.normal(70.0, 9.0, 200)
    z = 1.5 * (size - 3.0) + 0.06 * (age - 55.0) + rng.logistic(size=200)
    lines = ["Patient ID,size (cm),age,town,weight,diagnosis"]
    for i in range(200):
        town = ("Ulm", "Bonn", "Kiel")[i % 3]
        diagnosis = "malignant" if z[i] > 0 else "benign"
        lines.append(f"{1000 + i},{size[i]:.17g},{age[i]:.17g},{town},{weight[i]:.17g},{diagnosis}")
    path.write_text("\n".join(lines) + "\n")
    return np.column_stack([size, age, weight]), (z > 0).astype(float)


@pytest.mark.parametrize(
    ("options", "features"),
    [([], [0, 1]), (["--x1", "weight", "--x2", "size (cm)", "--label", "diagnosis"], [2, 0]), (["--x2", "weight"], [0, 2])],
)
def test_a_users_file_run_to_the_end_gives_the_maximum_likelihood_in_raw_units(
    options: list[str], features: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from sklearn.linear_model import LogisticRegression

    X, y = write_clinic(tmp_path / "clinic.csv")
    report = headless(capsys, tmp_path / "clinic.csv", *options, "--scaling", "zscore", "--alpha", 2, "--iterations", 20_000)
    theirs = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12).fit(X[:, features], y)
    assert report["w_raw"] == pytest.approx(theirs.coef_[0], rel=1e-7)
    assert report["b_raw"] == pytest.approx(theirs.intercept_[0], rel=1e-7)
    assert report["accuracy"] == theirs.score(X[:, features], y)
    assert (report["m"], report["n"]) == (200, 2)


@pytest.mark.parametrize("arguments", [["data.csv", "--seed", "3"], ["--alpha", "1_0"], ["--iterations", "1_0"], ["--alpha", "-1e-3"]])
def test_what_would_be_ignored_or_misread_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SettingError):
        parse([*arguments, "--headless"]).experiment(make_sample("course"))


def test_a_report_has_the_verdict_and_the_minimum(capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", "blobs", "--alpha", 1, "--iterations", 200)
    assert report["verdict"] == "near the minimum"
    assert report["J_min"] == pytest.approx(0.1649, abs=5e-5)
    cycle = headless(capsys, "--sample", "blobs", "--alpha", 29, "--iterations", 5000)
    assert cycle["verdict"] == "cycling"
    course = headless(capsys)
    assert (course["verdict"], course["J_min"]) == ("separable", None)


def test_the_stop_rule_ends_a_run_early(capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", "blobs", "--alpha", 0.01, "--stop-below", "1e-3")
    assert (report["iterations"], report["verdict"]) == (134, "falling")
    assert report["J"] / report["J_min"] - 1 == pytest.approx(1.34, abs=0.006)
    assert "Stop rule ε -1 is not possible" in refusal(capsys, "--stop-below", "-1")


# Other descents.


def test_a_method_has_its_settings_and_names_itself_in_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    batches = ("--sample", "blobs", "--method", "mini-batch", "--batch-size", "20", "--iterations", "300", "--alpha", "0.3")
    one, same, other = (headless(capsys, *batches, "--order-seed", seed) for seed in (1, 1, 2))
    assert one["method"] == "mini-batch"
    assert one["w"] == same["w"] != other["w"]
    assert headless(capsys)["method"] == "gradient"


def test_the_seed_of_the_sample_and_that_of_the_order_are_two(capsys: pytest.CaptureFixture[str]) -> None:
    stochastic = ("--sample", "blobs", "--method", "stochastic", "--iterations", "100")
    same_order = headless(capsys, *stochastic, "--seed", "3", "--order-seed", "5")
    assert parse(["--seed", "3", "--sample", "blobs", "--method", "stochastic", "--order-seed", "5"]).seed == 3
    assert same_order["w"] != headless(capsys, *stochastic, "--seed", "4", "--order-seed", "5")["w"]
    assert same_order["w"] != headless(capsys, *stochastic, "--seed", "3", "--order-seed", "6")["w"]


def test_newton_makes_whole_steps_unless_alpha_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    newton = ("--sample", "blobs", "--method", "newton")
    few = headless(capsys, *newton, "--iterations", "8")
    assert few["J"] == pytest.approx(few["J_min"], rel=1e-12)
    half = headless(capsys, *newton, "--iterations", "8", "--alpha", "0.5")
    assert half["J"] > (1 + 1e-6) * few["J"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--batch-size", "4"], "--batch-size 4 belongs to --method mini-batch"),
        (["--method", "adam", "--order-seed", "4"], "--order-seed 4 belongs to --method stochastic, mini-batch"),
        (["--method", "newton", "--momentum", "0.5"], "--momentum 0.5 belongs to --method momentum, nesterov, adam"),
        (["--method", "sgd"], "Method sgd is not known"),
        (["--method", "sgd", "--batch-size", "4"], "Method sgd is not known"),
        (["--method", "momentum", "--momentum", "-0.5"], "Momentum β -0.5 is not possible"),
        (["--method", "newton", "--model", "squared"], "convex"),
        (["--method", "mini-batch", "--batch-size", "2.5"], "Batch size 2.5 is not possible"),
    ],
)
def test_a_method_and_settings_that_do_not_fit_are_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert words in refusal(capsys, *arguments)
