"""A delimited text file → its header and its columns of cells, with the physical line of every row for messages.

Comma, tab, semicolon or | between cells; quotes as in CSV; cells are stripped; rows without any content are skipped. Python's csv
module does the splitting; this file chooses the separator and explains what does not fit. (pandas and polars pad short rows and eat
the first row of a file without header, without a word.)
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.column import is_number
from core.errors import DataError
from core.textfile import read_text

Progress = Callable[[float], object]

SEPARATORS = ",\t;|"
MIN_COLUMNS = 3  # two features and a label
SAMPLE_CHARACTERS = 65_536
SAMPLE_ROWS = 200
ROWS_PER_PROGRESS = 4096


@dataclass(frozen=True, eq=False)
class Grid:
    """c unique names; positions of columns that have none in the file; c columns of r cells; lines (r,), where each row starts."""

    names: tuple[str, ...]
    unnamed: frozenset[int]
    cells: tuple[tuple[str, ...], ...]
    lines: NDArray[np.int64]


def read_grid(path: Path, progress: Progress) -> Grid:
    """Header and cells of the file at `path`. Raises DataError with file and line; an exception out of `progress` passes."""
    progress(0.0)
    text = read_text(path)
    records = _records(text, _choose_separator(text), path.name)
    header_line, header = next(records, (1, []))
    _check_header(header, header_line, path.name)
    names = _unique_names(header)
    n_lines = text.count("\n") + 1
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, cells in records:
        rows.append(_fit(cells, names, line, path.name))
        lines.append(line)
        if len(rows) % ROWS_PER_PROGRESS == 0:
            progress(min(line / n_lines, 1.0))
    if not rows:
        raise DataError(
            "{file} has a header in line {line} but no examples below it; add at least one row", file=path.name, line=header_line
        )
    columns = tuple(zip(*rows, strict=True))
    _check_first_row(header, columns, header_line, path.name)
    unnamed = frozenset(j for j, name in enumerate(header) if not name)
    return Grid(names, unnamed, columns, np.array(lines, dtype=np.int64))


def _records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _broken_record(error, line, reader.line_num, file) from error
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield line, cells


def _broken_record(error: csv.Error, first_line: int, last_line: int, file: str) -> DataError:
    reason = str(error)
    if "unexpected end" in reason:
        return DataError('{file}, line {line}: a quote (") is opened and never closed; close it or delete it', file=file, line=first_line)
    if "field larger" in reason:
        return DataError(
            '{file}, line {line}: a cell is longer than {limit} characters; shorten it, or close the quote (") that starts it',
            file=file,
            line=first_line,
            limit=csv.field_size_limit(),
        )
    return DataError(
        "{file}, line {line}: the row cannot be split into cells ({reason}); correct the quotes in it",
        file=file,
        line=last_line,
        reason=reason,
    )


def _choose_separator(text: str) -> str:
    """The separator under which most rows have as many cells as the header, and most cells are numbers."""
    sample = io.StringIO(text[:SAMPLE_CHARACTERS], newline="")
    lines = [line for line in sample if line.strip()][:SAMPLE_ROWS]
    if len(text) > SAMPLE_CHARACTERS and 1 < len(lines) < SAMPLE_ROWS:
        lines.pop()

    def score(separator: str) -> tuple[float, int]:
        try:
            header, *rows = csv.reader(lines, delimiter=separator, skipinitialspace=True)
        except (csv.Error, ValueError):
            return 0.0, 0
        if len(header) < 2:
            return 0.0, len(header)
        same_count = np.mean([len(row) == len(header) for row in rows]) if rows else 1.0
        numeric = [is_number(cell.strip()) for row in rows for cell in row]
        # A table of words alone still needs its separator, so the share of numbers does not count down to nothing.
        return float(same_count * (0.1 + (np.mean(numeric) if numeric else 0.0))), len(header)

    return max(SEPARATORS, key=score)


def _check_header(header: list[str], line: int, file: str) -> None:
    named = [name for name in header if name]
    if not named:
        raise DataError("{file} is empty; choose a table with a header row and at least one example", file=file)
    if len(header) < MIN_COLUMNS:
        raise DataError(
            "{file}, line {line}: the header has {count} of the at least {least} columns that are needed, two features and a label; "
            "separate columns by comma, tab, semicolon or |",
            file=file,
            line=line,
            count=len(header),
            least=MIN_COLUMNS,
        )
    if all(is_number(name) for name in named):
        raise _no_header(header, line, file)


def _check_first_row(header: list[str], columns: tuple[tuple[str, ...], ...], line: int, file: str) -> None:
    """A first row such as 5.1, 3.5, setosa is an example: it holds numbers, and its words come again below."""
    words_again = any(name and not is_number(name) and name in cells for name, cells in zip(header, columns, strict=True))
    if words_again and any(is_number(name) for name in header):
        raise _no_header(header, line, file)


def _no_header(header: list[str], line: int, file: str) -> DataError:
    return DataError(
        "{file}, line {line}: the first row ({cells}) is an example and not the names of the columns; add a header row above it",
        file=file,
        line=line,
        cells=excerpt(", ".join(header)),
    )


def _unique_names(header: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    taken = {" ".join(cell.split()) for cell in header}
    for position, cell in enumerate(header, start=1):
        name = first = " ".join(cell.split()) or f"column {position}"
        number = 1
        while name in names or ((name != first or not cell) and name in taken):
            number += 1
            name = f"{first} ({number})"
        names.append(name)
    return tuple(names)


def _fit(cells: list[str], names: tuple[str, ...], line: int, file: str) -> list[str]:
    if len(cells) == len(names):
        return cells
    if len(cells) < len(names):
        raise DataError(
            "{file}, line {line}: the row ends before column {column}, after {found} of {expected} cells; "
            "add what is missing or delete the row",
            file=file,
            line=line,
            column=names[len(cells)],
            found=len(cells),
            expected=len(names),
        )
    # A separator at the end of each row adds nothing but empty cells.
    if any(cells[len(names) :]):
        raise DataError(
            "{file}, line {line}: the row has {found} cells, but the header ends with column {column} after {expected}; "
            "delete the cells that are too many, or put a cell that contains a separator in quotes",
            file=file,
            line=line,
            column=names[-1],
            found=len(cells),
            expected=len(names),
        )
    return cells[: len(names)]


def excerpt(text: str, length: int = 40) -> str:
    """The text on one line and short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
