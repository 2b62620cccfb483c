"""The other process in which scikit-learn fits (core.sklearn_fit): one for the whole program, started when first asked, then kept.

In a thread of this process its import holds up the window by 20 ms at a time, and a fit could not be ended: docs/adr/0009.
"""

import atexit
import contextlib
import importlib.util
import json
import os
import queue
import subprocess
import sys
import threading
from typing import Any

import numpy as np

from core import sklearn_fit
from core.dataset import Array
from core.progress import Progress

_POLL_S = 0.02
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of a console, on Windows


class AbsentError(Exception):
    """scikit-learn is not installed."""


class BrokenError(Exception):
    """It is installed and cannot be used; says why."""


class _Process:
    """The program and a thread that reads what it says. `ready` once it has imported everything."""

    def __init__(self) -> None:
        # -P: the files beside it, such as code, must not stand in for the library's.
        self._process = subprocess.Popen(
            [sys.executable, "-P", sklearn_fit.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD},  # training has the other cores
            creationflags=_NO_WINDOW,
        )
        self._lines: queue.Queue[bytes] = queue.Queue()
        self.ready = False
        # A daemon: it waits for as long as the process lives.
        self._reader = threading.Thread(target=self._pass_on, name="scikit-learn", daemon=True)
        self._reader.start()

    def _pass_on(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def answer(self, progress: Progress) -> dict[str, Any]:
        """What it says next. Raises BrokenError when it says nothing any more; what `progress` raises passes."""
        while True:
            try:
                line = self._lines.get(timeout=_POLL_S)
            except queue.Empty:
                progress(0.0)
                continue
            if not line:
                raise BrokenError("it ended without a result")
            answer: dict[str, Any] = json.loads(line)
            return answer

    def send(self, header: dict[str, Any], *arrays: Array) -> None:
        """A line of JSON, and the numbers."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(header).encode() + b"\n")
            for array in arrays:
                for column in np.atleast_2d(array.T):  # one at a time: a copy of all would hold up the other threads
                    self._process.stdin.write(np.ascontiguousarray(column).data)
            self._process.stdin.flush()
        except OSError as error:
            raise BrokenError("it ended without a result") from error

    @property
    def alive(self) -> bool:
        """Whether it can still be asked: it ends by itself when nothing was asked for a while."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdout.close()
        with contextlib.suppress(OSError):  # what was not sent any more
            self._process.stdin.close()


_lock = threading.Lock()
_running: _Process | None = None


def fits(X: Array, y: Array, model: str, lambda_: float, progress: Progress) -> list[dict[str, Any]]:
    """What core.sklearn_fit.fits() returns. Raises AbsentError and BrokenError.

    `progress` is called often; what it raises passes, and ends a fit that is under way. For a thread other than that of the window.
    """
    while not _lock.acquire(timeout=_POLL_S):
        progress(0.0)
    try:
        if importlib.util.find_spec("sklearn") is None:
            raise AbsentError
        if getattr(sys, "frozen", False) or not sys.executable:  # no interpreter that could run the other process
            _check(sklearn_fit.loaded())
            return sklearn_fit.fits(X, y, model, lambda_)
        return _asked(X, y, model, lambda_, progress)
    finally:
        _lock.release()


def _asked(X: Array, y: Array, model: str, lambda_: float, progress: Progress) -> list[dict[str, Any]]:
    global _running
    if _running is None or not _running.alive:
        end()
        _running = _Process()
    process = _running
    if not process.ready:
        # What is raised meanwhile leaves it: who asks next need not wait again.
        _check(process.answer(progress))
        process.ready = True
    try:
        process.send({"m": len(y), "n": X.shape[1], "model": model, "lambda_": lambda_}, X, np.asarray(y))
        answer: list[dict[str, Any]] = process.answer(progress)["fits"]
    except BaseException:
        end()
        raise
    return answer


def _check(loaded: dict[str, Any]) -> None:
    if "version" in loaded:
        return
    end()
    if "broken" in loaded:
        raise BrokenError(str(loaded["broken"]))
    raise AbsentError


@atexit.register
def end() -> None:
    """End the process, if there is one."""
    global _running
    if _running is not None:
        _running.end()
        _running = None
