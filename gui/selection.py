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

    def __contains__(self, example: int) -> bool:
        at = int(np.searchsorted(self.rows, example))
        return at < len(self.rows) and bool(self.rows[at] == example)

    def select(self, rows: ArrayLike) -> None:
        """Select these and no others."""
        chosen = _ascending(np.array(rows, dtype=np.intp))
        if not np.array_equal(chosen, self.rows):
            self.rows = chosen
            self.changed.emit()

    def clear(self) -> None:
        """Select nothing."""
        self.select([])


def _ascending(rows: Rows) -> Rows:
    """Each once, in ascending order. Not np.unique: it takes a second for a million that are in order already."""
    if (rows[1:] > rows[:-1]).all():
        return rows
    in_order: Rows = np.sort(rows)
    first: Rows = in_order[np.append(True, in_order[1:] > in_order[:-1])]
    return first
