"""Making data: the dialogs that draw a dataset, or change or split the one there is; the plane shows all of it meanwhile."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.drawing.plot_area import PlotArea, PlotViewBox, Range
from gui.session import Session

if TYPE_CHECKING:
    from gui.dialogs.live import LiveDialog

MOVING = ("noise", "outliers")  # operations after which examples may lie outside the view


class Making(QObject):
    """Opens the dialogs over `window`; `plane` is where the examples are seen. `spread_out`: some may lie outside the view now."""

    spread_out = Signal()

    def __init__(self, session: Session, window: QWidget, plane: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self._view: PlotViewBox = plane.findChildren(PlotArea)[0].view
        self._ranges: tuple[Range, Range] = (self._view.x_range(), self._view.y_range())
        self._background = session.background()

    def generate(self) -> None:
        """Draw a dataset with parameters."""
        from gui.dialogs.generate import GenerateDialog  # on demand: the start does without the dialogs

        self._open(GenerateDialog(self.session, self._background, self.window()))

    def add_noise(self) -> None:
        """Move every example at random."""
        self._operate("noise")

    def flip_labels(self) -> None:
        """Give some examples the wrong label."""
        self._operate("flip")

    def add_outliers(self) -> None:
        """Add examples far away."""
        self._operate("outliers")

    def split(self) -> None:
        """Keep some examples back to test on."""
        self._operate("split")

    def _operate(self, key: str) -> None:
        from gui.dialogs.operation import OperationDialog

        dialog = OperationDialog(self.session, self._background, self.window(), key)
        if key in MOVING:
            dialog.previewed.connect(self.spread_out)
        self._open(dialog)

    def window(self) -> QWidget:
        """The window, asked for and not kept: the two would hold each other beyond the end of the program."""
        window = self.parent()
        if not isinstance(window, QWidget):
            raise TypeError(window)
        return window

    def _open(self, dialog: "LiveDialog") -> None:
        self._ranges = self._view.x_range(), self._view.y_range()
        dialog.rejected.connect(self._look_where_it_was)
        dialog.open()

    def _look_where_it_was(self) -> None:
        """A dialog that was cancelled leaves the view as it was, too."""
        self._view.setRange(xRange=self._ranges[0], yRange=self._ranges[1], padding=0)
