"""The clipboard: examples go out as a table and, for this program, as exact points; points or a table come in."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.dataset import Array, Dataset
from core.errors import UserError
from core.points_bytes import pack, unpack
from gui.session import Session
from gui.text import tr

POINTS = "application/x-descent-lab-points"
QUICK_ROWS = 1000  # up to here it is done at once; above, in a thread

Rows = NDArray[np.intp] | None


class Clipboard(QObject):
    """Copies from the session's dataset, and pastes into it; a table is handed to `open_table`, which returns whether there is one."""

    pasted = Signal()  # the points that are selected now

    def __init__(self, session: Session, open_table: Callable[[QMimeData, str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._open_table = open_table
        self._background = session.background()

    def copy(self) -> None:
        """Copy the selected examples; all of them when none is selected."""
        self._copy(self.session.selection.rows if len(self.session.selection) else None)

    def copy_all(self) -> None:
        """Copy all examples."""
        self._copy(None)

    def paste(self) -> None:
        """Add the points on the clipboard, or open the table on it. Says so when there is neither."""
        data = QGuiApplication.clipboard().mimeData() or QMimeData()  # None where nothing was ever copied
        if data.hasFormat(POINTS):
            self._paste_points(bytes(data.data(POINTS).data()))
        elif not self._open_table(data, tr("Clipboard")):
            self.session.report(tr("The clipboard holds no table: copy the cells with their header row in a spreadsheet, then paste again"))

    def _copy(self, rows: Rows) -> None:
        dataset = self.session.experiment.dataset
        count = dataset.m if rows is None else len(rows)
        if not count:
            self.session.report(tr("There are no examples to copy: click on the plane to add some"))
            return

        def work() -> tuple[bytes, bytes]:
            return _contents(dataset, rows)

        if count <= QUICK_ROWS:
            _put(work())
        else:
            self._background.submit(work, _put)

    def _paste_points(self, data: bytes) -> None:
        before = self.session.experiment.dataset

        def work() -> Dataset | UserError:
            try:
                X, y = unpack(data, before.n)
                return before.with_points(X, y)
            except UserError as error:
                return error

        def done(after: Dataset | UserError) -> None:
            if isinstance(after, UserError):
                self.session.report(after)
            elif self.session.experiment.dataset is not before:
                self._paste_points(data)  # another edit came in between
            else:
                self.session.edit_points(tr("Paste points"), after, selected=np.arange(before.m, after.m))
                self.pasted.emit()

        if len(data) <= QUICK_ROWS * 8 * (before.n + 1):
            done(work())
        else:
            self._background.submit(work, done)


def _contents(dataset: Dataset, rows: Rows) -> tuple[bytes, bytes]:
    """The examples as a table with tabs, and as points."""
    from core.writing import table_text  # the start does without it

    text = "".join(table_text(dataset, rows, delimiter="\t")).encode("utf-8", "replace")
    X, y = _chosen(dataset.X, rows), _chosen(dataset.y, rows)
    return text, pack(X, y)


def _chosen(values: Array, rows: Rows) -> Array:
    return values if rows is None else values[rows]


def _put(contents: tuple[bytes, bytes]) -> None:
    text, points = contents
    data = QMimeData()
    data.setData("text/plain", text)
    data.setData(POINTS, points)
    QGuiApplication.clipboard().setMimeData(data)
