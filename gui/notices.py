"""Notices over the lower edge of the plots: one sentence that went wrong, or the progress of a job with a way to cancel it.

They lie over the window, not in its layout, so that nothing moves when they come and go.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.fields import Button
from gui.icons import icon
from gui.session import Session
from gui.text import tr

MOST_WIDTH_PX = 760
LEAST_WIDTH_PX = 400


class Notices(QWidget):
    """Holds the notices, and keeps them above the widget `below` and over the `column`, so that they hide nothing beside it."""

    def __init__(self, session: Session, parent: QWidget, below: QWidget, column: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._below = below
        self._column = column
        self.message = MessageBar(session)
        self.progress = ProgressBar(session)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for notice in (self.progress, self.message):
            layout.addWidget(notice)
            notice.installEventFilter(self)
        parent.installEventFilter(self)
        below.installEventFilter(self)
        column.installEventFilter(self)
        self.place()

    def place(self) -> None:
        """Stay centred over the column, or over all while it is hidden, just above the widget `below`."""
        area = self._over.rect().adjusted(theme.GAP, 0, -theme.GAP, -self._below.height())
        if not self._column.isHidden() and self._column.width() >= LEAST_WIDTH_PX:
            area.setLeft(self._column.mapTo(self._over, QPoint(0, 0)).x())
            area.setWidth(self._column.width())
        width = min(MOST_WIDTH_PX, area.width())
        layout = self.layout()
        height = layout.heightForWidth(width) if layout and layout.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry(area.center().x() - width // 2, area.bottom() - height - theme.GAP, width, height)
        self.setVisible(not (self.message.isHidden() and self.progress.isHidden()))
        self.raise_()

    def cancel_by(self, event: QKeyEvent) -> bool:
        """Whether this is Escape, taken by nothing else, and there was a job that it has cancelled."""
        cancels = event.key() == Qt.Key.Key_Escape and self.progress.loader.active
        if cancels:
            self.progress.loader.cancel()
        return cancels

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.place()
        return super().eventFilter(watched, event)


class MessageBar(QFrame):
    """The session's message, while there is one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.session = session
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = Button()
        self._close.setProperty("icon", True)
        self._close.setAccessibleName(tr("Close the message"))
        self._close.setToolTip(tr("Close the message"))
        self._close.clicked.connect(self._dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self._close)
        session.status_changed.connect(self._show)
        self.apply_theme()
        self._show()

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self._close.setIcon(icon("x"))

    def _dismiss(self) -> None:
        self.session.report("")

    def _show(self) -> None:
        self.label.setText(self.session.message)
        self.setVisible(bool(self.session.message))


class ProgressBar(QFrame):
    """The progress of the session's loader, while it has a job."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.loader = session.loader
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setToolTip(tr("Stop reading; the data on screen stays  (Esc)"))
        self.cancel.clicked.connect(self.loader.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 4)
        layout.addWidget(QLabel(tr("Reading data")))
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        self.loader.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.bar.setValue(round(self.loader.fraction * 1000))
        self.setVisible(self.loader.slow)
