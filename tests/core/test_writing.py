"""Writing: what is saved is read again exactly as it was, a spreadsheet runs none of it, and a failure leaves the old file whole."""

import csv
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.class_note import class_note, noted_classes
from core.dataset import LARGEST, Dataset
from core.errors import DataError
from core.formula_guard import guarded, unguarded
from core.read_options import ReadOptions
from core.reading.cells import parse_numbers
from core.replacing import replace_file
from core.samples import SAMPLES, make_sample
from core.table import NO_COLUMN, TableSource, read_table, read_text
from core.writing import column_names, save_csv, table_text

FORMULAS = ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\tx", "\rx", "'=1", "''+x"]


def file_of(dataset: Dataset) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        save_csv(dataset, str(path))
        return path.read_text(encoding="utf-8")


def text_of(dataset: Dataset, **how: str) -> str:
    return "".join(table_text(dataset, **how))


# The text.


def test_the_header_names_the_features_and_the_label_and_each_row_is_an_example() -> None:
    dataset = Dataset([[1.0, 0.1], [-2.5, 1e-7]], [0, 1], ("size", "age"), ("benign", "malignant"))
    assert text_of(dataset) == "size,age,y\n1,0.1,benign\n-2.5,1e-07,malignant\n"
    assert text_of(dataset, delimiter="\t") == "size\tage\ty\n1\t0.1\tbenign\n-2.5\t1e-07\tmalignant\n"


def test_only_the_rows_asked_for_are_written_in_their_order() -> None:
    dataset = Dataset([[1, 1], [2, 2], [3, 3]], [0, 1, 0])
    assert "".join(table_text(dataset, [2, 0])) == "x1,x2,y\n3,3,0\n1,1,0\n"


def test_an_empty_dataset_is_its_header() -> None:
    assert text_of(Dataset(np.empty((0, 2)), np.empty(0))) == "x1,x2,y\n"


def test_names_with_separators_quotes_and_line_ends_are_quoted() -> None:
    dataset = Dataset([[1, 2]], [1], ('size, "cm"', "#rooms"), ("no", "yes\nreally"))
    assert list(csv.reader(io.StringIO(text_of(dataset), newline=""))) == [['size, "cm"', "#rooms", "y"], ["1", "2", "yes\nreally"]]


def test_a_first_name_with_a_number_sign_begins_no_comment() -> None:
    assert text_of(Dataset([[1, 2]], [1], ("#rooms", "b"))).startswith('"#rooms",b,y\n')


def test_examples_that_are_kept_back_are_marked_and_only_then_is_there_a_column_for_it() -> None:
    dataset = Dataset([[1, 1], [2, 2]], [0, 1], test=[False, True])
    assert text_of(dataset) == "x1,x2,set,y\n1,1,train,0\n2,2,test,1\n"


def test_the_label_keeps_the_name_that_it_has_in_its_table() -> None:
    assert column_names(make_sample("breast-cancer"))[2] == "Diagnosis"


@pytest.mark.parametrize(("features", "expected"), [(("y", "y"), ("y", "y (2)", "y (3)")), (("", " "), ("column 1", "column 2", "y"))])
def test_no_two_columns_have_the_same_name(features: tuple[str, str], expected: tuple[str, str, str]) -> None:
    assert text_of(Dataset([[1, 2]], [1], features)).splitlines()[0] == ",".join(expected)


@pytest.mark.parametrize(
    ("classes", "expected"),
    [(("a", "a "), ["a", "a (2)"]), (("", ""), ["0", "1"]), (("1", "1.0"), ["1", "1.0 (2)"]), (("1", "0"), ["1", "0"])],
)
def test_the_two_classes_are_two_different_texts(classes: tuple[str, str], expected: list[str]) -> None:
    assert [line.split(",")[2] for line in text_of(Dataset([[1, 2], [3, 4]], [0, 1], class_names=classes)).splitlines()[1:]] == expected


