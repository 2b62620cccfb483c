"""Text in a cell that would be taken for something else, and how it is kept from it: an apostrophe in front, which reading takes off again.

A spreadsheet runs what begins with = + - @, a tab or a carriage return as a formula; reading takes NA and the like for a missing cell.
The rule, both ways: it is about such a text, also after any number of apostrophes. Writing adds one apostrophe, unless it is a number;
reading takes one off where there is at least one. So unguarded(guarded(text)) == text for any text.
"""

from core.reading.cells import is_number, is_text

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """The text as it is written into a cell."""
    return f"'{text}" if _is_misread(text.lstrip("'")) and not is_number(text) else text


def unguarded(cell: str) -> str:
    """The text that was meant by a cell."""
    return cell[1:] if cell.startswith("'") and _is_misread(cell.lstrip("'")) else cell


def _is_misread(text: str) -> bool:
    return text.startswith(_RUNS) or (text != "" and not is_text(text))
