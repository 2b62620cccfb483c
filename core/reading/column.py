"""Column: one column of a user's table, as numbers where the cells are numbers and as text where that still matters.

A number is plain ASCII syntax: 12, -0.5, 1e3. float() alone would also take 1_0, Arabic digits, nan and inf.
Text is kept as `texts`, each different cell once, and `codes` (m,) into it: a million labels are two texts and an array.
"""

import math
import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from core.dataset import LARGEST, Array

Codes = NDArray[np.int32]

SHOWN_VALUES = 5
CELLS_AT_ONCE = 4096  # a single call over a million cells would hold up the other threads
LOOKED_AT = 1000  # rows are enough to tell what a column holds
_ID_NAMES = {"ids", "index", "row"}
_ID_ENDINGS = {"id", "key", "nr", "no", "number"}
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# 1,000  2.5 %  €3  <0,1: a number with a sign, a unit of up to three letters or commas. A date or a code such as P17 is none.
_NEARLY_NUMBER = re.compile(r"(?=.*[0-9])[^\w.,]?\s?[+-]?([0-9]{1,3}([,.' ][0-9]{3})+|[0-9]*)([.,][0-9]*)?([eE][+-]?[0-9]+)?\s?[^0-9]{0,3}")
_NO_CODES: Codes = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Column:
    """One column of m cells.

    numbers (m,): nan where the cell is no number. texts and codes: the text of cell i is texts[codes[i]]; left out, both empty, where every
    cell is a usable number and there are more than two different ones. values: up to five of the n_values different values as they stand
    in the file, in ascending order; an empty cell is no value. only_numbers: all that is filled in are numbers.
    """

    name: str
    numbers: Array
    texts: tuple[str, ...]
    codes: Codes
    values: tuple[str, ...]
    n_values: int
    only_numbers: bool
    is_numeric: bool
    unnamed: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it has exactly two different values."""
        return self.n_values == 2

    def is_label_but_for_case(self) -> bool:
        """Whether more than two different values are two if upper and lower case count as one."""
        folded: set[str] = set()
        for text in filter(None, self.texts):
            folded.add(text.casefold())
            if len(folded) > 2:
                return False
        return len(folded) == 2 < self.n_values

    def share_of_numbers(self) -> float:
        """How much of what is filled in is a number, or would be without a comma, a percent sign or a unit; 0..1, from the first rows."""
        if not self.texts:
            return 1.0
        cells = [cell for row in range(min(len(self.numbers), LOOKED_AT)) if (cell := self.cell(row))]
        return sum(_NEARLY_NUMBER.fullmatch(cell) is not None for cell in cells) / max(len(cells), 1)

    def cell(self, row: int) -> str:
        """The text of one cell; only where texts are kept."""
        return self.texts[int(self.codes[row])]

    def empty_rows(self) -> NDArray[np.intp]:
        """Rows whose cell is empty."""
        code = self.texts.index("") if "" in self.texts else -1
        return np.flatnonzero(self.codes == code)

    def unusable(self) -> NDArray[np.intp]:
        """Rows whose cell cannot be a feature: empty, no number, infinite or beyond 1e150 in size."""
        return np.flatnonzero(~usable(self.numbers))

    def is_second_value(self) -> Array:
        """1 where the cell has the second of two values, else 0; (m,)."""
        second = self.values[1]
        is_second = self.numbers == float(second) if self.only_numbers else self.codes == self.texts.index(second)
        return np.asarray(is_second, dtype=np.float64)

    def counts_up(self) -> bool:
        """Whether the cells are integers that go up by exactly 1, as row numbers do."""
        numbers = self.numbers
        return len(numbers) > 1 and float(numbers[0]).is_integer() and bool(usable(numbers).all() and np.all(np.diff(numbers) == 1))

    def has_id_name(self) -> bool:
        """Whether the header is one of a row number: id, Patient ID, CaseNr, sample_key, index, Unnamed: 0, or none at all."""
        words = [word.lower() for word in _WORDS.findall(self.name)]
        if self.unnamed or words[:1] == ["unnamed"] or " ".join(words) in _ID_NAMES:
            return True
        # "Body mass index" is a feature, so only these count at the end of a longer name; patientnr is one word, and so is piano.
        return bool(words) and (words[-1] in _ID_ENDINGS or words[-1].endswith(("nr", "number")))


class ColumnBuilder:
    """Takes the stripped cells of a column in portions; "" is an empty cell."""

    def __init__(self, name: str, unnamed: bool = False) -> None:
        self._name = name
        self._unnamed = unnamed
        # A plain dict: the garbage collector passes it over, and would go through a defaultdict of a million texts again and again.
        self._code_of: dict[str, int] = {}
        self._codes: list[Codes] = []

    @property
    def texts(self) -> Container[str]:
        """The different cells so far."""
        return self._code_of.keys()

    def add(self, cells: Sequence[str]) -> None:
        """Append cells."""
        code_of = self._code_of
        try:
            codes = np.fromiter(map(code_of.__getitem__, cells), dtype=np.int32, count=len(cells))
        except KeyError:
            codes = np.fromiter((code_of.setdefault(cell, len(code_of)) for cell in cells), dtype=np.int32, count=len(cells))
        self._codes.append(codes)

    def build(self) -> Column:
        """The column of all cells added."""
        texts = tuple(self._code_of)
        codes = np.concatenate(self._codes)
        values_of_texts = np.concatenate([parse_numbers(part) for part in _portions(texts)])
        numbers = values_of_texts[codes]
        n_texts = len(texts) - ("" in self._code_of)
        only_numbers = 0 < n_texts == int(np.count_nonzero(~np.isnan(values_of_texts)))
        if only_numbers:
            n_values, rows = _lowest(numbers)
            values = tuple(texts[codes[row]] for row in rows)
        else:
            n_values = n_texts
            values = tuple(nsmallest(SHOWN_VALUES, (text for text in texts if text)))
        n_filled = len(codes) - int(np.count_nonzero(codes == self._code_of.get("", -1)))
        is_numeric = 0 < n_filled <= 2 * int(np.count_nonzero(~np.isnan(numbers)))
        if n_values > 2 and usable(numbers).all():
            texts, codes = (), _NO_CODES
        codes.setflags(write=False)
        numbers.setflags(write=False)
        return Column(self._name, numbers, texts, codes, values, n_values, only_numbers, is_numeric, self._unnamed)


def number_column(name: str, numbers: Array, text_of: Callable[[int], str], unnamed: bool = False) -> Column:
    """Column of usable numbers (m,) only, with more than two different ones; text_of(row) is the stripped cell."""
    n_values, rows = _lowest(numbers)
    numbers.setflags(write=False)
    return Column(name, numbers, (), _NO_CODES, tuple(map(text_of, rows)), n_values, True, True, unnamed)


def is_number(cell: str) -> bool:
    """Whether the cell is a number in plain ASCII syntax."""
    return not math.isnan(_number(cell))


def parse_numbers(cells: Sequence[str]) -> Array:
    """Each stripped cell as a number, nan where it is none."""
    numbers = None
    if _is_plain("".join(cells)):
        try:
            numbers = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
        except ValueError:
            numbers = None
    if numbers is None:
        numbers = np.fromiter(map(_number, cells), dtype=np.float64, count=len(cells))
    return numbers


def usable(numbers: Array) -> NDArray[np.bool_]:
    """Whether each can be a feature: a number, and at most 1e150 in size."""
    return np.abs(numbers) <= LARGEST


def _lowest(numbers: Array) -> tuple[int, list[int]]:
    """How many different numbers there are, and the first row of each of the lowest five. By size: 0 and 0.0 are one value."""
    ordered = np.sort(numbers[~np.isnan(numbers)])
    starts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    lowest = ordered[[0, *starts[: SHOWN_VALUES - 1]]]
    return len(starts) + 1, [int(np.argmax(numbers == number)) for number in lowest]


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), CELLS_AT_ONCE):
        yield texts[start : start + CELLS_AT_ONCE]


def _number(cell: str) -> float:
    try:
        return float(cell) if _is_plain(cell) else math.nan
    except ValueError:
        return math.nan


def _is_plain(text: str) -> bool:
    # All that float() takes beyond plain numbers is not ASCII, or has an underscore, or an n as in nan and inf.
    return text.isascii() and "_" not in text and "n" not in text and "N" not in text
