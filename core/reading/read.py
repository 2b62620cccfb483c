"""Which way a file is read: the fast way, for large clean texts (core.reading.fast), or the careful one, which explains."""

from dataclasses import replace
from pathlib import Path

from core.progress import Progress
from core.read_options import ReadOptions
from core.reading import kinds, notes
from core.reading.careful import read_carefully
from core.reading.content import Content
from core.reading.encoding import UTF8, WINDOWS, decode
from core.reading.fast import read_fast
from core.reading.file import Bytes, read_bytes

FAST_BYTES = 1 << 20  # smaller files take a fraction of a second anyway


def read_file(path: Path, progress: Progress, options: ReadOptions) -> Content:
    """What is in the file at `path`. Raises DataError; what `progress` raises passes."""
    progress(0.0)
    data = read_bytes(path, progress)
    kind = kinds.kind_of(data, path.name)
    if kind == kinds.TEXT:
        content = _read_delimited(data, path.name, progress, options)
    else:
        from core.reading.workbook import read_workbook  # brings zipfile and subprocess along

        content = read_workbook(path, data, kind, progress, options)
    progress(1.0)
    return content


def read_string(text: str, name: str, progress: Progress, options: ReadOptions) -> Content:
    """What is in a text. Raises DataError; what `progress` raises passes."""
    progress(0.0)
    data = text.encode(errors="replace")
    if kinds.kind_of(data, name) != kinds.TEXT:
        raise kinds.no_table(name, "a binary file")
    content = _read_delimited(data, name, progress, options)
    progress(1.0)
    return content


def _read_delimited(data: Bytes, name: str, progress: Progress, options: ReadOptions) -> Content:
    reached = 0.0

    def first(fraction: float) -> None:
        nonlocal reached
        reached = max(reached, fraction)
        progress(reached)

    def then(fraction: float) -> None:
        progress(reached + (1 - reached) * fraction)

    large = len(data) >= FAST_BYTES
    content = read_fast(data, name, first, options) if large else None
    if content is not None:
        return content
    text, encoding = decode(data, name, lambda _fraction: progress(reached))
    if large and encoding != UTF8:
        content = read_fast(text.encode(), name, first, options)
    if content is None:
        content = read_carefully(text, name, then, options)
    if encoding == WINDOWS:
        content = replace(content, notes=(notes.encoding(name, encoding), *content.notes))
    return content
