"""What every test gets: no screen, settings of its own, and a check that no thread and no window outlives it.

Qt is imported only where it is already loaded, so that `pytest tests/core -p no:pytest-qt` runs without it.
"""

import gc
import itertools
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run, so that a failure is of the change at hand; CASES=… looks further with new ones.
settings.register_profile("repeatable", deadline=None, derandomize="CASES" not in os.environ)
settings.load_profile("repeatable")

# Before Qt starts; a run under Xvfb sets xcb itself.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

THREAD_GRACE_S = 2.0

# Qt keeps one of each for the life of the program.
SHARED_WINDOWS = {"QTipLabel", "QShapedPixmapWidget"}

TEAM = "kernel-team"

NUMBER = itertools.count()


@pytest.fixture(autouse=True, scope="session")
def _home_untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Configuration and data folders of the run. The cache folder stays: numba's compiled code is in it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        yield home


@pytest.fixture(autouse=True)
def _own_settings(_home_untouched: Path) -> None:
    """Each test starts with empty QSettings."""
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QSettings

    folder = str(_home_untouched / f"settings{next(NUMBER)}")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for file_format in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(file_format, QSettings.Scope.UserScope, folder)


@pytest.fixture(autouse=True)
def _nothing_outlives_the_test() -> Iterator[None]:
    """Fails a test that leaves a thread (other than a daemon) or a top-level widget; what qtbot.addWidget has is closed before this."""
    threads = set(threading.enumerate())
    windows = _windows()
    yield
    alive = [thread for thread in threading.enumerate() if thread not in threads and not thread.daemon and not _is_pool(thread)]
    for thread in alive:
        thread.join(THREAD_GRACE_S)
    left = [f"thread {thread.name}" for thread in alive if thread.is_alive()]
    left += [f"window {name}" for address, name in _settled_windows(windows).items() if address not in windows]
    assert not left, f"outlived the test: {', '.join(left)}"


def _is_pool(thread: threading.Thread) -> bool:
    """A team of the kernel waits for more work until the program ends, on machines with cores to spare."""
    return thread.name.startswith(TEAM)


def _windows() -> dict[int, str]:
    """C++ address → class and name of every top-level widget."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    from PySide6.QtWidgets import QApplication
    from shiboken6 import getCppPointer

    if QApplication.instance() is None:
        return {}
    return {
        getCppPointer(widget)[0]: f"{widget.metaObject().className()} {widget.objectName()!r}"
        for widget in QApplication.topLevelWidgets()
        if widget.metaObject().className() not in SHARED_WINDOWS
    }


def _settled_windows(known: dict[int, str]) -> dict[int, str]:
    """The windows that stay after deleteLater and, if any is new, after a garbage collection (a menu without a parent sits in a cycle)."""
    windows = _delete_later()
    if windows.keys() <= known.keys():
        return windows
    gc.collect()
    return _delete_later()


def _delete_later() -> dict[int, str]:
    if _windows():
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    return _windows()
