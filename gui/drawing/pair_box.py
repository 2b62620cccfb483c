"""The choice of the two parameters that span a landscape."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from core.landscape import Plane, planes
from gui.fields import describe
from gui.text import parameter_text, tr


class PairBox(QComboBox):
    """`chosen` comes with the plane that the user chose."""

    chosen = Signal(object)  # Plane

    def __init__(self) -> None:
        super().__init__()
        self._planes: list[Plane] = []
        self.setMaxVisibleItems(12)
        describe(
            self, tr("Parameters of the landscape"), tr("Which two parameters span the landscape; the others keep their present value")
        )
        self.activated.connect(self._activated)

    def show_plane(self, plane: Plane, n: int) -> None:
        """Offer the pairs of n weights and b, and show which is chosen."""
        if self._planes[-1:] != [Plane(n - 1, n)]:
            self._planes = planes(n)
            self.clear()
            self.addItems([f"{parameter_text(each.first, n)} {parameter_text(each.second, n)}" for each in self._planes])
        index = self._planes.index(plane) if plane in self._planes else -1
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _activated(self, index: int) -> None:
        self.chosen.emit(self._planes[index])
