"""Whatever is in a file: a dataset, or one sentence with a remedy, within two seconds. And a valid file gives exactly its numbers.

The cases are the same in every run. CASES=20000 in the environment tries so many, and others each time.
"""

import os
import random
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.read_options import AS_FOUND, ReadOptions
from core.reading import read, workbook
from core.table import Table, TableSource, read_table, read_text

FILES = Path(__file__).resolve().parent / "files"
MOST_S = 2.0
N_CASES = int(os.environ.get("CASES", "2000"))
CHARACTERS = '01.5-e,,;\t|\n\n\r" xyn_٣ä\ufeff#+'
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
OPTIONS = (
    AS_FOUND,
    AS_FOUND,
    ReadOptions(skip_bad_rows=True),
    ReadOptions(header=False),
    ReadOptions(decimal=","),
    ReadOptions(sample_rows=2),
)


def cases(share: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many of the cases; the same ones each time, unless more are asked for."""
    return settings(
        max_examples=max(1, round(share * N_CASES)),
        derandomize="CASES" not in os.environ,
        database=None,
        deadline=None,  # the test itself looks at the time
        suppress_health_check=list(HealthCheck),
    )


@dataclass(frozen=True)
class Valid:
    """A valid file and what is in it."""

    data: bytes
    X: tuple[tuple[float, float], ...]
    labels: tuple[str, ...]
    header: bool


KINDS_OF_NUMBER: tuple[Callable[[random.Random], float], ...] = (
    lambda rng: round(rng.uniform(-1000, 1000), 3),
    lambda rng: float(rng.randint(-50, 50)),
    lambda rng: rng.uniform(-1, 1) * 10 ** rng.uniform(-300, 150),
    lambda rng: rng.choice([0.1, -0.0, 5e-324, 0.30000000000000004, 1e150, 123456789.123456789]),
)
CLASSES = [("0", "1"), ("no", "yes"), ("gut", "übel"), ("a b", "c, d; e|f\tg")]
MUTATIONS = ["flip", "cut", "insert", "insert", "double", "quote", "end"]
PIECES = [b'"', b"\n", b"\r", b",", b";", b"\t", b"#", b"\0", b"-", b"1,000", b"NaN", b"1e400", b"\xff", b"\xc3", b'""', b"_", b"\x81?"]

# One number is drawn instead of each choice: Hypothesis takes ten times as long for a draw as the reading of such a file.
seeds = st.integers(0, 2**64 - 1).map(random.Random)


def valid_file(rng: random.Random) -> Valid:
    """Any delimiter, decimal mark, encoding, line end and quoting; with a header or without."""
    number = rng.choice(KINDS_OF_NUMBER)
    X = tuple((number(rng), number(rng)) for _ in range(rng.randint(1, 8)))
    classes = rng.choice(CLASSES)
    labels = tuple(classes[i % 2] for i in range(len(X)))
    separator, decimal = rng.choice([",.", "\t.", ";.", "|.", "\t,", ";,", "|,", ",,"])
    end = rng.choice(["\n", "\r\n", "\r"])
    quoted = rng.random() < 0.5
    padding = rng.choice(["", "", " "])

    def cell(text: str) -> str:
        return f'"{text}"' if quoted or separator in text else text + padding

    rows = [[*(repr(x).replace(".", decimal) for x in row), label] for row, label in zip(X, labels, strict=True)]
    header = rng.random() < 0.5
    if header:
        rows.insert(0, ["x1", "x2", "y"])
    text = end.join(separator.join(map(cell, row)) for row in rows) + rng.choice(["", end, end * 2])
    return Valid(text.encode(rng.choice(ENCODINGS)), X, labels, header)


@cases(0.2)
@given(seeds)
def test_a_valid_file_gives_exactly_the_numbers_that_were_written(tmp_path_factory: pytest.TempPathFactory, rng: random.Random) -> None:
    file = valid_file(rng)
    path = tmp_path_factory.getbasetemp() / "valid.csv"
    path.write_bytes(file.data)
    table = read_table(path)
    if "decimal" in table.content.doubts:  # every comma stands before three digits
        table = read_table(path, options=ReadOptions(decimal=","))
    assert table.options.header is file.header
    dataset = table.to_dataset(table.names[0], table.names[1], table.names[2])
    assert dataset.X.tobytes() == np.array(file.X).tobytes(), "to the last bit"
    assert [dataset.class_names[int(y)] for y in dataset.y] == list(file.labels)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with bytes flipped, cut or inserted, lines doubled, quotes added, or its end missing, up to three times."""
    for _ in range(rng.randint(1, 3)):
        kind, at = rng.choice(MUTATIONS), rng.randrange(len(data) + 1)
        if kind == "flip":
            data = data[:at] + bytes(byte ^ rng.randint(1, 255) for byte in data[at : at + 1]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at] + data[at + rng.randint(1, 12) :]
        elif kind == "insert":
            data = data[:at] + (rng.choice(PIECES) if rng.random() < 0.8 else rng.randbytes(3)) + data[at:]
        elif kind == "double":
            lines = data.splitlines(keepends=True)
            i = rng.randrange(len(lines) + 1)
            data = b"".join(lines[: i + 1] + lines[i:])
        elif kind == "quote":
            data = data[:at] + b'"' + data[at:]
        elif kind == "end":
            data = data[:at]
    return data


def processor_s() -> float:
    """Seconds of processor time of this process and of those it has waited for; other work on the machine does not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def assert_dataset_or_sentence(path: Path, options: ReadOptions, skip: bool = False) -> None:
    began_s = processor_s()
    try:
        table = read_table(path, options=options)
        assert_honest(table)
        dataset = table.to_dataset(skip_bad_cells=skip)
        assert isinstance(dataset.source, TableSource)
        assert dataset.m + dataset.source.left_out == len(table.lines) + table.content.bad_rows
        assert dataset.m >= 1
        assert all("\n" not in str(note) for note in dataset.source.notes)
    except DataError as error:
        message = str(error)
        assert message.startswith(path.name)
        assert message.count("\n") == 0
        assert message.isprintable()
        assert len(message) < 600
        assert "; " in message, "what to do comes after the semicolon"
        assert error.template.format(**error.values) == message
        assert error.offer in ("", "skip rows", "skip cells")
        assert not (error.offer == "skip rows" and options.skip_bad_rows)
        assert not (error.offer == "skip cells" and skip)
    assert processor_s() - began_s < MOST_S


def assert_honest(table: Table) -> None:
    """What the window asks of a table fits together."""
    assert len(set(table.names)) == len(table.names) >= 2
    assert all(len(row) == len(table.names) for row in table.preview())
    assert set(table.decisions()) <= {"sheet", "header", "decimal", "label", "classes", "features", "problems"}
    try:
        columns = table.suggest()
    except DataError:
        return
    usable = table.usable(columns)
    assert 0 <= usable.rows <= usable.total == len(table.lines)
    assert usable.rows == usable.total or usable.problems


@cases(0.7)
@given(seeds)
def test_a_damaged_file_is_a_dataset_or_is_explained(tmp_path_factory: pytest.TempPathFactory, rng: random.Random) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    path.write_bytes(mutated(valid_file(rng).data, rng))
    assert_dataset_or_sentence(path, rng.choice(OPTIONS), skip=rng.random() < 0.5)


@cases(0.05)
@given(seeds)
def test_a_damaged_workbook_is_a_dataset_or_is_explained(tmp_path_factory: pytest.TempPathFactory, rng: random.Random) -> None:
    name = rng.choice(["ages.xlsx", "ages.ods", "ages.xls", "mixed.xlsx"])
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(mutated((FILES / name).read_bytes(), rng))
    assert_dataset_or_sentence(path, AS_FOUND, skip=rng.random() < 0.5)


@cases(0.05)
@given(
    st.one_of(st.binary(max_size=60), st.text(st.sampled_from('01.5-e,,;\t|\n\n\r" xyn_٣ä\ufeff#+'), max_size=60).map(str.encode)),
    st.booleans(),
)
def test_any_bytes_are_a_dataset_or_are_explained(tmp_path_factory: pytest.TempPathFactory, data: bytes, skip: bool) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    assert_dataset_or_sentence(path, AS_FOUND, skip)


@pytest.mark.parametrize(
    "line",
    ['1,"2,0\n', '"1","2""",0\n', "1,2\n", "1,2,0,4\n", '"\n', "#\n", "\n", ",,\n", '1,""2"",0\n'],
)
def test_a_long_file_of_bad_lines_takes_no_longer(tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "FAST_BYTES", 10_000)
    path = tmp_path / "long.csv"
    path.write_text("x1,x2,y\n1,2,0\n" + line * 20_000 + "3,4,1\n")
    for options in (AS_FOUND, ReadOptions(skip_bad_rows=True)):
        assert_dataset_or_sentence(path, options)


