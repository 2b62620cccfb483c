"""Amounts: a row for each parameter of a dialog, with a slider to drag and a field for the exact number, and a dice for the seed."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from core.errors import UserError
from core.parameters import Parameter
from gui.fields import Button, NumberField, describe, not_a_number, parse_number
from gui.icons import icon
from gui.text import error_text, tr

STEPS = 1000  # of a slider from end to end
SLIDER_PX = 136
FIELD_PX = 76
SEED = "seed"


class AmountField(NumberField):
    """A number field in a dialog: Enter takes what was typed, and is the dialog's where nothing was; so is Escape."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = self.isModified()
        if not typed and event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
        if typed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class AmountRow:
    """One parameter: its label, its slider or dice, its field."""

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter
        self.whole_of = 0  # of so many a number may be given as a share, such as 5 %
        name, tip = tr(parameter.label), tr(parameter.tip)
        self.label = QLabel(name)
        self.label.setToolTip(tip)
        self.field = AmountField()
        self.field.setFixedWidth(FIELD_PX)
        describe(self.field, name, tip)
        self.label.setBuddy(self.field)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setSingleStep(STEPS // 100)
        self.slider.setPageStep(STEPS // 10)
        self.slider.setFixedWidth(SLIDER_PX)
        describe(self.slider, tr("{name}, slider").format(name=name), tip)

    def widgets(self) -> tuple[QWidget, ...]:
        """What is shown or hidden together."""
        return self.label, self.slider, self.field

    def show_value(self, value: float) -> None:
        """Show a value on field and slider, without reporting it."""
        self.field.show_text(self.parameter.text(value))
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(STEPS * self._place(value)))

    def slider_value(self) -> float:
        """The value at the slider's handle, to three digits."""
        parameter, share = self.parameter, self.slider.value() / STEPS
        if parameter.log:
            value = parameter.low * (parameter.high / parameter.low) ** share
        else:
            value = parameter.low + share * (parameter.high - parameter.low)
        value = min(max(float(f"{value:.3g}"), parameter.low), parameter.high)
        return round(value) if parameter.whole else value

    def read(self, text: str) -> float:
        """The value that was typed. Raises ValueError for what is no number, UserError for one that is not possible."""
        if self.parameter.share:
            return self.parameter.check(parse_number(text.replace("%", "")) / 100)
        if self.whole_of and text.strip().endswith("%"):
            share = parse_number(text.replace("%", "")) / 100
            return self.parameter.check(max(round(share * self.whole_of), math.ceil(share)))
        return self.parameter.check(parse_number(text))

    def _place(self, value: float) -> float:
        low, high = self.parameter.low, self.parameter.high
        if self.parameter.log:
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low)


class Amounts(QWidget):
    """Rows of parameters. `changed` comes with every new value, `refused` with the sentence about one that cannot be used, or empty."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, parameters: Sequence[Parameter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = {parameter.key: AmountRow(parameter) for parameter in parameters}
        self._values = {parameter.key: parameter.default for parameter in parameters}
        self.dice = Button()
        self.dice.setProperty("icon", True)
        self.dice.setIcon(icon("dices"))
        describe(self.dice, tr("Another seed"), tr("Draw other random numbers"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        for row in self.rows.values():
            at = self._grid.rowCount()
            self._grid.addWidget(row.label, at, 0)
            if row.parameter.key == SEED:
                row.slider.setParent(self)
                row.slider.hide()
                self._grid.addWidget(self.dice, at, 1, Qt.AlignmentFlag.AlignRight)
            else:
                self._grid.addWidget(row.slider, at, 1)
            self._grid.addWidget(row.field, at, 2)
            row.slider.valueChanged.connect(self._slid)
            row.field.entered.connect(self._entered)
        self.dice.clicked.connect(self._throw)
        self.show_values(self._values)

    @property
    def values(self) -> dict[str, float]:
        """The values in force, by key."""
        return dict(self._values)

    @property
    def is_valid(self) -> bool:
        """Whether every field that is shown holds what is in force."""
        return not any(row.field.property("invalid") or row.field.isModified() for row in self.rows.values() if row.field.isVisibleTo(self))

    def show_values(self, values: Mapping[str, float]) -> None:
        """Put these values in force, without reporting them."""
        for key, value in values.items():
            self._values[key] = value
            self.rows[key].show_value(value)

    def show_only(self, keys: Sequence[str]) -> None:
        """Hide the rows of all other parameters."""
        for key, row in self.rows.items():
            for widget in row.widgets():
                widget.setVisible(key in keys and not (key == SEED and widget is row.slider))
            if key not in keys:
                row.field.restore()

    def take_typed(self) -> None:
        """Read a field that is still being typed in."""
        for row in self.rows.values():
            if row.field.isModified():
                self._read(row, row.field.text())

    def _slid(self) -> None:
        row = next(row for row in self.rows.values() if row.slider is self.sender())
        self._take(row, row.slider_value())

    def _entered(self, text: str) -> None:
        self._read(next(row for row in self.rows.values() if row.field is self.sender()), text)

    def _read(self, row: AmountRow, text: str) -> None:
        row.field.setModified(False)
        try:
            value = row.read(text)
        except UserError as error:
            self._refuse(row, error_text(error))
        except ValueError:
            self._refuse(row, not_a_number(tr(row.parameter.label), text))
        else:
            row.field.mark_invalid(False)
            self._take(row, value)

    def _take(self, row: AmountRow, value: float) -> None:
        row.field.restore()
        self.show_values({row.parameter.key: value})
        self.refused.emit("")
        self.changed.emit()

    def _refuse(self, row: AmountRow, sentence: str) -> None:
        row.field.mark_invalid(True)
        self.refused.emit(sentence)

    def _throw(self) -> None:
        row = self.rows[SEED]
        self._take(row, int(np.random.default_rng().integers(0, 10_000)))
