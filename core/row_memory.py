"""Memory of rows that nobody reads any more is taken again: for what was never written the system first finds a page and clears it, each
4 KB, which is a quarter of the time of an iteration on six examples.
"""

import contextlib
import math
import mmap
import sys
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.recording import Rows

KEPT_BYTES = 64 * 2**20  # remembered, at most: the rows of a run, and those of the one before

HUGE_PAGE = 2 * 2**20
SMALL_AT_FIRST = 2**18  # bytes: short runs need no more
PRIVATE: dict[str, Any] = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if sys.platform != "win32" else {}  # there it always is

_lock = threading.Lock()
_given: list[tuple[Any, ...]] = []  # the arrays of each set of rows, the latest last


def take(rows: int, n: int) -> Rows:
    """Buffers of so many rows of w (rows, n), not filled; of earlier ones that nobody holds, nor a view of them, where they fit."""
    with _lock:
        for arrays in _given:
            if arrays[1].shape == (rows, n) and _references(arrays) == _UNUSED:
                return Rows(*arrays)
        arrays = _map(np.int64, rows), _map(np.float64, rows, n), _map(np.float64, rows), _map(np.float64, rows)
        _given.append(arrays)
        while remembered_bytes() > KEPT_BYTES:
            del _given[0]
        return Rows(*arrays)


def _map(number: type[np.number[Any]], *shape: int) -> NDArray[Any]:
    """An array straight from the system, to which it goes back when it is let go; the heap would keep holes of this size."""
    size = math.prod(shape) * np.dtype(number).itemsize
    memory = mmap.mmap(-1, size, **PRIVATE)
    if size > 2 * HUGE_PAGE and hasattr(mmap, "MADV_HUGEPAGE"):
        with contextlib.suppress(OSError):  # a system without them
            memory.madvise(mmap.MADV_HUGEPAGE, SMALL_AT_FIRST)
    return np.ndarray(shape, number, memory)


def forget(rows: Rows) -> None:
    """Do not take these again: what was written to the end, as in a run that goes on and on, goes back to the system."""
    with _lock:
        _given[:] = [arrays for arrays in _given if arrays[0] is not rows.iteration]


def remembered_bytes() -> int:
    """Of all rows that may be taken again, in use or not."""
    return sum(array.nbytes for arrays in _given for array in arrays)


def _references(arrays: tuple[Any, ...]) -> int:
    """How often these arrays are held; a view counts, as it holds its array."""
    return sum(sys.getrefcount(array) for array in arrays)


_UNUSED = _references(tuple(np.empty(0) for _ in Rows._fields))
