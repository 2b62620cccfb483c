"""The menus: every command of the window, the samples and the recent files."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from core.samples import SAMPLES
from gui.actions import Actions
from gui.plots import PLOTS
from gui.pointer import CLASSES
from gui.recent import RecentMenu
from gui.settings import Settings
from gui.text import tr
from gui.tools import TOOLS

SEPARATOR = ""


class Menus:
    """Builds the menu bar; `open_file` and `open_sample` are called with what was chosen."""

    def __init__(
        self,
        parent: QWidget,
        actions: Actions,
        settings: Settings,
        open_file: Callable[[str], None],
        open_sample: Callable[[str], None],
    ) -> None:
        self._actions = actions
        self._open_sample = open_sample
        self.bar = QMenuBar(parent)
        self.bar.setNativeMenuBar(False)
        self.samples = self._samples_menu(parent)
        self.recent = RecentMenu(settings, open_file, actions["clear recent"], parent)
        file = self._add(tr("&File"), "open")
        file.addMenu(self.recent)
        file.addMenu(self.samples)
        self._fill(file, "new", SEPARATOR, "columns", "save data", "save code", SEPARATOR, "quit")
        edit = self._add(tr("&Edit"), "undo", "redo", SEPARATOR, "copy", "copy dataset", "paste", SEPARATOR)
        self._fill(edit, "code numpy", "code loops", "code sklearn", SEPARATOR)
        self._fill(edit, *(f"tool {name}" for name in CLASSES), SEPARATOR)
        self._fill(edit, *(f"tool {tool}" for tool in TOOLS), SEPARATOR, "lasso")
        self._fill(edit, "brush larger", "brush smaller", "brush denser", "brush sparser", SEPARATOR, "select all", "erase")
        self._add(tr("&Data"), "generate", SEPARATOR, "add noise", "flip labels", "add outliers", SEPARATOR, "split", SEPARATOR, "rename")
        self._add(
            tr("&Run"),
            *("play", "step", "step back", "step 10", "step back 10", SEPARATOR, "restart", "latest", "verdict", SEPARATOR),
            *("faster", "slower", SEPARATOR, "alpha up", "alpha down", SEPARATOR),
            *("method", "update simultaneous", "update sequential", SEPARATOR, "measure", SEPARATOR),
            *("pin", "race", "end race", SEPARATOR, "restore run", "rename run", "show run", "delete run", SEPARATOR),
            *("export run", "export runs"),
        )
        view = self._add(
            tr("&View"),
            "fit view",
            SEPARATOR,
            "data table",
            "sort table",
            SEPARATOR,
            "axes linear",
            "axes log J",
            "axes log-log",
            "axes above J*",
            SEPARATOR,
        )
        self._fill(view, *(f"view {key}" for key in PLOTS), SEPARATOR, "compare", "enlarge", "end enlarging", SEPARATOR)
        self._fill(view, "theme system", "theme light", "theme dark", "toggle theme", SEPARATOR, "full screen")
        self._add(tr("&Help"), "keys", "about")

    def _add(self, title: str, *names: str) -> QMenu:
        menu = self.bar.addMenu(title)
        menu.setToolTipsVisible(True)
        self._fill(menu, *names)
        return menu

    def _fill(self, menu: QMenu, *names: str) -> None:
        for name in names:
            if name == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])

    def _samples_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(tr("Samples"), parent)
        menu.setToolTipsVisible(True)
        for index, (key, sample) in enumerate(SAMPLES.items()):
            action = QAction(tr(sample.title), menu)
            action.setToolTip(tr(sample.note))
            action.setData(key)
            action.setShortcut(QKeySequence(f"Alt+{index + 1}" if index < 9 else f"Alt+Shift+{index - 8}"))
            parent.addAction(action)
            menu.addAction(action)
        menu.triggered.connect(self._sample_chosen)
        return menu

    def _sample_chosen(self, action: QAction) -> None:
        self._open_sample(action.data())
