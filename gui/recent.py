"""The menu of recent files. One that cannot be opened now stays, greyed, and its tooltip says why.

Whether a file is there is asked in a thread for each: on a network drive that is gone the answer can take minutes, and must hold up nobody.
"""

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.settings import Settings
from gui.text import for_tooltip, tr

TICK_MS = 30


class RecentMenu(QMenu):
    """Calls `open_file` with the file that is chosen; `clear` is the command to forget all."""

    def __init__(self, settings: Settings, open_file: Callable[[str], None], clear: QAction, parent: QWidget) -> None:
        super().__init__(tr("Open recent"), parent)
        self.setToolTipsVisible(True)
        self._settings = settings
        self._open_file = open_file
        self._clear = clear
        self._checks = _Checks()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show_reasons)
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._chosen)

    def _fill(self) -> None:
        self.clear()
        paths = self._settings.recent
        for path in paths:
            action = self.addAction(Path(path).name)
            action.setData(path)
        if paths:
            self.addSeparator()
        self.addAction(self._clear)
        self._clear.setEnabled(bool(paths))
        self._checks.begin(paths)
        self._show_reasons()
        self._timer.start()

    def _show_reasons(self) -> None:
        """What is known by now; until then an entry is as it was the last time."""
        for action in self.actions():
            if path := action.data():
                reason = self._checks.reasons.get(path, "")
                action.setEnabled(not reason)
                action.setToolTip(for_tooltip(f"{path}\n{tr('Cannot be opened now')}: {reason}" if reason else path))
        if not self._checks.busy:
            self._timer.stop()

    def _chosen(self, action: QAction) -> None:
        if path := action.data():
            self._open_file(path)


class _Checks:
    """Why files cannot be opened, by path; empty for those that can."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}
        self._asking: set[str] = set()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._asking)

    def begin(self, paths: list[str]) -> None:
        """Ask about all of these that are not being asked about already."""
        for path in paths:
            if path not in self._asking:
                self._asking.add(path)
                # A daemon: the program ends without waiting for a drive that is gone.
                threading.Thread(target=self._ask, args=(path,), name="recent-file", daemon=True).start()

    def _ask(self, path: str) -> None:
        self.reasons[path] = reason_against(path)
        self._asking.discard(path)


def reason_against(path: str) -> str:
    """Why the file cannot be opened, in the system's words; empty when it can. May take as long as the system likes."""
    try:
        Path(path).stat()
    except OSError as error:
        return error.strerror or str(error)
    except ValueError as error:
        return str(error)
    return "" if os.access(path, os.R_OK) else os.strerror(errno.EACCES)
