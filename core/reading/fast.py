"""The fast way to read a large table: NumPy's own parser, on portions of lines small enough that other threads get their turn.

NumPy holds the interpreter while it parses, so a portion takes a few milliseconds. It parses numbers with the same routine as float(), so
the values are those of the careful way to the last bit. Whatever is not plain (a cell that is no number in a column of numbers, a row that
is too short, a blank line, a line end in quotes …) is not judged here: read_fast() returns None, and the careful way explains it.
"""

import csv
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.reading.column import Column, ColumnBuilder, is_number, number_column, parse_numbers, usable
from core.reading.header import check_header, unique_names
from core.reading.records import SAMPLE_CHARACTERS, choose_separator, records
from core.reading.textfile import UTF8_MARK, ZIP_START

PORTION_BYTES = 65_536  # 1 or 2 ms; and less than csv.field_size_limit(), so that no cell can be beyond it
HEAD_BYTES = 4 * (SAMPLE_CHARACTERS + 1)  # holds the sample for the separator, even if each character took four bytes
HEAD_ROWS = 1000

Cells = Sequence[str] | Array


class _UnusualError(Exception):
    """Something that the careful way must look at."""


@dataclass(frozen=True)
class _Head:
    """What the first rows tell: the names, which columns are `numeric`, and where the first example begins."""

    separator: str
    names: tuple[str, ...]
    unnamed: tuple[bool, ...]
    numeric: tuple[bool, ...]
    first_line: int
    first_byte: int

    @property
    def dtype(self) -> np.dtype[np.void]:
        """One row as NumPy parses it."""
        return np.dtype([(str(j), np.float64 if numeric else object) for j, numeric in enumerate(self.numeric)])


def read_fast(data: bytes, progress: Callable[[float], object]) -> tuple[tuple[Column, ...], NDArray[np.int64]] | None:
    """Columns and lines exactly as read_carefully() gives them, or None for anything unusual. What `progress` raises passes."""
    try:
        head = _read_head(data)
    except (_UnusualError, ValueError):
        return None
    try:
        return _Reading(data, head).read(progress)
    except _UnusualError:
        return None


def _read_head(data: bytes) -> _Head:
    """Raises _UnusualError or ValueError."""
    if data.startswith(ZIP_START):
        raise _UnusualError
    begin = len(UTF8_MARK) if data.startswith(UTF8_MARK) else 0
    text = _checked(data[begin : data.find(b"\n", HEAD_BYTES) + 1 or len(data)]).decode()
    separator = choose_separator(text)
    rows = records(text, separator, "")
    header_line, header = next(rows, (1, []))
    check_header(header, header_line, "")
    examples = list(islice(rows, HEAD_ROWS))
    # With a number in it, the header may be an example; to tell takes every row.
    if not examples or any(is_number(name) for name in header) or any(len(cells) != len(header) for _, cells in examples):
        raise _UnusualError
    first_line, first_byte = examples[0][0], begin
    for _ in range(first_line - 1):
        first_byte = data.index(b"\n", first_byte) + 1
    # The text of only two different numbers is kept, as they may be the classes.
    columns = [_column(cells) for cells in zip(*(cells for _, cells in examples), strict=True)]
    numeric = tuple(column.only_numbers and not column.texts for column in columns)
    # A row of empty cells is skipped by the careful way; here it must fail to be numbers.
    if not any(numeric):
        raise _UnusualError
    return _Head(separator, unique_names(header), tuple(not name for name in header), numeric, first_line, first_byte)


def _column(cells: Sequence[str]) -> Column:
    builder = ColumnBuilder("")
    builder.add(cells)
    return builder.build()


class _Reading:
    """All rows of one file, and where to find the text of a cell again."""

    def __init__(self, data: bytes, head: _Head) -> None:
        self._data = data
        self._head = head
        self._dtype = head.dtype
        self._end = len(data)
        while data[self._end - 1 : self._end] in (b"\n", b"\r"):
            self._end -= 1
        self._bytes_before: list[int] = []  # each portion
        self._rows_before: list[int] = []

    def read(self, progress: Callable[[float], object]) -> tuple[tuple[Column, ...], NDArray[np.int64]]:
        """Columns and lines. Raises _UnusualError."""
        head = self._head
        numbers: list[list[Array]] = [[] for _ in head.names]
        builders = [ColumnBuilder(name, unnamed) for name, unnamed in zip(head.names, head.unnamed, strict=True)]
        start, m = head.first_byte, 0
        while start < self._end:
            portion = self._portion(start)
            rows, columns = self._parse(portion)
            for j, cells in enumerate(columns):
                if isinstance(cells, np.ndarray):
                    numbers[j].append(cells)
                else:
                    builders[j].add([cell.strip() for cell in cells])
            self._bytes_before.append(start)
            self._rows_before.append(m)
            start += len(portion)
            m += rows
            progress(start / self._end)
        done: list[Column] = []
        for j, builder in enumerate(builders):
            if head.numeric[j]:
                done.append(number_column(head.names[j], np.concatenate(numbers[j]), partial(self._text, j), head.unnamed[j]))
            else:
                done.append(builder.build())
            progress(1.0)
        return tuple(done), np.arange(head.first_line, head.first_line + m, dtype=np.int64)

    def _portion(self, start: int) -> bytes:
        """Whole lines from `start` on."""
        end = self._end
        if end - start > PORTION_BYTES:
            end = self._data.rfind(b"\n", start, start + PORTION_BYTES) + 1
        if end == 0:
            raise _UnusualError
        return _checked(self._data[start:end])

    def _parse(self, portion: bytes) -> tuple[int, list[Cells]]:
        """Number of rows, and the cells of each column: numbers or text."""
        try:
            lines = portion.decode().split("\n")
            if not lines[-1]:
                lines.pop()
            split = self._split_quoted if b'"' in portion else self._split_plain
            columns = split(lines)
        except (ValueError, csv.Error) as error:
            raise _UnusualError from error
        for cells in columns:
            if len(cells) != len(lines) or (isinstance(cells, np.ndarray) and not usable(cells).all()):
                raise _UnusualError
        return len(lines), columns

    def _split_plain(self, lines: list[str]) -> list[Cells]:
        if not any(map(str.strip, lines)):
            raise _UnusualError  # NumPy would warn of it
        table = np.loadtxt(lines, dtype=self._dtype, delimiter=self._head.separator, comments=None, ndmin=1)
        fields = [table[name] for name in self._dtype.names or ()]
        return [field.copy() if numeric else field.tolist() for field, numeric in zip(fields, self._head.numeric, strict=True)]

    def _split_quoted(self, lines: list[str]) -> list[Cells]:
        rows = [row for row in self._csv(lines) if len(row) == len(self._head.names)]
        columns = zip(*rows, strict=True)
        return [
            parse_numbers([cell.strip() for cell in cells]) if numeric else cells
            for cells, numeric in zip(columns, self._head.numeric, strict=True)
        ]

    def _csv(self, lines: list[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._head.separator, skipinitialspace=True, strict=True)

    def _text(self, j: int, row: int) -> str:
        """The stripped cell of column j."""
        portion = bisect_right(self._rows_before, row) - 1
        line = self._portion(self._bytes_before[portion]).decode().split("\n")[row - self._rows_before[portion]]
        return next(self._csv([line]))[j].strip()


def _checked(data: bytes) -> bytes:
    # csv takes a lone carriage return for a line end, too; zero bytes mean that it is not a text table.
    if data.count(b"\r") != data.count(b"\r\n") or b"\0" in data:
        raise _UnusualError
    return data
