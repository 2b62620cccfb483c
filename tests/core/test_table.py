"""A user's file becomes a dataset, or one sentence with file, line, column and remedy."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.dataset import Dataset
from core.errors import DataError
from core.read_options import ReadOptions
from core.table import Columns, Table, TableSource, read_table

CLEAN = "x1,x2,y\n0.5,1.5,0\n1,1,0\n3,0.5,1\n"


def write(folder: Path, content: str | bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def table_of(folder: Path, content: str | bytes) -> Table:
    return read_table(write(folder, content))


def refusal(folder: Path, content: str | bytes, **columns: str) -> str:
    """The message with which the file is refused."""
    path = write(folder, content)
    with pytest.raises(DataError) as caught:
        read_table(path).to_dataset(**columns)
    message = str(caught.value)
    assert "data.csv" in message
    assert "\n" not in message
    assert ";" in message, "what to do comes after the semicolon"
    assert caught.value.template.format(**caught.value.values) == message
    return message


def assert_course_like(dataset: Dataset) -> None:
    assert dataset.X.tolist() == [[0.5, 1.5], [1, 1], [3, 0.5]]
    assert dataset.y.tolist() == [0, 0, 1]
    assert dataset.feature_names == ("x1", "x2")
    assert dataset.class_names == ("0", "1")


def test_a_clean_file_becomes_a_dataset_that_remembers_its_table(tmp_path: Path) -> None:
    table = table_of(tmp_path, CLEAN)
    dataset = table.to_dataset()
    assert_course_like(dataset)
    assert dataset.title == "data.csv"
    assert isinstance(dataset.source, TableSource)
    assert dataset.source.table is table
    assert dataset.source.columns == Columns("x1", "x2", "y")
    assert table.to_dataset().source is not dataset.source


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("1,2,0\n3,4,1\n", False),
        ("5.1,3.5,a\n4,5,a\n3,4,b\n", False),
        ("a,5.1,3.5\na,4,5\nb,3,4\n", False),
        ("5.1,3.5,c\n4,5,a\n3,4,b\n", False),
        ("5,3,c\n4,5,a\n3,4,b\n", False),
        ("5.1,NA,a\n4,5,a\n3,4,b\n", False),
        ("1;2,5;0\n3;4,5;1\n", False),
        ("1,2,0\n", False),
        ("2020,2021,town\n4,5,a\n3,4,b\n", True),
        ("2020,size,town\n4,5,a\n3,4,b\n", True),
        ("x1,x2,0\n4,5,0\n3,4,1\n", True),
    ],
)
def test_a_first_row_that_is_an_example_is_kept_and_the_columns_numbered(tmp_path: Path, content: str, header: bool) -> None:
    table = table_of(tmp_path, content)
    assert table.options.header is header
    assert len(table.lines) == content.count("\n") - header
    assert "header" in table.content.doubts or header
    if not header:
        assert table.names == ("column 1", "column 2", "column 3")
        assert table.preview(1)[0] == tuple(content.split("\n")[0].replace(";", ",").split(",")) or ";" in content
        assert "column 1, column 2" in str(table.notes[0])
    for told in (True, False):
        understood = read_table(write(tmp_path, content), options=ReadOptions(header=told)) if content.count("\n") > 1 else None
        assert understood is None or understood.options.header is told


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    assert_course_like(table_of(tmp_path, CLEAN.replace(",", separator)).to_dataset())


def test_separators_inside_words_do_not_mislead(tmp_path: Path) -> None:
    text = "size|note|age|class\n1|a, b, c, d|2|yes\n3|e, f|4|no\n5|g|6|no\n"
    assert table_of(tmp_path, text).names == ("size", "note", "age", "class")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_understood(tmp_path: Path, encoding: str) -> None:
    dataset = table_of(tmp_path, CLEAN.replace("x1", "Größe").encode(encoding)).to_dataset()
    assert dataset.feature_names == ("Größe", "x2")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_understood(tmp_path: Path, end: str) -> None:
    assert_course_like(table_of(tmp_path, CLEAN.replace("\n", end)).to_dataset())


def test_blank_lines_spaces_and_separators_at_the_end_do_no_harm(tmp_path: Path) -> None:
    text = "\nx1 , x2,y\n\n 0.5,1.5 ,0,\n1,1,0\n,,\n  \n3,0.5,1,,\n\n"
    table = table_of(tmp_path, text)
    assert_course_like(table.to_dataset())
    assert table.lines.tolist() == [4, 5, 8]


def test_quoted_cells_may_hold_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    text = 'x1,x2,"the ""class""",note\n1,2,"a, b","one\ntwo"\n3,4,c,\n'
    table = table_of(tmp_path, text)
    assert table.names == ("x1", "x2", 'the "class"', "note")
    assert table.to_dataset().class_names == ("a, b", "c")
    assert table.lines.tolist() == [2, 4]


