"""One feature: out of a table, out of a dataset with two, as the course's sample, and what comes of training on it."""

from pathlib import Path

import numpy as np
import pytest

from core.command_line import parse, run_headless
from core.dataset import Array
from core.descent import descend
from core.errors import DataError
from core.experiment import Experiment
from core.frame import Frame
from core.one_feature import is_edited, landscape_ranges, with_second, without_second
from core.samples import make_sample
from core.split import with_split
from core.table import NO_COLUMN, Columns, Table, TableSource, read_table

ALL = "id,size,age,kind\n7,1.5,10,a\n9,2.25,20,b\n4,0.5,15,a\n"


def table_of(folder: Path, content: str) -> Table:
    path = folder / "data.csv"
    path.write_text(content, encoding="utf-8")
    return read_table(path)


# Tables.


@pytest.mark.parametrize(
    "content", ["x,y\n1,0\n2,1\n", "x;y\n1,5;0\n2,5;1\n", "x\ty\n1\tno\n2\tyes\n", "kind,x\na,1\nb,2\n", "x,y,\n1,0,\n2,1,\n"]
)
def test_a_file_with_one_column_of_numbers_and_a_label_opens_with_one_feature_and_asks_nothing(tmp_path: Path, content: str) -> None:
    table = table_of(tmp_path, content)
    dataset = table.to_dataset()
    assert dataset.feature_names == ("x",)
    assert dataset.X.shape == (2, 1)
    assert dataset.y.tolist() == [0, 1]
    assert table.decisions() == ()


def test_any_feature_of_a_file_can_be_the_only_one(tmp_path: Path) -> None:
    table = table_of(tmp_path, ALL)
    dataset = table.to_dataset("age", NO_COLUMN, "kind")
    assert dataset.X.tolist() == [[10], [20], [15]]
    assert dataset.feature_names == ("age",)
    assert isinstance(dataset.source, TableSource)
    assert dataset.source.columns == Columns("age", None, "kind")
    assert table.to_dataset(x2=NO_COLUMN).feature_names == ("size",), "the first that is no row number"
    assert table.to_dataset().feature_names == ("size", "age")


def test_only_the_cells_of_the_one_feature_count(tmp_path: Path) -> None:
    table = table_of(tmp_path, "size,age,kind\n1,,a\n2,5,b\n3,old,a\n")
    assert table.to_dataset("size", NO_COLUMN, "kind").m == 3
    assert table.usable(Columns("size", None, "kind")).problems == ()
    with pytest.raises(DataError, match=r"no row can be used, .* in column size or kind; fill them in"):
        table_of(tmp_path, "size,kind\n,a\n,b\n").to_dataset("size", NO_COLUMN, "kind")


def test_the_one_feature_cannot_be_the_label(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="column y is chosen twice"):
        table_of(tmp_path, "x,y\n1,0\n2,1\n").to_dataset("y", NO_COLUMN, "y")


