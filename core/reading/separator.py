"""What stands between the cells of a text: comma, tab, semicolon or |."""

import csv
import io
import re

import numpy as np

from core.reading.cells import is_number

SEPARATORS = ",\t;|"
SAMPLE_CHARACTERS = 65_536
SAMPLE_ROWS = 200
_SEPARATOR_LINE = re.compile(r'"?sep=([,\t;|])"?\s*(?:\r|\n)', re.IGNORECASE)

_HAS_SEPARATOR = re.compile(f"[{SEPARATORS}]")


def choose_separator(text: str) -> str:
    """The separator under which most rows have as many cells as the first, and most cells are numbers."""
    if told := separator_line(text):
        return told
    sample = io.StringIO(text[:SAMPLE_CHARACTERS], newline="")
    lines = [line for line in sample if line.strip() and not line.lstrip().startswith("#")][:SAMPLE_ROWS]
    if len(text) > SAMPLE_CHARACTERS and 1 < len(lines) < SAMPLE_ROWS:
        lines.pop()

    while len(lines) > 2 and not _HAS_SEPARATOR.search(lines[0]) and lines[0].count('"') % 2 == 0:
        lines.pop(0)  # a title above the table

    def score(separator: str) -> tuple[float, int]:
        try:
            header, *rows = csv.reader(lines, delimiter=separator, skipinitialspace=True)
        except (csv.Error, ValueError):
            return 0.0, 0
        if len(header) < 2:
            return 0.0, len(header)
        same_count = np.mean([len(row) == len(header) for row in rows]) if rows else 1.0
        numeric = [_may_be_number(cell.strip()) for row in rows or [header] for cell in row]
        # A table of words alone still needs its separator, so the share of numbers does not count down to nothing.
        return float(same_count * (0.1 + np.mean(numeric))), len(header)

    return max(SEPARATORS, key=score)


def separator_line(text: str) -> str:
    """The separator in a first line such as sep=; with which programs tell it to Excel; "" where there is none."""
    found = _SEPARATOR_LINE.match(text)
    return found.group(1) if found else ""


def _may_be_number(cell: str) -> bool:
    return is_number(cell) or is_number(cell, ",")
