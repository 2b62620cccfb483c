"""Whether a file is so large that a person should be asked before all of it is read. Light and cheap: a stat and the first megabyte."""

import stat
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

MOST_ROWS = 1_000_000
MOST_BYTES = 200_000_000
_LOOKED_AT = 1 << 20
_ERROR = 0.05  # of the estimate: nobody is asked about a file of exactly a million rows


@dataclass(frozen=True)
class TooLarge:
    """rows: as many as there are if all lines are as long as the first ones; of a workbook it is not known, and 0."""

    rows: int
    bytes: int


def too_large(path: str | PathLike[str]) -> TooLarge | None:
    """How large the file is, if it has more than a million rows or 200 MB. None too when it cannot be read: reading says why."""
    try:
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode):
            return None
        with Path(path).open("rb") as file:
            head = file.read(_LOOKED_AT)
    except (OSError, ValueError):
        return None
    rows = _rows(head, status.st_size)
    return TooLarge(rows, status.st_size) if rows > MOST_ROWS * (1 + _ERROR) or status.st_size > MOST_BYTES else None


def _rows(head: bytes, n_bytes: int) -> int:
    is_workbook = head.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    lines = head.count(b"\n") or head.count(b"\r")
    if is_workbook or not lines:
        return 0
    # The first row names the columns.
    return lines - 1 if len(head) == n_bytes else round(lines * n_bytes / len(head))
