"""The selected rows of the data table: the session's selection seen through the order of the rows.

Qt keeps a selection as a list of ranges and compares two of them pair by pair: 50,000 scattered rows would hold up the window for
minutes. So it keeps none here. What a click or a key selects comes to select() as a few ranges and goes straight to the session; what is
selected is a mask (m,) of the session's selection.
"""

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from core.dataset import Mask
from gui.data_table.model import ExampleModel
from gui.selection import Selection

Flag = QItemSelectionModel.SelectionFlag


class RowSelection(QItemSelectionModel):
    """`shown` comes when other rows are selected, with whether it was the table's own doing."""

    shown = Signal(bool)

    def __init__(self, model: ExampleModel, selection: Selection, parent: QObject) -> None:
        super().__init__(model, parent)
        self._examples = model
        self._selection = selection
        self._mask: Mask = np.zeros(0, dtype=bool)
        self._base: Mask = self._mask  # without the range that a drag or Shift is still stretching
        self._choosing = False
        selection.changed.connect(self._selection_changed)
        self.refresh()

    def refresh(self) -> None:
        """The number of examples may be another one now."""
        m, rows = self._examples.dataset.m, self._selection.rows
        self._mask = np.zeros(m, dtype=bool)
        self._mask[rows[rows < m]] = True
        if not self._choosing:
            self._base = self._mask

    def is_selected(self, example: int) -> bool:
        """Whether an example, by its number, is selected."""
        return example < len(self._mask) and bool(self._mask[example])

    def select(self, chosen: QItemSelection | QModelIndex | QPersistentModelIndex, command: Flag) -> None:
        """Carry out what Qt's views ask for, all flags but Columns; rows are always whole."""
        if command == Flag.NoUpdate:
            return
        if command & Flag.Clear:
            self._base = np.zeros_like(self._mask)
        elif not command & Flag.Current:
            self._base = self._mask
        mask = self._base.copy()
        for first, last in _ranges(chosen):
            examples = self._examples.examples(first, last)
            if command & Flag.Toggle:
                mask[examples] = ~self._base[examples]
            elif command & (Flag.Select | Flag.Deselect):
                mask[examples] = bool(command & Flag.Select)
        self._choosing = True
        try:
            self._selection.select(np.flatnonzero(mask))
        finally:
            self._choosing = False

    def _selection_changed(self) -> None:
        self.refresh()
        self.shown.emit(self._choosing)


def _ranges(chosen: QItemSelection | QModelIndex | QPersistentModelIndex) -> list[tuple[int, int]]:
    if isinstance(chosen, QItemSelection):
        return [(chosen.at(i).top(), chosen.at(i).bottom()) for i in range(chosen.count())]
    return [(chosen.row(), chosen.row())] if chosen.isValid() else []
