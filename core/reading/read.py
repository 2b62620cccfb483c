"""A delimited text file → its columns, with the physical line of every row for messages.

A large file is read the fast way first (core.reading.fast). It steps aside at anything unusual; then, and for small files, every row is
looked at here, and what does not fit is explained. (pandas and polars pad short rows without a word.)
"""

from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.progress import Progress
from core.reading.column import CELLS_AT_ONCE, Column, ColumnBuilder
from core.reading.fast import read_fast
from core.reading.header import check_first_row, check_header, unique_names
from core.reading.records import choose_separator, count_lines, records
from core.reading.textfile import decode, read_bytes

Columns = tuple[tuple[Column, ...], NDArray[np.int64]]

FAST_BYTES = 1 << 20  # smaller files take a fraction of a second anyway


def read_columns(path: Path, progress: Progress) -> Columns:
    """The columns of the file at `path`, and the line of each row (m,).

    Raises DataError with file and line; what `progress` raises passes.
    """
    progress(0.0)
    data = read_bytes(path)
    reached = 0.0

    def keep(fraction: float) -> None:
        nonlocal reached
        reached = fraction
        progress(fraction)

    found = read_fast(data, keep) if len(data) >= FAST_BYTES else None
    if found is None:
        found = read_carefully(decode(path, data), path.name, lambda fraction: progress(reached + (1 - reached) * fraction))
    progress(1.0)
    return found


def read_carefully(text: str, file: str, progress: Progress) -> Columns:
    """The columns of a text, row by row. Raises DataError that says what does not fit in which line."""
    rows = records(text, choose_separator(text), file)
    header_line, header = next(rows, (1, []))
    check_header(header, header_line, file)
    names = unique_names(header)
    builders = [ColumnBuilder(name, unnamed=not cell) for name, cell in zip(names, header, strict=True)]
    n_lines = count_lines(text)
    lines: list[NDArray[np.int64]] = []
    while portion := list(islice(rows, CELLS_AT_ONCE)):
        cells = [_fit(row, names, line, file) for line, row in portion]
        for builder, column in zip(builders, zip(*cells, strict=True), strict=True):
            builder.add(column)
        lines.append(np.array([line for line, _ in portion], dtype=np.int64))
        progress(min(portion[-1][0] / n_lines, 1.0))
    if not lines:
        raise DataError("{file} has a header in line {line} but no examples below it; add at least one row", file=file, line=header_line)
    check_first_row(header, [builder.texts for builder in builders], header_line, file)
    columns = []
    for builder in builders:
        columns.append(builder.build())
        progress(1.0)
    return tuple(columns), np.concatenate(lines)


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
