"""Small controls that panels are built of: card, number field, logarithmic slider, form rows, segmented choice."""

import math
import re

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSlider, QToolButton, QVBoxLayout, QWidget

from gui import theme
from gui.text import tr

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([, \u00a0\u202f]\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+\-−]?\d*,\d+([eE][+-]?\d+)?( ?%)?")


def parse_number(text: str) -> float:
    """A number as people type it: 0.3, 1e-3, −2, 10,000. Raises ValueError, also for nan and inf, and for what is too small for a float."""
    text = text.strip().replace("−", "-")
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[, \u00a0\u202f]", "", text)
    value = float(text)
    if not text.isascii() or "_" in text or not math.isfinite(value) or _vanishes(text):
        raise ValueError(text)
    return value


def _vanishes(text: str) -> bool:
    """Whether a number other than 0 is so small that a float takes it for 0: 1e-400."""
    try:
        return float(text.replace("−", "-")) == 0 and re.search("[1-9]", re.split("[eE]", text)[0]) is not None
    except ValueError:
        return False


class CardTitle(QLabel):
    """The title of a card."""

    double_clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setObjectName("cardTitle")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()


class Card(QFrame):
    """A titled panel; `header` holds what stands right of the title, `body` the rest. Override apply_theme where colours are drawn."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = CardTitle(title)
        self.header = QHBoxLayout()
        self.header.setSpacing(4)
        self.header.addWidget(self.title)
        self.header.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.PADDING, 8, theme.PADDING, 8)
        self.body.setSpacing(4)
        self.body.addLayout(self.header)

    def apply_theme(self) -> None:
        """The colours are others now."""


class Form(QGridLayout):
    """Rows of a label and a control, with the controls' left edges aligned."""

    def __init__(self, control_width: int = 144) -> None:
        super().__init__()
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(4)
        self.setColumnStretch(0, 1)
        self._control_width = control_width

    def add_row(self, text: str, control: QWidget, tooltip: str) -> QLabel:
        """Add a control under the others; its accessible name is the label's text."""
        label = QLabel(text)
        label.setBuddy(control)
        label.setToolTip(tooltip)
        label.setMinimumWidth(0)
        describe(control, text, tooltip)
        control.setFixedWidth(self._control_width)
        row = self.rowCount()
        self.addWidget(label, row, 0)
        self.addWidget(control, row, 1)
        return label

    def put_beside(self, control: QWidget, button: QWidget, width: int) -> None:
        """Take this width off the right end of the control in the last row, for a button."""
        row = self.rowCount() - 1
        control.setFixedWidth(self._control_width - width)
        self.setColumnMinimumWidth(1, self._control_width)
        self.addWidget(button, row, 1, Qt.AlignmentFlag.AlignRight)
        self.setAlignment(control, Qt.AlignmentFlag.AlignLeft)

    def share_label(self, label: QLabel, control: QWidget) -> None:
        """Give a control the room that the label of the last row leaves."""
        row = self.rowCount() - 1
        self.removeWidget(label)
        cell = QHBoxLayout()
        cell.addWidget(label)
        cell.addStretch(1)
        cell.addWidget(control)
        self.addLayout(cell, row, 0)


def describe(control: QWidget, name: str, tooltip: str) -> None:
    """Give a control its accessible name and its tooltip."""
    control.setAccessibleName(name)
    control.setToolTip(tooltip)


class NumberField(QLineEdit):
    """A field for an exact number, or several separated by commas. `entered` comes with the text on Enter or when focus leaves."""

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._shown = ""
        self.editingFinished.connect(self._finish)

    def show_text(self, text: str) -> None:
        """Show a value, unless the user is typing another one."""
        if text != self._shown or not self.isModified():
            self._shown = text
            if not (self.hasFocus() and self.isModified()):
                with QSignalBlocker(self):
                    self.setText(text)
                    self.setCursorPosition(0)
                self.mark_invalid(False)

    def restore(self) -> None:
        """Show the value in force again instead of what was typed."""
        with QSignalBlocker(self):
            self.setText(self._shown)
        self.setModified(False)
        self.mark_invalid(False)

    def mark_invalid(self, invalid: bool) -> None:
        """Show that what was typed cannot be used."""
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            restyle(self)

    def _finish(self) -> None:
        if self.isModified() and self.text() != self._shown:
            self.setModified(False)
            self.entered.emit(self.text())
        elif self.text() == self._shown:
            self.mark_invalid(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.restore()
            self.clearFocus()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Until something is typed, Space plays and pauses from here too, and undo is that of the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self.isModified():
            undo = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if event.key() == Qt.Key.Key_Space or any(event.matches(keys) for keys in undo):
                event.ignore()
                return False
        return super().event(event)


class LogSlider(QSlider):
    """A slider over [10^low, 10^high] with the same room for each power of ten. `slid` comes with the value while the user moves it."""

    slid = Signal(float)
    STEPS_PER_DECADE = 100

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.low, self.high = low, high  # powers of ten
        self.setRange(0, (high - low) * self.STEPS_PER_DECADE)
        self.setSingleStep(self.STEPS_PER_DECADE // 10)
        self.setPageStep(self.STEPS_PER_DECADE // 2)
        self.valueChanged.connect(self._report)

    def show_value(self, value: float) -> None:
        """Move the handle without reporting it."""
        with QSignalBlocker(self):
            self.setValue(round((math.log10(value) - self.low) * self.STEPS_PER_DECADE))

    def _report(self, position: int) -> None:
        value = 10 ** (self.low + position / self.STEPS_PER_DECADE)
        self.slid.emit(float(f"{value:.2g}"))


class Button(QToolButton):
    """A button that Enter presses: Space belongs to play and pause everywhere in the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class CheckBox(QCheckBox):
    """A box to tick that Enter ticks, too: Space belongs to play and pause everywhere in the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


def action_button(action: QAction, *, icon_only: bool = False) -> Button:
    """A button for an action, with its key in the tooltip."""
    button = Button()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text().replace("&", ""))
    if icon_only:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setProperty("icon", True)
    else:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("labelled", not action.icon().isNull())
    return button


class Segmented(QWidget):
    """Buttons of which one is down: a choice of checkable actions."""

    def __init__(self, actions: list[QAction], *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for action in actions:
            button = action_button(action)
            if small:
                button.setProperty("small", True)
            layout.addWidget(button)


def exclusive(actions: list[QAction], parent: QWidget) -> QActionGroup:
    """Make checkable actions a choice of one."""
    group = QActionGroup(parent)
    for action in actions:
        action.setCheckable(True)
        group.addAction(action)
    return group


def dim_label(text: str = "") -> QLabel:
    """A line of secondary text."""
    label = QLabel(text)
    label.setProperty("dim", True)
    return label


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def not_a_number(name: str, text: str) -> str:
    """The sentence for text that is no number."""
    if not text.strip():
        return tr("{name} is empty; write a number like 0.3, 1e-3 or 10,000").format(name=name)
    if _vanishes(text):
        return tr("{name}: “{text}” is too small to compute with; write 0, or at least 1e-300").format(name=name, text=text)
    if _DECIMAL_COMMA.fullmatch(text.strip()):
        point = text.strip().replace(",", ".")
        return tr("{name}: “{text}” is not a number, as decimals follow a point; write {point}").format(name=name, text=text, point=point)
    return tr("{name}: “{text}” is not a number; write it like 0.3, 1e-3 or 10,000").format(name=name, text=text)
