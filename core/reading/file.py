"""The bytes of a user's file, or the system's reason why there are none."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import DataError
from core.progress import Progress

Bytes = bytes | bytearray

PORTION_BYTES = 8 << 20  # a few milliseconds; a cancel does not wait for a whole gigabyte


def read_bytes(path: Path, progress: Progress) -> Bytes:
    """What is in the file; `progress` is called with 0 again and again, so that it can cancel. Raises DataError when it cannot be read."""
    data = bytearray()
    with explained(path):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DataError("{file} is a folder ({path}); choose a table in it", file=path.name or str(path), path=path.absolute())
        # A pipe or a device could be waited for, or read, for ever.
        if not stat.S_ISREG(mode):
            raise DataError("{file} is not an ordinary file ({path}); choose a table", file=path.name, path=path.absolute())
        file = path.open("rb")
    with file:
        while True:
            with explained(path):
                portion = file.read(PORTION_BYTES)
            if not portion:
                return data
            data += portion
            progress(0.0)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What the system refuses of this file becomes a DataError with its reason and the path."""
    try:
        yield
    except FileNotFoundError as error:
        raise DataError(
            "{file} does not exist in {folder}; check the name and the folder", file=path.name, folder=path.absolute().parent
        ) from error
    except OSError as error:
        raise DataError(
            "{file} cannot be read ({reason}: {path}); check the path and your permission to read it, or copy the file to another folder",
            file=path.name,
            reason=error.strerror or str(error),
            path=path.absolute(),
        ) from error
    except DataError:  # a ValueError, too
        raise
    except ValueError as error:
        raise DataError("{file} is not a possible file name; choose another file", file=repr(str(path))) from error
