"""Saving the dataset as CSV: asks where, and writes in the background. The file that was there is whole until the new one is."""

import re
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from core.dataset import Dataset
from core.errors import DataError
from core.progress import Progress
from gui.loading import Loader
from gui.session import Session
from gui.settings import Settings
from gui.text import tr

SUFFIX = ".csv"
TABLE_SUFFIXES = (SUFFIX, ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


class Saving(QObject):
    """Writes the session's dataset. Dialogs stand over `window`."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self.settings = settings
        self._window = window
        self._under_way: list[Loader] = []

    @property
    def active(self) -> bool:
        """Whether something is being written."""
        return any(loader.active for loader in self._under_way)

    def choose_file(self) -> None:
        """Ask for a place, and save there."""
        suggested = Path(self.settings.folder) / f"{file_name(self.session.experiment.dataset.title)}{SUFFIX}"
        names = f"CSV (*{SUFFIX});;{tr('All files')} (*)"
        path, _ = QFileDialog.getSaveFileName(self._window, tr("Save the dataset"), str(suggested), names)
        if path:
            self.save(path)

    def save(self, path: str) -> None:
        """Write the dataset as it is now; says when it is done, or why it cannot be done."""
        dataset = self.session.experiment.dataset
        self.session.report("")

        def write(progress: Progress) -> str:
            return _write(dataset, path, progress)

        def done(written: str) -> None:
            self.settings.add_recent(written)
            self.session.report(tr("{m:,} examples are saved in {path}").format(m=dataset.m, path=written))

        # One for each file: another save must not end the one before.
        self._under_way = [loader for loader in self._under_way if loader.active]
        loader = Loader(self)
        loader.failed.connect(self.session.report)
        self._under_way.append(loader)
        loader.start(write, done)

    def close(self) -> None:
        """Wait until all is written."""
        for loader in self._under_way:
            loader.finish()


def file_name(title: str) -> str:
    """A name for a file out of that of a dataset, without a suffix."""
    path = Path(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", title))
    return (path.stem if path.suffix.lower() in TABLE_SUFFIXES else path.name).strip(" .") or tr("dataset")


def _write(dataset: Dataset, path: str, progress: Progress) -> str:
    from core.writing import save_csv  # in the thread: the start does without it

    if not Path(path).suffix:
        path += SUFFIX
        if Path(path).exists():  # the dialog has asked about another name
            raise DataError("{path} is there already; choose that very file to replace it, or another name", path=path)
    save_csv(dataset, path, progress)
    return path
