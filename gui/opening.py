"""Opening data: files by dialog, drop or name, text of the clipboard, samples, and an empty plane. Reading goes on in the background.

What can be read in one way only is shown at once. Where there is something to decide, a dialog stands over the window, and the data on
screen stays until it is decided.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from core.dataset import Dataset, Source
from core.progress import Progress
from core.read_options import ReadOptions
from core.samples import SAMPLES, make_sample
from core.table_source import TableSource
from gui.loading import Work
from gui.session import Session
from gui.settings import Settings
from gui.text import notes_text, tr

if TYPE_CHECKING:  # the start does without the reading of tables
    from core.file_size import TooLarge
    from core.importing import Draft
    from core.table import Table
    from gui.dialogs.import_table import Choice, ReadAgain

FILES = "*.csv *.tsv *.tab *.txt *.dat *.xlsx *.xlsm *.xlsb *.xls *.ods"
HTML_TABLE = b"<table"
LOOKED_AT = 100_000  # bytes that tell whether there is a table


@dataclass(frozen=True)
class Origin:
    """Something that can be read as a table; `path` is empty for what is no file. read(progress, options) runs in a thread."""

    name: str
    read: "Callable[[Progress, ReadOptions], Table]"
    path: str = ""


class Opening(QObject):
    """Brings data into the session. Dialogs stand over `window`."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self.settings = settings
        self._window = window
        self._background = session.background()

    def open_file(self, path: str, x1: str | None = None, x2: str | None = None, label: str | None = None) -> None:
        """Read a table in the background and show it; asks where there is something to decide, and says what is wrong otherwise.

        With a column named, nothing is asked.
        """
        origin = file_origin(path)
        if x1 is None and x2 is None and label is None:
            self.take(origin, partial(_look, origin))
        else:
            self._show(origin, lambda progress: origin.read(progress, ReadOptions()).to_dataset(x1=x1, x2=x2, label=label))

    def open_text(self, text: bytes, name: str) -> None:
        """The same for text (UTF-8) that is a table, such as cells copied in a spreadsheet; HTML with a table in it will do."""

        def read(progress: Progress, options: ReadOptions) -> "Table":
            from core.html_table import table_of_html
            from core.table import read_text

            decoded = text.decode(errors="replace")  # here in the thread, as it may be long
            return read_text(table_of_html(decoded) if HTML_TABLE in text[:LOOKED_AT].lower() else decoded, name, progress, options)

        origin = Origin(name, read)
        self.take(origin, partial(_read_or_ask, origin, ReadOptions()))

    def take(self, origin: Origin, look: Work) -> None:
        """Run look(progress) -> Dataset | Draft | TooLarge in the background, and show the dataset or ask about what it finds."""
        self.session.report("")
        self.session.loader.start(look, partial(self._found, origin))

    def ask(self, origin: Origin, draft: "Draft") -> None:
        """Open the import dialog."""
        reason = draft.refused or draft.stuck
        if reason:
            self.session.report(reason)
        self._open_dialog(origin.name, draft, partial(_read_draft, origin), partial(self._decided, origin))

    def choose_columns(self) -> None:
        """Open the import dialog on the table that the data came from, without reading it again."""
        source = self.session.experiment.dataset.source
        if isinstance(source, TableSource):
            from core.importing import Draft

            draft = Draft(source.table, source.columns, skip_bad_cells=source.skip_bad_cells)
            self._open_dialog(source.title, draft, None, self._change_columns)

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

    def can_drop(self, data: QMimeData) -> bool:
        """Whether there is something in it that drop() would open."""
        return any(url.isLocalFile() for url in data.urls()) or b"\n" in _table_text(data)[:LOOKED_AT].strip()

    def drop(self, data: QMimeData, name: str = "") -> bool:
        """Open the file, or else the text called `name`, that was dropped or pasted; returns whether there was any."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        text = b"" if paths else _table_text(data)
        has_text = bool(text) and not text.isspace()
        if paths:
            self.open_file(paths[0])
        elif has_text:
            self.open_text(text, name or tr("Dropped text"))
        return bool(paths) or has_text

    def opened(self, origin: Origin, dataset: Dataset) -> None:
        """Remember the file, and say once how it was understood and what was left out."""
        if origin.path:
            self.settings.add_recent(origin.path)
        if isinstance(dataset.source, TableSource):
            self.session.report(notes_text(dataset.source.notes))

    def _found(self, origin: Origin, found: "Dataset | Draft | TooLarge") -> None:
        from core.file_size import TooLarge

        if isinstance(found, Dataset):
            self._show(origin, lambda _progress: found)
        elif isinstance(found, TooLarge):
            from gui.dialogs.large_file import LargeFileDialog

            dialog = LargeFileDialog(origin.name, found, self._window)
            dialog.chosen.connect(partial(self._read_large, origin))
            dialog.open()
        else:
            self.ask(origin, found)

    def _read_large(self, origin: Origin, sample_rows: int | None) -> None:
        self.take(origin, partial(_read_or_ask, origin, ReadOptions(sample_rows=sample_rows)))

    def _open_dialog(self, name: str, draft: "Draft", again: "ReadAgain | None", decided: "Callable[[Choice], None]") -> None:
        from gui.dialogs.import_table import ImportDialog

        dialog = ImportDialog(name, draft, self.session.loader, self._background, again, self._window)
        dialog.chosen.connect(decided)
        dialog.open()

    def _decided(self, origin: Origin, choice: "Choice") -> None:
        self._show(origin, choice.dataset)

    def _change_columns(self, choice: "Choice") -> None:
        self.session.load(tr("Change columns"), choice.dataset, then=self._columns_changed)

    def _columns_changed(self) -> None:
        source = self.session.experiment.dataset.source
        if isinstance(source, TableSource):
            self.session.report(notes_text(source.notes[len(source.table.notes) :]))

    def _show(self, origin: Origin, work: Callable[[Progress], Dataset]) -> None:
        self.session.load(
            tr("Open {name}").format(name=origin.name), work, then=lambda: self.opened(origin, self.session.experiment.dataset)
        )


def file_origin(path: str) -> Origin:
    """A file to be read."""

    def read(progress: Progress, options: ReadOptions) -> "Table":
        from core.table import read_table  # here in the loader's thread: the start does without it

        return read_table(path, progress, options) if options != ReadOptions() else read_table(path, progress)

    return Origin(Path(path).name, read, path)


def _look(origin: Origin, progress: Progress) -> "Dataset | Draft | TooLarge":
    from core.file_size import too_large

    return too_large(Path(origin.path)) or _read_or_ask(origin, ReadOptions(), progress)


def _read_or_ask(origin: Origin, options: ReadOptions, progress: Progress) -> "Dataset | Draft":
    from core.importing import read_or_ask

    return read_or_ask(origin.read, options, progress)


def _read_draft(origin: Origin, progress: Progress, options: ReadOptions) -> "Draft":
    from core.importing import read_draft

    return read_draft(origin.read, options, progress)


def _table_text(data: QMimeData) -> bytes:
    """A table as text: a spreadsheet gives it beside the HTML, some programs give only that. As bytes: a long text takes long as str."""
    if data.hasText() and not data.hasUrls():
        return bytes(data.data("text/plain").data())
    html = bytes(data.data("text/html").data()) if data.hasHtml() else b""
    return html if HTML_TABLE in html[:LOOKED_AT].lower() else b""
