"""Cells that keep their row from being an example: one Problem for each column and reason, about the first of them.

Cells that are missing, infinite or too large leave their row out. A text among numbers refuses the file, unless such cells are skipped.
"""

import re

import numpy as np

from core.dataset import Mask
from core.errors import DataError
from core.reading.cells import EMPTY, INFINITE, LARGE, NUMBER, TEXT
from core.reading.column import Column
from core.reading.content import Lines
from core.reading.header import excerpt
from core.usable import Problem

_EMPTY_CELL = (
    "{file}, line {line}, column {column}: the cell is empty, so its row is left out (such cells in this column: {count} of {m}); "
    "fill it in, or choose another column"
)
_MISSING_CELL = (
    "{file}, line {line}, column {column}: {cell} stands for a missing value, so its row is left out "
    "(such cells in this column: {count} of {m}); fill it in, or choose another column"
)
_INFINITE_CELL = (
    "{file}, line {line}, column {column}: {cell} is no finite number, so its row is left out (such cells in this column: {count} of {m}); "
    "write a number such as 0.5, or choose another column"
)
_LARGE_CELL = (
    "{file}, line {line}, column {column}: {cell} is too large, so its row is left out (such cells in this column: {count} of {m}); "
    "use numbers of at most 1e150 in size, or choose another column"
)
_COMMA_CELL = (
    "{file}, line {line}, column {column}: {cell} has a decimal comma (cells that cannot be used in this column: {count} of {m}); "
    "write numbers with a decimal point, or choose another column"
)
_POINT_CELL = (
    "{file}, line {line}, column {column}: {cell} has a point, but numbers in this file have a decimal comma "
    "(cells that cannot be used in this column: {count} of {m}); write all numbers in one way, or choose another column"
)
_THOUSANDS_CELL = (
    "{file}, line {line}, column {column}: {cell} has a comma, which is ambiguous: it may stand for a decimal point or between thousands "
    "(cells that cannot be used in this column: {count} of {m}); write numbers with a decimal point, and without a mark between thousands"
)
_MARKED_CELL = (
    "{file}, line {line}, column {column}: {cell} has a mark between thousands (cells that cannot be used in this column: {count} of {m}); "
    "write numbers without it, or choose another column"
)
_TEXT_CELL = (
    "{file}, line {line}, column {column}: {cell} is not a number (cells that cannot be used in this column: {count} of {m}); "
    "write a number such as 0.5, delete the row, or choose another column"
)
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")
_MARKED = re.compile(
    r"[+-]?[0-9]{1,3}"
    r"((,[0-9]{3}){2,}|(,[0-9]{3})+\.[0-9]*|(\.[0-9]{3}){2,}|(\.[0-9]{3})+,[0-9]*|([' \u2009\u202f][0-9]{3})+([.,][0-9]*)?)"
)
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?")
_DECIMAL_POINT = re.compile(r"[+-]?[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?")


def good_feature(column: Column) -> Mask:
    """Which cells can be a feature (m,)."""
    return np.asarray(column.row_kinds == NUMBER)


def good_label(column: Column) -> Mask:
    """Which cells can be a label (m,)."""
    kinds = column.row_kinds
    return np.asarray((kinds != EMPTY) & (kinds != INFINITE))


def feature_problems(column: Column, lines: Lines, file: str) -> list[Problem]:
    """What is wrong with cells of a feature; what refuses the file comes first."""
    return [problem for kind in (TEXT, EMPTY, INFINITE, LARGE) if (problem := _problem(column, kind, lines, file)) is not None]


def label_problems(column: Column, lines: Lines, file: str) -> list[Problem]:
    """What is wrong with cells of the label."""
    return [problem for kind in (EMPTY, INFINITE) if (problem := _problem(column, kind, lines, file)) is not None]


def check_feature(column: Column, lines: Lines, file: str) -> None:
    """Raises DataError about the first text in a column that would else be one of numbers; too many to be skipped."""
    for problem in feature_problems(column, lines, file):
        if problem.fatal:
            raise DataError(problem.error.template, offer="", **problem.error.values)


def _problem(column: Column, kind: int, lines: Lines, file: str) -> Problem | None:
    rows = np.flatnonzero(column.row_kinds == kind)
    if len(rows) == 0:
        return None
    row = int(rows[0])
    cell = column.cell(row)
    error = DataError(
        _template(cell, kind, column.decimal),
        offer="skip cells" if kind == TEXT and len(rows) < len(lines) else "",
        file=file,
        line=int(lines[row]),
        column=excerpt(column.name),
        cell=excerpt(cell),
        count=len(rows),
        m=len(lines),
    )
    return Problem(error, len(rows), fatal=kind == TEXT)


def _template(cell: str, kind: int, decimal: str) -> str:
    if kind == EMPTY:
        return _MISSING_CELL if cell else _EMPTY_CELL
    if kind == INFINITE:
        return _INFINITE_CELL
    if kind == LARGE:
        return _LARGE_CELL
    if _MARKED.fullmatch(cell):
        return _MARKED_CELL
    if _THOUSANDS.fullmatch(cell):
        return _THOUSANDS_CELL  # 1,000 may be a thousand: "write a decimal point" alone would make it one
    if decimal == "," and _DECIMAL_POINT.fullmatch(cell):
        return _POINT_CELL
    return _COMMA_CELL if _DECIMAL_COMMA.fullmatch(cell) else _TEXT_CELL
