"""Bytes of a text → its characters: UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-8 and UTF-16 without, and else Windows-1252."""

import codecs

from core.errors import DataError
from core.progress import Progress
from core.reading.file import Bytes
from core.reading.kinds import no_table

UTF8_MARK = codecs.BOM_UTF8
UTF8, WINDOWS = "UTF-8", "Windows-1252"

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CODECS = {UTF8: "utf-8-sig", WINDOWS: "cp1252", "UTF-16-LE": "utf-16-le", "UTF-16-BE": "utf-16-be", "UTF-16": "utf-16", "UTF-32": "utf-32"}
_PORTION_BYTES = 1 << 20  # a multiple of 4; decoding holds up the other threads
_LOOKED_AT = 2048
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a"))


def decode(data: Bytes, file: str, progress: Progress) -> tuple[str, str]:
    """The text in `data`, and the name of its encoding.

    `progress` is called with 0 again and again. Raises DataError when the data is empty or no text.
    """
    if not data or (data[:_PORTION_BYTES].isspace() and data.isspace()):
        raise empty(file)
    encoding = _marked(data) or _by_zero_bytes(data)
    try:
        text = _decoded(data, encoding or UTF8, progress)
    except UnicodeDecodeError as error:
        if b"\0" in data and encoding in (None, UTF8):
            raise _zero_bytes(data, file) from error
        # With good characters of UTF-8 before the bad one it is a damaged UTF-8, not another encoding.
        if encoding is not None or not data[: error.start].isascii():
            raise _bad_character(data, error.start, encoding or UTF8, file) from error
        encoding = WINDOWS
        text = _decoded_windows(data, file, progress)
    if "\0" in text:
        raise _zero_bytes(text.encode(errors="replace"), file)
    if not text.strip():
        raise empty(file)
    return text, encoding or UTF8


def empty(file: str) -> DataError:
    """The refusal of a file without any content."""
    return DataError("{file} is empty; choose a table with a header row and at least one example", file=file)


def _marked(data: Bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _by_zero_bytes(data: Bytes) -> str | None:
    """UTF-16 without a mark: of Latin letters and digits, every second byte is zero."""
    head = bytes(data[:_LOOKED_AT])
    if len(data) % 2 or len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = 0.4 * len(head) / 2
    if odd >= least and not even:
        return "UTF-16-LE"
    return "UTF-16-BE" if even >= least and not odd else None


def _decoded(data: Bytes, encoding: str, progress: Progress) -> str:
    """Raises UnicodeDecodeError, whose start is counted from the beginning of `data`."""
    decoder = codecs.getincrementaldecoder(_CODECS[encoding])()
    parts: list[str] = []
    for start in range(0, len(data), _PORTION_BYTES):
        portion = data[start : start + _PORTION_BYTES]
        pending = len(decoder.getstate()[0])
        try:
            parts.append(decoder.decode(portion, final=start + len(portion) == len(data)))
        except UnicodeDecodeError as error:
            error.start += start - pending
            raise
        progress(0.0)
    return "".join(parts)


def _decoded_windows(data: Bytes, file: str, progress: Progress) -> str:
    head = bytes(data[:_PORTION_BYTES])
    if 100 * (len(head) - len(head.translate(None, _CONTROLS))) > len(head):
        raise no_table(file, "a binary file")
    try:
        return _decoded(data, WINDOWS, progress)
    except UnicodeDecodeError as error:
        raise _bad_character(data, error.start, "UTF-8 or Windows-1252", file) from error


def _bad_character(data: Bytes, position: int, encoding: str, file: str) -> DataError:
    return DataError(
        "{file}, line {line}: a character is not valid {encoding}; save the file as CSV with UTF-8 encoding and open it again",
        file=file,
        line=_line_at(data, position),
        encoding=encoding,
    )


def _zero_bytes(data: Bytes, file: str) -> DataError:
    return DataError(
        "{file}, line {line}: there are zero bytes, so this is not a text table; save the data as CSV (UTF-8) and open that",
        file=file,
        line=_line_at(data, data.index(b"\0")),
    )


def _line_at(data: Bytes, position: int) -> int:
    before = data[:position]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
