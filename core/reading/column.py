"""Column: one column of a user's table, as numbers where the cells are numbers and as text where that still matters.

Text is kept as `texts`, each different cell once, and `codes` into it: a million labels are two texts and an array. A column of numbers
keeps only the text of cells that cannot be used as one.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array, Mask
from core.reading.cells import EMPTY, INFINITE, NUMBER, TEXT, Kinds, is_number, kinds_of, parse_numbers

Codes = NDArray[np.int32]
Rows = NDArray[np.intp]

_Cell = TypeVar("_Cell")
_Number = TypeVar("_Number", bound=np.generic)

MOST_VALUES = 50
CELLS_AT_ONCE = 4096  # a single call over a million cells would hold up the other threads
LOOKED_AT = 1000  # rows are enough to tell what a column holds
_NO_CODES: Codes = np.empty(0, dtype=np.int32)
_ID_NAMES = {"ids", "index", "row"}
_ID_ENDINGS = {"id", "key", "nr", "no", "number"}
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# 1,000  2.5 %  €3  <0,1: a number with a sign, a unit of up to three letters or commas. A date or a code such as P17 is none.
_NEARLY_NUMBER = re.compile(r"(?=.*[0-9])[^\w.,]?\s?[+-]?([0-9]{1,3}([,.' ][0-9]{3})+|[0-9]*)([.,][0-9]*)?([eE][+-]?[0-9]+)?\s?[^0-9]{0,3}")


@dataclass(frozen=True, eq=False)
class Column:
    """One column of m cells.

    numbers (m,): nan where the cell is no number. texts, kinds and codes: the text of a cell is texts[code], and kinds[code] what it holds
    (core.reading.cells). rows: None where every row i has codes[i]; else codes[k] is that of row rows[k], and every other cell is a number
    that can be used. values: up to 50 of the n_values different values as they stand in the file, in ascending order; a missing or an
    infinite cell is no value. only_numbers: all values are numbers.
    """

    name: str
    numbers: Array
    texts: tuple[str, ...]
    kinds: Kinds
    codes: Codes
    rows: Rows | None
    values: tuple[str, ...]
    n_values: int
    only_numbers: bool
    is_numeric: bool
    unnamed: bool = False
    decimal: str = "."

    @property
    def is_label(self) -> bool:
        """Whether it has exactly two different values."""
        return self.n_values == 2

    @property
    def is_class_column(self) -> bool:
        """Whether it has so few values that each may be a class."""
        return 0 < self.n_values <= MOST_VALUES

    def is_label_but_for_case(self) -> bool:
        """Whether more than two different values are two if upper and lower case count as one."""
        folded: set[str] = set()
        for text, kind in zip(self.texts, self.kinds, strict=True):
            if kind not in (EMPTY, INFINITE):
                folded.add(text.casefold())
            if len(folded) > 2:
                return False
        return len(folded) == 2 < self.n_values

    def share_of_numbers(self) -> float:
        """How much of what is filled in is a number, or would be without a comma, a percent sign or a unit; 0..1, from the first rows."""
        if self.rows is not None:
            return 1.0
        codes = self.codes[:LOOKED_AT]
        cells = [self.texts[code] for code in codes if self.kinds[code] != EMPTY]
        return sum(_NEARLY_NUMBER.fullmatch(cell) is not None for cell in cells) / max(len(cells), 1)

    def is_nearly_numeric(self) -> bool:
        """Whether it is one of text, though most of it would be numbers without a comma, a percent sign or a unit."""
        return not self.is_numeric and self.share_of_numbers() > 0.5

    def cell(self, row: int) -> str:
        """The text of one cell; only where texts are kept."""
        return self.texts[int(self.codes[row if self.rows is None else int(np.searchsorted(self.rows, row))])]

    @cached_property
    def row_kinds(self) -> Kinds:
        """What each cell holds (m,)."""
        if self.rows is None:
            return self.kinds[self.codes]
        kinds = np.full(len(self.numbers), NUMBER, dtype=np.int8)
        kinds[self.rows] = self.kinds[self.codes]
        return kinds

    def value(self, text: str) -> str | None:
        """The value of the column that is meant by `text`: as it stands in the file, or the same number. None: there is none."""
        if not self.only_numbers or not is_number(text, self.decimal):
            return text if text in self.texts and self.kinds[self.texts.index(text)] not in (EMPTY, INFINITE) else None
        number = parse_numbers([text], self.decimal)[0]
        same = (value for value in self.values if parse_numbers([value], self.decimal)[0] == number)
        return next(same, text if bool((self.numbers == number).any()) else None)

    def has_value(self, value: str) -> Mask:
        """Whether each cell has this value (m,)."""
        if self.only_numbers:
            return np.asarray(self.numbers == parse_numbers([value], self.decimal)[0])
        return np.asarray(self.codes == self.texts.index(value))

    def counts_up(self) -> bool:
        """Whether the cells are integers that go up by exactly 1, as row numbers do."""
        numbers = self.numbers
        finite = len(numbers) > 1 and bool(np.isfinite(numbers).all())
        return finite and float(numbers[0]).is_integer() and bool(np.all(np.diff(numbers) == 1))

    def has_id_name(self) -> bool:
        """Whether the header is one of a row number: id, Patient ID, CaseNr, sample_key, index, Unnamed: 0, or none at all."""
        words = [word.lower() for word in _WORDS.findall(self.name)]
        if self.unnamed or words[:1] == ["unnamed"] or " ".join(words) in _ID_NAMES:
            return True
        # "Body mass index" is a feature, so only these count at the end of a longer name; patientnr is one word, and so is piano.
        return bool(words) and (words[-1] in _ID_ENDINGS or words[-1].endswith(("nr", "number")))


class ColumnBuilder:
    """Takes the stripped cells of a column in portions; "" is an empty cell."""

    def __init__(self) -> None:
        # A plain dict: the garbage collector passes it over, and would go through a defaultdict of a million texts again and again.
        self._code_of: dict[str, int] = {}
        self._codes: list[Codes] = []

    @property
    def texts(self) -> Collection[str]:
        """The different cells so far, in the order in which they came."""
        return self._code_of.keys()

    def add(self, cells: Sequence[str]) -> None:
        """Append cells."""
        self._codes.append(self._coded(cells))

    def put_first(self, cell: str) -> None:
        """Insert a cell before all others."""
        self._codes.insert(0, self._coded([cell]))

    def _coded(self, cells: Sequence[str]) -> Codes:
        code_of = self._code_of
        try:
            return np.fromiter(map(code_of.__getitem__, cells), dtype=np.int32, count=len(cells))
        except KeyError:
            return np.fromiter((code_of.setdefault(cell, len(code_of)) for cell in cells), dtype=np.int32, count=len(cells))

    def texts_and_codes(self) -> tuple[tuple[str, ...], Codes]:
        """The different cells, and the code of each cell that was added."""
        return tuple(self._code_of), _sealed(np.concatenate([_NO_CODES, *self._codes]))

    def only(self, kept: Mask) -> "ColumnBuilder":
        """A builder with those of the cells so far that are kept."""
        texts, codes = self.texts_and_codes()
        builder = ColumnBuilder()
        for portion in _portions(codes[kept]):
            builder.add([texts[code] for code in portion])
        return builder

    def build(
        self,
        name: str,
        unnamed: bool = False,
        decimal: str = ".",
        keep: Mask | None = None,
        working: Callable[[], object] = lambda: None,
    ) -> Column:
        """The column of all cells added, or of those of the rows to `keep`. `working` is called every few milliseconds."""
        texts, codes = self.texts_and_codes()
        if keep is not None:
            texts, codes = self.only(keep).texts_and_codes()
        parts: list[Array] = []
        for part in _portions(texts):
            parts.append(parse_numbers(part, decimal))
            working()
        of_texts = np.concatenate(parts)
        kinds = kinds_of(texts, of_texts)
        numbers = of_texts[codes]
        is_value = (kinds != EMPTY) & (kinds != INFINITE)
        only_numbers = bool(is_value.any()) and not np.isnan(of_texts[is_value]).any()
        working()
        if only_numbers:
            n_values, first_rows = _lowest(numbers)
            values = tuple(texts[codes[row]] for row in first_rows)
        else:
            n_values = int(np.count_nonzero(is_value))
            values = tuple(nsmallest(MOST_VALUES, (text for text, one in zip(texts, is_value, strict=True) if one)))
        counts = np.bincount(codes, minlength=len(texts))
        n_filled = int(counts[kinds != EMPTY].sum())
        is_numeric = 0 < n_filled <= 2 * int(counts[(kinds != EMPTY) & (kinds != TEXT)].sum())
        rows = None
        if only_numbers and n_values > 2:
            rows = np.flatnonzero(kinds[codes] != NUMBER)
            texts, codes = _recoded(texts, codes[rows])
            kinds = kinds_of(texts, parse_numbers(texts, decimal))
        return Column(
            name, _sealed(numbers), texts, kinds, _sealed(codes), rows, values, n_values, only_numbers, is_numeric, unnamed, decimal
        )


def joined(rows: Sequence[Rows]) -> Rows:
    """All of them in one array."""
    return np.concatenate([np.empty(0, dtype=np.intp), *rows])


def number_column(
    name: str,
    numbers: Array,
    odd: ColumnBuilder,
    rows: Rows,
    text_of: Callable[[int], str],
    unnamed: bool = False,
    decimal: str = ".",
) -> Column:
    """Column of more than two different numbers (m,); `odd` are the cells in `rows`, missing or not to be computed with.

    text_of(row) is the stripped cell.
    """
    texts, codes = odd.texts_and_codes()
    n_values, first_rows = _lowest(numbers)
    values = tuple(map(text_of, first_rows))
    kinds = kinds_of(texts, parse_numbers(texts, decimal))
    return Column(name, _sealed(numbers), texts, kinds, codes, rows, values, n_values, True, True, unnamed, decimal)


def _lowest(numbers: Array) -> tuple[int, list[int]]:
    """How many different numbers there are, and the first row of each of the lowest. By size: 0 and 0.0 are one value."""
    ordered = np.sort(numbers[~np.isnan(numbers)])
    starts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    n_values = len(starts) + 1
    lowest = ordered[[0, *starts[: MOST_VALUES - 1]]]
    # Few values are all among the first rows; of many, the lowest are in few rows. Either way there is little to sort.
    found, rows = np.unique(numbers[:CELLS_AT_ONCE], return_index=True)
    if not np.array_equal(found[: len(lowest)], lowest):
        candidates = np.flatnonzero(numbers <= lowest[-1])
        found, first = np.unique(numbers[candidates], return_index=True)
        rows = candidates[first]
    return n_values, rows[: len(lowest)].tolist()


def _recoded(texts: Sequence[str], codes: Codes) -> tuple[tuple[str, ...], Codes]:
    """The texts that still have a code, in the order in which they come."""
    builder = ColumnBuilder()
    for portion in _portions(codes):
        builder.add([texts[code] for code in portion])
    return builder.texts_and_codes()


def _sealed(array: NDArray[_Number]) -> NDArray[_Number]:
    array.setflags(write=False)
    return array


def _portions(cells: Sequence[_Cell] | NDArray[_Number]) -> Iterator[Any]:
    for start in range(0, max(len(cells), 1), CELLS_AT_ONCE):
        yield cells[start : start + CELLS_AT_ONCE]
