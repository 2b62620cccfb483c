"""Importing and compiling the compiled kernel in the background.

numba takes half a second to import and ten seconds to compile on the very first start, so that happens in a thread, and the compiling in a
process of its own. The result is cached beside the package, or in the user's cache folder where the package cannot be written; where
neither can, it is compiled here at each start.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from core.courtesy import Courtesy

CORE = Path(__file__).resolve().parent
STAMP = "sources.sha256"  # beside the cached functions: what they were compiled from
COMPILED_FROM = ("compiled/*.py", "recording.py", "examples.py", "team.py", "descents/codes.py", "descents/order.py")

Function = Callable[..., Any]
Kernel = TypeVar("Kernel")


@dataclass(frozen=True)
class Functions:
    """The entry points of core.compiled."""

    advance: Function
    advance_two: Function
    assist: Function
    render: Function
    log_loss_grid: Function
    slopes: Function

    @property
    def kept(self) -> tuple[Function, ...]:
        """Those that are in the cache wherever this has been compiled."""
        return self.advance, self.advance_two, self.render, self.log_loss_grid, self.slopes


class Compiler(Generic[Kernel]):
    """Makes a kernel out of the compiled functions, once, in a thread of its own. `kernel` is None until it is ready.

    A subclass may have other functions: load_functions() gives them, `compile_now` is the Python that compiles them.
    """

    compile_now = "from core import kernels; kernels.compile_now()"

    def __init__(self, make: Callable[[Any], Kernel]) -> None:
        self.kernel: Kernel | None = None
        self._make = make
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._abandoned = False
        self._hurried = threading.Event()

    def start(self) -> threading.Thread:
        """The thread, begun at the first call."""
        with self._lock:
            if self._thread is None:
                # Not a daemon: a thread cut off inside the compiler would take the process down with it.
                self._thread = threading.Thread(target=self._work, name="kernel-loader", daemon=False)
                self._thread.start()
                _started.append(self)
            return self._thread

    @property
    def working(self) -> bool:
        """Whether the thread has begun and not ended yet."""
        return self._thread is not None and self._thread.is_alive()

    def wait(self) -> None:
        """Wait until the thread has ended, which then pauses no more."""
        self._hurried.set()
        self.start().join()

    def abandon(self) -> bool:
        """Let the thread end as soon as it can; the program is about to. Returns whether it has ended."""
        self._abandoned = True
        if self._child:
            self._child.kill()
        return self._thread is None or not self._thread.is_alive()

    @staticmethod
    def load_functions() -> Any:
        """Import them. Raises ImportError where numba is absent."""
        from core.compiled.advance import advance
        from core.compiled.evaluate import assist
        from core.compiled.landscape import log_loss_grid
        from core.compiled.slopes import slopes
        from core.compiled.surface import render
        from core.compiled.two import advance_two

        functions = Functions(advance, advance_two, assist, render, log_loss_grid, slopes)
        remove_outdated(*functions.kept, assist)
        return functions

    def _work(self) -> None:
        try:
            _load_llvm()
            with Courtesy(self._hurried):
                functions = self.load_functions()
        except ImportError:
            return  # numba is absent on this machine: NumPy goes on stepping
        if _has_cache(functions.kept[0]) and not all(_cached(function) for function in functions.kept):
            self._compile_elsewhere()
        if not self._abandoned:
            with Courtesy(self._hurried):
                self.kernel = self._make(functions)

    def _compile_elsewhere(self) -> None:
        """Compile in a process of its own, which leaves the result in the cache: here it would hold the interpreter for 0.1 s at a time."""
        if getattr(sys, "frozen", False):
            return  # a packaged program is no Python that could be called
        code = f"import sys; sys.path.insert(0, {str(CORE.parent)!r}); {self.compile_now}"
        quiet = subprocess.DEVNULL
        with contextlib.suppress(OSError):
            self._child = subprocess.Popen([sys.executable, "-c", code], stdin=quiet, stdout=quiet, stderr=quiet)
            if self._abandoned:
                self._child.kill()
            self._child.wait()


_started: list[Compiler[Any]] = []


def abandon_all() -> bool:
    """Abandon whatever was started. Returns whether all of it has ended."""
    return all([compiler.abandon() for compiler in _started])


def _load_llvm() -> None:
    """Load numba's largest library ahead of it, by a call that lets go of the interpreter: Python's own import would hold it for 50 ms."""
    found = importlib.util.find_spec("llvmlite")
    for folder in (found and found.submodule_search_locations) or ():
        for library in Path(folder, "binding").glob("libllvmlite.*"):
            with contextlib.suppress(OSError, AttributeError):  # a system without dlopen goes without
                ctypes.CDLL(None).dlopen(str(library).encode(), os.RTLD_NOW)


def _has_cache(function: Any) -> bool:
    """Whether what is compiled is kept: without a folder that can be written it is compiled at each start."""
    return bool(function.stats.cache_path)


def _cached(function: Any) -> list[Path]:
    """The index files of this function in numba's cache on disk."""
    folder = function.stats.cache_path
    pattern = f"{function.__module__.rpartition('.')[2]}.{function.__name__}-*.py{sys.version_info.major}{sys.version_info.minor}*.nbi"
    return list(Path(folder).glob(pattern)) if folder else []


def remove_outdated(*functions: Any) -> None:
    """Remove from the cache what was compiled from other sources than these.

    numba itself looks at the one file of a function, not at those it calls, and at its time, which an update may keep.
    """
    now = digest_of_sources()
    for folder in {Path(function.stats.cache_path) for function in functions if function.stats.cache_path}:
        stamp = folder / STAMP
        with contextlib.suppress(OSError):  # a folder that cannot be written, or another process that does the same
            if stamp.is_file() and stamp.read_text() == now:
                continue
        for index in folder.glob("*.nbi"):
            with contextlib.suppress(OSError):
                index.unlink()
        with contextlib.suppress(OSError):
            stamp.write_text(now)


def digest_of_sources(core: Path = CORE) -> str:
    """A digest of all that the compiled functions are made from."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in COMPILED_FROM for path in core.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