def test_double_and_missing_names_are_completed(tmp_path: Path) -> None:
    table = table_of(tmp_path, "x,x,,y,x (2),\n1,2,3,0,5,6\n3,1,4,1,5,9\n")
    assert table.names == ("x", "x (3)", "column 3", "y", "x (2)", "column 6")


def test_words_and_truth_values_are_classes_in_order(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a,b,c\n1,5,True\n3,4,False\n").to_dataset().y.tolist() == [1, 0]
    dataset = table_of(tmp_path, "a,b,c\n1,5,10\n3,4,9.0\n6,4,9\n").to_dataset()
    assert dataset.class_names == ("9.0", "10")
    assert dataset.y.tolist() == [1, 0, 0]


def test_columns_to_offer(tmp_path: Path) -> None:
    table = table_of(tmp_path, "name,x1,sex,x2,y\nAnn,1,f,2,0\nBob,2,m,5,1\nCid,4,m,3,1\n")
    assert table.numeric_names() == ("x1", "x2", "y")
    assert table.label_names() == ("sex", "y")


@pytest.mark.parametrize(
    ("header", "rows", "chosen"),
    [
        ("a,b,c", ["1,2,0", "5,4,1", "4,4,1"], ("a", "b", "c")),
        ("Class,a,b,sex", ["1,2,3,f", "0,3,4,m"], ("a", "b", "Class")),
        ("kind,a,b,c", ["p,2,3,0", "q,3,5,1"], ("a", "b", "kind")),
        ("id,a,b,y", ["17,2,3,0", "11,3,5,1", "12,3,7,1"], ("a", "b", "y")),
        (",a,b,y", ["17,2,3,0", "11,3,5,1", "12,3,7,1"], ("a", "b", "y")),
        ("Unnamed: 0,a,b,y", ["17,2,3,0", "11,3,5,1", "12,3,7,1"], ("a", "b", "y")),
        ("PatientId,a,b,y", ["17,2,3,0", "11,3,5,1", "12,3,7,1"], ("a", "b", "y")),
        ("row of it,a,b,y", ["7,2,3,0", "8,3,5,1", "9,3,7,1"], ("a", "b", "y")),
        ("Body mass index,a,b,y", ["17,2,3,0", "11,3,5,1", "12,3,7,1"], ("Body mass index", "a", "y")),
        ("hours,a,y", ["1,2,0", "2,5,1", "3,3,1"], ("hours", "a", "y")),
    ],
)
def test_a_sensible_choice_is_suggested(tmp_path: Path, header: str, rows: list[str], chosen: tuple[str, str, str]) -> None:
    assert table_of(tmp_path, "\n".join([header, *rows])).suggest() == Columns(*chosen)


def test_what_is_chosen_is_kept_and_the_rest_suggested_around_it(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,c,y\n1,2,3,0\n2,5,3,1\n2,1,7,1\n")
    assert table.suggest(label="a") == Columns("b", "c", "a")
    assert table.suggest(x2="a") == Columns("b", "a", "y")
    assert table.to_dataset(x1="c", x2="a", label="y").X.tolist() == [[3, 1], [3, 2], [7, 2]]


def test_numbers_are_plain_ascii_numbers(tmp_path: Path) -> None:
    dataset = table_of(tmp_path, "a,b,y\n+1.,.5,0\n-2E3,1e-3,1\n").to_dataset()
    assert dataset.X.tolist() == [[1, 0.5], [-2000, 0.001]]


@pytest.mark.parametrize("cell", ["1_0", "٣", "0x10", "abc", "?", "1 2", "1e"])
def test_a_cell_that_is_no_number_is_named(tmp_path: Path, cell: str) -> None:
    message = refusal(tmp_path, f"x1,x2,y\n1,2,0\n\n4,{cell},1\n2,2,1\n")
    assert message.startswith(
        f"data.csv, line 4, column x2: {cell} is not a number (cells that cannot be used in this column: 1 of 3); write a number"
    )


def test_several_bad_cells_are_counted_and_skipped_if_that_is_asked_for(tmp_path: Path) -> None:
    content = "x1,x2,y\n1,2,0\n1,,0\n4,?,1\n2,2,1\n5,?,1\n7,8,1\n9,8,1\n"
    message = refusal(tmp_path, content)
    assert "line 4, column x2: ? is not a number" in message
    assert "2 of 7" in message
    assert "delete the row, or choose another column" in message
    table = table_of(tmp_path, content)
    with pytest.raises(DataError) as caught:
        table.to_dataset()
    assert caught.value.offer == "skip cells"
    dataset = table.to_dataset(skip_bad_cells=True)
    assert dataset.X.tolist() == [[1, 2], [2, 2], [7, 8], [9, 8]]
    assert isinstance(dataset.source, TableSource)
    assert dataset.source.left_out == 3
    assert str(dataset.source.notes[0]) in dataset.source.note
    assert str(dataset.source.notes[0]).endswith("3 of 7; the first is line 3, column x2")


@pytest.mark.parametrize("cell", ["", "NA", "n/a", "nan", "NaN", "null", "-", "#N/A"])
@pytest.mark.parametrize("column", ["x1", "x2", "y"])
def test_a_row_with_a_missing_cell_is_left_out_and_counted(tmp_path: Path, cell: str, column: str) -> None:
    row = ",".join(cell if name == column else "1" for name in ("x1", "x2", "y"))
    table = table_of(tmp_path, f"x1,x2,y,z\n2,3,0,4\n{row},4\n3,3,1,4\n6,3,1,4\n")
    dataset = table.to_dataset("x1", "x2", "y")
    assert dataset.X.tolist() == [[2, 3], [3, 3], [6, 3]]
    assert dataset.y.tolist() == [0, 1, 1]
    assert isinstance(dataset.source, TableSource)
    assert dataset.source.left_out == 1
    assert f"1 of 4; the first is line 3, column {column}" in dataset.source.note
    usable = table.usable(Columns("x1", "x2", "y"))
    assert (usable.rows, usable.total) == (3, 4)
    assert [(problem.count, problem.fatal) for problem in usable.problems] == [(1, False)]
    assert f"data.csv, line 3, column {column}: " in str(usable.problems[0].error)
    assert "; fill it in" in str(usable.problems[0].error)


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "+INF", "∞", "1e151", "-1e400", "1e309"])
def test_a_row_with_a_number_that_cannot_be_computed_with_is_left_out_and_named(tmp_path: Path, cell: str) -> None:
    table = table_of(tmp_path, f"x1,x2,y\n{cell},2,0\n4,3,1\n2,3,0\n5,3,1\n")
    dataset = table.to_dataset()
    assert dataset.X.tolist() == [[4, 3], [2, 3], [5, 3]]
    assert f"1 of 4; the first is line 2, column x1: {cell}" in dataset.source.note  # type: ignore[union-attr]
    assert f"line 2, column x1: {cell} is" in str(table.usable(table.suggest()).problems[0].error)


