"""The examples that are selected, by number; shared by the plane and the data table, which do not know each other."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QObject, Signal

Rows = NDArray[np.intp]


class Selection(QObject):
    """`rows` (k,), ascending and each once, are numbers of examples in the session's dataset."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Rows = np.empty(0, dtype=np.intp)

    def __len__(self) -> int:
        return len(self.rows)

    def select(self, rows: ArrayLike) -> None:
        """Select these and no others."""
        chosen = np.unique(np.asarray(rows, dtype=np.intp))
        if not np.array_equal(chosen, self.rows):
            self.rows = chosen
            self.changed.emit()

    def clear(self) -> None:
        """Select nothing."""
        self.select([])
