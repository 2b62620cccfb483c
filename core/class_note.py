"""A first line that tells which class is y = 0 and which y = 1, where the table cannot: there the second of two values, sorted, is y = 1.

    # y = 0: not admitted / y = 1: admitted

It is a comment for other programs. Nothing in it makes a spreadsheet split or quote it: what could is written as in a URL, %2C for a comma.
"""

import re
from urllib.parse import quote, unquote

_NOTE = re.compile(r"\ufeff?#[ \t]*y = 0: ([^/,;|\r\n]+) / y = 1: ([^/,;|\r\n]+?)[ \t,;|]*(?=[\r\n]|\Z)")
_SPECIAL = re.compile(r"""[%/"',;|\x00-\x1f\x7f-\x9f\u2028\u2029]""")


def class_note(names: tuple[str, str]) -> str:
    """The line for these names of y = 0 and y = 1, without its end."""
    zero, one = (_SPECIAL.sub(lambda found: quote(found[0], safe=""), name) for name in names)
    return f"# y = 0: {zero} / y = 1: {one}"


def noted_classes(text: str) -> tuple[str, str] | None:
    """The names in the first line of a text, None where there are none."""
    found = _NOTE.match(text)
    return (unquote(found[1]), unquote(found[2])) if found else None
