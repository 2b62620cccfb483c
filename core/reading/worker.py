"""Runs core.reading.workbook_process, and passes on what it says; ends it when the reading is cancelled or nothing more may come."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any

from core.progress import Progress
from core.reading import workbook_process

_MEGABYTE = 1 << 20
_SMALL_BYTES = 100_000
_MEMORY_BYTES = 1 << 30
_MEMORY_PER_BYTE = 100
_SILENCE_S = 120.0  # a machine may be busy; the processor time is limited more closely
_POLL_S = 0.02
_MESSAGES_AHEAD = 8
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of a console, on Windows


class LibraryError(Exception):
    """The library could not read the workbook to its end."""


def messages_of(path: Path, sheet: str, n_bytes: int, progress: Progress) -> Generator[Any, None, None]:
    """What workbook_process.messages() says; to be closed. Raises LibraryError; what `progress` raises passes."""
    if getattr(sys, "frozen", False) or not sys.executable:
        return _told_here(path, sheet)  # no interpreter that could run the other process
    return _told_by_process(path, sheet, n_bytes, progress)


def _told_here(path: Path, sheet: str) -> Generator[Any, None, None]:
    import python_calamine

    try:
        yield from workbook_process.messages(str(path), sheet)
    except (python_calamine.CalamineError, OSError) as error:
        raise LibraryError from error


def _told_by_process(path: Path, sheet: str, n_bytes: int, progress: Progress) -> Generator[Any, None, None]:
    cpu_s = 1 if n_bytes < _SMALL_BYTES else 10 + 10 * n_bytes // _MEGABYTE
    # -P: the files beside it, such as decimal.py, must not stand in for the library's.
    command = [sys.executable, "-P", workbook_process.__file__, str(path.absolute()), sheet, str(cpu_s)]
    command.append(str(_MEMORY_BYTES + _MEMORY_PER_BYTE * n_bytes))
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=_NO_WINDOW
    )
    assert process.stdout is not None
    lines: queue.Queue[bytes] = queue.Queue(_MESSAGES_AHEAD)
    stop = threading.Event()
    reader = threading.Thread(target=_pass_on, args=(process.stdout, lines, stop), name="workbook")
    reader.start()
    try:
        while True:
            message = json.loads(_next_line(lines, progress))
            if isinstance(message, dict) and message.get("end"):
                return
            yield message
    except ValueError as error:  # a line that was cut off
        raise LibraryError from error
    finally:
        stop.set()
        process.kill()
        reader.join()
        process.stdout.close()
        process.wait()


def _pass_on(output: IO[bytes], lines: "queue.Queue[bytes]", stop: threading.Event) -> None:
    for line in output:
        while not stop.is_set():
            try:
                lines.put(line, timeout=_POLL_S)
                break
            except queue.Full:
                continue
        if stop.is_set():
            return
    while not stop.is_set():
        try:
            lines.put(b"", timeout=_POLL_S)
            return
        except queue.Full:
            continue


def _next_line(lines: "queue.Queue[bytes]", progress: Progress) -> bytes:
    """Raises LibraryError when no more comes."""
    began_s = time.monotonic()
    while True:
        try:
            line = lines.get(timeout=_POLL_S)
        except queue.Empty:
            progress(0.0)
            if time.monotonic() - began_s > _SILENCE_S:
                raise LibraryError from None
            continue
        if not line:
            raise LibraryError
        return line
