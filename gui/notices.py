"""Notices under the header: one sentence that went wrong, or the progress of a job with a way to cancel it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from gui.fields import Button
from gui.icons import icon
from gui.session import Session
from gui.text import tr


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
        layout.setContentsMargins(14, 4, 14, 4)
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
        self.setObjectName("header")
        self.loader = session.loader
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setToolTip(tr("Stop reading; the data on screen stays"))
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
