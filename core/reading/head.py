"""What the first rows of a large text tell core.reading.fast: its columns, and where the first example begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from core.class_note import noted_classes
from core.read_options import ReadOptions
from core.reading.column import Column, ColumnBuilder
from core.reading.content import PREVIEW_ROWS, FirstRows
from core.reading.decimal import choose_decimal, evidence
from core.reading.encoding import UTF8_MARK
from core.reading.file import Bytes
from core.reading.header import check_width, is_surely_example, may_be_example, unique_names
from core.reading.records import Record, records
from core.reading.separator import SAMPLE_CHARACTERS, choose_separator

HEAD_BYTES = 4 * (SAMPLE_CHARACTERS + 1)  # holds the sample for the separator, even if each character took four bytes
HEAD_ROWS = 1000


class UnusualError(Exception):
    """Something that the careful way must look at."""


@dataclass(frozen=True)
class Head:
    """header: whether the first row names the columns; asks_header: whether a person should be asked. numeric: which columns are numbers.

    first_line and first_byte: where the first example begins. classes: see core.class_note.
    """

    separator: str
    decimal: str
    header: bool
    asks_header: bool
    names: tuple[str, ...]
    unnamed: tuple[bool, ...]
    numeric: tuple[bool, ...]
    first_line: int
    first_byte: int
    first_rows: FirstRows
    classes: tuple[str, str] | None

    @property
    def dtype(self) -> np.dtype[np.void]:
        """One row as NumPy parses it."""
        return np.dtype([(str(j), np.float64 if numeric else object) for j, numeric in enumerate(self.numeric)])


def read_head(data: Bytes, options: ReadOptions) -> Head:
    """The head of a file. Raises UnusualError or ValueError."""
    begin = len(UTF8_MARK) if data.startswith(UTF8_MARK) else 0
    text = checked(data[begin : data.find(b"\n", HEAD_BYTES) + 1 or len(data)]).decode()
    separator = options.delimiter or choose_separator(text)
    classes = noted_classes(text)
    comments: list[Record] = []
    rows = records(text, separator, _unusual, comments)
    first = next(rows, (1, []))
    check_width(first[1], first[0], "")
    examples = list(islice(rows, HEAD_ROWS))
    # An unnamed column at the end may be none.
    unusual = len(comments) > (classes is not None) or not first[1][-1]
    if not examples or unusual or any(len(cells) != len(first[1]) for _, cells in examples):
        raise UnusualError
    header, asks_header = _has_header(first[1], [cells for _, cells in examples], bool(comments), options)
    if not header:
        examples.insert(0, first)
    first_line, first_byte = examples[0][0], begin
    for _ in range(first_line - 1):
        first_byte = data.index(b"\n", first_byte) + 1
    by_column = list(zip(*(cells for _, cells in examples), strict=True))
    decimal = options.decimal
    if decimal is None:
        decimal, asks = choose_decimal(evidence(by_column, lambda: None), separator)
        if asks:
            raise UnusualError
    # The text of only two different numbers is kept, as they may be the classes.
    numeric = tuple(_column(cells, decimal).rows is not None for cells in by_column)
    # A row of empty cells is skipped by the careful way; here it must fail to be numbers.
    if not any(numeric):
        raise UnusualError
    first_rows = tuple(tuple(cells) for _, cells in examples[:PREVIEW_ROWS])
    names = first[1] if header else [""] * len(first[1])
    unnamed = tuple(header and not name for name in names)
    return Head(separator, decimal, header, asks_header, unique_names(names), unnamed, numeric, first_line, first_byte, first_rows, classes)


def checked(data: Bytes) -> Bytes:
    """These bytes, where NumPy and csv would split them into the same lines. Raises UnusualError."""
    # csv takes a lone carriage return for a line end, too; zero bytes mean that it is not a text table.
    if data.count(b"\r") != data.count(b"\r\n") or b"\0" in data:
        raise UnusualError
    return data


def _has_header(first: list[str], below: list[list[str]], commented: bool, options: ReadOptions) -> tuple[bool, bool]:
    """Whether the first row names the columns, and whether a person should be asked. Raises UnusualError where only all rows tell."""
    if not may_be_example(first):
        return options.header is not False, False
    if commented:
        raise UnusualError  # the comment may be the names
    if options.header is not None:
        return options.header, False
    if not is_surely_example(first, list(zip(*below, strict=True))):
        raise UnusualError
    return False, True


def _column(cells: Sequence[str], decimal: str) -> Column:
    builder = ColumnBuilder()
    builder.add(cells)
    return builder.build("", decimal=decimal)


def _unusual(_row: object) -> None:
    raise UnusualError
