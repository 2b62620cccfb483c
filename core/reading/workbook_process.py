"""A process of its own that reads a workbook: on a damaged one the library may run for ever, end the process or take all memory.

`python -P workbook_process.py PATH SHEET CPU_S MEMORY_BYTES` prints JSON, a message a line: {"sheets"}, {"sheet", "others", "height"},
lists of rows [number, cells as text], and at last {"end"}; or {"error"}. Knows nothing of the rest of core, so that it starts at once.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

ROWS_AT_ONCE = 1024

Message = dict[str, Any] | list[tuple[int, list[str]]]


def messages(path: str, sheet: str) -> Iterator[Message]:
    """What is in that sheet of the workbook; "": in the first one with cells."""
    import python_calamine as library

    with Path(path).open("rb") as file:
        try:
            book = library.CalamineWorkbook.from_filelike(file)
        except library.PasswordError:
            yield {"error": "password"}
            return
        names = list(book.sheet_names)
        yield {"sheets": names}
        if sheet and sheet not in names:
            yield {"error": "no such sheet"}
            return
        filled = [(name, found) for name in ([sheet] if sheet else names) if (found := book.get_sheet_by_name(name)).height]
        if not filled:
            yield {"error": "no cells"}
            return
        name, cells = filled[0]
        yield {"sheet": name, "others": len(filled) - 1, "height": cells.total_height}
        del filled
        rows: list[tuple[int, list[str]]] = []
        for number, row in enumerate(cells.iter_rows(), start=1):
            texts = [cell.strip() if type(cell) is str else text_of(cell) for cell in row]
            if any(texts):
                rows.append((number, texts))
            if len(rows) == ROWS_AT_ONCE:
                yield rows
                rows = []
        yield rows
        yield {"end": True}


def text_of(cell: object) -> str:
    """A cell as text: of a number the shortest that is that number again, of a date or time ISO."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 and (cell or repr(cell) == "0.0") else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return repr(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell).strip()


def _limit(cpu_s: int, memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the other process looks at the clock
        return
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(path: str, sheet: str, cpu_s: str, memory_bytes: str) -> None:
    _limit(int(cpu_s), int(memory_bytes))
    for message in messages(path, sheet):
        sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    _main(*sys.argv[1:])
