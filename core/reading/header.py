"""The first row of a table: the names of its columns, or an example that must not be lost.

pandas and polars eat the first row of a file without header, without a word.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice, pairwise

from core.errors import DataError
from core.formula_guard import unguarded
from core.reading.cells import is_number, is_text
from core.reading.encoding import empty

MIN_COLUMNS = 2  # a feature and a label
_LOOKED_AT = 1000


def check_width(first: list[str], line: int, file: str) -> None:
    """Raises DataError when the first row has fewer columns than a table needs."""
    if not any(first):
        raise empty(file)
    if len(first) < MIN_COLUMNS:
        raise DataError(
            "{file}, line {line}: the first row has {count} of the at least {least} columns that are needed, a feature and a label "
            "({cells}); separate columns by comma, tab, semicolon or |",
            file=file,
            line=line,
            count=len(first),
            least=MIN_COLUMNS,
            cells=listed(first),
        )


def may_be_example(first: Sequence[str]) -> bool:
    """Whether there is a number in the row. Without one it is a header."""
    return any(map(_is_numeric, first))


def is_surely_example(first: Sequence[str], columns: Sequence[Collection[str]]) -> bool:
    """Whether the first row is an example whatever else may follow; columns: as in is_example(), or some of these cells."""
    numbers = [_is_numeric(name) for name in first]
    if not any(numbers):
        return False
    if all(number or not name for name, number in zip(first, numbers, strict=True)):
        return True
    # Its words come again below.
    return any(name and not number and name in cells for name, number, cells in zip(first, numbers, columns, strict=True))


def is_example(first: Sequence[str], columns: Sequence[Collection[str]]) -> tuple[bool, bool]:
    """Whether the first row is an example, as 5.1, 3.5, setosa is, and whether a person should be asked.

    columns: the different cells of each column below it.
    """
    numbers = [_is_numeric(name) for name in first]
    if not any(numbers):
        return False, False
    if is_surely_example(first, columns):
        return True, True
    if any(name and not number and _mostly_numbers(cells) for name, number, cells in zip(first, numbers, columns, strict=True)):
        return False, False  # a word over numbers is a name
    # Numbers over all columns of numbers: 2020, 2021, 2022 are names, 5.1, 3.5 are an example.
    return not _count_evenly([name for name in first if is_number(name) or is_number(name, ",")]), True


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """A name for each column: x, x (2), column 3."""
    header = [unguarded(cell) for cell in header]
    names: list[str] = []
    taken = {" ".join(cell.split()) for cell in header}
    given: set[str] = set()
    numbers: dict[str, int] = {}
    for position, cell in enumerate(header, start=1):
        name = first = " ".join(cell.split()) or f"column {position}"
        number = numbers.get(first, 1)
        while name in given or ((name != first or not cell) and name in taken):
            number += 1
            name = f"{first} ({number})"
        numbers[first] = number
        given.add(name)
        names.append(name)
    return tuple(names)


def excerpt(text: str, length: int = 40) -> str:
    """The text on one line and short enough for a message."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text[: 4 * length]).split())
    return line if len(line) <= length and len(text) <= 4 * length else line[: length - 1] + "…"


def listed(texts: Iterable[str], most: int = 8, more: bool = False) -> str:
    """The texts in one line of a message; … stands for what is left out, or for `more` that is not given."""
    shown = [excerpt(text) for text in texts]
    return ", ".join(shown[:most]) + (", …" if more or len(shown) > most else "")


def _mostly_numbers(cells: Collection[str]) -> bool:
    filled = [cell for cell in islice(cells, _LOOKED_AT) if cell]
    return 2 * sum(map(_is_numeric, filled)) > len(filled)


def _is_numeric(cell: str) -> bool:
    return bool(cell) and (is_number(cell) or is_number(cell, ",") or not is_text(cell))


def _count_evenly(names: Sequence[str]) -> bool:
    if not all(name.isascii() and name.isdigit() for name in names):
        return False
    steps = {int(b[:18]) - int(a[:18]) for a, b in pairwise(names)}
    return not steps or (len(steps) == 1 and min(steps) > 0)
