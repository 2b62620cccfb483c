"""Whether the numbers of a file have a decimal point or a decimal comma.

1,5 is plain. 1,000 is not: in a file with commas between its cells it may be a thousand, so it alone does not make the comma decimal.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from core.reading.cells import is_number

_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")


@dataclass(frozen=True)
class Evidence:
    """How many different cells are numbers only with a decimal comma, and only with a decimal point.

    clear: of those with a comma, how many cannot be thousands. thousands: cells that can be nothing but thousands, such as 1,000,000.
    """

    commas: int = 0
    points: int = 0
    clear: int = 0
    thousands: int = 0


def evidence(columns: Sequence[Collection[str]], progress: Callable[[], object], *, count_points: bool = False) -> Evidence:
    """What the different cells of each column say; `progress` is called after each. Points matter where
    there is a comma, or with `count_points`.
    """
    commas = clear = thousands = 0
    for texts in columns:
        for text in texts:
            if "," in text:
                if is_number(text, ","):
                    commas += 1
                    clear += not is_thousands(text)
                elif is_thousands(text):
                    thousands += 1
        progress()
    points = 0
    for texts in columns if commas or count_points else ():
        points += sum(1 for text in texts if "." in text and is_number(text))
        progress()
    return Evidence(commas, points, clear, thousands)


def is_thousands(cell: str) -> bool:
    """Whether the cell can be a number with commas between its thousands."""
    return _THOUSANDS.fullmatch(cell) is not None


def choose_decimal(found: Evidence, separator: str) -> tuple[str, bool]:
    """The decimal mark, and whether a person should be asked."""
    if not found.commas:
        return ".", False
    if found.thousands:
        return ".", True
    if not found.clear:
        # A semicolon between cells is what programs write where the comma is decimal.
        return ("," if separator == ";" and not found.points else "."), True
    return ("," if found.commas > found.points else "."), found.points > 0
