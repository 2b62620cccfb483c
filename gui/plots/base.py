"""Plot: a view that draws every frame. A new plot is one file with a subclass, and one line in the registry PLOTS."""

from typing import ClassVar

from PySide6.QtGui import QShowEvent

from core.frame import Frame
from gui.view import View

MIDDLE, SIDE = "middle", "side"


class Plot(View):
    """Draws the run. `region` is where it stands, `stretch` its share of the height there, `shown_at_first` whether it is seen unasked.

    While it is hidden it costs nothing; what it missed is made up for when it is shown.
    """

    region: ClassVar[str] = SIDE
    stretch: ClassVar[int] = 1
    shown_at_first: ClassVar[bool] = True
    _missed = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            self._missed = False
            self.start()

    def _experiment_changed(self) -> None:
        if self.isHidden():
            self._missed = True
        else:
            super()._experiment_changed()

    def _frame_came(self, frame: Frame) -> None:
        if self.isHidden():
            self._missed = True
        else:
            super()._frame_came(frame)
