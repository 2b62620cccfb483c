"""Which advance() makes the updates: the compiled one when it is ready, NumPy until then. Both give the same numbers.

numba takes half a second to import and a few seconds to compile on the very first start, so that happens in the background; its result is
cached beside the package, or in the user's cache folder where the package cannot be written.
"""

import threading
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.models import MODELS

MODEL_CODES = {"logistic": 0, "linear": 1}
Counts = NDArray[np.int64]


class Advance(Protocol):
    """Signature of an advance: see numpy_advance."""

    def __call__(
        self,
        columns: Array,
        y: Array,
        w: Array,
        dj_dw: Array,
        scalars: Array,
        alpha: float,
        lambda_: float,
        model: int,
        iteration: int,
        updates: int,
        stride: int,
        row_iteration: Counts,
        row_w: Array,
        row_b: Array,
        row_J: Array,
        row: int,
    ) -> tuple[int, int, bool]: ...


def numpy_advance(
    columns: Array,
    y: Array,
    w: Array,
    dj_dw: Array,
    scalars: Array,
    alpha: float,
    lambda_: float,
    model: int,
    iteration: int,
    updates: int,
    stride: int,
    row_iteration: Counts,
    row_w: Array,
    row_b: Array,
    row_J: Array,
    row: int,
) -> tuple[int, int, bool]:
    """Up to `updates` simultaneous updates on columns (n, m), y (m,).

    w (n,), dj_dw (n,) and scalars = (b, J, dj_db) are the state and change in place. Every iteration divisible by `stride` is written to
    the row buffers, from index `row` on. Stops at the last finite w, b, J.
    Returns the updates made, the next free row, and whether the next update would have left the finite numbers.
    """
    math = list(MODELS.values())[model]
    X = columns.T
    with np.errstate(over="ignore", invalid="ignore"):
        for done in range(updates):
            new_w = w - alpha * dj_dw
            new_b = float(scalars[0] - alpha * scalars[2])
            J = math.cost(X, y, new_w, new_b, lambda_)
            if not np.isfinite(J + new_b + new_w.sum()):
                return done, row, True
            w[:] = new_w
            dj_dw[:], dj_db = math.gradient(X, y, new_w, new_b, lambda_)
            scalars[:] = new_b, J, dj_db
            k = iteration + done + 1
            if k % stride == 0:
                row_iteration[row], row_w[row], row_b[row], row_J[row] = k, new_w, new_b, J
                row += 1
    return updates, row, False


class _Loader:
    """Imports and compiles the fused kernel once, in a thread of its own."""

    def __init__(self) -> None:
        self.advance: Advance | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> threading.Thread:
        with self._lock:
            if self._thread is None:
                # Not a daemon: a thread cut off inside the compiler would take the process down with it.
                self._thread = threading.Thread(target=self._load, name="kernel-loader", daemon=False)
                self._thread.start()
            return self._thread

    def _load(self) -> None:
        try:
            from core import compiled
        except ImportError:
            return  # numba is absent on this machine: NumPy goes on stepping
        advance: Advance = compiled.advance
        for model in MODEL_CODES.values():
            _try_out(advance, model)
        self.advance = advance


def _try_out(advance: Advance, model: int) -> None:
    """One small call with the types of every later call, so that compiling happens here."""
    rows = np.empty(1, dtype=np.int64), np.empty((1, 1)), np.empty(1), np.empty(1)
    advance(np.zeros((1, 1)), np.zeros(1), np.zeros(1), np.zeros(1), np.zeros(3), 1.0, 0.0, model, 0, 1, 1, *rows, 0)


_loader = _Loader()


def prepare() -> None:
    """Start importing and compiling in the background. Returns at once."""
    _loader.start()


def wait() -> bool:
    """Wait until the compiled kernel is ready; False when it cannot be had."""
    _loader.start().join()
    return _loader.advance is not None


def current() -> Advance:
    """The fastest advance that is ready now."""
    return _loader.advance or numpy_advance
