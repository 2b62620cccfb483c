"""What keeps a column from being the label or a feature, as one DataError: file, line and column, what is there, and what to do."""

import re

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.reading.column import Column
from core.reading.header import excerpt, listed

Lines = NDArray[np.int64]

EMPTY_CELL = (
    "{file}, line {line}, column {column}: the cell is empty (cells that cannot be used in this column: {count} of {m}); "
    "fill it in, delete the row, or choose another column"
)
LARGE_CELL = (
    "{file}, line {line}, column {column}: {cell} is too large (cells that cannot be used in this column: {count} of {m}); "
    "use numbers of at most 1e150 in size, or choose another column"
)
COMMA_CELL = (
    "{file}, line {line}, column {column}: {cell} has a decimal comma (cells that cannot be used in this column: {count} of {m}); "
    "write numbers with a decimal point"
)
THOUSANDS_CELL = (
    "{file}, line {line}, column {column}: {cell} has a comma (cells that cannot be used in this column: {count} of {m}); "
    "write numbers with a decimal point, and without a mark between thousands"
)
TEXT_CELL = (
    "{file}, line {line}, column {column}: {cell} is not a number (cells that cannot be used in this column: {count} of {m}); "
    "write a number such as 0.5, delete the row, or choose another column"
)
CHOSEN_LABEL = (
    "{file}, column {column}: a label needs exactly two different values, but this column has {count} ({values})",
    ", or choose another label",
)
# A file that is opened has no place to choose its label yet, so this says where.
NAMED_LABEL = (
    "{file}, column {column}: its name says that it is the label, which needs exactly two different values, but it has {count} ({values})",
    ", or choose another label: --label NAME, or a column that is headed label",
)
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?")


def check_two_values(column: Column, file: str, *, chosen: bool) -> None:
    """Raises DataError unless the column has exactly two values; `chosen`: by the user, and not for its name."""
    if column.is_label:
        return
    what, another = CHOSEN_LABEL if chosen else NAMED_LABEL
    if column.is_label_but_for_case():
        remedy = ", as upper and lower case count as different; write each class in one way"
    else:
        remedy = "; keep the rows of two classes" if column.n_values > 2 else "; add rows of a second class"
    raise DataError(
        what + remedy + another,
        file=file,
        column=column.name,
        count=column.n_values,
        values=listed(column.values, more=column.n_values > len(column.values)) or "-",
    )


def check_label(column: Column, lines: Lines, file: str) -> None:
    """Raises DataError unless every cell has one of two values."""
    check_two_values(column, file, chosen=True)
    empty = column.empty_rows()
    if len(empty):
        raise DataError(
            "{file}, line {line}, column {column}: the label is empty (empty cells in this column: {count}); fill it in or delete the row",
            file=file,
            line=int(lines[empty[0]]),
            column=column.name,
            count=len(empty),
        )


def check_feature(column: Column, lines: Lines, file: str) -> None:
    """Raises DataError about the first cell that is no usable number."""
    rows = column.unusable()
    if len(rows) == 0:
        return
    cell = column.cell(int(rows[0]))
    if not cell:
        template = EMPTY_CELL
    elif not np.isnan(column.numbers[rows[0]]):
        template = LARGE_CELL
    elif _THOUSANDS.fullmatch(cell):
        template = THOUSANDS_CELL  # 1,000 may be a thousand: "write a decimal point" alone would make it one
    else:
        template = COMMA_CELL if _DECIMAL_COMMA.fullmatch(cell) else TEXT_CELL
    raise DataError(
        template,
        file=file,
        line=int(lines[rows[0]]),
        column=column.name,
        cell=excerpt(cell),
        count=len(rows),
        m=len(lines),
    )
