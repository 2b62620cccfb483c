"""Sorting of the data table. An order is a snapshot: it stays while the model trains and while cells are edited, so that no row jumps."""

from PySide6.QtCore import QObject, QTimer, Signal

from core.dataset import Dataset
from core.frame import Frame
from core.order import OF_THE_MODEL, Order, Sorting, order
from gui.session import Session

SETTLE_MS = 200  # after the last step of a run, before it is sorted anew by its output


class Sorter(QObject):
    """Sorts small data at once and large in a thread. `ordered` comes with the Order, or None for the order of the file."""

    ordered = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = session.background()
        self.sorting: Sorting | None = None
        self._sorted_by: tuple[bytes, float] | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._settled)

    def sort(self, sorting: Sorting | None) -> None:
        """Sort by something else; None: as in the file."""
        self.sorting = sorting
        self.refresh()

    def refresh(self) -> None:
        """Sort anew, by the frame that is on screen now."""
        self._settle.stop()
        self._background.cancel()
        frame, sorting = self._session.frame_now, self.sorting
        if sorting is None:
            self.ordered.emit(None)
            return
        self._sorted_by = _model(frame)
        if frame.experiment.is_quick:
            self.ordered.emit(order(frame, sorting))
            return
        dataset = frame.experiment.dataset
        self._background.submit(lambda: (dataset, order(frame, sorting)), self._take)

    def frame_came(self, frame: Frame) -> None:
        """Sorted by output or loss: sort anew once the run rests at another w and b."""
        if self.sorting is None or self.sorting.key not in OF_THE_MODEL or self._session.training:
            self._settle.stop()
        elif _model(frame) != self._sorted_by:
            self._settle.start()

    def _settled(self) -> None:
        if not self._session.training:
            self.refresh()

    def _take(self, made: tuple[Dataset, Order]) -> None:
        dataset, sorted_ = made
        # An edit that keeps the number of examples keeps their order, too.
        if dataset.m == self._session.experiment.dataset.m:
            self.ordered.emit(sorted_)


def _model(frame: Frame) -> tuple[bytes, float]:
    return frame.w.tobytes(), frame.b
