"""Text of a user's file in a script: as a comment or a string, never as code."""

import textwrap
from collections.abc import Iterable

from core.dataset import Array

WIDTH = 100
MOST_NAME = 60  # characters in a comment


def plain(text: str) -> str:
    """One line of printable characters, for a comment: what could end the line, or turn its direction, is a space."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= MOST_NAME else line[: MOST_NAME - 1].rstrip() + "…"


def comment(text: str) -> list[str]:
    """A paragraph as lines of comment. What comes from a user must be plain() already."""
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH - 2, break_long_words=False, break_on_hyphens=False)]


def string(text: str) -> str:
    """A string literal: quotes, backslashes and line ends escaped."""
    return repr(text)


def numbers(values: Array) -> str:
    """np.array([…]) of values (k,): each the shortest text that gives it back."""
    return f"np.array([{', '.join(map(repr, values.tolist()))}])"


def array(name: str, items: Iterable[str]) -> list[str]:
    """`name = np.array([…])` of items, on one line where they fit, else as many on a line as do."""
    items = list(items)
    line = f"{name} = np.array([{', '.join(items)}])"
    return [line] if len(line) <= WIDTH else [f"{name} = np.array([", *_rows(items), "])"]


def _rows(items: Iterable[str]) -> list[str]:
    lines = textwrap.wrap(
        ", ".join(item.replace(", ", ",\0") for item in items) + ",",  # an item is not broken
        WIDTH,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\0", " ") for line in lines]
