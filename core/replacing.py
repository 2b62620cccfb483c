"""A file is written anew beside the old one and then takes its place: whatever fails, the old one is whole.

(Qt's QSaveFile reported success on a full disk and the good file was gone.)
"""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from core.errors import DataError

_FULL = (errno.ENOSPC, errno.EDQUOT)


def replace_file(path: str, portions: Iterable[bytes]) -> None:
    """Write all portions to `path`. What `portions` raises passes; otherwise raises DataError with path and reason."""
    try:
        target = Path(path).resolve()  # a link stays one
        _replace(target, portions)
    except OSError as error:
        template = "{path} cannot be saved ({reason}); choose another folder or name"
        if error.errno in _FULL:
            template += ", or make room"
        raise DataError(template, path=path, reason=error.strerror or str(error)) from error
    except DataError:  # a ValueError, too
        raise
    except ValueError as error:
        raise DataError("{path} is not a possible file name; choose another name", path=repr(path)) from error


def _replace(target: Path, portions: Iterable[bytes]) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    there = target.exists()
    if there and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    written = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with written.open("xb") as file:
            for portion in portions:
                file.write(portion)
            file.flush()
            os.fsync(file.fileno())
        if there:
            written.chmod(target.stat().st_mode & 0o7777)
        written.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            written.unlink()
        raise