def test_a_giant_cell_is_refused_or_skipped(tmp_path: Path) -> None:
    path = tmp_path / "giant.csv"
    path.write_text("x1,x2,y\n1,2,0\n1," + "9" * 200_000 + ',0\n3,4,1\n5,"' + "text\n" * 50_000)
    with pytest.raises(DataError, match=r"line 3: a cell is longer than 131072 characters \(rows that cannot be read: 50001\); shorten"):
        read_table(path)
    dataset = read_table(path, options=ReadOptions(skip_bad_rows=True)).to_dataset()
    assert dataset.X.tolist() == [[1, 2], [3, 4]]


def test_a_workbook_that_would_unpack_to_gigabytes_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("the library must not see it")

    monkeypatch.setattr(workbook, "messages_of", refuse)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(64):
                sheet.write(bytes(1 << 20))
    with pytest.raises(DataError, match=r"bomb\.xlsx would unpack from 0\.1 MB to 67 MB, .*; save the sheet as CSV"):
        read_table(path)


def test_a_text_from_the_clipboard_is_read_like_a_file() -> None:
    table = read_text("x1\tx2\ty\r\n0,5\t1\ta\r\n2,5\t3\tb\r\n", "Clipboard")
    assert table.name == "Clipboard"
    assert table.to_dataset().X.tolist() == [[0.5, 1], [2.5, 3]]
    for text in ("", "hello", "{}", "\ud800,1,2\n3,4,5\n", "PK\x03\x04"):
        with pytest.raises(DataError, match=r"^Clipboard.*; "):
            read_text(text, "Clipboard").to_dataset()


def test_reading_a_workbook_can_be_cancelled_at_any_time(tmp_path: Path) -> None:
    class CancelledError(Exception):
        pass

    for after in range(1, 4):
        calls = iter(range(after))

        def progress(_fraction: float, calls: Iterator[int] = calls) -> None:
            if next(calls, None) is None:
                raise CancelledError

        with pytest.raises(CancelledError):
            read_table(FILES / "ages.xlsx", progress)
    assert [thread.name for thread in threading.enumerate() if thread.name == "workbook"] == []
