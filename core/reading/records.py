"""Text of a delimited file → records: the cells of each row, stripped, and the physical line it starts in.

Comma, tab, semicolon or | between cells; quotes as in CSV; rows without any content are skipped. Python's csv module does the splitting;
this file chooses the separator and explains what cannot be split.
"""

import csv
import io
from collections.abc import Iterator

import numpy as np

from core.errors import DataError
from core.reading.column import is_number

SEPARATORS = ",\t;|"
SAMPLE_CHARACTERS = 65_536
SAMPLE_ROWS = 200
PIECE = 1 << 20  # characters taken at once: copying all of a large text would hold up the other threads


def records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row that has content. Raises DataError with file and line for broken quotes."""
    reader = csv.reader(_lines(text), delimiter=separator, skipinitialspace=True, strict=True)
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


def count_lines(text: str) -> int:
    """How many lines the text has, the last one included."""
    return 1 + sum(text.count("\n", start, start + PIECE) for start in range(0, len(text), PIECE))


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


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


def choose_separator(text: str) -> str:
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