def test_the_classes_plus_and_minus_are_classes(tmp_path: Path) -> None:
    dataset = table_of(tmp_path, "a,b,y\n1,2,+\n2,4,-\n-,7,+\n5,2,+\n").to_dataset()
    assert dataset.class_names == ("+", "-")
    assert dataset.y.tolist() == [0, 1, 0]


def test_a_table_in_which_no_row_can_be_used_says_so(tmp_path: Path) -> None:
    message = refusal(tmp_path, "x1,x2,y\n1,,0\n,2,1\n3,,1\n,5,1\n", x1="x1", x2="x2", label="y")
    assert "no row can be used" in message


def test_a_decimal_comma_is_understood_where_the_comma_stands_for_nothing_else(tmp_path: Path) -> None:
    for content in ("x1;x2;y\n1,5;2,5;0\n3,5;4;1\n", "x1\tx2\ty\n1,5\t2,5\t0\n3,5\t4\t1\n", 'x1,x2,y\n"1,5","2,5",0\n"3,5",4,1\n'):
        table = table_of(tmp_path, content)
        assert table.to_dataset().X.tolist() == [[1.5, 2.5], [3.5, 4]]
        assert table.options.decimal == ","
        assert "decimal comma" in str(table.notes[0])
        assert table.decisions() == ()
    assert table_of(tmp_path, "x1;x2;y\n1.5;2.5;0\n3.5;4;1\n").options.decimal == "."


