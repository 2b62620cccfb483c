"""Light or dark: as the system asks, or as the user chose; remembered, and put in force for the whole application."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from gui import theme
from gui.actions import Actions
from gui.fields import exclusive
from gui.settings import Settings

THEMES = ("system", "light", "dark")


class Appearance(QObject):
    """The choice of theme. `changed` tells those who draw with its colours."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._choose_theme()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def connect_actions(self, actions: Actions, window: QWidget) -> None:
        """Let the actions choose the theme."""
        choices = {name: actions[f"theme {name}"] for name in THEMES}
        exclusive(list(choices.values()), window)
        choices[self._settings.theme].setChecked(True)
        self._choices = choices
        for action in choices.values():
            action.triggered.connect(self._chosen)
        actions["toggle theme"].triggered.connect(self._toggle)

    def choose(self, name: str) -> None:
        """system, light or dark."""
        self._settings.theme = name
        self._choices[name].setChecked(True)
        self._choose_theme()
        self.apply()

    def apply(self) -> None:
        """Put the theme in force. Until then widgets are without their style, and quickly put together."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app)
        self.changed.emit()

    def _choose_theme(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            name = self._settings.theme
            theme.choose(app, theme.system_is_dark() if name == "system" else name == "dark")

    def _chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.choose(action.data())

    def _toggle(self) -> None:
        self.choose("light" if theme.tokens().dark else "dark")

    def _system_changed(self) -> None:
        if self._settings.theme == "system":
            self.choose("system")
