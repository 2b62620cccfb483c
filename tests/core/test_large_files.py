"""Large files: when a person is asked, and a sample of their rows."""

import os
from pathlib import Path

import numpy as np
import pytest

from core import file_size
from core.file_size import TooLarge, too_large
from core.read_options import ReadOptions
from core.reading import read
from core.table import read_table

ROW = "0.25,1.5,a\n"


def write(folder: Path, rows: int) -> Path:
    path = folder / "data.csv"
    path.write_text("x1,x2,y\n" + "".join(f"{i},{-i},{'ab'[i % 2]}\n" for i in range(rows)))
    return path


def test_a_file_is_too_large_by_its_rows_or_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.csv"
    path.write_text("x1,x2,y\n" + ROW * 1_000_000)
    assert too_large(path) is None
    path.write_text("x1,x2,y\n" + ROW * 1_100_000)
    found = too_large(path)
    assert found is not None
    assert found.rows == pytest.approx(1_100_000, rel=0.001)
    assert found.bytes == path.stat().st_size
    path.write_text("x1,x2,y\n" + "0.25," + "1" * 300 + ",a\n" * 700)
    assert too_large(path) is None
    monkeypatch.setattr(file_size, "MOST_BYTES", 1000)
    assert too_large(path) == TooLarge(700, path.stat().st_size)


def test_what_cannot_be_looked_at_is_not_too_large(tmp_path: Path) -> None:
    assert too_large(tmp_path) is None
    assert too_large(tmp_path / "none.csv") is None
    assert too_large(tmp_path / "a\0b") is None
    (tmp_path / "empty.csv").write_bytes(b"")
    assert too_large(tmp_path / "empty.csv") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert too_large(tmp_path / "pipe.csv") is None


def test_a_workbook_has_no_lines_to_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\n" * 2_000_000)
    assert too_large(path) is None
    monkeypatch.setattr(file_size, "MOST_BYTES", 1000)
    assert too_large(path) == TooLarge(0, 2_000_004)


def test_a_sample_has_so_many_rows_in_the_order_of_the_file_and_is_the_same_again(tmp_path: Path) -> None:
    path = write(tmp_path, 5000)
    table = read_table(path, options=ReadOptions(sample_rows=200, seed=3))
    X = table.to_dataset("x1", "x2", "y").X
    assert X.shape == (200, 2)
    assert np.all(np.diff(X[:, 0]) > 0)
    assert np.array_equal(table.lines, X[:, 0] + 2)
    assert 1500 < X[:, 0].mean() < 3500
    assert "A random sample of 200 of the 5000 rows" in str(table.notes[0])
    assert table.class_names("y") == ("a", "b")
    again = read_table(path, options=ReadOptions(sample_rows=200, seed=3)).to_dataset("x1", "x2", "y").X
    other = read_table(path, options=ReadOptions(sample_rows=200, seed=4)).to_dataset("x1", "x2", "y").X
    assert np.array_equal(X, again)
    assert not np.array_equal(X, other)


def test_a_sample_of_more_rows_than_there_are_is_all_of_them(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, 50), options=ReadOptions(sample_rows=50))
    assert len(table.lines) == 50
    assert table.notes == ()


def test_a_sample_is_drawn_in_the_fast_way_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, 3000)
    options = ReadOptions(sample_rows=100, seed=1)
    careful = read_table(path, options=options)
    monkeypatch.setattr(read, "FAST_BYTES", 0)
    monkeypatch.setattr(read, "read_carefully", None)
    fast = read_table(path, options=options)
    assert np.array_equal(fast.lines, careful.lines)
    for a, b in zip(fast.columns, careful.columns, strict=True):
        assert a.numbers.tobytes() == b.numbers.tobytes()
        assert (a.texts, a.codes.tolist(), a.values) == (b.texts, b.codes.tolist(), b.values)
    assert [*map(str, fast.notes)] == [*map(str, careful.notes)]


def test_other_encodings_of_a_large_file_are_read_the_fast_way_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "FAST_BYTES", 0)
    monkeypatch.setattr(read, "read_carefully", None)
    path = tmp_path / "data.csv"
    text = "Größe,x2,y\n" + "".join(f"{i},{-i},{'ab'[i % 2]}\n" for i in range(100))
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        path.write_bytes(text.encode(encoding))
        table = read_table(path)
        assert table.names == ("Größe", "x2", "y")
        assert len(table.lines) == 100
