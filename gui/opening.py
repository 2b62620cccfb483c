"""Opening data: files by dialog, drop or name, samples, and an empty plane. Reading goes on in the background."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from core.dataset import Dataset, Source
from core.progress import Progress
from core.samples import SAMPLES, make_sample
from gui.session import Session
from gui.settings import Settings
from gui.text import tr

FILES = "*.csv *.tsv *.tab *.txt *.dat *.xlsx *.xlsm *.xlsb *.xls *.ods"


class Opening(QObject):
    """Brings data into the session. Dialogs stand over `window`."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self.settings = settings
        self._window = window

    def open_file(self, path: str, x1: str | None = None, x2: str | None = None, label: str | None = None) -> None:
        """Read a table in the background and show it; says what is wrong when it cannot be used."""

        def read(progress: Progress) -> Dataset:
            from core.table import read_table  # here in the loader's thread: the start does without it

            return read_table(path, progress).to_dataset(x1=x1, x2=x2, label=label)

        self.session.load(tr("Open {name}").format(name=Path(path).name), read, then=lambda: self.settings.add_recent(path))

    def open_sample(self, name: str, seed: int | None = None) -> None:
        """Show one of the samples, with the settings that suit its units."""
        sample = SAMPLES[name]
        self.session.load(
            tr("Open sample {name}").format(name=tr(sample.title)), lambda _progress: make_sample(name, seed), **sample.settings
        )

    def new_dataset(self) -> None:
        """Empty the plane, for points of one's own."""
        self.session.loader.cancel()
        empty = Dataset(np.empty((0, 2)), np.empty(0), source=Source(tr("Untitled")))
        self.session.edit(tr("New dataset"), dataset=empty, start=None)

    def choose_file(self) -> None:
        """Ask for a file, and open it."""
        names = f"{tr('Tables')} ({FILES});;{tr('All files')} (*)"
        path, _ = QFileDialog.getOpenFileName(self._window, tr("Open a table"), self.settings.folder, names)
        if path:
            self.open_file(path)

    def open_text(self, text: str, name: str) -> None:
        """The same for text that is a table, such as cells copied in a spreadsheet."""

    def can_drop(self, data: QMimeData) -> bool:
        """Whether there is something in it that drop() would open."""
        return any(url.isLocalFile() for url in data.urls()) or "\n" in _table_text(data).strip()

    def drop(self, data: QMimeData, name: str = "") -> bool:
        """Open the file, or else the text called `name`, that was dropped or pasted; returns whether there was any."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        text = "" if paths else _table_text(data)
        if paths:
            self.open_file(paths[0])
        elif text.strip():
            self.open_text(text, name or tr("Dropped text"))
        return bool(paths or text.strip())


def _table_text(data: QMimeData) -> str:
    """A table as text: a spreadsheet gives it beside the HTML, and some programs give only that."""
    if data.hasText() and not data.hasUrls():
        return data.text()
    if data.hasHtml():
        from core.html_table import table_of_html

        return table_of_html(data.html())
    return ""
