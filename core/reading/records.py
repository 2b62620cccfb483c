"""Text of a delimited file → records: the cells of each row, stripped, and the physical line it starts in.

Quotes as in CSV; rows without any content and comments, lines that begin with #, are skipped. Python's csv module does the splitting. A
record that cannot be split is told to `bad`, and reading goes on in the line after the one where it began.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.reading.separator import separator_line

Record = tuple[int, list[str]]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_COMMENT = re.compile(r"[ \t]*#(?!N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!)")  # those are cells of a spreadsheet
# A quote that is never closed takes all lines after it for its own, and each of them may have another one.
_MOST_READ_AGAIN = 20


@dataclass(frozen=True)
class BadRow:
    """Why the row in a line cannot be read: a template for a DataError, and its values besides file and line."""

    line: int
    template: str
    values: dict[str, object]


Bad = Callable[[BadRow], object]


def records(text: str, separator: str, bad: Bad, comments: list[Record] | None = None) -> Iterator[Record]:
    """Line and cells of every row that has content. Comments before the first row are put into `comments`, if given."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    has_comments = "#" in text
    read_again = 0
    if separator_line(text):
        next(lines)
    while True:
        line, position = lines.number + 1, lines.position
        if has_comments and _COMMENT.match(text, position):
            comment = next(lines)
            if comments is not None:
                comments.append((line, _cells_of_comment(comment, separator)))
            continue
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            bad(_bad_row(error, line))
            read_again += lines.position - position
            lines.go_back(line, position)
            next(lines)
            lines.one_by_one = read_again > _MOST_READ_AGAIN * len(text)
            lines.resume()
            continue
        lines.resume()
        cells = [cell.strip() for cell in row]
        if any(cells):
            comments = None
            yield line, cells


class _Lines:
    """The physical lines of a text with their ends. `one_by_one`: each is given as if it were the last, until resume()."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next_line = _LINE.match
        self.position = 0
        self.number = 0
        self.one_by_one = False
        self._paused = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        start = self.position
        if start >= len(self._text) or self._paused:
            raise StopIteration
        found = self._next_line(self._text, start)
        assert found is not None  # it matches anything
        self.position = found.end()
        self.number += 1
        self._paused = self.one_by_one
        return found.group()

    def go_back(self, line: int, position: int) -> None:
        """Give `line`, which begins at `position`, next."""
        self.number, self.position = line - 1, position
        self._paused = False

    def resume(self) -> None:
        """Give lines again."""
        self._paused = False


def _cells_of_comment(comment: str, separator: str) -> list[str]:
    content = comment.strip().removeprefix("#")
    try:
        return [cell.strip() for cell in next(csv.reader([content], delimiter=separator, skipinitialspace=True, strict=True), [])]
    except csv.Error:
        return []


def _bad_row(error: csv.Error, line: int) -> BadRow:
    reason = str(error)
    if "unexpected end" in reason:
        return BadRow(line, 'a quote (") is opened and never closed; close it or delete it', {})
    if "field larger" in reason:
        limit = csv.field_size_limit()
        return BadRow(line, 'a cell is longer than {limit} characters; shorten it, or close the quote (") that starts it', {"limit": limit})
    if "expected after" in reason:
        return BadRow(line, 'the row cannot be split into cells, as something follows a closing quote ("); correct the quotes in it', {})
    return BadRow(line, "the row cannot be split into cells ({reason}); correct the quotes in it", {"reason": reason})