def test_a_comma_before_three_digits_is_not_guessed_at_in_a_comma_file(tmp_path: Path) -> None:
    content = 'x1,x2,y\n"1,000",2,0\n"2,500",3,1\n"4,000",3,1\n'
    message = refusal(tmp_path, content)
    assert "line 2, column x1: 1,000 has a comma, which is ambiguous" in message
    assert "decimal" in table_of(tmp_path, content).decisions()
    decided = read_table(write(tmp_path, content), options=ReadOptions(decimal=","))
    assert decided.to_dataset().X[:, 0].tolist() == [1, 2.5, 4]
    # One cell that cannot be a thousand tells what the others are; one that can be nothing else, too.
    assert table_of(tmp_path, content + '"0,5",3,1\n').to_dataset().X[:, 0].tolist() == [1, 2.5, 4, 0.5]
    assert "ambiguous" in refusal(tmp_path, content + '"1,000,000",3,1\n')


def test_a_column_of_words_is_no_feature(tmp_path: Path) -> None:
    assert "column name: Ann is not a number" in refusal(tmp_path, "name,x1,x2,y\nAnn,1,2,0\nBob,2,5,1\n", x1="name")


def test_an_unknown_column_lists_those_there_are(tmp_path: Path) -> None:
    message = refusal(tmp_path, CLEAN, x1="size")
    assert "no column size" in message
    assert "x1, x2, y" in message


@pytest.mark.parametrize("columns", [{"x1": "x1", "x2": "x1"}, {"x1": "y", "label": "y"}, {"x2": "y", "label": "y"}])
def test_a_column_is_chosen_only_once(tmp_path: Path, columns: dict[str, str]) -> None:
    message = refusal(tmp_path, "x1,x2,x3,y\n1,2,5,0\n2,5,5,1\n", **columns)
    assert f"column {list(columns.values())[-1]} is chosen twice" in message


@pytest.mark.parametrize(
    ("cells", "count", "values"), [("abc", 3, "(a, b, c)"), ("abcdefg", 7, "(a, b, c, d, e, …)"), ("123456", 6, "(1, ")]
)
def test_a_label_needs_two_values(tmp_path: Path, cells: str, count: int, values: str) -> None:
    rows = "".join(f"{i},{i * i},{cell},{i % 2}\n" for i, cell in enumerate(cells))
    message = refusal(tmp_path, "x1,x2,kind,y\n" + rows, label="kind")
    assert f"column kind: a label needs exactly two different values, but this column has {count}" in message
    assert values in message
    assert "choose another label" in message


def test_rows_without_a_label_are_left_out(tmp_path: Path) -> None:
    for second in ("yes", "1"):
        dataset = table_of(tmp_path, f"x1,x2,y\n1,2,0\n2,5,{second}\n4,5,\n4,6,\n").to_dataset()
        assert dataset.class_names == ("0", second)
        assert dataset.m == 2
        assert "2 of 4; the first is line 4, column y" in dataset.source.note  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "names", "y"), [("a", ("a", "not a"), 0), ("1", ("0", "1"), 1), ("1.0", ("0", "1.0"), 1), ("0", ("0", "1"), 0)]
)
def test_a_label_with_one_class_only_makes_a_dataset_that_shows_it(tmp_path: Path, value: str, names: tuple[str, str], y: int) -> None:
    dataset = table_of(tmp_path, f"x1,x2,y\n1,2,{value}\n2,5,{value}\n").to_dataset()
    assert dataset.class_names == names
    assert dataset.y.tolist() == [y, y]


