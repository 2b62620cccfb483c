"""The fast way to read a table gives exactly what the careful way gives, or steps aside and says nothing."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.read_options import AS_FOUND, ReadOptions
from core.reading import fast, head, read
from core.reading.careful import read_carefully
from core.reading.content import PREVIEW_ROWS, Content
from core.reading.encoding import decode
from core.reading.fast import read_fast
from core.table import read_table, read_text

PLAIN = "x1,x2,y\n" + "".join(f"{i / 7},{-i},{'yes' if i % 3 else 'no'}\n" for i in range(40))
NUMBERS = [
    "1",
    "-2.5",
    "+.5",
    "3.",
    "1e3",
    "1E-3",
    "0",
    "-0.0",
    "0.1",
    "0.30000000000000004",
    "123456789012345678901",
    "5e-324",
    "1e150",
    " 7 ",
]
STRANGE = [
    "",
    "abc",
    "nan",
    "inf",
    "-Infinity",
    "1e151",
    "1e400",
    "NA",
    "-",
    "∞",
    "1_0",
    "٣",
    "0x10",
    "1 2",
    "1,5",
    '"2"',
    '"',
    "1e",
    "\ufeff1",
    "\t1",
    "1\x0b",
]
WORDS = ["yes", "no", " yes", "ä b", "", "0", "1", "1.0", '"yes"', '"a, b"', '"a ""b"""', '"two\nlines"', "#1", "nan", "1,000", "-", "+"]


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "PORTION_BYTES", 96)
    monkeypatch.setattr(head, "HEAD_ROWS", 5)


def fast_way(data: str | bytes, options: ReadOptions = AS_FOUND) -> Content | None:
    """What the fast way makes of a file."""
    return read_fast(data.encode() if isinstance(data, str) else data, "data.csv", lambda _fraction: None, options)


def both(data: str | bytes, options: ReadOptions = AS_FOUND) -> tuple[Content | None, Content | DataError]:
    """What the fast and what the careful way make of a file."""
    raw = data.encode() if isinstance(data, str) else data
    try:
        text, _ = decode(raw, "data.csv", lambda _fraction: None)
        careful: Content | DataError = read_carefully(text, "data.csv", lambda _fraction: None, options)
    except DataError as error:
        careful = error
    return fast_way(raw, options), careful


def assert_same(fast: Content, careful: Content | DataError) -> None:
    assert not isinstance(careful, DataError), str(careful)
    assert np.array_equal(fast.lines, careful.lines)
    assert fast.lines.dtype == careful.lines.dtype
    assert fast.first_rows == careful.first_rows[: len(fast.first_rows)]
    assert len(fast.first_rows) == min(len(careful.first_rows), head.HEAD_ROWS + (not careful.options.header))
    for name in ("options", "doubts", "bad_rows", "sheets"):
        assert getattr(fast, name) == getattr(careful, name), name
    assert [*map(str, fast.notes)] == [*map(str, careful.notes)]
    for a, b in zip(fast.columns, careful.columns, strict=True):
        assert a.numbers.tobytes() == b.numbers.tobytes(), "to the last bit, nan and -0.0 included"
        assert not a.numbers.flags.writeable
        assert (a.texts, a.codes.tolist(), a.kinds.tolist()) == (b.texts, b.codes.tolist(), b.kinds.tolist())
        assert (a.rows is None) == (b.rows is None)
        assert a.row_kinds.tolist() == b.row_kinds.tolist()
        for name in ("name", "values", "n_values", "only_numbers", "is_numeric", "is_label", "unnamed", "decimal"):
            assert getattr(a, name) == getattr(b, name), name