# Formulas.


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_spreadsheet_runs_no_name_as_a_formula(formula: str) -> None:
    dataset = Dataset([[-1.0, 2.0]], [1], (formula, "b"), ("other", formula))
    cells = [cell for row in csv.reader(io.StringIO(text_of(dataset), newline="")) for cell in row]
    assert [cell for cell in cells if cell[0] in "=+-@\t\r" and cell != "-1"] == []


@pytest.mark.parametrize("text", ["-1", "+2.5", "-1e-3", "benign", "'quoted'", "a=b", ""])
def test_numbers_and_other_text_are_written_as_they_are(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(st.one_of(st.text(), st.text(alphabet="'=+-@\t\r1a")))
def test_the_guard_comes_off_again_whatever_the_text(text: str) -> None:
    assert unguarded(guarded(text)) == text


# There and back.

number = st.one_of(
    st.floats(-LARGEST, LARGEST), st.floats(-1000, 1000), st.integers(-(10**6), 10**6).map(float), st.sampled_from([0.0, -0.0, 5e-324, 0.1])
)


def read_again(path: Path, dataset: Dataset) -> Dataset:
    save_csv(dataset, str(path))
    features, _, label = column_names(dataset)
    return read_table(path).to_dataset(features[0], features[1] if len(features) > 1 else NO_COLUMN, label)


@given(st.lists(st.tuples(number, number), max_size=30), st.integers(0, 2**30))
@settings(max_examples=60, deadline=None)
@example([(1e16, -0.0)], 0)
def test_every_number_comes_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float, float]], seed: int
) -> None:
    X = np.array([*rows, (0.5, 0.5), (1.5, 1.5)])
    y = np.append(np.random.default_rng(seed).integers(0, 2, len(rows)), [0, 1])
    again = read_again(tmp_path_factory.mktemp("written") / "data.csv", Dataset(X, y))
    assert again.X.tobytes() == np.asfortranarray(X).tobytes()
    assert again.y.tolist() == y.tolist()
    assert again.class_names == ("0", "1")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    dataset = make_sample(name)
    again = read_again(tmp_path / "data.csv", dataset)
    assert np.array_equal(again.X, dataset.X)
    assert np.array_equal(again.y, dataset.y)
    assert again.feature_names == dataset.feature_names
    assert again.class_names == dataset.class_names


def test_a_large_dataset_comes_back_as_it_was(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    dataset = Dataset(rng.normal(size=(50_000, 2)), rng.integers(0, 2, 50_000))
    seen: list[float] = []
    save_csv(dataset, str(tmp_path / "data.csv"), seen.append)
    again = read_table(tmp_path / "data.csv").to_dataset()
    assert np.array_equal(again.X, dataset.X)
    assert np.array_equal(again.y, dataset.y)
    assert seen == sorted(seen) and seen[0] == 0 and seen[-1] == 1 and len(seen) > 10


# Names. What no table has is not asked for: white space around them, or line ends and runs of blanks in those of columns.

text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12)
odd = st.sampled_from(
    [*FORMULAS, "NA", "nan", "-", "inf", "'NA", "'", "#", "a,b", 'a"b', '"', "a;b", "|", "y = 1", "a / y = 1: b", "%2C", "1", "10", "2"]
)
name = st.one_of(text, odd).map(lambda name: " ".join(name.split())).filter(bool)


def are_two_classes(names: tuple[str, str]) -> bool:
    numbers = parse_numbers(names)
    return names[0] != names[1] and numbers[0] != numbers[1]


