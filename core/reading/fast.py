"""The fast way to read a large table: NumPy's own parser, on portions of lines small enough that other threads get their turn.

NumPy holds the interpreter while it parses, so a portion takes a few milliseconds. It parses numbers with the same routine as float(), so
the values are those of the careful way to the last bit. Whatever is not plain (a text in a column of numbers, a row that is too short, a
blank line, a comment, a line end in quotes …) is not judged here: read_fast() returns None, and the careful way explains it.
"""

import csv
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from core.dataset import Array, Mask
from core.progress import Progress
from core.read_options import ReadOptions
from core.reading import notes
from core.reading.cells import is_text, parse_numbers, usable
from core.reading.column import Column, ColumnBuilder, Rows, joined, number_column
from core.reading.content import Content, Lines
from core.reading.decimal import evidence
from core.reading.file import Bytes
from core.reading.head import Head, UnusualError, checked, read_head
from core.reading.sampling import rows_to_keep

PORTION_BYTES = 65_536  # 1 or 2 ms; and less than csv.field_size_limit(), so that no cell can be beyond it
MOST_IN_VAIN = 3  # portions that NumPy could not parse, before it is not tried again

Cells = Sequence[str] | Array


def read_fast(data: Bytes, file: str, progress: Progress, options: ReadOptions) -> Content | None:
    """What read_carefully() gives, or None for anything unusual. What `progress` raises passes."""
    try:
        head = read_head(data, options)
    except (UnusualError, ValueError):
        return None
    try:
        columns, lines, total = _Reading(data, head, options).read(progress)
    except UnusualError:
        return None
    said = [] if head.header else [notes.no_header(file, head.first_line)]
    if head.decimal == "," and options.decimal is None:
        said.append(notes.decimal_comma(file))
    if len(lines) < total:
        said.append(notes.sample(file, len(lines), total, options.seed))
    understood = replace(options, delimiter=head.separator, header=head.header, decimal=head.decimal)
    doubts = frozenset(["header"] if head.asks_header else [])
    return Content(columns, lines, understood, head.first_rows, tuple(said), doubts, classes=head.classes)


