"""A corpus of odd and malformed files (tests/core/files): each becomes the dataset, or the sentence, that stands beside its name here."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import DataError
from core.read_options import AS_FOUND, ReadOptions
from core.table import TableSource, read_table

FILES = Path(__file__).resolve().parent / "files"


@dataclass(frozen=True)
class Reads:
    """A dataset; by default the three examples that most files hold."""

    X: tuple[tuple[float, ...], ...] = ((0.5, 1.5), (1, 1), (3, 0.5))
    y: tuple[int, ...] = (0, 0, 1)
    names: tuple[str, ...] = ("x1", "x2")
    classes: tuple[str, str] = ("0", "1")
    left_out: int = 0
    asks: tuple[str, ...] = ()
    note: str = ""
    options: ReadOptions = AS_FOUND
    skip: bool = False


@dataclass(frozen=True)
class Refused:
    """A sentence that has these parts, and what is offered."""

    said: str
    remedy: str
    offer: str = ""
    options: ReadOptions = AS_FOUND


AGES = Reads(((1.5, 10), (2.25, 20), (0.1, 15), (4, 40)), (0, 1, 0, 1), ("size", "age"), ("a", "b"))
SKIP = ReadOptions(skip_bad_rows=True)
SAVE = "save the data as CSV or as a workbook (.xlsx, .xls, .ods) and open that"
UNPACK = "unpack it, and open the table in it"
EMPTY = Refused("is empty", "choose a table with a header row and at least one example")
NUMBER = "write a number such as 0.5, delete the row, or choose another column"
DECIMAL_COMMA = "are read with a decimal comma"
UTF8 = "save the file as CSV with UTF-8 encoding and open it again"
COLUMNS = "separate columns by comma, tab, semicolon or |"
NO_HEADER = "(line 1) is an example and no header, so the columns are named column 1, column 2"


def no_table(kind: str) -> Refused:
    return Refused(f": This is {kind}, not a table", UNPACK if kind.endswith("archive") else SAVE)


def left_out(count: int, of: int, first: str) -> str:
    return f"Rows left out, as a cell is missing or cannot be used: {count} of {of}; the first is {first}"


CASES: list[tuple[str, Reads | Refused]] = [
    # Kinds of text tables.
    ("clean.csv", Reads()),
    ("tabs.tsv", Reads()),
    ("semicolons.csv", Reads()),
    ("pipes.txt", Reads()),
    ("sep-line.csv", Reads()),
    ("extension-of-a-picture.png", Reads()),
    ("header-like-a-bitmap.csv", Reads(names=("BMI", "age"))),
    ("header-like-a-parquet.csv", Reads(names=("ID3", "PAR1"), asks=("features",))),
    # Decimal commas.
    ("decimal-comma-semicolons.csv", Reads(note=DECIMAL_COMMA)),
    ("decimal-comma-tabs.tsv", Reads(note=DECIMAL_COMMA)),
    ("decimal-comma-quoted.csv", Reads(note=DECIMAL_COMMA)),
    ("decimal-comma-three-digits.csv", Reads(((0.125, 1.5), (1.25, 1), (3, 0.5)), note=DECIMAL_COMMA)),
    ("decimal-comma-thousands.csv", Refused("line 2, column x1: 1.000,5 has a mark between thousands", "write numbers", "skip cells")),
    ("decimal-mixed.csv", Refused("line 3, column x2: 1,5 has a decimal comma", "write numbers with a decimal point", "skip cells")),
    ("thousands.csv", Refused("line 2, column x1: 1,000 has a comma, which is ambiguous", "write numbers with a")),
    ("thousands.csv", Reads(((1, 2), (2.5, 1), (3, 5)), options=ReadOptions(decimal=","))),
    ("thousands-plain.csv", Refused("line 2, column x1: 1,000,000 has a mark between thousands", "write numbers")),
    # Encodings.
    ("utf8-mark.csv", Reads()),
    ("utf16-le-mark.csv", Reads(names=("Größe", "x2"))),
    ("utf16-be-mark.csv", Reads()),
    ("utf16-le.csv", Reads()),
    ("utf16-be.csv", Reads()),
    ("utf32.csv", Reads()),
    ("windows-1252.csv", Reads(names=("Größe (€)", "x2"), note="is read as Windows-1252")),
    ("windows-1252-excel.csv", Reads(names=("Größe", "Länge"), classes=("gut", "schlecht"), note="is read as Windows-1252")),
    ("utf8-damaged.csv", Refused("line 4: a character is not valid UTF-8", UTF8)),
    ("utf16-cut.csv", Refused("line 4: a character is not valid UTF-16", UTF8)),
    ("no-encoding.csv", Refused("line 2: a character is not valid UTF-8 or Windows-1252", UTF8)),
    ("zero-bytes.csv", Refused("line 3: there are zero bytes, so this is not a text table", "save the data as CSV (UTF-8)")),
    ("control-characters.csv", no_table("a binary file")),
    # Lines.
    ("crlf.csv", Reads()),
    ("cr.csv", Reads()),
    ("mixed-line-ends.csv", Reads()),
    ("no-line-end.csv", Reads()),
    ("blank-lines.csv", Reads()),
    ("comments.csv", Reads()),
    ("trailing-commas.csv", Reads()),
    ("trailing-commas-in-rows.csv", Reads()),
    ("padding.csv", Reads()),
    ("no-break-spaces.csv", Reads()),
    ("quoted-newlines.csv", Reads()),
    ("quoted-all.csv", Reads()),
    # Headers.
    ("header-in-comment.csv", Reads()),
    ("header-begins-with-hash.csv", Reads()),
    ("no-header.csv", Reads(names=("column 1", "column 2"), asks=("header",), note=NO_HEADER)),
    (
        "no-header-words.csv",
        Reads(((5.1, 3.5), (4.9, 3), (7, 3.2)), (0, 0, 1), ("column 1", "column 2"), ("setosa", "versicolor"), asks=("header",)),
    ),
    (
        "no-header-words.csv",
        Reads(((4.9, 3), (7, 3.2)), (0, 1), ("5.1", "3.5"), ("setosa", "versicolor"), options=ReadOptions(header=True)),
    ),
    ("no-header-one-row.csv", Refused("no column can be the label", "keep the rows of two classes")),
    ("years-as-names.csv", Reads(names=("2020", "2021"))),
    ("duplicate-names.csv", Reads(names=("x", "x (2)"))),
    ("empty-names.csv", Reads(names=("x1", "column 2"), asks=("features",))),
    ("index-without-name.csv", Reads()),
    ("row-numbers.csv", Reads()),
    ("title-above.csv", Reads(note="Rows above the table that are left out, as they have one cell only: 1 in title-above.csv")),
    # Cells.
    ("missing.csv", Reads(left_out=7, asks=("problems",), note=left_out(7, 10, "line 3, column x1"))),
    ("missing-everywhere.csv", Refused("no row can be used", "fill them in, or choose other columns")),
    ("infinite.csv", Reads(left_out=2, asks=("problems",), note=left_out(2, 5, "line 3, column x1: inf"))),
    ("too-large.csv", Reads(left_out=2, asks=("problems",), note=left_out(2, 5, "line 3, column x1: 1e309"))),
    ("spreadsheet-errors.csv", Reads(left_out=2, asks=("problems",), note=left_out(2, 5, "line 3, column x1: #DIV/0!"))),
    (
        "exact-numbers.csv",
        Reads(((0.1, 123456789012345678901234567890.0), (0.1 + 0.2, 5e-324), (-0.0, 1.7976931348623157e-308), (1e150, 0.5)), (0, 0, 1, 1)),
    ),
    ("numbers-python-takes.csv", Refused("line 2, column x1: 1_0 is not a number", NUMBER, "skip cells")),
    ("arabic-digits.csv", Refused("line 2, column x1: ٣ is not a number", NUMBER, "skip cells")),
    (
        "text-in-feature.csv",
        Refused("line 3, column x2: low is not a number (cells that cannot be used in this column: 2 of", NUMBER, "skip cells"),
    ),
    ("text-in-feature.csv", Reads(((0.5, 1.5), (3, 0.5), (4, 5), (6, 5)), (0, 1, 1, 0), left_out=2, asks=("problems",), skip=True)),
    ("units.csv", Refused("line 2, column x1: 0.5 kg is not a number", NUMBER)),
    ("percent.csv", Refused("line 2, column x1: 5% is not a number", NUMBER)),
    ("dates.csv", Reads(((0.5,), (1,), (3,)), names=("x1",))),
    (
        "words-only.csv",
        Refused(
            "no column of numbers is left for a feature besides label y, as none of the other columns holds numbers",
            "add a column of numbers",
        ),
    ),
    ("constant.csv", Reads(((0.5, 7), (1, 7), (3, 7)), note="x2 is the same in every example (7): scaling leaves it at 0")),
    ("duplicates.csv", Reads(((1, 2), (1, 2), (1, 2)), note="x1 is the same in every example (1)")),
    # Labels.
    ("truth-values.csv", Reads(classes=("False", "True"))),
    ("plus-and-minus.csv", Reads(y=(0, 1, 1), classes=("+", "-"))),
    ("one-class.csv", Reads(((0.5, 1.5), (1, 1)), (1, 1))),
    ("one-row.csv", Reads(((0.5, 1.5),), (0,))),
    ("three-classes.csv", Refused("needs exactly two different values, but it has 3 (a, b, c)", "choose the value that is y = 1")),
    ("case-of-classes.csv", Refused("3 (Yes, no, yes), as upper and lower case count as different", "write each class in one way")),
    ("no-label.csv", Refused("no column can be the label", "keep the rows of two classes")),
    # Rows that cannot be split.
    (
        "ragged-short.csv",
        Refused("line 3: the row ends before column y, after 2 of 3 cells (rows that cannot be read: 2)", "", "skip rows"),
    ),
    (
        "ragged-short.csv",
        Reads(((0.5, 1.5), (3, 0.5)), (0, 1), left_out=2, asks=("problems",), note="2; the first is in line 3", options=SKIP),
    ),
    ("ragged-long.csv", Refused("line 3: the row has 4 cells, but the first row ends with column y after 3", "delete", "skip rows")),
    ("ragged-after-quoted-newline.csv", Refused("line 4: the row ends before column y", "add what is missing", "skip rows")),
    ("unclosed-quote.csv", Refused("line 3: the row cannot be split into cells", "correct the quotes in it", "skip rows")),
    ("unclosed-quote.csv", Reads(((0.5, 1.5), (3, 0.5)), (0, 1), left_out=2, asks=("problems",), options=SKIP)),
    ("text-after-quote.csv", Refused("line 3: the row cannot be split into cells", "correct the quotes in it", "skip rows")),
    ("unclosed-quote-in-header.csv", Refused('line 1: a quote (") is opened and never closed', "close it or delete it")),
    # Nothing in them.
    ("empty.csv", EMPTY),
    ("blank.csv", EMPTY),
    ("separators-only.csv", EMPTY),
    ("mark-only.csv", EMPTY),
    ("comments-only.csv", EMPTY),
    ("header-only.csv", Refused("has a header in line 1 but no examples below it", "add at least one row")),
    ("one-column.csv", Refused("line 1: the first row has 1 of the at least 2 columns", COLUMNS)),
    ("two-columns.csv", Reads(((1,), (2,)), (0, 1), names=("x1",))),
    ("spaces-between.txt", Refused("line 1: the first row has 1 of the at least 2 columns", COLUMNS)),
    # No tables.
    ("picture.png", no_table("a PNG picture")),
    ("photo.jpg", no_table("a JPEG picture")),
    ("animation.gif", no_table("a GIF picture")),
    ("drawing.svg", no_table("an SVG picture")),
    ("document.pdf", no_table("a PDF document")),
    ("letter.docx", no_table("a Word document")),
    ("letter.odt", no_table("an OpenDocument file without a spreadsheet")),
    ("archive.zip", no_table("a zip archive")),
    ("data.csv.gz", no_table("a gzip archive")),
    ("data.csv.bz2", no_table("a bzip2 archive")),
    ("data.csv.xz", no_table("an xz archive")),
    ("table.parquet", no_table("a Parquet file")),
    ("column.arrow", no_table("an Arrow or Feather file")),
    ("database.sqlite", no_table("an SQLite database")),
    ("data.h5", no_table("an HDF5 file")),
    ("array.npy", no_table("a NumPy array")),
    ("arrays.npz", no_table("a NumPy archive")),
    ("table.pickle", no_table("a Python pickle")),
    ("web-page.html", no_table("a web page")),
    ("web-page.xls", no_table("a web page")),
    ("data.json", no_table("a JSON file")),
    ("data.xml", no_table("an XML file")),
    ("data.arff", no_table("an ARFF file")),
    ("pointer.csv", no_table("only a pointer to a file in Git LFS")),
    # Workbooks.
    ("ages.xlsx", AGES),
    ("ages.ods", AGES),
    ("ages.xls", AGES),
    ("ages.xlsx", Refused("ages.xlsx has no cells on Notes", "choose a sheet with a table", options=ReadOptions(sheet="Notes"))),
    ("ages.xlsx", Refused("ages.xlsx has no sheet Sizes", "choose one of Notes, Ages", options=ReadOptions(sheet="Sizes"))),
    ("two-sheets.xlsx", Reads(AGES.X, AGES.y, AGES.names, AGES.classes, asks=("sheet",), note="Sheet Women of the 2 sheets")),
    ("two-sheets.xlsx", Reads(AGES.X[:2], AGES.y[:2], AGES.names, AGES.classes, options=ReadOptions(sheet="Men"))),
    ("title-above.xlsx", Reads(AGES.X, AGES.y, AGES.names, AGES.classes, note="Rows above the table that are left out")),
    ("text-in-feature.xlsx", Refused("text-in-feature.xlsx, line 3, column age: old is not a number", NUMBER, "skip cells")),
    (
        "mixed.xlsx",
        Reads(
            ((0.1, 0.1 + 0.2), (1e-300, 12345678901234567.0), (3, 5)),
            (1, 0, 0),
            classes=("false", "true"),
            left_out=1,
            asks=("features", "problems"),
        ),
    ),
    ("empty.xlsx", Refused("empty.xlsx has no cells on any sheet", "choose a sheet with a table")),
    ("binary.xlsb", no_table("an Excel binary workbook (.xlsb)")),
    ("damaged.xlsx", Refused("is a damaged workbook or archive", "save it again as .xlsx or CSV")),
    ("endless.xls", Refused("is a damaged workbook or archive", "save it again as .xlsx or CSV")),  # the library takes all memory
    ("damaged.xls", Refused("is a damaged workbook or archive", "save it again as .xlsx or CSV")),
]


@pytest.mark.parametrize(("name", "expected"), CASES, ids=lambda value: value if isinstance(value, str) else type(value).__name__)
def test_an_odd_file_becomes_its_dataset_or_is_refused_with_its_sentence(name: str, expected: Reads | Refused) -> None:
    if isinstance(expected, Refused):
        with pytest.raises(DataError) as caught:
            read_table(FILES / name, options=expected.options).to_dataset()
        message = str(caught.value)
        assert message.startswith(name)
        what, _, remedy = message.partition("; ")
        assert expected.said in what
        assert expected.remedy in remedy
        assert caught.value.offer == expected.offer
        assert "\n" not in message
        return
    table = read_table(FILES / name, options=expected.options)
    dataset = table.to_dataset(skip_bad_cells=expected.skip)
    assert [tuple(x) for x in dataset.X.tolist()] == list(expected.X)
    assert dataset.y.tolist() == list(expected.y)
    assert dataset.feature_names == expected.names
    assert dataset.class_names == expected.classes
    assert isinstance(dataset.source, TableSource)
    assert dataset.source.left_out == expected.left_out
    assert expected.note in dataset.source.note
    assert bool(expected.note) or not dataset.source.note or expected.left_out or expected.asks
    assert table.decisions() == expected.asks


def test_every_file_of_the_corpus_is_tried() -> None:
    assert {path.name for path in FILES.iterdir()} == {name for name, _ in CASES}
    assert len(CASES) >= 60


@pytest.mark.parametrize(("name", "cells"), [("mixed.xlsx", ("0.1", "2020-01-31", "0.30000000000000004", "true", "7"))])
def test_a_workbook_gives_exact_numbers_iso_dates_and_truth_values(name: str, cells: tuple[str, ...]) -> None:
    table = read_table(FILES / name)
    assert table.preview(1)[0] == cells
    assert table.preview(4)[1][1] == "2020-02-01 12:30:00"
    assert table.preview(4)[2][2] == ""
    assert table.lines.tolist() == [4, 5, 6, 7]
