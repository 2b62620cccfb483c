"""How a file is to be understood: sheet, delimiter, header, decimal mark."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from core.read_options import ReadOptions
from core.table_source import SourceTable
from gui.fields import Card, Form
from gui.text import tr

CONTROL_WIDTH_PX = 188


class FormatCard(Card):
    """Shows how the file was understood; `changed` comes with what the user wants instead (ReadOptions)."""

    changed = Signal(object)

    def __init__(self, understood: ReadOptions, parent: QWidget | None = None) -> None:
        super().__init__(tr("File"), parent)
        # What the user does not say is found out anew each time; a sample stays one.
        self._wanted = ReadOptions(sample_rows=understood.sample_rows, seed=understood.seed)
        self.sheet, self.delimiter, self.first_row, self.decimal = (QComboBox() for _ in range(4))
        for text, value in ((tr("Comma"), ","), (tr("Tab"), "\t"), (tr("Semicolon"), ";"), (tr("Vertical bar"), "|")):
            self.delimiter.addItem(text, value)
        for text, header in ((tr("Names the columns"), True), (tr("Is an example"), False)):
            self.first_row.addItem(text, header)
        for text, value in ((tr("Point: 1.5"), "."), (tr("Comma: 1,5"), ",")):
            self.decimal.addItem(text, value)
        form = Form(CONTROL_WIDTH_PX)
        self._sheet_label = form.add_row(tr("Sheet"), self.sheet, tr("The sheet of the workbook that is read"))
        self._delimiter_label = form.add_row(tr("Delimiter"), self.delimiter, tr("What stands between two cells of a row"))
        form.add_row(tr("First row"), self.first_row, tr("Whether the first row names the columns, or is an example like the others"))
        form.add_row(tr("Decimal mark"), self.decimal, tr("What stands before the decimals of a number"))
        self.body.addLayout(form)
        for field, combo in self.fields.items():
            combo.setProperty("field", field)
            combo.activated.connect(self._choose)

    @property
    def fields(self) -> dict[str, QComboBox]:
        """The boxes by their name in ReadOptions."""
        return {"sheet": self.sheet, "delimiter": self.delimiter, "header": self.first_row, "decimal": self.decimal}

    def show_table(self, table: SourceTable) -> None:
        """Show how this table was understood."""
        if [self.sheet.itemText(k) for k in range(self.sheet.count())] != list(table.sheets):
            self.sheet.clear()
            for sheet in table.sheets:
                self.sheet.addItem(sheet, sheet)
        is_workbook = bool(table.sheets)
        for widget in (self.sheet, self._sheet_label):
            widget.setVisible(is_workbook)
        for widget in (self.delimiter, self._delimiter_label):
            widget.setVisible(not is_workbook)
        for field, combo in self.fields.items():
            combo.setCurrentIndex(combo.findData(getattr(table.options, field)))

    def _choose(self) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            self._wanted = replace(self._wanted, **{combo.property("field"): combo.currentData()})
            self.changed.emit(self._wanted)