def test_of_three_classes_one_is_chosen_against_the_rest_or_two_are_kept(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,kind\n1,2,cat\n2,3,dog\n4,5,ant\n6,7,dog\n8,9,\n")
    assert table.class_names("kind") == ("ant", "cat", "dog")
    assert table.class_column_names() == ("a", "b", "kind")
    rest = table.to_dataset(one="dog")
    assert (rest.y.tolist(), rest.class_names) == ([0, 1, 0, 1], ("not dog", "dog"))
    two = table.to_dataset(one="dog", zero="ant")
    assert (two.y.tolist(), two.class_names) == ([1, 0, 1], ("ant", "dog"))
    assert isinstance(two.source, TableSource)
    assert two.source.columns == Columns("a", "b", "kind", "dog", "ant")
    assert two.source.left_out == 1, "a row of a class that is not wanted is not left out for its cells"
    assert table.usable(two.source.columns).rows == 3
    for columns in ({"one": "cow"}, {"one": "dog", "zero": "cow"}):
        message = refusal(tmp_path, "a,b,kind\n1,2,cat\n2,3,dog\n4,5,ant\n", label="kind", **columns)
        assert "column kind: no cell is cow; choose one of its 3 values (ant, cat, dog)" in message
    assert "choose two different" in refusal(tmp_path, "a,b,y\n1,2,1\n2,3,2\n4,5,3\n", one="1", zero="1.0")


def test_either_of_two_values_can_be_1_and_numbers_are_found_by_size(tmp_path: Path) -> None:
    content = "a,b,y\n1,2,1.0\n2,3,2\n4,5,1\n"
    dataset = table_of(tmp_path, content).to_dataset(one="1")
    assert (dataset.y.tolist(), dataset.class_names) == ([1, 0, 1], ("2", "1.0"))
    dataset = table_of(tmp_path, content + "7,7,3\n").to_dataset(one="2.0", zero="1")
    assert (dataset.y.tolist(), dataset.class_names) == ([0, 1, 0], ("1.0", "2"))


def test_columns_of_digits_are_sorted_by_size(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,y\n" + "".join(f"{i},{i * i},{10 - i}\n" for i in range(60)))
    assert table.class_names("a") == tuple(str(i) for i in range(50))
    assert table.class_names("y")[:2] == ("-49", "-48")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CLEAN, ()),
        ("id,x1,x2,y\n7,1,2,0\n9,4,3,1\n3,4,3,1\n", ()),
        ("x1,x2,y\n1,,0\n4,3,1\n3,4,1\n", ("problems",)),
        ("x1,x2,x3,y\n1,2,5,0\n4,3,9,1\n", ("features",)),
        ("x1,x2,kind\n1,2,a\n4,3,b\n5,9,c\n", ("label", "classes")),
        ("x1,x2,class\n1,2,a\n4,3,b\n5,3,c\n", ("classes",)),
        ("x1,x2,sex,town\n1,2,f,Ulm\n4,3,m,Bonn\n5,3,m,Ulm\n", ("label",)),
        ("1,2,a\n4,3,b\n5,3,a\n", ("header",)),
        ("name,town,y\na,b,0\nc,d,1\n", ()),
    ],
)
def test_a_person_is_asked_only_what_the_file_leaves_open(tmp_path: Path, content: str, expected: tuple[str, ...]) -> None:
    assert table_of(tmp_path, content).decisions() == expected


def test_the_first_rows_can_be_looked_at(tmp_path: Path) -> None:
    table = table_of(tmp_path, "x1,x2,y\n" + "".join(f" {i}.50,{i},a\n" for i in range(300)))
    assert table.preview(2) == (("0.50", "0", "a"), ("1.50", "1", "a"))
    assert len(table.preview()) == 50


def test_no_label_at_all_says_how_many_values_there_are(tmp_path: Path) -> None:
    message = refusal(tmp_path, "x1,x2,species\n1,2,a\n2,5,b\n4,9,c\n")
    assert "no column can be the label" in message
    assert "species: 3" in message