@st.composite
def files(draw: st.DrawFn) -> str:
    """Mostly plain tables of up to 40 rows, with now and then a cell, a row or a line end that is not."""
    kinds = draw(st.lists(st.sampled_from([NUMBERS, NUMBERS, WORDS, ["0", "1"], ["a", "b"]]), min_size=3, max_size=5))
    separator = draw(st.sampled_from([",", ",", "\t", ";", "|"]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    m = draw(st.integers(1, 40))
    rows = [[draw(st.sampled_from(kind)) for kind in kinds] for _ in range(m)]
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        rows[draw(st.integers(0, m - 1))][draw(st.integers(0, len(kinds) - 1))] = draw(st.sampled_from(STRANGE))
    header = draw(st.lists(st.sampled_from(["x", "y", "", "id", '"a b"', "ä", "2"]), min_size=len(kinds), max_size=len(kinds)))
    lines = [separator.join(cells) for cells in draw(st.sampled_from([[header, *rows], [header, *rows], rows]))]
    if draw(st.sampled_from([False, False, True])):
        odd = draw(st.sampled_from(["", "  ", separator, separator * 4, "1", '"', "1" + separator + "2" + separator * 9]))
        lines.insert(draw(st.integers(0, len(lines))), odd)
    return draw(st.sampled_from(["", "", "\ufeff", "\n"])) + end.join(lines) + draw(st.sampled_from(["", end, end * 3]))


@pytest.mark.usefixtures("small_portions")
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files(), st.sampled_from([None, None, True, False]))
def test_the_fast_way_equals_the_careful_way_or_steps_aside(data: str, header: bool | None) -> None:
    fast, careful = both(data, ReadOptions(header=header))
    if fast is not None:
        assert_same(fast, careful)


@pytest.mark.usefixtures("small_portions")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.floats(-1e150, 1e150).map(repr),
            st.floats(-100, 100).map(lambda x: f"{x:.3f}"),
            st.sampled_from(["malignant", "benign"]),
            st.text("abcd ", max_size=3),
        ),
        min_size=5,
        max_size=60,
        unique_by=(lambda row: row[0], lambda row: row[1]),
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_a_plain_table_is_read_the_fast_way(rows: list[tuple[str, ...]], separator: str, end: str, quoted: bool) -> None:
    def line(cells: tuple[str, ...]) -> str:
        return separator.join([*cells[:2], *(f'"{cell}"' if quoted else cell for cell in cells[2:])])

    fast, careful = both(end.join(["a" + separator + "b" + separator + "kind" + separator + "name", *map(line, rows), ""]))
    assert fast is not None
    assert_same(fast, careful)


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("first", ["0.5,2,no", "7,,maybe", "1,2,3", "7,nan,yes"])
@pytest.mark.parametrize("header", [None, False])
def test_a_table_without_a_header_is_read_the_fast_way(first: str, header: bool | None) -> None:
    fast, careful = both(first + "\n" + PLAIN.split("\n", 1)[1], ReadOptions(header=header))
    if header is None and first == "7,,maybe":
        assert fast is None, "it may be a row of names"
        return
    assert fast is not None
    assert_same(fast, careful)
    assert [column.name for column in fast.columns] == ["column 1", "column 2", "column 3"]
    assert fast.doubts == (set() if header is False else {"header"})
    assert fast.columns[0].numbers[0] == float(first.split(",")[0])


def test_a_preview_is_as_long_without_a_header() -> None:
    fast, careful = both("".join(f"{i / 7},{-i},{'yes' if i % 3 else 'no'}\n" for i in range(3000)))
    assert fast is not None
    assert_same(fast, careful)
    assert len(fast.first_rows) == PREVIEW_ROWS


@pytest.mark.usefixtures("small_portions")
def test_numbers_that_are_said_to_be_names_are_read_the_fast_way() -> None:
    fast, careful = both(PLAIN.replace("x1,x2", "2020,2021"), ReadOptions(header=True))
    assert fast is not None
    assert_same(fast, careful)
    assert [column.name for column in fast.columns] == ["2020", "2021", "y"]


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("above", ["# a,b,c\n", "# y = 0: low / y = 1: high\n"])
def test_a_comment_above_an_example_is_left_to_the_careful_way(above: str) -> None:
    assert fast_way(above + "0.5,2,no\n" + PLAIN.split("\n", 1)[1]) is None


@pytest.mark.usefixtures("small_portions")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(PLAIN.encode()) - 1), st.sampled_from([*b'\n\r", \tx1\xff\xc3-e#', 0, 0x0B]))
def test_one_damaged_byte_anywhere_does_not_part_the_two_ways(position: int, byte: int) -> None:
    data = bytearray(PLAIN.encode())
    data[position] = byte
    raw = bytes(data)
    fast = fast_way(raw)
    if fast is not None:
        assert_same(fast, both(raw)[1])


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize(
    "strange",
    [
        "x,1,no",
        "#1,1,no",
        "1,2",
        "1,2,no,",
        '1,"2,5",no',
        "1_0,1,no",
        "",
        " ",
        ",,",
        '1,2,"a\nb"',
        '1,2,"',
        "1,2\0,no",
        "1\r2,no",
    ],
)
def test_what_is_not_plain_in_a_late_row_is_left_to_the_careful_way(strange: str) -> None:
    data = (PLAIN + strange + "\n" + PLAIN.split("\n", 1)[1]).encode()
    assert fast_way(PLAIN) is not None
    assert fast_way(data) is None


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("missing", ["", "NA", "nan", "inf", "1e151", "1e400", "-", "∞"])
def test_rows_with_cells_that_cannot_be_used_are_still_read_the_fast_way(missing: str) -> None:
    fast, careful = both(PLAIN + f"1,{missing},no\n{missing},2,no\n" * 3 + PLAIN.split("\n", 1)[1] + f"{missing},{missing},{missing}x\n")
    assert fast is not None
    assert_same(fast, careful)
    assert [fast.columns[0].cell(row) for row in np.flatnonzero(fast.columns[0].row_kinds)] == [missing] * 4


