"""A first line that tells which class is y = 0 and which y = 1, where the table cannot: there the second of two values, sorted, is y = 1.

    # y = 0: "not admitted", y = 1: "admitted"

It is a comment for other programs. The names are JSON strings, in which all that could be taken for a separator is escaped.
"""

import json
import re

_NAME = r'"(?:[^"\\]|\\.)*"'
_NOTE = re.compile(rf"\s*#\s*y = 0: ({_NAME}), y = 1: ({_NAME})[\s,;|]*")
_ESCAPED = {ord(mark): f"\\u{ord(mark):04x}" for mark in ",;|\t"}


def class_note(names: tuple[str, str]) -> str:
    """The line for these names of y = 0 and y = 1, without its end."""
    zero, one = (json.dumps(name).translate(_ESCAPED) for name in names)
    return f"# y = 0: {zero}, y = 1: {one}"


def noted_classes(line: str) -> tuple[str, str] | None:
    """The names in such a line, None for any other. A spreadsheet may have put it in quotes and doubled those in it."""
    line = line.strip()
    if line.startswith('"'):
        line = line.rstrip(",;|\t ")[1:-1].replace('""', '"')
    found = _NOTE.fullmatch(line)
    try:
        return (json.loads(found[1]), json.loads(found[2])) if found else None
    except ValueError:
        return None
