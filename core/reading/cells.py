"""What a cell holds: a number, nothing, an infinite number, a number too large to compute with, or a text.

A number is plain ASCII syntax: 12, -0.5, 1e3. float() alone would also take 1_0, Arabic digits, nan and inf.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.dataset import LARGEST, Array

Kinds = NDArray[np.int8]

NUMBER, EMPTY, INFINITE, LARGE, TEXT = range(5)

# In lower case, as people and programs write that a value is missing.
_EMPTY = {"", "na", "n/a", "nan", "+nan", "-nan", "null", "-"}
_EMPTY |= {"#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!"}  # what a spreadsheet could not compute
_INFINITE = {sign + word for sign in ("", "+", "-") for word in ("inf", "infinity", "∞")}


def kinds_of(texts: Sequence[str], numbers: Array) -> Kinds:
    """The kind of each different stripped cell of a column; numbers as parse_numbers() gives them."""
    kinds = np.full(len(texts), NUMBER, dtype=np.int8)
    with np.errstate(invalid="ignore"):
        kinds[np.abs(numbers) > LARGEST] = LARGE
    no_numbers: list[int] = np.flatnonzero(np.isnan(numbers)).tolist()
    # Where + is a value, as in the classes + and -, a - is one too.
    signs = any(texts[i] == "+" for i in no_numbers)
    for i in no_numbers:
        kinds[i] = TEXT if signs and texts[i] == "-" else _kind_of_word(texts[i])
    return kinds


def is_number(cell: str, decimal: str = ".") -> bool:
    """Whether the stripped cell is a number in plain ASCII syntax."""
    return not math.isnan(_number(cell, decimal))


def is_text(cell: str) -> bool:
    """Whether the stripped cell, which is no number, is a text: neither missing nor infinite."""
    return _kind_of_word(cell) == TEXT


def parse_numbers(cells: Sequence[str], decimal: str = ".") -> Array:
    """Each stripped cell as a number, nan where it is none."""
    joined = "\n".join(cells)
    plain = _is_plain(joined)
    if plain and decimal == ",":
        plain = "." not in joined
        split = joined.replace(",", ".").split("\n")
        cells_with_points: Sequence[str] = split
    else:
        cells_with_points = cells
    if plain and len(cells_with_points) == len(cells):
        try:
            return np.fromiter(map(float, cells_with_points), dtype=np.float64, count=len(cells))
        except ValueError:
            pass
    return np.fromiter((_number(cell, decimal) for cell in cells), dtype=np.float64, count=len(cells))


def usable(numbers: Array) -> NDArray[np.bool_]:
    """Whether each can be a feature: a number, and at most 1e150 in size."""
    return np.abs(numbers) <= LARGEST


def _kind_of_word(cell: str) -> int:
    word = cell.lower()
    return EMPTY if word in _EMPTY else INFINITE if word in _INFINITE else TEXT


def _number(cell: str, decimal: str) -> float:
    if decimal == ",":
        if "." in cell:
            return math.nan
        cell = cell.replace(",", ".")
    try:
        return float(cell) if _is_plain(cell) else math.nan
    except ValueError:
        return math.nan


def _is_plain(text: str) -> bool:
    # All that float() takes beyond plain numbers is not ASCII, or has an underscore, or an n as in nan and inf.
    return text.isascii() and "_" not in text and "n" not in text and "N" not in text