@pytest.mark.usefixtures("small_portions")
def test_numbers_with_a_decimal_comma_are_read_the_fast_way() -> None:
    fast, careful = both(PLAIN.replace(",", ";").replace(".", ","))
    assert fast is not None
    assert fast.options.decimal == ","
    assert_same(fast, careful)
    assert np.array_equal(fast.columns[0].numbers, np.arange(40) / 7)


def test_a_late_bad_cell_in_a_large_file_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "FAST_BYTES", 0)
    path = tmp_path / "data.csv"
    path.write_text("x1,x2,y\n" + "0.5,1.25,a\n2,3,b\n4,5,b\n" * 10_000 + "1,?,b\n")
    seen: list[float] = []
    table = read_table(path, seen.append)
    assert (seen[0], seen[-1]) == (0.0, 1.0)
    assert seen == sorted(seen), "the bar never goes back"
    with pytest.raises(DataError, match=r"data\.csv, line 30002, column x2: \? is not a number \(.*: 1 of 30001\)"):
        table.to_dataset()


def test_the_fast_way_reports_progress_and_can_be_cancelled() -> None:
    data = ("x1,x2,y\n" + "0.5,1.25,0\n2,3,1\n4,5,1\n" * 20_000).encode()
    seen: list[float] = []
    assert read_fast(data, "data.csv", seen.append, AS_FOUND) is not None
    assert len(seen) > len(data) / 2 / fast.PORTION_BYTES
    assert seen == sorted(seen)
    assert seen[-1] == 1.0

    def cancel(fraction: float) -> None:
        if fraction > 0.5:
            raise ValueError("cancelled")  # also of a kind that reading itself can meet

    with pytest.raises(ValueError, match="cancelled"):
        read_fast(data, "data.csv", cancel, AS_FOUND)


def test_columns_that_only_later_prove_to_be_numbers_or_labels_come_out_the_same() -> None:
    late = "a,b,c,d\n" + "0,1,1,x\n1,2,1,x\n0,3,1,x\n" * 1000 + "5,4,1.0,y\n,6,2,x\n"
    fast, careful = both(late)
    assert fast is not None
    assert_same(fast, careful)
    assert [column.n_values for column in fast.columns] == [3, 5, 2, 2]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_other_encodings_are_left_to_the_careful_way(mark: bytes) -> None:
    assert fast_way(mark + PLAIN.encode()) is None


# Titles above the table.


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Report\nx1,x2,y\n1,2,0\n3,4,1\n", 3),
        ("Report\n\nof the week\nx1,x2,y\n1,2,0\n3,4,1\n", 5),
        ("Report,,\nx1,x2,y\n1,2,0\n3,4,1\n", 3),
        ("Report of 2020\nx1;x2;y\n1;2;0\n3;4;1\n", 3),
        ('"Report"\nx1\tx2\ty\n1\t2\t0\n3\t4\t1\n', 3),
    ],
)
def test_titles_above_the_table_are_left_out_and_said(text: str, line: int) -> None:
    table = read_text(text, "data.csv")
    assert table.names == ("x1", "x2", "y")
    assert table.lines[0] == line
    assert [str(note) for note in table.notes] == [
        f"Rows above the table that are left out, as they have one cell only: {2 if 'week' in text else 1} in data.csv"
    ]
    assert table.to_dataset().X.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize("text", ["x1\n1,5\n2,5\n", "Report\n1,2,0\n3,4,1\n", "one\ntwo\nthree\n", "Report\na, b\n"])
def test_a_first_row_of_one_cell_is_no_title_where_no_header_follows(text: str) -> None:
    with pytest.raises(DataError, match="line 1: the first row has 1 of the at least 2 columns"):
        read_text(text, "data.csv")


def test_a_row_of_one_cell_in_a_table_is_no_title() -> None:
    table = read_text("1,\n2,0\n3,1\n", "data.csv")
    assert table.names == ("column 1", "column 2") and len(table.lines) == 3
