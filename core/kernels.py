"""Which advance() makes the updates: the compiled one when it is ready, NumPy until then. Both give the same numbers.

numba takes half a second to import and a few seconds to compile on the very first start, so that happens in the background; its result is
cached beside the package, or in the user's cache folder where the package cannot be written.
"""

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.dataset import Array
from core.models import MODELS

MODEL_CODES = {"logistic": 0, "linear": 1}
Counts = NDArray[np.int64]
Advance = Callable[..., tuple[int, int, bool]]  # with the arguments of numpy_advance


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
            if not (np.isfinite(J) and np.isfinite(new_b) and np.isfinite(new_w).all()):
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
        self._child: subprocess.Popen[bytes] | None = None
        self._abandoned = False

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
        if not _is_cached(compiled.advance.stats.cache_path, Path(compiled.__file__)):
            self._compile_elsewhere()
        if self._abandoned:
            return
        for model in MODEL_CODES.values():
            _try_out(advance, model)
        self.advance = advance

    def _compile_elsewhere(self) -> None:
        """Compile in a process of its own, which leaves the result in the cache: here it would hold the interpreter for 0.1 s at a time."""
        if getattr(sys, "frozen", False):
            return  # a packaged program is no Python that could be called
        package = Path(__file__).resolve().parent.parent
        code = f"import sys; sys.path.insert(0, {str(package)!r}); from core import kernels; kernels.compile_now()"
        quiet = subprocess.DEVNULL
        with contextlib.suppress(OSError):
            self._child = subprocess.Popen([sys.executable, "-c", code], stdin=quiet, stdout=quiet, stderr=quiet)
            if self._abandoned:
                self._child.kill()
            self._child.wait()

    def abandon(self) -> None:
        """Let the thread end as soon as it can; the program is about to."""
        self._abandoned = True
        if self._child:
            self._child.kill()


def _is_cached(folder: str | None, source: Path) -> bool:
    """Whether numba has a compiled form of this source on disk. A wrong yes only costs a compilation in this process."""
    index = f"{source.stem}.advance-*.py{sys.version_info.major}{sys.version_info.minor}*.nbi"
    return folder is not None and any(path.stat().st_mtime >= source.stat().st_mtime for path in Path(folder).glob(index))


def compile_now() -> None:
    """Compile here, whatever it takes."""
    from core import compiled

    for model in MODEL_CODES.values():
        _try_out(compiled.advance, model)


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


def abandon() -> None:
    """Give up preparing, because the program is about to end."""
    _loader.abandon()


def current() -> Advance:
    """The fastest advance that is ready now."""
    return _loader.advance or numpy_advance
