"""Plot: a view that draws every frame. A new plot is one file with a subclass, and its place in the registry PLOTS."""

from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent

from core.frame import Frame
from gui.view import View


class Plot(View):
    """Draws the run. No less than `least_height_px` high: the column at the side is scrolled rather than pressed together.

    While it is hidden it costs nothing; what it missed is made up for when it is shown.
    """

    least_height_px: ClassVar[int] = 190
    _missed = False

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self.least_height_px))

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