@given(
    features=st.tuples(name, name).filter(lambda names: names[0] != names[1]),
    classes=st.tuples(name, name).filter(are_two_classes),
    y=st.lists(st.integers(0, 1), min_size=2, max_size=6),
    kept_back=st.booleans(),
)
@settings(max_examples=300, deadline=None)
@example(features=("a", "b"), classes=("admitted", "not admitted"), y=[0, 1], kept_back=False)
@example(features=("a", "b"), classes=("not admitted", "admitted"), y=[0, 1], kept_back=False)
@example(features=("a", "b"), classes=("not admitted", "admitted"), y=[1, 1], kept_back=True)
@example(features=("#a", "b"), classes=("10", "9"), y=[1, 0], kept_back=True)
@example(features=("NA", "=b"), classes=("NA", "-"), y=[1, 0], kept_back=False)
def test_names_come_back_and_each_example_keeps_its_class(
    tmp_path_factory: pytest.TempPathFactory, features: tuple[str, str], classes: tuple[str, str], y: list[int], kept_back: bool
) -> None:
    test = np.arange(len(y)) % 2 == 0 if kept_back else None
    dataset = Dataset(np.arange(2.0 * len(y)).reshape(-1, 2) / 7, y, features, classes, test=test)
    path = tmp_path_factory.mktemp("written") / "data.csv"
    save_csv(dataset, str(path))
    x1, x2, label = [*features, column_names(dataset)[2]]
    again = read_table(path, None, ReadOptions(header=True, delimiter=",", decimal=".")).to_dataset(x1, x2, label)
    assert again.X.tobytes() == dataset.X.tobytes()
    assert again.y.tolist() == y
    assert again.feature_names == features
    # Of a single class the other name is only known where the file tells it.
    assert again.class_names == classes or (0 in dataset.class_counts() and classes == ("0", "1"))


@given(
    features=st.lists(st.one_of(name, st.sampled_from(["set", "set (2)", "train"])), min_size=1, max_size=2, unique=True),
    classes=st.sampled_from([("0", "1"), ("no", "yes"), ("yes", "no"), ("train", "test"), ("test", "train")]),
    examples=st.lists(st.tuples(number, st.integers(0, 1), st.booleans()), min_size=3, max_size=8),
)
@settings(max_examples=200, deadline=None)
@example(features=["set"], classes=("test", "train"), examples=[(1.0, 0, True), (2.0, 1, True), (3.0, 1, False)])
def test_the_examples_that_are_kept_back_come_back_so(
    tmp_path_factory: pytest.TempPathFactory, features: list[str], classes: tuple[str, str], examples: list[tuple[float, int, bool]]
) -> None:
    numbers, y, test = zip(*examples, strict=True)
    X = np.array([numbers, np.arange(len(numbers)) / 7]).T[:, : len(features)]
    dataset = Dataset(X, y, tuple(features), classes, test=test)
    path = tmp_path_factory.mktemp("written") / "data.csv"
    save_csv(dataset, str(path))
    x1, x2, label = features[0], features[1] if len(features) == 2 else NO_COLUMN, column_names(dataset)[2]
    again = read_table(path, None, ReadOptions(header=True, delimiter=",", decimal=".")).to_dataset(x1, x2, label)
    assert (None if again.test is None else again.test.tolist()) == (list(test) if any(test) else None)
    assert again.X.tobytes() == dataset.X.tobytes()
    assert again.y.tolist() == list(y)


def test_a_saved_split_is_read_unasked_and_said(tmp_path: Path) -> None:
    dataset = Dataset([[1, 5], [2, 5.5], [3.5, 7]], [0, 1, 1], ("size", "age"), ("cat", "dog"), test=[False, True, False])
    save_csv(dataset, str(tmp_path / "data.csv"))
    table = read_table(tmp_path / "data.csv")
    assert table.decisions() == ()
    again = table.to_dataset()
    assert again.test is not None and again.test.tolist() == [False, True, False]
    assert isinstance(again.source, TableSource)
    assert "Examples kept back to test on, as column set of data.csv says: 1 of 3" in again.source.note


@pytest.mark.parametrize(
    "text",
    [
        "x1,x2,y,set\n1,2,0,train\n3,4,1,test\n5,6,1,train\n",
        "x1,x2,set,y\n1,2,train,0\n3,4,,1\n5,6,test,1\n",
        "x1,x2,set,y\n1,2,train,0\n3,4,train,1\n5,6,train,1\n",
        "x1,x2,set,y\n1,2,train,0\n3,4,Test,1\n5,6,test,1\n",
        "x1,x2,kind,y\n1,2,train,0\n3,4,test,1\n5,6,test,1\n",
    ],
)
def test_any_other_column_of_sets_keeps_nothing_back(text: str) -> None:
    assert read_text(text, "data.csv").to_dataset("x1", "x2", "y").test is None


