"""What the compiled kernel is measured against: the same algorithm in C, built here by gcc, and a good one-pass NumPy.

Both look at the examples once more than they update, for J of the last row, and are given rows that have been written before.
"""

import ctypes
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from core.dataset import Array
from core.examples import lay_out

SOURCE = Path(__file__).with_name("descent.c")
FLAGS = ("-O3", "-march=native", "-fopenmp-simd", "-fno-math-errno", "-fno-trapping-math", "-shared", "-fPIC")


def build_c() -> Any:
    """The C function descend, or None without gcc."""
    gcc = shutil.which("gcc")
    if gcc is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "descent.so"
        subprocess.run([gcc, *FLAGS, str(SOURCE), "-o", str(library), "-lm"], check=True)
        return ctypes.CDLL(str(library)).descend


def c_seconds(descend: Any, X: Array, y: Array, alpha: float, iterations: int) -> tuple[float, Array]:
    """Seconds an iteration, and J (iterations + 1,)."""
    n, examples = X.shape[1], lay_out(X, y)
    w, k = np.zeros(n), np.full(iterations + 1, 0)
    row_w, row_b, row_J = _rows(iterations, n)

    def at(array: Any) -> ctypes.c_void_p:
        return ctypes.c_void_p(array.ctypes.data)

    sizes = ctypes.c_int64(n), ctypes.c_int64(len(examples.y))
    data = at(examples.signed if n == 2 else examples.columns), at(examples.y), at(examples.share), at(examples.real)
    settings = ctypes.c_int64(examples.fillers), at(w), ctypes.c_double(0.0), ctypes.c_double(alpha), ctypes.c_int64(iterations)
    began_s = time.perf_counter()
    descend(*sizes, *data, *settings, at(k), at(row_w), at(row_b), at(row_J))
    return (time.perf_counter() - began_s) / (iterations + 1), row_J


def numpy_seconds(X: Array, y: Array, alpha: float, iterations: int) -> tuple[float, Array]:
    """The same: vectorized, every number computed once, J and the trace included."""
    m, n = X.shape
    columns = np.ascontiguousarray(X.T)
    w, b = np.zeros(n), 0.0
    row_w, row_b, row_J = _rows(iterations, n)
    began_s = time.perf_counter()
    for k in range(iterations + 1):
        z = w @ columns + b
        t = np.exp(-np.abs(z))
        row_w[k], row_b[k], row_J[k] = w, b, (np.maximum(z, 0.0) - y * z + np.log1p(t)).sum() / m
        error = np.where(z >= 0, 1.0, t) / (1.0 + t) - y
        w = w - alpha * (columns @ error) / m
        b -= alpha * error.sum() / m
    return (time.perf_counter() - began_s) / (iterations + 1), row_J


def _rows(iterations: int, n: int) -> tuple[Array, Array, Array]:
    """w, b and J of every row, in memory that has been touched: zeros() would leave that to the time that is measured."""
    return np.full((iterations + 1, n), 0.0), np.full(iterations + 1, 0.0), np.full(iterations + 1, 0.0)
