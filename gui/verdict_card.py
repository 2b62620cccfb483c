"""VerdictCard: the whole verdict, over the window and above the transport bar, as long as it is wanted: it follows the run."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui import theme
from gui.fields import Card
from gui.judge import sentences
from gui.session import Session
from gui.text import error_text, tr

WIDTH_PX = 380


class VerdictCard(Card):
    """Lies over `parent`, at the right above the widget `below`."""

    def __init__(self, session: Session, parent: QWidget, below: QWidget) -> None:
        super().__init__(tr("Verdict"), parent)
        self._session = session
        self._over = parent
        self._below = below
        self.sentence = _text()
        self.advice = _text()
        self.advice.setProperty("dim", True)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.advice)
        self.setFixedWidth(WIDTH_PX)
        parent.installEventFilter(self)
        session.judge.changed.connect(self._show)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        verdict = self._session.judge.now
        if verdict is None:
            self.sentence.setText(tr("Nothing has been trained yet: w and b are where they start"))
            self.advice.setText(tr("Press Space to train, or → for one iteration"))
            self.setAccessibleName(tr("Verdict"))
        else:
            self.sentence.setText(sentences(verdict.notes[:-1]))
            self.advice.setText(sentences(verdict.notes[-1:]))
            self.setAccessibleName(tr("Verdict: {what}").format(what=error_text(verdict.short)))
        self._place()

    def _place(self) -> None:
        self.ensurePolished()
        room = WIDTH_PX - 2 * theme.PADDING - 2
        for label in (self.sentence, self.advice):
            label.ensurePolished()
            label.setFixedHeight(label.heightForWidth(room))
        height = self.sizeHint().height()
        right_top = self._below.mapTo(self._over, self._below.rect().topRight())
        self.setGeometry(right_top.x() - WIDTH_PX - theme.GAP, right_top.y() - height - theme.GAP, WIDTH_PX, height)
        self.raise_()


def _text() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
