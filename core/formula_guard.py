"""Text that a spreadsheet would run as a formula: written with an apostrophe in front, which reading takes off again.

The rule, in both directions: after any number of apostrophes comes one of = + - @, a tab or a carriage return. Writing adds one apostrophe
to such a text, unless it is a number; reading takes one off where there is at least one. So unguarded(guarded(text)) == text for any text.
"""

import re

from core.column import is_number

_RUNS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text as it is written into a cell."""
    return f"'{text}" if _RUNS.match(text) and not is_number(text) else text


def unguarded(cell: str) -> str:
    """The text that was meant by a cell."""
    return cell[1:] if _GUARDED.match(cell) else cell
