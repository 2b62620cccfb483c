"""Column: one column of a user's table, as numbers where the cells are numbers and as text where that still matters.

A number is plain ASCII syntax: 12, -0.5, 1e3. float() alone would also take 1_0, Arabic digits, nan and inf.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.dataset import LARGEST, Array

SHOWN_VALUES = 5
_ID_NAMES = {"id", "ids", "index", "nr", "no", "row"}
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


@dataclass(frozen=True, eq=False)
class Column:
    """One column of m cells.

    numbers (m,): nan where the cell is no number. cells: the text of each cell; left out, (), where every cell is a usable number and
    there are more than two different ones. values: up to five of the n_values different values as they stand in the file, in ascending
    order; an empty cell is no value. only_numbers: all that is filled in are numbers.
    """

    name: str
    numbers: Array
    cells: tuple[str, ...]
    values: tuple[str, ...]
    n_values: int
    only_numbers: bool
    unnamed: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether it is offered as a feature: at least half of what is filled in are numbers. The rest is explained once it is chosen."""
        filled = sum(map(bool, self.cells)) if self.cells else len(self.numbers)
        return 0 < filled <= 2 * int(np.count_nonzero(~np.isnan(self.numbers)))

    @property
    def is_label(self) -> bool:
        """Whether it has exactly two different values."""
        return self.n_values == 2

    def unusable(self) -> NDArray[np.intp]:
        """Rows whose cell cannot be a feature: empty, no number, infinite or beyond 1e150 in size."""
        return np.flatnonzero(~(np.abs(self.numbers) <= LARGEST))

    def is_second_value(self) -> Array:
        """1 where the cell has the second of two values, else 0; (m,)."""
        second = self.values[1]
        is_second = self.numbers == float(second) if self.only_numbers else [cell == second for cell in self.cells]
        return np.array(is_second, dtype=np.float64)

    def counts_up(self) -> bool:
        """Whether the cells are integers that go up by exactly 1, as row numbers do."""
        return len(self.numbers) > 1 and float(self.numbers[0]).is_integer() and bool(np.all(np.diff(self.numbers) == 1))

    def has_id_name(self) -> bool:
        """Whether the header is one of a row number: id, Patient ID, index, Unnamed: 0, or none at all."""
        words = [word.lower() for word in _WORDS.findall(self.name)]
        # "Body mass index" is a feature, so only "id" counts at the end of a longer name.
        return self.unnamed or " ".join(words) in _ID_NAMES or words[-1:] == ["id"] or words[:1] == ["unnamed"]


def make_column(name: str, cells: Sequence[str], unnamed: bool = False) -> Column:
    """Column of stripped cells; "" is an empty cell."""
    numbers = _parse(cells)
    n_filled = sum(map(bool, cells))
    only_numbers = n_filled > 0 and int(np.count_nonzero(~np.isnan(numbers))) == n_filled
    if only_numbers:
        # By size and not by text: 0 and 0.0 are one value.
        filled = np.flatnonzero(~np.isnan(numbers))
        _, first = np.unique(numbers[filled], return_index=True)
        n_values = len(first)
        values = tuple(cells[filled[i]] for i in first[:SHOWN_VALUES])
    else:
        distinct = sorted({cell for cell in cells if cell})
        n_values = len(distinct)
        values = tuple(distinct[:SHOWN_VALUES])
    column = Column(name, numbers, tuple(cells), values, n_values, only_numbers, unnamed)
    if n_values > 2 and len(column.unusable()) == 0:
        return Column(name, numbers, (), values, n_values, only_numbers, unnamed)
    return column


def is_number(cell: str) -> bool:
    """Whether the cell is a number in plain ASCII syntax."""
    return not math.isnan(_number(cell))


def _parse(cells: Sequence[str]) -> Array:
    numbers = None
    if _is_plain("".join(cells)):
        try:
            numbers = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
        except ValueError:
            numbers = None
    if numbers is None:
        numbers = np.fromiter(map(_number, cells), dtype=np.float64, count=len(cells))
    numbers.setflags(write=False)
    return numbers


def _number(cell: str) -> float:
    try:
        return float(cell) if _is_plain(cell) else math.nan
    except ValueError:
        return math.nan


def _is_plain(text: str) -> bool:
    # All that float() takes beyond plain numbers is not ASCII, or has an underscore, or an n as in nan and inf.
    return text.isascii() and "_" not in text and "n" not in text and "N" not in text
