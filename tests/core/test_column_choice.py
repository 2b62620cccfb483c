"""Which columns of a file are taken unasked: never one that only stands in for the column that was meant."""

from pathlib import Path

import pytest

from core.errors import DataError
from core.importing import Draft, read_draft, read_or_ask
from core.read_options import AS_FOUND
from core.table import Columns, Table, read_table, read_text

IDS = ("PatientNr", "patient_no", "Patient ID", "CASE NUMBER", "sampleKey", "IDNumber", "patientnr", "Key", "number")
NO_IDS = ("Humid", "piano", "turkey", "Number of siblings", "Key rate", "Acid", "No of steps")


def table_of(folder: Path, content: str) -> Table:
    path = folder / "data.csv"
    path.write_text(content, encoding="utf-8")
    return read_table(path)


def refusal(folder: Path, content: str, **columns: str) -> str:
    """The message with which the columns of the file are refused."""
    table = table_of(folder, content)
    with pytest.raises(DataError) as caught:
        table.to_dataset(**columns)
    message = str(caught.value)
    assert message.startswith("data.csv")
    assert "; " in message
    assert "\n" not in message
    assert caught.value.template.format(**caught.value.values) == message
    return message


# The label.


@pytest.mark.parametrize(
    ("content", "column", "held"),
    [
        ("a,b,y\n1,2,1\n2,3,2\n4,3,3\n", "y", "3 (1, 2, 3)"),
        ("a,b,y\n1,2,\n2,3,\n", "y", "0 (-)"),
        ("age,dose,Diagnosis,sex\n1,2,flu,f\n2,3,cold,m\n5,3,none,m\n", "Diagnosis", "3 (cold, flu, none)"),
        ("age,dose,sex,target\n1,2,f,0.5\n2,3,m,1.5\n5,3,m,2.5\n", "target", "3 (0.5, 1.5, 2.5)"),
    ],
)
def test_a_column_with_the_name_of_a_label_is_not_replaced_by_another(tmp_path: Path, content: str, column: str, held: str) -> None:
    message = refusal(tmp_path, content)
    assert f"column {column}: " in message
    assert "exactly two different values" in message
    assert f"has {held}" in message
    assert "choose another label" in message


def test_more_than_two_classes_ask_which_is_meant(tmp_path: Path) -> None:
    assert "; fill in the class" in refusal(tmp_path, "a,b,y\n1,2,\n2,3,\n")
    message = refusal(tmp_path, "a,b,y\n1,2,1\n2,3,2\n4,3,3\n")
    assert "; keep the rows of two classes, choose the value that is y = 1 (--one VALUE)" in message


def test_a_label_that_is_asked_for_is_taken_and_what_has_the_name_of_one_is_no_feature(tmp_path: Path) -> None:
    table = table_of(tmp_path, "y,a,b,sex\n1,1,2,f\n2,2,3,m\n3,4,3,m\n")
    assert table.suggest(label="sex") == Columns("a", "b", "sex")
    assert table.to_dataset(x1="y", label="sex").feature_names == ("y", "a"), "asked for"
    binary = table_of(tmp_path, "y,a,b,sex\n1,1,2,f\n0,2,3,m\n1,4,3,m\n")
    assert binary.suggest(label="sex") == Columns("a", "b", "sex")


def test_without_another_feature_the_column_named_like_a_label_is_mentioned(tmp_path: Path) -> None:
    message = refusal(tmp_path, "a,y,sex\n1,1,f\n2,2,m\n4,3,m\n", label="sex")
    assert "column y: " in message
    assert "(a)" in message
    assert "choose it as x1 or x2" in message


def test_two_values_in_one_of_two_columns_named_like_a_label_are_enough(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a,b,class,outcome\n1,2,p,0\n2,3,q,1\n4,3,r,1\n").suggest() == Columns("a", "b", "outcome")


@pytest.mark.parametrize(
    ("content", "chosen"),
    [
        ("x,y,kind\n1,2,p\n2,3,p\n4,5,q\n", ("x", "y", "kind")),
        ("Class,X,Y\n0,1,2\n1,2,3\n1,4,5\n", ("X", "Y", "Class")),
        ("x,y,z\n1,0,5\n2,1,7\n4,1,6\n", ("x", "z", "y")),
    ],
)
def test_y_right_after_x_is_a_coordinate_unless_it_has_two_values(tmp_path: Path, content: str, chosen: tuple[str, str, str]) -> None:
    assert table_of(tmp_path, content).suggest() == Columns(*chosen)


# Upper and lower case.


@pytest.mark.parametrize(("name", "columns"), [("y", {}), ("answer", {}), ("answer", {"label": "answer"})])
def test_classes_that_differ_in_case_only_are_refused_with_that_reason(tmp_path: Path, name: str, columns: dict[str, str]) -> None:
    message = refusal(tmp_path, f"a,b,{name}\n1,2,Yes\n2,3,yes\n4,5,no\n", **columns)
    assert f"column {name}: " in message
    assert "3 (Yes, no, yes)" in message
    assert "upper and lower case" in message
    assert "write each class in one way" in message


def test_classes_that_differ_in_more_than_case_are_refused_without_that_hint(tmp_path: Path) -> None:
    assert "case" not in refusal(tmp_path, "a,b,y\n1,2,Yes\n2,3,yes\n4,5,no\n4,7,?\n")
    assert "case" not in refusal(tmp_path, "a,b,y\n1,2,1\n2,3,2\n4,3,3\n")


# Features.


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('a,b,y\n"1,000",2,0\n"2,500",3,1\n', "line 2, column a: 1,000 has a comma, which is ambiguous"),
        ('a,b,y\n"1,000,000",2,0\n"2,500,000",3,1\n', "line 2, column a: 1,000,000 has a mark between thousands"),
        ("a,b,y\n1%,2,0\n2.5 %,3,1\n", "line 2, column a: 1% is not a number"),
        ("a,b,y\n1,2 kg,0\n2,3 kg,1\n", "line 2, column b: 2 kg is not a number"),
        ("name,a,b,y\nAnn,1,2,0\nBob,2,?,1\nCid,4,low,1\n", "line 3, column b: ? is not a number"),
        ("id;a;b;y\n7;1.5;2,5;0\n9;3.5;4,25;1\n", "line 2, column b: 2,5 has a decimal comma"),
        ("name,a,b,y\nAnn,1,2 kg,0\nBob,,3 kg,1\n", "line 2, column b: 2 kg is not a number"),
    ],
)
def test_too_few_features_because_of_their_cells_names_the_first_such_cell(tmp_path: Path, content: str, said: str) -> None:
    message = refusal(tmp_path, content)
    assert said in message
    assert "cells that cannot be used in this column: 2 of " in message
    assert "; write " in message