def test_a_column_with_a_bad_cell_does_not_silently_leave_one_feature(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,y\n1,2 kg,0\n2,3,1\n4,5,1\n")
    with pytest.raises(DataError, match="line 2, column b: 2 kg is not a number"):
        table.to_dataset()
    assert "problems" in table.decisions()
    table = table_of(tmp_path, "a,b,y\n1,2 kg,0\n2,3 kg,1\n4,5,1\n")
    with pytest.raises(DataError, match="line 2, column b: 2 kg is not a number"):
        table.to_dataset()
    assert "features" in table.decisions()


def test_a_row_number_or_another_possible_label_beside_the_one_feature_is_asked_about(tmp_path: Path) -> None:
    assert "features" in table_of(tmp_path, "id,a,y\n7,1,0\n9,2,1\n8,4,1\n").decisions()
    assert table_of(tmp_path, "name,a,y\nAnn,1,0\nBob,2,1\nCid,4,1\n").decisions() == ()


# The command line.


def test_x2_none_on_the_command_line_trains_on_one_feature(tmp_path: Path) -> None:
    import json

    path = tmp_path / "tumors.csv"
    path.write_text("size,age,y\n0,50,0\n1,40,0\n2,70,0\n3,30,1\n4,40,1\n5,60,1\n", encoding="utf-8")
    report = json.loads(run_headless(parse([str(path), "--x1", "size", "--x2", "none", "--headless", "--iterations", "100"])))
    of_sample = json.loads(run_headless(parse(["--sample", "course-1d", "--headless", "--iterations", "100"])))
    assert (report["m"], report["n"]) == (6, 1)
    assert len(report["w"]) == len(report["w_raw"]) == 1
    assert {**report, "elapsed_s": 0} == {**of_sample, "elapsed_s": 0}


def test_a_column_called_none_is_meant_where_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("size,none,y\n0.5,1,0\n1,3,0\n2,4,1\n", encoding="utf-8")
    assert parse([str(path), "--x2", "none"]).dataset().feature_names == ("size", "none")


# The course's sample and its numbers.


def cost(X: Array, y: Array, w: float, b: float) -> float:
    f = 1 / (1 + np.exp(-(w * X[:, 0] + b)))
    return float(-(y * np.log(f) + (1 - y) * np.log(1 - f)).mean())


def test_the_courses_one_variable_data() -> None:
    dataset = make_sample("course-1d")
    assert dataset.X.tolist() == [[0], [1], [2], [3], [4], [5]]
    assert dataset.y.tolist() == [0, 0, 0, 1, 1, 1]
    assert dataset.n == len(dataset.feature_names) == 1
    assert dataset.source is not None
    assert dataset.source.w_b_range == ((-1.0, 7.0), (-14.0, 1.0))
    assert dataset.with_point([2.5], 1).source is dataset.source, "points added keep the range"


def test_the_course_shows_the_cost_over_its_range_of_w_and_b_as_long_as_they_mean_the_same() -> None:
    dataset = make_sample("course-1d")
    assert landscape_ranges(Experiment(dataset)) == ((-1.0, 7.0), (-14.0, 1.0))
    assert landscape_ranges(Experiment(dataset.with_point([2.5], 1), alpha=1.0)) == ((-1.0, 7.0), (-14.0, 1.0))
    for other in (Experiment(dataset, scaling="zscore"), Experiment(dataset, degree=2), Experiment(dataset, model="linear")):
        assert landscape_ranges(other) is None
    assert landscape_ranges(Experiment(make_sample("course"))) is None


def test_the_second_feature_is_left_out_and_comes_back_under_the_names_given_since() -> None:
    two = with_split(make_sample("tumors"), 0.2, 3)
    one = without_second(two)
    assert one.X.tolist() == two.X[:, :1].tolist()
    assert one.test is not None and two.test is not None
    assert one.test.tolist() == two.test.tolist()
    assert not one.continues(two)
    assert not is_edited(one)
    named = one.renamed(features=("size",), classes=("good", "bad"))
    again = with_second(named)
    assert again.X.tolist() == two.X.tolist()
    assert (again.feature_names, again.class_names) == (("size", "Age (years)"), ("good", "bad"))
    assert is_edited(one.with_labels(0, 1)) and is_edited(one.without([0]))
    assert with_second(two) is two


@pytest.mark.parametrize("w_b", [(0.0, 0.0), (1.0, -3.0), (2.5, -6.25), (7.0, -14.0), (-1.0, 1.0)])
def test_J_at_a_start_is_the_mean_loss_by_hand(w_b: tuple[float, float]) -> None:
    experiment = Experiment(make_sample("course-1d"), start=w_b)
    assert experiment.descent().trace().J[0] == pytest.approx(cost(experiment.dataset.X, experiment.dataset.y, *w_b), rel=1e-12)


def test_descent_on_one_feature_is_the_update_rule_by_hand() -> None:
    dataset = make_sample("course-1d")
    x, y, w, b = dataset.X[:, 0], dataset.y, 0.0, 0.0
    for _ in range(2000):
        error = 1 / (1 + np.exp(-(w * x + b))) - y
        w, b = w - 0.1 * (error * x).mean(), b - 0.1 * error.mean()
    trace = descend(dataset.X, y, alpha=0.1, iterations=2000)
    assert trace.w[-1].tolist() == pytest.approx([w], rel=1e-10)
    assert float(trace.b[-1]) == pytest.approx(b, rel=1e-10)
    assert -b / w == pytest.approx(2.5, abs=0.2), "half way between the classes"


def test_a_frame_predicts_with_one_feature_scaled_or_not() -> None:
    for scaling in ("none", "zscore"):
        experiment = Experiment(make_sample("course-1d"), scaling=scaling, alpha=1.0)
        descent = experiment.descent()
        descent.advance(1000)
        frame = Frame(experiment, descent.trace(), 1000)
        w_raw, b_raw = frame.w_b_raw
        assert frame.accuracy() == 1.0
        x = np.array([[0.0], [2.4], [5.0]])
        assert frame.predict(x) == pytest.approx(1 / (1 + np.exp(-(w_raw[0] * x[:, 0] + b_raw))), rel=1e-12)
