"""The line of the condition number: how much rounder the bottom of J is with the scaling chosen."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.drawing.bottom_text import condition_line_text, condition_tip
from gui.session import Session


class ConditionLine(QWidget):
    """“Condition number 4.6e6 → 42”: of J at its minimum, raw and with the scaling chosen.

    Painted and no label: the text changes twice with a click on the plane, and each time a label would lay out the whole column.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        session.experiment_changed.connect(self._refresh)
        session.bottom.changed.connect(self._refresh)
        self._refresh()

    def text(self) -> str:
        """What it says."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setFont(theme.font(theme.SMALL_PX))
            painter.setPen(QColor(theme.tokens().dim))
            text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        finally:
            painter.end()

    def _refresh(self) -> None:
        bottom = self._session.bottom
        text = condition_line_text(bottom.raw, bottom.now, is_raw=self._session.experiment.scaling == "none")
        tip = condition_tip(bottom.now)
        if tip != self.toolTip():
            self.setToolTip(tip)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()
