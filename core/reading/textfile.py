"""A user's file as text: UTF-8 with or without byte order mark, or UTF-16 with one. Anything else is a DataError that says what to do."""

import codecs
import stat
from pathlib import Path

from core.errors import DataError

UTF8_MARK = codecs.BOM_UTF8
ZIP_START = b"PK\x03\x04"  # every .xlsx and .ods workbook begins like this


def read_bytes(path: Path) -> bytes:
    """What is in the file. Raises DataError when it cannot be read."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DataError("{file} is a folder; choose a CSV or TSV file in it", file=path.name or str(path))
        # A pipe or a device could be waited for, or read, for ever.
        if not stat.S_ISREG(mode):
            raise DataError("{file} is not an ordinary file; choose a CSV or TSV file", file=path.name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(
            "{file} does not exist in {folder}; check the name and the folder", file=path.name, folder=path.absolute().parent
        ) from error
    except OSError as error:
        raise DataError(
            "{file} cannot be read ({reason}); check the path and your permission to read it, or copy the file to another folder",
            file=path.name,
            reason=error.strerror or str(error),
        ) from error
    except DataError:  # a ValueError, too
        raise
    except ValueError as error:
        raise DataError("{file} is not a possible file name; choose another file", file=repr(str(path))) from error


def decode(path: Path, data: bytes) -> str:
    """The text of the file at `path` that holds `data`. Raises DataError when it is empty or is not text."""
    if not data or data.isspace():
        raise DataError("{file} is empty; choose a table with a header row and at least one example", file=path.name)
    if data.startswith(ZIP_START):
        raise DataError(
            "{file} is not a text table but a workbook or an archive; save the sheet as CSV (UTF-8) and open that", file=path.name
        )
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data and encoding != "utf-16":
            raise _not_text(path, _line_at(data, data.index(b"\0"))) from error
        raise DataError(
            "{file}, line {line}: a character is not valid {encoding}; save the file as CSV with UTF-8 encoding and open it again",
            file=path.name,
            line=_line_at(data, error.start),
            encoding="UTF-16" if encoding == "utf-16" else "UTF-8",
        ) from error
    if "\0" in text:
        raise _not_text(path, _line_at(text.encode(), len(text[: text.index("\0")].encode())))
    return text


def _not_text(path: Path, line: int) -> DataError:
    return DataError(
        "{file}, line {line}: there are zero bytes, so this is not a text table; save the data as CSV (UTF-8) and open that",
        file=path.name,
        line=line,
    )


def _line_at(data: bytes, position: int) -> int:
    before = data[:position]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
