"""The choice of the two parameters that span a landscape: a box for that to the right and one for that upwards."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from core.features import exponents
from core.landscape import Plane
from gui.fields import describe
from gui.text import parameter_text, power_text, tr

BOX_PX = 104
MOST_SHOWN = 14


class PairBox(QWidget):
    """`chosen` comes with the plane that the user chose; `first` is to the right, `second` upwards."""

    chosen = Signal(object)  # Plane

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = QComboBox(), QComboBox()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        held = tr("The parameters that are not chosen keep their present value.")
        for box, name, where in (
            (self.first, tr("Parameter to the right"), tr("The parameter of the horizontal axis.")),
            (self.second, tr("Parameter upwards"), tr("The parameter of the vertical axis.")),
        ):
            describe(box, name, f"{where} {held}")
            box.setMaxVisibleItems(MOST_SHOWN)
            box.setFixedWidth(BOX_PX)
            box.activated.connect(self._activated)
            layout.addWidget(box)
        self._plane = Plane(0, 1)
        self._terms: tuple[tuple[int, ...], ...] = ()

    def show_plane(self, plane: Plane, n_raw: int, degree: int) -> None:
        """Offer the weights of the terms of n_raw features and b, and show which two are chosen."""
        terms = exponents(n_raw, degree)
        if terms != self._terms:
            self._terms = terms
            names = [f"{parameter_text(j, len(terms))} · {power_text(powers)}" for j, powers in enumerate(terms)] + ["b"]
            for box in (self.first, self.second):
                box.clear()
                box.addItems(names)
                box.view().setMinimumWidth(max(BOX_PX, box.view().sizeHintForColumn(0) + 24))
        self._plane = plane
        for box, index in ((self.first, plane.first), (self.second, plane.second)):
            if index != box.currentIndex():
                box.setCurrentIndex(index)

    def _activated(self, index: int) -> None:
        """What the other axis has already changes places with what this one had."""
        first, second = self.first.currentIndex(), self.second.currentIndex()
        if first == second:
            first, second = self._plane.second, self._plane.first
        self.chosen.emit(Plane(first, second))
