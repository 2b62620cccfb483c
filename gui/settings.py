"""What is remembered between two starts: theme, speed, recent files, the window's place and the data table's."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 8


class Settings:
    """A thin layer over QSettings in an ini file of the user's."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Descent Lab", "descent-lab")
        if self._store.status() is QSettings.Status.FormatError:
            # WORKAROUND QSettings: a truncated ini never takes another write, so it is moved aside.
            path = Path(self._store.fileName())
            if path.exists():
                path.replace(path.with_suffix(".damaged"))
            self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Descent Lab", "descent-lab")

    @property
    def theme(self) -> str:
        """system, light or dark."""
        name = self._text("theme")
        return name if name in ("light", "dark") else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def geometry(self) -> QByteArray | None:
        """Place and size of the window."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def shown_plots(self) -> tuple[str, ...] | None:
        """Keys of the plots that are shown; None before anything was chosen."""
        return tuple(self._text("plots").split("\n")) if self._store.contains("plots") else None

    @shown_plots.setter
    def shown_plots(self, keys: tuple[str, ...]) -> None:
        self._store.setValue("plots", "\n".join(keys))

    @property
    def enlarged_plot(self) -> str:
        """Key of the plot that takes all the space; empty when none does."""
        return self._text("enlarged plot")

    @enlarged_plot.setter
    def enlarged_plot(self, key: str) -> None:
        self._store.setValue("enlarged plot", key)

    @property
    def table_shown(self) -> bool:
        """Whether the data table was shown."""
        return self._text("table_shown") == "yes"

    @table_shown.setter
    def table_shown(self, shown: bool) -> None:
        self._store.setValue("table_shown", "yes" if shown else "no")

    @property
    def table_place(self) -> QByteArray | None:
        """Where the data table was docked or floated, and how large."""
        value = self._store.value("table_place")
        return value if isinstance(value, QByteArray) else None

    @table_place.setter
    def table_place(self, value: QByteArray) -> None:
        self._store.setValue("table_place", value)

    @property
    def folder(self) -> str:
        """Where the last file was opened."""
        return self._text("folder")

    @property
    def recent(self) -> list[str]:
        """Recent files, the latest first."""
        return [path for path in self._text("recent").split("\n") if path]

    def add_recent(self, path: str) -> None:
        """Put a file at the top of the recent ones."""
        path = str(Path(path).absolute())
        others = [other for other in self.recent if other != path]
        self._store.setValue("recent", "\n".join([path, *others][:MOST_RECENT]))
        self._store.setValue("folder", str(Path(path).parent))

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._store.setValue("recent", "")

    def save(self) -> None:
        """Write to disk now."""
        self._store.sync()

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""
