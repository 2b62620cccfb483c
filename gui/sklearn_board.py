"""What the view of scikit-learn has found, for the plane that draws it, too: the two do not know each other."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # it comes with numbers that the start does without
    from core.against_sklearn import SklearnFits


class SklearnBoard(QObject):
    """`fits` are shown somewhere now, or None; `changed` tells."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.fits: SklearnFits | None = None

    def show(self, fits: "SklearnFits | None") -> None:
        """Show these, or none."""
        if fits is not self.fits:
            self.fits = fits
            self.changed.emit()