def test_too_few_columns_of_numbers_are_explained(tmp_path: Path) -> None:
    message = refusal(tmp_path, "name,town,y\nAnn,Rom,0\nBob,Rom,1\nCid,Ulm,1\n")
    assert "no column of numbers is left for a feature besides label y, as none of the other columns holds numbers" in message


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("", ["is empty", "header row"]),
        ("\n \n\t\n", ["is empty", "header row"]),
        (",,\n,,\n", ["is empty"]),
        ("\ufeff\n", ["is empty"]),
        ("x1,x2,y\n", ["line 1", "no examples", "add at least one row"]),
        ("\nx1,x2,y\n\n", ["line 2", "no examples"]),
        ("x1\n1\n2\n", ["line 1", "has 1 of the at least 2", "separate columns by"]),
        ("x1 x2 y\n1 2 0\n", ["has 1 of the at least 2"]),
        ("x1,x2,y\n1,2,0\n1,2\n", ["line 3", "before column y", "2 of 3", "delete the row"]),
        ('x1,x2,y\n1,"2\n2",0\n\n1,2\n', ["line 5", "before column y"]),
        ("x1,x2,y\n1,2,0\n1,2,3,4\n", ["line 3", "4 cells", "column y", "quotes"]),
        ("x1,x2,y\n1,2,0\n1,\0,1\n", ["line 3", "not a text table", "save the data as CSV"]),
        ("x1,x2,ö\n1,2,ä\n1,2,b".encode() + b"\xff\n", ["line 3", "not valid UTF-8", "with UTF-8 encoding"]),
        (b"x1,x2,y\n1,2,\x81\n1,2,b", ["line 2", "not valid UTF-8 or Windows-1252", "with UTF-8 encoding"]),
        ("x1,x2,y\n1,2,a\n1".encode("utf-16")[:-1], ["line", "not valid UTF-16"]),
        ('x1,x2,y\n1,2,0\n1,"2,1\n3,4,0\n', ["line 3", "never closed", "delete it"]),
        ('x1,x2,y\n1,2,0\n1,"2"2,1\n', ["line 3", "correct the quotes"]),
        ("x1,x2,y\n1,2,0\n1," + "9" * 200_000 + ",1\n", ["line 3", "longer than 131072", "shorten it"]),
    ],
)
def test_damaged_files_are_explained(tmp_path: Path, content: str | bytes, parts: list[str]) -> None:
    message = refusal(tmp_path, content)
    for part in parts:
        assert part in message
    assert len(message) < 300


def test_a_missing_file_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv does not exist in .*; check the name") as caught:
        read_table(tmp_path / "none.csv")
    assert str(tmp_path) in str(caught.value)


def test_a_folder_is_not_a_table(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"is a folder \(.*\); choose a table in it"):
        read_table(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(DataError, match=r"pipe\.csv is not an ordinary file"):
        read_table(tmp_path / "pipe.csv")


@pytest.mark.parametrize("name", ["a\0b", "a" * 300])
def test_impossible_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match=r"a.*; "):
        read_table(tmp_path / name)


def test_a_refusal_of_the_system_gives_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, CLEAN)

    def refuse(self: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError, match=r"data\.csv cannot be read \(Permission denied: .*data\.csv\); check"):
        read_table(path)


def test_progress_rises_to_one(tmp_path: Path) -> None:
    seen: list[float] = []
    read_table(write(tmp_path, "x1,x2,y\n" + "0.5,1.25,0\n2,3,1\n" * 10_000), seen.append)
    assert len(seen) > 4
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)


def test_progress_can_cancel(tmp_path: Path) -> None:
    class CancelledError(Exception):
        pass

    def cancel(fraction: float) -> None:
        if fraction > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_table(write(tmp_path, "x1,x2,y\n" + "0.5,1.25,0\n2,3,1\n" * 10_000), cancel)


def test_a_large_column_keeps_its_numbers_only(tmp_path: Path) -> None:
    table = table_of(tmp_path, "x1,x2,y\n" + "".join(f"{i},{i / 7},{i % 2}\n" for i in range(1000)))
    assert [bool(column.texts) for column in table.columns] == [False, False, True]
    assert np.array_equal(table.column("x2").numbers, np.arange(1000) / 7)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(st.sampled_from('01.5-e,,;\t|\n\n\r" xyn_٣ä\ufeff\0'), max_size=60),
        st.lists(
            st.lists(st.sampled_from(["x", "y", "id", "0", "1", "2.5", "", "nan", "1e400", '"', "a b", "1_0"]), min_size=2, max_size=5),
            max_size=6,
        ).map(lambda rows: "\n".join(",".join(row) for row in rows)),
        st.binary(max_size=40),
    )
)
def test_any_small_file_is_a_dataset_or_is_explained(tmp_path: Path, content: str | bytes) -> None:
    path = write(tmp_path, content)
    try:
        table = read_table(path)
        assert len(set(table.names)) == len(table.names)
        dataset = table.to_dataset()
    except DataError as error:
        assert str(error).startswith("data.csv")
        assert "; " in str(error)
    else:
        assert isinstance(dataset.source, TableSource)
        assert 0 < dataset.m == len(table.lines) - dataset.source.left_out
