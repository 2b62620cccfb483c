"""VerdictChip: the verdict in a few words, in the colour of how good it is; a click tells the whole of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gui.fields import restyle


class VerdictChip(QPushButton):
    """Enter presses it: Space belongs to play and pause everywhere in the window."""

    def __init__(self, width_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedWidth(width_px)

    def show_words(self, text: str, tone: str, tip: str) -> None:
        """Show this; does nothing where it is shown already."""
        if tip != self.toolTip():
            self.setToolTip(tip)
            self.setAccessibleDescription(tip)
        if text != self.text() or tone != self.property("tone"):
            self.setText(text)
            self.setAccessibleName(text)
            self.setProperty("tone", tone)
            restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
