"""Which columns are x1, x2 and the label, and which of its values is y = 1."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from core.table_source import NO_COLUMN, Columns, SourceTable
from gui.drawing.markers import marker_icon
from gui.fields import Card, Form
from gui.text import tr

CONTROL_WIDTH_PX = 188
MOST_SHOWN = 14  # of the entries in an open list


class ColumnsCard(Card):
    """`columns` is what is chosen now, None while something is missing; `changed` tells that the user chose otherwise."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Columns"), parent)
        self._table: SourceTable | None = None
        self._before: list[str | None] = []  # the three columns chosen before
        self.x1, self.x2, self.label, self.one, self.zero = (QComboBox() for _ in range(5))
        form = Form(CONTROL_WIDTH_PX)
        form.add_row(tr("Feature x₁"), self.x1, tr("The column drawn from left to right"))
        form.add_row(tr("Feature x₂"), self.x2, tr("The column drawn from bottom to top; none: one feature, drawn against y"))
        form.add_row(tr("Label y"), self.label, tr("The column to predict"))
        self._one_label = form.add_row(tr("y = 1 is"), self.one, tr("The value of the label whose probability is computed"))
        self._zero_label = form.add_row(
            tr("y = 0 is"), self.zero, tr("All other values together, or one of them: then rows with a third value are left out")
        )
        self.body.addLayout(form)
        for combo in (self.x1, self.x2, self.label, self.one, self.zero):
            combo.setMaxVisibleItems(MOST_SHOWN)
        for combo in self._roles:
            combo.activated.connect(self._choose)
        self.one.activated.connect(self._choose_one)
        self.zero.activated.connect(self.changed)

    @property
    def _roles(self) -> tuple[QComboBox, QComboBox, QComboBox]:
        return self.x1, self.x2, self.label

    @property
    def columns(self) -> Columns | None:
        """What is chosen."""
        x1, x2, label = (combo.currentData() for combo in self._roles)
        if not (x1 and label) or x2 is None:
            return None
        return Columns(x1, None if x2 == NO_COLUMN else x2, label, one=self.one.currentData(), zero=self.zero.currentData())

    def show_table(self, table: SourceTable, chosen: Columns | None) -> None:
        """Offer its columns, with these chosen; None: nothing can be suggested."""
        self._table = table
        numeric = table.numeric_names()
        x1, x2, label = (chosen.x1, chosen.second, chosen.label) if chosen else (None, None, None)
        for combo, name in ((self.x1, x1), (self.x2, x2)):
            none: list[tuple[str, str | None]] = [(tr("none"), NO_COLUMN)] if combo is self.x2 else []
            _fill(combo, [*none, *((n, n) for n in numeric)], name)
        labels = table.class_column_names()
        if label is not None and label not in labels:
            labels = (*labels, label)
        _fill(self.label, [(name, name) for name in labels], label)
        self._before = [combo.currentData() for combo in self._roles]
        self._show_classes(chosen)

    def apply_theme(self) -> None:
        """The markers have the colours of the theme in force."""
        for combo, y in ((self.one, 1), (self.zero, 0)):
            for k in range(combo.count()):
                combo.setItemIcon(k, marker_icon(y))

    def _show_classes(self, chosen: Columns | None = None) -> None:
        label = self.label.currentText()
        classes = self._table.class_names(label) if self._table and label else ()
        one = chosen.one if chosen and chosen.one is not None else classes[-1] if classes else None
        _fill(self.one, [(name, name) for name in classes], one)
        self.one.setEnabled(len(classes) > 1)
        self._show_others(chosen.zero if chosen else None)

    def _show_others(self, zero: str | None) -> None:
        others = [self.one.itemText(k) for k in range(self.one.count()) if k != self.one.currentIndex()]
        entries: list[tuple[str, str | None]] = [(name, name) for name in others]
        if len(others) != 1:
            entries.insert(0, (tr("All others"), None))
        else:
            entries = [(others[0], None)]
        _fill(self.zero, entries, zero)
        self.zero.setEnabled(len(entries) > 1)
        self.apply_theme()

    def _choose(self) -> None:
        changed = next((k for k, combo in enumerate(self._roles) if combo.currentData() != self._before[k]), None)
        if changed is None:
            return
        for combo in self._roles:
            # Choosing the column that another role has already: the two change places.
            if combo is not self._roles[changed] and combo.currentData() == self._roles[changed].currentData():
                combo.setCurrentIndex(combo.findData(self._before[changed]))
        before, self._before = self._before, [combo.currentData() for combo in self._roles]
        if self._before[2] != before[2]:
            self._show_classes()
        self.changed.emit()

    def _choose_one(self) -> None:
        self._show_others(None)
        self.changed.emit()


def _fill(combo: QComboBox, entries: list[tuple[str, str | None]], chosen: str | None) -> None:
    combo.clear()
    for text, value in entries:
        combo.addItem(text, value)
    combo.setCurrentIndex(combo.findData(chosen) if chosen is not None or any(value is None for _, value in entries) else -1)
    combo.setEnabled(len(entries) > 1)
    combo.view().setMinimumWidth(max(132, combo.view().sizeHintForColumn(0) + 24))
