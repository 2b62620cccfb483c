"""Examples as bytes for the clipboard: a line that names the format, then x1, x2, … and y of each as little-endian float64."""

import numpy as np

from core.dataset import Array
from core.errors import DataError

FORMAT = b"descent-lab points, %d numbers each\n"


def pack(X: Array, y: Array) -> bytes:
    """Examples X (k, n), y (k,) as bytes."""
    head: bytes = FORMAT % (X.shape[1] + 1)
    return head + np.column_stack([X, y]).astype("<f8").tobytes()


def unpack(data: bytes, n: int) -> tuple[Array, Array]:
    """X (k, n), y (k,) out of bytes. Raises DataError when they hold no examples with n features."""
    head = FORMAT % (n + 1)
    if not data.startswith(head) or len(data) == len(head) or (len(data) - len(head)) % (8 * (n + 1)):
        raise DataError("The clipboard holds no points with {n} features; copy some on a plane and paste again", n=n)
    numbers = np.frombuffer(data, dtype="<f8", offset=len(head)).reshape(-1, n + 1)
    return np.array(numbers[:, :n], dtype=np.float64), np.array(numbers[:, n], dtype=np.float64)
