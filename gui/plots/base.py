"""Plot: a view that draws every frame. A new plot is one file with a subclass, and its place in the registry PLOTS."""

from typing import ClassVar

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from core.frame import Frame
from gui.session import Session
from gui.view import View


class Plot(View):
    """Draws the run. No less than `least_height_px` high: the column at the side is scrolled rather than pressed together.

    Hidden, it costs nothing, nor where it is scrolled out of sight while it trains: what it missed it makes up for when it is seen.
    """

    least_height_px: ClassVar[int] = 190

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(session, title, parent)
        self._missed = False
        self._seen_again = QTimer(self)  # not in the midst of painting: what is shown may hide, make or move widgets
        self._seen_again.setSingleShot(True)
        self._seen_again.timeout.connect(self._make_up)
        session.status_changed.connect(self._training_changed)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self.least_height_px))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_up()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._missed:
            self._seen_again.start()
        super().paintEvent(event)

    def unseen(self) -> bool:
        """Whether there is no need to show anything now."""
        return self.isHidden() or (self.session.training and self.isVisible() and self.visibleRegion().isEmpty())

    def _make_up(self) -> None:
        if self._missed:
            self._missed = False
            self.start()

    def _training_changed(self) -> None:
        # Whoever hears the window instead of seeing it finds the end of a run everywhere.
        if not self.session.training and not self.isHidden():
            self._make_up()

    def _experiment_changed(self) -> None:
        if self.unseen():
            self._missed = True
        else:
            super()._experiment_changed()

    def _frame_came(self, frame: Frame) -> None:
        if self.unseen():
            self._missed = True
        else:
            super()._frame_came(frame)
