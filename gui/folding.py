"""Folding: panels that fold by themselves where the column is too low for all of them, before anything must be scrolled to."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea

from gui import theme
from gui.panels.base import Panel

ORDER = ("features", "data")  # which folds first


class Folding(QObject):
    """Watches a column. What the user folds or unfolds by hand stays so; the rest follows the height of the window."""

    def __init__(self, column: QScrollArea, panels: Mapping[str, Panel]) -> None:
        super().__init__(column)
        self._column = column
        self._panels = dict(panels)
        self._by_hand: set[str] = set()
        for panel in self._panels.values():
            panel.fold.clicked.connect(self._clicked)  # by mouse or key only
        for watched in (column.viewport(), column.widget()):
            if watched is not None:
                watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._column.viewport():
            self._fit(may_unfold=True)
        elif event.type() == QEvent.Type.LayoutRequest and watched is self._column.widget():
            # Not back: a probe that comes and goes must not make the panels jump.
            self._fit(may_unfold=False)
        return False

    def _clicked(self) -> None:
        self._by_hand |= {key for key, panel in self._panels.items() if panel.fold is self.sender()}

    def _fit(self, *, may_unfold: bool) -> None:
        heights = {key: panel.whole_height() for key, panel in self._panels.items()}
        folded_height = {key: panel.sizeHint().height() for key, panel in self._panels.items() if panel.fold.isChecked()}
        free = self._column.viewport().height() - (len(heights) - 1) * theme.GAP
        free -= sum(folded_height.get(key, whole) if key in self._by_hand else whole for key, whole in heights.items())
        mine = [key for key in ORDER if key in self._panels and key not in self._by_hand]
        saved = {key: self._panels[key].content.sizeHint().height() + theme.GAP // 2 for key in mine}
        folded: list[str] = []
        for key in mine:
            if free < 0 or (not may_unfold and self._panels[key].fold.isChecked()):
                folded.append(key)
                free += saved[key]
        # Where a larger panel had to fold as well, there may be room again for a smaller one before it.
        for key in folded[:-1]:
            if free >= saved[key] and (may_unfold or not self._panels[key].fold.isChecked()):
                folded.remove(key)
                free -= saved[key]
        for key in mine:
            self._panels[key].fold.setChecked(key in folded)