def test_a_note_of_the_classes_is_written_only_where_the_table_does_not_tell() -> None:
    X, y = [[1, 2], [3, 4]], [0, 1]
    assert text_of(Dataset(X, y, class_names=("no", "yes"))).startswith("x1,x2,y\n")
    assert file_of(Dataset(X, y, class_names=("no", "yes"))).startswith("x1,x2,y\n")
    assert file_of(Dataset(X, y, class_names=("yes", "no"))).startswith("# y = 0: yes / y = 1: no\nx1,x2,y\n")
    assert file_of(Dataset(X, [1, 1], class_names=("no", "yes"))).startswith("# y = 0: no / y = 1: yes\nx1,x2,y\n")
    assert file_of(Dataset(X, y)) == file_of(Dataset(X, y, class_names=("0", "1"))) == "x1,x2,y\n1,2,0\n3,4,1\n"


@pytest.mark.parametrize("tail", ["", ",,", ";;", "\t", "\r"])
def test_the_note_is_understood_after_a_spreadsheet_has_saved_it_again(tail: str) -> None:
    text = f'{class_note(("not, admitted", "admitted"))}{tail}\nx1,x2,y\n1,2,admitted\n3,4,"not, admitted"\n'
    dataset = read_text(text, "Clipboard").to_dataset()
    assert (dataset.class_names, dataset.y.tolist()) == (("not, admitted", "admitted"), [1, 0])


@pytest.mark.parametrize("line", ["# y = 0: a", "# y = 1: b / y = 0: a", "y = 0: a / y = 1: b", "# comment", "", "# y = 0: / y = 1: b"])
def test_any_other_first_line_is_no_note(line: str) -> None:
    assert noted_classes(f"{line}\nx1,x2,y\n") is None


def test_a_note_about_classes_that_the_label_does_not_have_changes_nothing() -> None:
    text = "# y = 0: b / y = 1: c\nx1,x2,y\n1,2,a\n3,4,b\n"
    assert read_text(text, "Clipboard").to_dataset().class_names == ("a", "b")


# The file.


def failing(error: Exception) -> Iterator[bytes]:
    yield b"half of it"
    raise error


class Cancelled(Exception):  # noqa: N818 - what the caller's progress raises
    pass


def test_a_file_that_is_replaced_keeps_its_permissions_and_a_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "data.csv", tmp_path / "link.csv"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(str(link), [b"n", b"ew"])
    assert file.read_text() == "new"
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "link.csv"]


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    replace_file(str(tmp_path / "data.csv"), [b"new"])
    assert (tmp_path / "data.csv").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_cancel_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("old")

    def cancel(fraction: float) -> None:
        if fraction > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        save_csv(make_sample("course"), str(tmp_path / "data.csv"), cancel)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("data.csv", "old")]


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("old")
    with pytest.raises(DataError, match=r"data\.csv cannot be saved \(No space left on device\); .*, or make room$"):
        replace_file(str(path), failing(OSError(28, "No space left on device")))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("data.csv", "old")]


def test_a_sync_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.csv"
    path.write_text("old")

    def fail(number: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DataError, match="Input/output error"):
        replace_file(str(path), [b"new"])
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("data.csv", "old")]


@pytest.mark.parametrize("name", ["no such folder/data.csv", "", "nul\0.csv", "x" * 300 + ".csv"])
def test_a_place_where_no_file_can_be_is_one_sentence_with_the_path(tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    with pytest.raises(DataError) as raised:
        save_csv(make_sample("course"), path)
    assert "\n" not in str(raised.value)
    assert tmp_path.name in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_only_a_full_disk_asks_for_room(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"\(No such file or directory\); choose another folder or name$"):
        replace_file(str(tmp_path / "no such folder" / "data.csv"), [b"new"])


def test_a_file_that_is_write_protected_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    with pytest.raises(DataError, match="Permission denied"):
        replace_file(str(path), [b"new"])
    assert path.read_text() == "old"