def test_columns_of_words_dates_and_codes_are_not_taken_for_numbers(tmp_path: Path) -> None:
    for cells in (("Ann", "Bob"), ("2020-01-31", "2020-02-01"), ("P17", "P18"), ("", "")):
        table = table_of(tmp_path, f"what,x1,y\n{cells[0]},1,0\n{cells[1]},2,1\n")
        assert table.suggest() == Columns("x1", None, "y")


@pytest.mark.parametrize("name", IDS)
def test_a_number_that_only_names_its_row_is_no_feature(tmp_path: Path, name: str) -> None:
    assert table_of(tmp_path, f"{name},a,b,y\n17,2,3,0\n11,3,5,1\n12,3,7,1\n").suggest() == Columns("a", "b", "y")


@pytest.mark.parametrize("name", NO_IDS)
def test_words_that_only_end_like_an_id_are_features(tmp_path: Path, name: str) -> None:
    assert table_of(tmp_path, f"{name},a,b,y\n17,2,3,0\n11,3,5,1\n12,3,7,1\n").suggest() == Columns(name, "a", "y")


def test_a_first_column_of_infinite_numbers_leaves_their_rows_out_without_a_warning(tmp_path: Path) -> None:
    dataset = table_of(tmp_path, "a,b,y\n1,2,0\n1e400,3,1\n1e400,4,1\n").to_dataset("a", "b", "y")
    assert dataset.m == 1


FILES = Path(__file__).resolve().parent / "files"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("thousands.csv", "line 2, column x1: 1,000 has a comma, which is ambiguous"),
        ("thousands-plain.csv", "line 2, column x1: 1,000,000 has a mark between thousands"),
        ("percent.csv", "line 2, column x1: 5% is not a number"),
        ("units.csv", "line 2, column x1: 0.5 kg is not a number"),
    ],
)
def test_numbers_written_in_another_way_are_a_feature_to_mend_and_never_the_label(name: str, said: str) -> None:
    draft = read_or_ask(lambda progress, options: read_table(FILES / name, progress, options), AS_FOUND, lambda _fraction: None)
    assert isinstance(draft, Draft)
    assert draft.columns == Columns("x1", "x2", "y")
    assert "x1" not in draft.table.numeric_names()
    assert draft.stuck is not None and said in str(draft.stuck)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("x1,x2,admitted\n5%,1.5,0\n10%,1,0\n30%,0.5,1\n", "admitted"),
        ("admitted,x2,x1\n0,1.5,5%\n0,1,10%\n1,0.5,30%\n", "admitted"),
        ("x1,x2,admitted\n5%,1.5,0\n10%,1,0\n10%,0.5,1\n", "admitted"),
        ("x1,x2,kind\n5%,1.5,ant\n10%,1,bee\n30%,0.5,cow\n", "kind"),
        ("x1,x2,label\n5%,1.5,0\n10%,1,1\n30%,0.5,2\n", "label"),
    ],
)
def test_the_label_to_begin_with_is_not_the_column_of_percentages(text: str, label: str) -> None:
    draft = read_draft(lambda progress, options: read_text(text, "data.csv", progress, options), AS_FOUND, lambda _fraction: None)
    assert draft.columns is not None and draft.columns.label == label
    assert draft.stuck is not None and "column x1: 5% is not a number" in str(draft.stuck)


def test_a_column_of_dates_is_neither_a_feature_nor_the_label() -> None:
    draft = read_draft(lambda progress, options: read_table(FILES / "dates.csv", progress, options), AS_FOUND, lambda _fraction: None)
    assert draft.columns == Columns("x1", None, "y")
    assert draft.stuck is None


def test_no_columns_of_numbers_are_not_counted(tmp_path: Path) -> None:
    message = refusal(tmp_path, "name,class,kind\nAnn,1,a\nBob,2,b\nCy,3,a\n", label="kind")
    assert "besides it and label kind none of the columns holds numbers; " in message
