"""The careful way to read a table: every row is looked at, and what does not fit is explained.

pandas and polars pad short rows without a word.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice

import numpy as np

from core.class_note import noted_classes
from core.dataset import Mask
from core.errors import DataError
from core.progress import Progress
from core.read_options import ReadOptions
from core.reading import notes
from core.reading.bad_rows import BadRows, check_cells
from core.reading.cells import EMPTY
from core.reading.column import CELLS_AT_ONCE, Column, ColumnBuilder
from core.reading.content import PREVIEW_ROWS, Content, Lines
from core.reading.decimal import choose_decimal, evidence
from core.reading.encoding import empty
from core.reading.header import MIN_COLUMNS, check_width, is_example, may_be_example, unique_names
from core.reading.records import BadRow, Record, records
from core.reading.sampling import rows_to_keep
from core.reading.separator import choose_separator
from core.reading.titles import below_titles

PIECE = 1 << 20  # characters counted at once: going through all of a large text would hold up the other threads


def read_carefully(text: str, file: str, progress: Progress, options: ReadOptions) -> Content:
    """The columns of a text. Raises DataError that says what does not fit, and in which line."""
    separator = options.delimiter or choose_separator(text)
    n_lines = 1 + sum(text.count("\n", start, start + PIECE) for start in range(0, len(text), PIECE))
    bad = BadRows(file, skip=options.skip_bad_rows)
    comments: list[Record] = []
    rows = records(text, separator, bad, comments)
    first = next(rows, None)
    if first is None:
        bad.check_all()
        raise empty(file)
    # Some programs write the names of the columns as a comment.
    if comments and len(comments[-1][1]) == len(first[1]) >= MIN_COLUMNS and may_be_example(first[1]):
        rows, first = chain([first], rows), comments[-1]
    first, rows, titles = below_titles(first, rows)
    options = replace(options, delimiter=separator)
    content = RowReading(file, options, bad).read(first, rows, lambda line: progress(min(line / n_lines, 1.0)))
    if titles:
        content = replace(content, notes=(notes.titles(file, titles), *content.notes))
    return replace(content, classes=noted_classes(text))


class RowReading:
    """Records of one file → its columns."""

    def __init__(self, file: str, options: ReadOptions, bad: BadRows) -> None:
        self._file = file
        self._options = options
        self._bad = bad
        self._builders: list[ColumnBuilder] = []
        self._lines: list[Lines] = []
        self._first_rows: list[tuple[str, ...]] = []

    def read(self, first: Record, rows: Iterator[Record], reached: Callable[[int], object]) -> Content:
        """All there is. `reached` is called with lines, and with the last one again and again. Raises DataError."""
        first_line, cells = first
        self._bad.check_before(first_line)
        check_width(cells, first_line, self._file)
        self._builders = [ColumnBuilder() for _ in cells]
        last_line = self._take(cells, rows, reached)

        def working(_fraction: float = 1.0) -> None:
            reached(last_line)

        self._bad.check()
        header, asks_header = self._has_header(cells)
        names = unique_names(cells if header else [""] * len(cells))
        unnamed = [header and not cell for cell in cells]
        if not header:
            self._put_first(cells, first_line)
        elif not self._lines:
            raise DataError(
                "{file} has a header in line {line} but no examples below it; add at least one row", file=self._file, line=first_line
            )
        decimal, asks_decimal = self._decimal(working)
        lines = np.concatenate(self._lines)
        total = len(lines)
        keep = rows_to_keep(total, self._options.sample_rows, self._options.seed, working)
        columns = self._build(names, unnamed, decimal, keep, working)
        said = self._bad.note()
        if not header:
            said.append(notes.no_header(self._file, first_line))
        if decimal == "," and self._options.decimal is None:
            said.append(notes.decimal_comma(self._file))
        if keep is not None:
            lines = lines[keep]
            said.append(notes.sample(self._file, len(lines), total, self._options.seed))
        while len(columns) > MIN_COLUMNS and unnamed[len(columns) - 1] and bool((columns[-1].kinds == EMPTY).all()):
            columns.pop()
        return Content(
            tuple(columns),
            lines,
            replace(self._options, header=header, decimal=decimal),
            tuple(row[: len(columns)] for row in self._first_rows),
            tuple(said),
            frozenset(name for name, asked in (("header", asks_header), ("decimal", asks_decimal)) if asked),
            self._bad.count,
        )

    def _take(self, first: list[str], rows: Iterator[Record], reached: Callable[[int], object]) -> int:
        """Put the cells of all rows into the builders; returns the last line."""
        names = unique_names(first)
        n_needed = max(position for position, cell in enumerate(first, start=1) if cell)
        last_line = 1
        while portion := list(islice(rows, CELLS_AT_ONCE)):
            fitting: list[list[str]] = []
            lines: list[int] = []
            for line, row in portion:
                cells = row if len(row) == len(names) else check_cells(row, names, n_needed, line)
                if isinstance(cells, BadRow):
                    self._bad(cells)
                else:
                    fitting.append(cells)
                    lines.append(line)
            if fitting:
                for builder, column in zip(self._builders, zip(*fitting, strict=True), strict=True):
                    builder.add(column)
                self._lines.append(np.array(lines, dtype=np.int64))
                self._first_rows += [tuple(row) for row in fitting[: PREVIEW_ROWS - len(self._first_rows)]]
            last_line = portion[-1][0]
            reached(last_line)
        return last_line

    def _decimal(self, working: Callable[[], object]) -> tuple[str, bool]:
        if self._options.decimal is not None:
            return self._options.decimal, False
        found = evidence([builder.texts for builder in self._builders], working)
        return choose_decimal(found, self._options.delimiter or "")

    def _has_header(self, first: list[str]) -> tuple[bool, bool]:
        if self._options.header is not None:
            return self._options.header, False
        example, asks = is_example(first, [builder.texts for builder in self._builders])
        return not example, asks

    def _put_first(self, cells: list[str], line: int) -> None:
        for builder, cell in zip(self._builders, cells, strict=True):
            builder.put_first(cell)
        self._lines.insert(0, np.array([line], dtype=np.int64))
        self._first_rows = [tuple(cells), *self._first_rows][:PREVIEW_ROWS]

    def _build(
        self, names: tuple[str, ...], unnamed: list[bool], decimal: str, keep: Mask | None, working: Callable[[], object]
    ) -> list[Column]:
        columns = []
        for builder, name, no_name in zip(self._builders, names, unnamed, strict=True):
            columns.append(builder.build(name, no_name, decimal, keep, working))
            working()
        return columns
