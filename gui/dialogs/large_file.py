"""Asks about a very large file: all of its rows, or a random sample of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from core.file_size import TooLarge
from gui.fields import NumberField, describe, not_a_number, parse_number
from gui.text import tr

DEFAULT_ROWS = 100_000
FIELD_PX = 96


class LargeFileDialog(QDialog):
    """`chosen` comes with the number of rows of a sample, or None for all, when it is accepted."""

    chosen = Signal(object)

    def __init__(self, name: str, size: TooLarge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Open {name}").format(name=name))
        has = tr("{name} has about {rows:,} rows ({megabytes:,.0f} MB).") if size.rows else tr("{name} has {megabytes:,.0f} MB.")
        why = tr("To read and draw all of it takes a while; a random sample shows the same picture.")
        text = QLabel(f"{has.format(name=name, rows=size.rows, megabytes=size.bytes / 1e6)} {why}")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        self.sample = QRadioButton(tr("A random sample of so many rows:"))
        self.all = QRadioButton(tr("All rows"))
        self.sample.setChecked(True)
        describe(self.sample, tr("A random sample"), tr("Rows drawn at random, the same ones each time, in the order of the file"))
        describe(self.all, tr("All rows"), tr("Read the whole file"))
        self.rows = NumberField()
        self.rows.show_text(f"{DEFAULT_ROWS:,}")
        self.rows.setFixedWidth(FIELD_PX)
        describe(self.rows, tr("Rows of the sample"), tr("How many rows are drawn"))
        self.problem = QLabel()
        self.problem.setProperty("dim", True)
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.open_button = buttons.addButton(tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setProperty("accent", True)
        self.open_button.setDefault(True)
        self.open_button.setToolTip(tr("Read the file  (Enter)"))
        self.cancel_button = cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(tr("Cancel"))
        cancel.setIcon(QIcon())
        cancel.setToolTip(tr("Keep the data on screen  (Esc)"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.sample)
        line.addWidget(self.rows)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(text)
        layout.addLayout(line)
        layout.addWidget(self.all)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.setFixedWidth(480)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.rows.textEdited.connect(self._typed)
        for button in (self.sample, self.all):
            button.toggled.connect(self._check)
        self._check()

    def accept(self) -> None:
        rows = self._sample_rows()
        if rows != 0:
            self.chosen.emit(rows)
            super().accept()

    def _sample_rows(self) -> int | None:
        """None: all. 0: what was typed is no number of rows."""
        if self.all.isChecked():
            return None
        try:
            rows = parse_number(self.rows.text())
        except ValueError:
            return 0
        return int(rows) if rows >= 1 and rows == int(rows) else 0

    def _typed(self) -> None:
        self.sample.setChecked(True)
        self._check()

    def _check(self) -> None:
        wrong = self._sample_rows() == 0
        self.rows.mark_invalid(wrong)
        self.problem.setText(_complaint(self.rows) if wrong else "")
        self.problem.setVisible(wrong)
        self.open_button.setEnabled(not wrong)


def _complaint(field: NumberField) -> str:
    try:
        parse_number(field.text())
    except ValueError:
        return not_a_number(field.accessibleName(), field.text())
    return tr("The sample needs a whole number of rows, at least 1")
