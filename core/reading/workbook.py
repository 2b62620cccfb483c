"""A sheet of a workbook (.xlsx, .xls, .ods) → records: the text of each row's cells, and the number of the row.

python-calamine reads it, in a process of its own (core.reading.workbook_process).
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import DataError
from core.progress import Progress
from core.read_options import ReadOptions
from core.reading import notes
from core.reading.archive import check_workbook, damaged
from core.reading.bad_rows import BadRows
from core.reading.careful import RowReading
from core.reading.content import Content
from core.reading.file import Bytes
from core.reading.header import MIN_COLUMNS, excerpt, listed
from core.reading.kinds import ZIP
from core.reading.records import Record
from core.reading.worker import LibraryError, messages_of

SHOWN_NAMES = 20


def read_workbook(path: Path, data: Bytes, kind: str, progress: Progress, options: ReadOptions) -> Content:
    """The columns of one sheet: that of options.sheet, or the first that is not empty. Raises DataError; what `progress` raises passes."""
    file = path.name
    if kind == ZIP:
        check_workbook(data, file)
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked(file)
    told = messages_of(path, options.sheet or "", len(data), progress)
    try:
        return _read(told, file, progress, options)
    except LibraryError as error:
        raise damaged(file) from error
    finally:
        told.close()


def _read(told: Iterator[Any], file: str, progress: Progress, options: ReadOptions) -> Content:
    names = tuple(_checked(next(told), file, (), options)["sheets"])
    sheet = _checked(next(told), file, names, options)
    name, height = str(sheet["sheet"]), max(int(sheet["height"]), 1)
    where = file if len(names) == 1 or (options.sheet is None and not sheet["others"]) else f"{file}, sheet {excerpt(name)}"
    bad = BadRows(where, skip=options.skip_bad_rows)
    rows = _records(told)
    first = next(rows, None)
    titles = 0
    while first is not None and len(first[1]) >= MIN_COLUMNS and sum(map(bool, first[1])) == 1:
        first = next(rows, None)  # a title above the table
        titles += 1
    if first is None:
        raise _no_cells(file, name)
    content = RowReading(where, replace(options, sheet=name), bad).read(first, rows, lambda row: progress(min(row / height, 1.0)))
    said, doubts = content.notes, content.doubts
    if titles:
        said = (notes.titles(where, titles), *said)
    if sheet["others"]:
        said, doubts = (notes.sheet(file, excerpt(name), len(names)), *said), doubts | {"sheet"}
    return replace(content, sheets=names, notes=said, doubts=doubts)


def _checked(message: dict[str, Any], file: str, names: tuple[str, ...], options: ReadOptions) -> dict[str, Any]:
    """The message, unless it is an error."""
    error = message.get("error")
    if error == "password":
        raise _locked(file)
    if error == "no such sheet":
        raise DataError(
            "{file} has no sheet {sheet}; choose one of {names}",
            file=file,
            sheet=excerpt(options.sheet or ""),
            names=listed(names, SHOWN_NAMES),
        )
    if error is not None:
        raise _no_cells(file, options.sheet or "")
    return message


def _records(told: Iterator[Any]) -> Iterator[Record]:
    for message in told:
        if isinstance(message, list):
            yield from message


def _no_cells(file: str, sheet: str) -> DataError:
    return DataError("{file} has no cells on {sheet}; choose a sheet with a table", file=file, sheet=excerpt(sheet) or "any sheet")


def _locked(file: str) -> DataError:
    return DataError("{file} is a workbook with a password; save it without one and open it again", file=file)
