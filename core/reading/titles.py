"""Titles: the lines above the header of a text that belong to no table, such as the name of a report."""

from collections.abc import Iterator
from itertools import chain

from core.reading.header import MIN_COLUMNS, may_be_example
from core.reading.records import Record

MOST_TITLES = 20


def below_titles(first: Record, rows: Iterator[Record]) -> tuple[Record, Iterator[Record], int]:
    """The header, the rows below it, and how many rows above it have their first cell only; 0 where no header without numbers follows."""
    above: list[Record] = []
    row: Record | None = first
    while row is not None and len(above) < MOST_TITLES and _is_title(row[1]):
        above.append(row)
        row = next(rows, None)
    if not above or row is None:
        return first, chain(above[1:], rows), 0
    filled = sum(map(bool, row[1]))
    after = next(rows, None)
    below = rows if after is None else chain([after], rows)
    # Of a table of one column, or of words with gaps in it, the rows below are no wider than such a header.
    if filled < MIN_COLUMNS or may_be_example(row[1]) or after is None or len(after[1]) != len(row[1]) or not may_be_example(after[1]):
        return first, chain(above[1:], [row], below), 0
    return row, below, len(above)


def _is_title(cells: list[str]) -> bool:
    return bool(cells[0]) and not any(cells[1:]) and not may_be_example(cells[:1])
