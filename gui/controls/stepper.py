"""Stepper: a field for a small whole number between two buttons that take one off or add one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.fields import Button, NumberField, describe, restyle
from gui.text import tr


class Stepper(QWidget):
    """`entered` comes with the text that was typed, `stepped` with +1 or −1 from the buttons and the arrow keys of the field."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = _Field()
        self.entered = self.field.entered
        self.less = _step_button("−")
        self.more = _step_button("+")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.less)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.more)
        self.setFocusProxy(self.field)
        self.less.clicked.connect(self._step_down)
        self.more.clicked.connect(self._step_up)
        self.field.stepped.connect(self.stepped)

    def describe(self, name: str, tooltip: str) -> None:
        """Name the field and its buttons."""
        describe(self.field, name, tooltip)
        describe(self.less, tr("{name}: one less").format(name=name), tr("One less"))
        describe(self.more, tr("{name}: one more").format(name=name), tr("One more"))

    def show_value(self, value: int, least: int, most: int) -> None:
        """Show a value; the button that would lead out of the range is off."""
        self.field.show_text(str(value))
        self.less.setEnabled(value > least)
        self.more.setEnabled(value < most)

    def _step_down(self) -> None:
        self.stepped.emit(-1)

    def _step_up(self) -> None:
        self.stepped.emit(1)


class _Field(NumberField):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
            return
        super().keyPressEvent(event)


def _step_button(text: str) -> Button:
    button = Button()
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("step", True)
    restyle(button)
    return button
