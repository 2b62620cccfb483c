"""The first row of a table: the names of its columns, and what tells it from an example.

pandas and polars eat the first row of a file without header, without a word; here it is a DataError that says so.
"""

from collections.abc import Container, Iterable, Sequence

from core.errors import DataError
from core.reading.column import is_number

MIN_COLUMNS = 3  # two features and a label


def check_header(header: list[str], line: int, file: str) -> None:
    named = [name for name in header if name]
    if not named:
        raise DataError("{file} is empty; choose a table with a header row and at least one example", file=file)
    if len(header) < MIN_COLUMNS:
        raise DataError(
            "{file}, line {line}: the header has {count} of the at least {least} columns that are needed, two features and a label; "
            "separate columns by comma, tab, semicolon or |",
            file=file,
            line=line,
            count=len(header),
            least=MIN_COLUMNS,
        )
    if all(is_number(name) for name in named):
        raise _no_header(header, line, file)


def check_first_row(header: list[str], columns: Sequence[Container[str]], line: int, file: str) -> None:
    """A first row such as 5.1, 3.5, setosa is an example: it holds numbers, and its words come again below."""
    words_again = any(name and not is_number(name) and name in cells for name, cells in zip(header, columns, strict=True))
    if words_again and any(is_number(name) for name in header):
        raise _no_header(header, line, file)


def _no_header(header: list[str], line: int, file: str) -> DataError:
    return DataError(
        "{file}, line {line}: the first row ({cells}) is an example and not the names of the columns; add a header row above it",
        file=file,
        line=line,
        cells=excerpt(", ".join(header)),
    )


def unique_names(header: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    taken = {" ".join(cell.split()) for cell in header}
    for position, cell in enumerate(header, start=1):
        name = first = " ".join(cell.split()) or f"column {position}"
        number = 1
        while name in names or ((name != first or not cell) and name in taken):
            number += 1
            name = f"{first} ({number})"
        names.append(name)
    return tuple(names)


def excerpt(text: str, length: int = 40) -> str:
    """The text on one line and short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def listed(texts: Iterable[str], most: int = 8, more: bool = False) -> str:
    """The texts in one line of a message; … stands for what is left out, or for `more` that is not given."""
    shown = [excerpt(text) for text in texts]
    return ", ".join(shown[:most]) + (", …" if more or len(shown) > most else "")
