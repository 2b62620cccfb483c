"""A sheet of a workbook (.xlsx, .xls, .ods) → records: the text of each row's cells, and the number of the row.

python-calamine reads it. The number in a cell becomes the shortest text that is that number again, a date becomes ISO text.
"""

import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

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
from core.reading.kinds import OLD_OFFICE, ZIP
from core.reading.records import Record

SHOWN_NAMES = 20
_LARGE_BYTES = 1 << 20
_POLL_S = 0.02
_Result = TypeVar("_Result")


def read_workbook(data: Bytes, kind: str, file: str, progress: Progress, options: ReadOptions) -> Content:
    """The columns of one sheet: that of options.sheet, or the first that is not empty. Raises DataError.

    What `progress` raises passes. The library cannot be stopped: of a large workbook it then ends on its own, in a thread.
    """
    if kind == ZIP:
        check_workbook(data, file)
    book = _opened(data, kind, file)
    names = tuple(book.sheet_names)
    if options.sheet is not None and options.sheet not in names:
        raise DataError(
            "{file} has no sheet {sheet}; choose one of {names}",
            file=file,
            sheet=excerpt(options.sheet),
            names=listed(names, SHOWN_NAMES),
        )

    def load(name: str) -> Any:
        return _waited_for(lambda: book.get_sheet_by_name(name), len(data), progress)

    try:
        if options.sheet is not None:
            name, sheet = options.sheet, load(options.sheet)
            others: tuple[str, ...] = ()
        else:
            name, sheet, others = _first_filled(names, load)
    except _library().CalamineError as error:
        raise damaged(file) from error
    if sheet is None or not sheet.height:
        raise DataError("{file} has no cells on {sheet}; choose a sheet with a table", file=file, sheet=excerpt(name) or "any sheet")
    where = file if len(names) == 1 else f"{file}, sheet {excerpt(name)}"
    bad = BadRows(where, skip=options.skip_bad_rows)
    rows = _records(sheet)
    first = next(rows, None)
    titles = 0
    while first is not None and len(first[1]) >= MIN_COLUMNS and sum(map(bool, first[1])) == 1:
        first = next(rows, None)  # a title above the table
        titles += 1
    if first is None:
        raise DataError("{file} has no cells on {sheet}; choose a sheet with a table", file=file, sheet=excerpt(name))
    height = max(sheet.total_height, 1)
    content = RowReading(where, replace(options, sheet=name), bad).read(first, rows, lambda row: progress(min(row / height, 1.0)))
    if titles:
        content = replace(content, notes=(notes.titles(where, titles), *content.notes))
    if others:
        content = replace(content, notes=(notes.sheet(file, excerpt(name), len(names)), *content.notes), doubts=content.doubts | {"sheet"})
    return replace(content, sheets=names)


def _library() -> Any:
    import python_calamine  # only where a workbook is read: the start does without it

    return python_calamine


def _opened(data: Bytes, kind: str, file: str) -> Any:
    library = _library()
    try:
        return library.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except library.PasswordError as error:
        raise _locked(file) from error
    except library.CalamineError as error:
        if kind == OLD_OFFICE and "EncryptedPackage".encode("utf-16-le") in data:
            raise _locked(file) from error
        raise damaged(file) from error


def _locked(file: str) -> DataError:
    return DataError("{file} is a workbook with a password; save it without one and open it again", file=file)


def _first_filled(names: tuple[str, ...], load: Callable[[str], Any]) -> tuple[str, Any, tuple[str, ...]]:
    """Name and content of the first sheet with cells, and the names of the others that have some."""
    sheets = {name: sheet for name in names if (sheet := load(name)).height}
    first = next(iter(sheets), "")
    return first, sheets.get(first), tuple(sheets)[1:]


def _records(sheet: Any) -> Iterator[Record]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell.strip() if type(cell) is str else _text(cell) for cell in row]
        if any(cells):
            yield number, cells


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell).strip()


def _waited_for(work: Callable[[], _Result], n_bytes: int, progress: Progress) -> _Result:
    """What `work` returns; meanwhile `progress` is called, so that it can cancel."""
    if n_bytes < _LARGE_BYTES:
        return work()
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    # No daemon: ending the process inside the library would abort it.
    thread = threading.Thread(target=run, name="workbook")
    thread.start()
    while thread.is_alive():
        progress(0.0)
        thread.join(_POLL_S)
    if errors:
        raise errors[0]
    return results[0]
