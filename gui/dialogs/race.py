"""Race: asks for what several runs are to differ in, and for its values; OK lets them run side by side from the same start."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.descents import METHODS
from core.errors import UserError
from core.lanes import ALPHA, LAMBDA, METHOD, MOST_RUNS, SCALING, race_over
from core.scaling import SCALINGS
from gui.fields import Form, describe, dim_label, not_a_number, parse_number
from gui.session import Session
from gui.text import error_text, exact, tr

WIDTH_PX = 420
CONTROL_PX = 262
PROPOSED = {ALPHA: (0.001, 0.01, 0.1, 1.0, 3.0), LAMBDA: (0.0, 0.1, 1.0, 10.0)}


class RaceDialog(QDialog):
    """Modal, so that nothing is edited meanwhile. The race is one undo step, and begins at once."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Race"))
        self.setModal(True)
        self.session = session
        self.field = QComboBox()
        for key, text in (
            (ALPHA, tr("Learning rate α")),
            (LAMBDA, tr("Regularization λ")),
            (SCALING, tr("Scaling")),
            (METHOD, tr("Method")),
        ):
            self.field.addItem(text, key)
        self.values = QLineEdit()
        self.values.setClearButtonEnabled(False)
        note = dim_label(
            tr("Two to {most} runs from the same start, on the same examples, iteration by iteration: only this is different.").format(
                most=MOST_RUNS
            )
        )
        note.setWordWrap(True)
        form = Form(CONTROL_PX)
        form.add_row(tr("They differ in"), self.field, tr("The one setting that is different from run to run"))
        self.values_label = form.add_row(tr("Values"), self.values, tr("Two to six numbers, separated by commas"))
        now = session.experiment
        self.scalings = _boxes(
            {key: (scaling.label, scaling.formula) for key, scaling in SCALINGS.items()}, {"none", "zscore", now.scaling}
        )
        self.methods = _boxes(
            {key: (method.label, method.formula) for key, method in METHODS.items()}, {"gradient", "momentum", now.method}
        )
        self.choices = {SCALING: _column(self.scalings), METHOD: _column(self.methods)}
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setProperty("warn", True)
        self.message.hide()
        self.buttons = QDialogButtonBox()
        self.ok = self._button(tr("Race"), QDialogButtonBox.ButtonRole.AcceptRole, tr("Start again from iteration 0, all of them together"))
        self.cancel = self._button(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole, tr("Everything stays as it is"))
        self.ok.setDefault(True)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(note)
        layout.addLayout(form)
        for choices in self.choices.values():
            layout.addWidget(choices)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.field.currentIndexChanged.connect(self._show_field)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show_field()
        self.values.setFocus()
        self.values.selectAll()

    def accept(self) -> None:
        try:
            chosen = self._chosen()
            slots = self.session.runs.free_slots()
            changes = race_over(self.session.experiment, self.field.currentData(), chosen, slots)
            self.session.edit(tr("Race"), **changes)
        except UserError as error:
            self._say(error_text(error))
            return
        except ValueError as error:
            self._say(not_a_number(tr("Values"), str(error)))
            return
        super().accept()
        self.session.play()

    def _chosen(self) -> list[float] | list[str]:
        boxes = {SCALING: self.scalings, METHOD: self.methods}.get(self.field.currentData())
        if boxes is not None:
            return [key for key, box in boxes.items() if box.isChecked()]
        values = []
        for part in self.values.text().replace(";", ",").strip(", ").split(","):
            try:
                values.append(parse_number(part))
            except ValueError:
                raise ValueError(part.strip()) from None
        return values

    def _show_field(self) -> None:
        field = self.field.currentData()
        for widget in (self.values, self.values_label):
            widget.setVisible(field in PROPOSED)
        for key, choices in self.choices.items():
            choices.setVisible(key == field)
        if field in PROPOSED:
            self.values.setText(", ".join(exact(value) for value in self._proposed(field)))
        self._say("")

    def _proposed(self, field: str) -> list[float]:
        """The usual values, and the one in force in the place of the one nearest to it."""
        now, proposed = float(getattr(self.session.experiment, field)), list(PROPOSED[field])
        if now not in proposed:
            nearest = min(range(len(proposed)), key=lambda k: abs(proposed[k] - now) / (proposed[k] + now))
            proposed[nearest] = now
        return sorted(proposed)

    def _say(self, sentence: str) -> None:
        """One sentence above the buttons; empty takes it away."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self._layout.activate()
        self.setFixedSize(WIDTH_PX, self._layout.totalHeightForWidth(WIDTH_PX))

    def _button(self, text: str, role: QDialogButtonBox.ButtonRole, tip: str) -> QPushButton:
        button = self.buttons.addButton(text, role)
        button.setIcon(QIcon())
        describe(button, text, tip)
        return button


def _boxes(choices: dict[str, tuple[str, str]], checked: set[str]) -> dict[str, QCheckBox]:
    """A box for each of these labels and formulas."""
    boxes = {}
    for key, (label, formula) in choices.items():
        boxes[key] = QCheckBox(tr(label))
        describe(boxes[key], tr(label), tr("Let it take part: {formula}").format(formula=tr(formula)))
        boxes[key].setChecked(key in checked)
    return boxes


def _column(boxes: dict[str, QCheckBox]) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for box in boxes.values():
        layout.addWidget(box)
    return column