class _Reading:
    """All rows of one file, and where to find the text of a cell again."""

    def __init__(self, data: Bytes, head: Head, options: ReadOptions) -> None:
        self._data = data
        self._head = head
        self._options = options
        self._dtype = head.dtype
        self._in_vain = 0 if head.decimal == "." else MOST_IN_VAIN
        self._end = len(data)
        while self._end and data[self._end - 1] in b"\r\n":
            self._end -= 1
        self._bytes_before: list[int] = []  # each portion
        self._rows_before: list[int] = []
        self._numbers: list[list[Array]] = [[] for _ in head.names]
        # Of a column of numbers: only the cells that cannot be used, and their rows.
        self._builders = [ColumnBuilder() for _ in head.names]
        self._odd_rows: list[list[Rows]] = [[] for _ in head.names]

    def read(self, progress: Callable[[float], object]) -> tuple[tuple[Column, ...], Lines, int]:
        """Columns and lines of all rows or of a sample, and how many rows there are. Raises UnusualError."""
        head = self._head
        start, m = head.first_byte, 0
        while start < self._end:
            portion = self._portion(start)
            rows, columns = self._parse(portion)
            for j, cells in enumerate(columns):
                self._take(j, cells, m)
            self._bytes_before.append(start)
            self._rows_before.append(m)
            start += len(portion)
            m += rows
            progress(start / self._end)
        if not head.header:
            # After all others, as in the careful way, which knows only then that it is no header.
            for builder, cell, numeric in zip(self._builders, head.first_rows[0], head.numeric, strict=True):
                if not numeric:
                    builder.put_first(cell)
        if self._options.decimal is None:
            self._check_decimal(progress)
        keep = rows_to_keep(m, self._options.sample_rows, self._options.seed, progress)
        done = []
        for j in range(len(head.names)):
            done.append(self._column(j, keep, lambda: progress(1.0)))
            progress(1.0)
        lines = np.arange(head.first_line, head.first_line + m, dtype=np.int64)
        return tuple(done), lines if keep is None else lines[keep], m

    def _take(self, j: int, cells: Cells, rows_before: int) -> None:
        if not self._head.numeric[j]:
            first = 0 if self._head.header or rows_before else 1
            self._builders[j].add([cell.strip() for cell in cells[first:]])
        elif isinstance(cells, np.ndarray):
            self._numbers[j].append(cells)
        else:
            stripped = [cell.strip() for cell in cells]
            numbers = parse_numbers(stripped, self._head.decimal)
            odd = np.flatnonzero(~usable(numbers))
            if any(np.isnan(numbers[i]) and is_text(stripped[i]) for i in odd):
                raise UnusualError
            self._numbers[j].append(numbers)
            self._builders[j].add([stripped[i] for i in odd])
            self._odd_rows[j].append(odd + rows_before)

    def _column(self, j: int, keep: Mask | None, working: Callable[[], object]) -> Column:
        head = self._head
        if not head.numeric[j]:
            return self._builders[j].build(head.names[j], head.unnamed[j], head.decimal, keep, working)
        numbers, odd_rows, odd = np.concatenate(self._numbers[j]), joined(self._odd_rows[j]), self._builders[j]
        file_row: Callable[[int], int] = int
        if keep is not None:
            numbers, file_rows, kept = numbers[keep], np.flatnonzero(keep), keep[odd_rows]
            file_row = file_rows.item
            if np.isnan(numbers).all():
                raise UnusualError
            odd, odd_rows = odd.only(kept), np.searchsorted(file_rows, odd_rows[kept])
        column = number_column(
            head.names[j], numbers, odd, odd_rows, lambda row: self._text(j, file_row(row)), head.unnamed[j], head.decimal
        )
        if column.n_values <= 2:
            raise UnusualError  # in a sample; they may be the classes
        return column

    def _check_decimal(self, progress: Callable[[float], object]) -> None:
        """The columns of text must not tell of another decimal mark than those of numbers."""
        texts = [builder.texts for builder, numeric in zip(self._builders, self._head.numeric, strict=True) if not numeric]
        found = evidence(texts, lambda: progress(1.0), count_points=self._head.decimal == ",")
        if found.thousands or (found.points if self._head.decimal == "," else found.commas):
            raise UnusualError

    def _portion(self, start: int) -> Bytes:
        """Whole lines from `start` on."""
        end = self._end
        if end - start > PORTION_BYTES:
            end = self._data.rfind(b"\n", start, start + PORTION_BYTES) + 1
        if end == 0:
            raise UnusualError
        return checked(self._data[start:end])

    def _parse(self, portion: Bytes) -> tuple[int, list[Cells]]:
        """Number of rows, and the cells of each column: numbers or text."""
        try:
            lines = portion.decode().split("\n")
            if not lines[-1]:
                lines.pop()
            if b"#" in portion and any(line.lstrip().startswith("#") for line in lines):
                raise UnusualError
            columns = self._split_plain(lines) if b'"' not in portion and self._in_vain < MOST_IN_VAIN else None
            if columns is None:
                columns = self._split_by_csv(lines)
        except (ValueError, csv.Error) as error:
            raise UnusualError from error
        if any(len(cells) != len(lines) for cells in columns):
            raise UnusualError
        return len(lines), columns

    def _split_plain(self, lines: list[str]) -> list[Cells] | None:
        """None when NumPy cannot parse them, or finds a number that cannot be used."""
        if not any(map(str.strip, lines)):
            raise UnusualError  # NumPy would warn of it
        try:
            table = np.loadtxt(lines, dtype=self._dtype, delimiter=self._head.separator, comments=None, ndmin=1)
        except ValueError:
            self._in_vain += 1
            return None
        fields = [table[name] for name in self._dtype.names or ()]
        columns = [field.copy() if numeric else field.tolist() for field, numeric in zip(fields, self._head.numeric, strict=True)]
        if all(usable(cells).all() for cells in columns if isinstance(cells, np.ndarray)):
            return columns
        self._in_vain += 1
        return None

    def _split_by_csv(self, lines: list[str]) -> list[Cells]:
        rows = [row for row in self._csv(lines) if len(row) == len(self._head.names) and any(map(str.strip, row))]
        return list(zip(*rows, strict=True)) if len(rows) == len(lines) else [[]]

    def _csv(self, lines: list[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._head.separator, skipinitialspace=True, strict=True)

    def _text(self, j: int, row: int) -> str:
        """The stripped cell of column j."""
        portion = bisect_right(self._rows_before, row) - 1
        line = self._portion(self._bytes_before[portion]).decode().split("\n")[row - self._rows_before[portion]]
        return next(self._csv([line]))[j].strip()
