"""A test set on the command line: --test-share and --split-seed, and the numbers of a headless run."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from core import logistic
from core.command_line import parse
from core.samples import make_sample
from core.split import with_split


def headless(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    assert main.main(["--headless", *argv]) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def refusal(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main.main(["--headless", *argv]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_a_headless_run_trains_on_the_training_set_and_reports_both(capsys: pytest.CaptureFixture[str]) -> None:
    report = headless(capsys, "--sample", "overlap", "--test-share", "0.25", "--split-seed", "3", "--iterations", "300", "--lambda", "2")
    split = with_split(make_sample("overlap"), 0.25, 3)
    assert (report["m"], report["m_test"]) == (150, 50)
    w, b = np.array(report["w"]), report["b"]
    training, test = split.training, split.kept_back
    assert report["J"] == pytest.approx(logistic.cost(training.X, training.y, w, b, 2.0), rel=1e-9)
    assert report["J_test"] == pytest.approx(logistic.cost(test.X, test.y, w, b), rel=1e-9)
    assert report["accuracy_test"] == ((logistic.predict(test.X, w, b) >= 0.5) == test.y).mean()
    assert report["accuracy"] == ((logistic.predict(training.X, w, b) >= 0.5) == training.y).mean()


def test_without_a_split_all_examples_are_trained_on_and_the_test_numbers_are_null(capsys: pytest.CaptureFixture[str]) -> None:
    for options in ((), ("--test-share", "0")):
        report = headless(capsys, "--iterations", "10", *options)
        assert (report["m"], report["m_test"], report["J_test"], report["accuracy_test"]) == (6, 0, None, None)


def test_the_split_of_a_file_has_a_seed_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b,y\n" + "".join(f"{i},{i % 7},{i % 2}\n" for i in range(40)))
    first, other = (parse([str(path), "--test-share", "0.2", "--split-seed", seed]).dataset() for seed in ("0", "1"))
    assert first.kept_back.class_counts() == (4, 4)
    assert not np.array_equal(first.test, other.test)  # type: ignore[arg-type]
    assert parse([str(path), "--test-share", "0.2"]).dataset().split == first.split


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--test-share", "1"], "Test set 100 %"),
        (["--test-share", "-0.2"], "Test set -20 %"),
        (["--test-share", "some"], "some"),
        (["--test-share", "0.2", "--split-seed", "-1"], "Seed -1"),
        (["--split-seed", "4"], "--test-share"),
    ],
)
def test_what_cannot_be_a_split_is_one_line_that_says_why(capsys: pytest.CaptureFixture[str], argv: list[str], words: str) -> None:
    assert words in refusal(capsys, *argv)
