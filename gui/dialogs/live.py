"""LiveDialog: asks for numbers while the plane behind it shows what they do. OK makes it one undo step, Cancel leaves no trace of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from core.dataset import Dataset
from core.errors import UserError
from core.experiment import QUICK_NUMBERS
from core.features import FeatureMap
from core.parameters import Parameter
from gui import theme
from gui.background import Background
from gui.dialogs.amounts import Amounts
from gui.fields import describe, dim_label
from gui.session import Session
from gui.text import error_text, tr

Draw = Callable[[], Dataset]
WIDTH_PX = 388  # as the cost curve beside the plane is on a small screen: the dialog lies over that and leaves the plane free
BELOW_HEADER_PX = 56


class LiveDialog(QDialog):
    """Override draw(), step() and examples(), fill `top`, and call preview() when what is to be shown is another.

    It is modal, so that nothing else is edited meanwhile. `previewed` comes when the plane shows other examples; `background` draws many of
    them, and one of it serves all dialogs.
    """

    previewed = Signal()

    def __init__(self, session: Session, background: Background, title: str, parameters: Sequence[Parameter], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self.session = session
        session.loader.cancel()  # what is still being read would come over the preview
        self._background = background
        self._asked = self._answered = 0  # drawings in a thread
        self._closing = False  # OK was pressed while the newest one is still to come
        self.note = dim_label()
        self.note.setWordWrap(True)
        self.amounts = Amounts(parameters)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setProperty("warn", True)
        self.buttons = QDialogButtonBox()
        self.ok = self._button(tr("OK"), QDialogButtonBox.ButtonRole.AcceptRole, tr("Keep what the plane shows, as one undo step"))
        self.cancel = self._button(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole, tr("Everything as it was before this dialog"))
        self.ok.setDefault(True)
        self.top = QVBoxLayout()
        self.top.setSpacing(8)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self.top)
        layout.addWidget(self.note)
        layout.addWidget(self.amounts)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.message.hide()
        self.amounts.changed.connect(self.preview)
        self.amounts.refused.connect(self.say)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def draw(self) -> Draw:
        """What makes the dataset of the numbers in force; it is called here or in a thread, and must not touch widgets."""
        raise NotImplementedError

    def step(self) -> str:
        """The name of the undo step."""
        raise NotImplementedError

    def examples(self) -> int:
        """About how many examples draw() goes through: many are drawn in a thread."""
        raise NotImplementedError

    def open(self) -> None:
        """Show it at the right of the window, and the first preview."""
        self.fit()
        window = self.parentWidget() or self
        self.move(window.mapToGlobal(QPoint(window.width() - WIDTH_PX - theme.GAP, BELOW_HEADER_PX)))
        super().open()
        self.preview()

    def begin_with(self, control: QWidget) -> None:
        """Put a control before the amounts in the tab order."""
        QWidget.setTabOrder(control, next(iter(self.amounts.rows.values())).slider)
        control.setFocus()

    def fit(self) -> None:
        """Take the height that the rows and sentences need."""
        self._layout.activate()
        self.setFixedSize(WIDTH_PX, self._layout.totalHeightForWidth(WIDTH_PX))

    @property
    def drawing(self) -> bool:
        """Whether what the numbers in force make is still to come."""
        return self._answered != self._asked

    def preview(self) -> None:
        """Show what the numbers in force make, at once or as soon as a thread has drawn it; the newest wins."""
        draw = self.draw()
        self._asked += 1
        asked, now = self._asked, self.session.experiment
        if self.examples() <= QUICK_NUMBERS:
            self._background.cancel()
            self._answered = asked
            self._attempt(draw)
            return

        def work() -> tuple[int, Dataset | UserError]:
            try:
                dataset = draw()
            except UserError as error:
                return asked, error
            # Measured here, where many examples hold up nobody.
            FeatureMap.of(dataset, now.degree, now.scaling)
            dataset.training.class_counts()
            dataset.class_counts()
            return asked, dataset

        self._background.submit(work, self._drawn)

    def say(self, sentence: str) -> None:
        """One sentence above the buttons; empty takes it away."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.fit()

    def accept(self) -> None:
        self.amounts.take_typed()
        if not self.amounts.is_valid:
            return
        if self.drawing:
            self._closing = True
            self.ok.setEnabled(False)
            return
        self.session.keep_preview()
        super().accept()

    def reject(self) -> None:
        self._background.cancel()
        self.session.drop_preview()
        super().reject()

    def _drawn(self, answer: tuple[int, Dataset | UserError]) -> None:
        self._answered, result = answer
        if isinstance(result, UserError):
            self.say(error_text(result))
        else:
            self._attempt(lambda: result)
        if self._closing and not self.drawing:
            self._closing = False
            self.ok.setEnabled(True)
            if self.message.isHidden():
                self.accept()

    def _attempt(self, draw: Draw) -> None:
        try:
            self.session.preview(self.step(), dataset=draw())
        except UserError as error:
            self.say(error_text(error))
        else:
            self.say("")
            self.previewed.emit()

    def _button(self, text: str, role: QDialogButtonBox.ButtonRole, tip: str) -> QPushButton:
        button = self.buttons.addButton(text, role)
        button.setIcon(QIcon())
        describe(button, text, tip)
        return button
