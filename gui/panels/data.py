"""Data: where it comes from, which columns are x1, x2 and y, and how many examples each class has."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from core.dataset import Dataset
from core.progress import Progress
from core.table_source import TableSource
from gui.drawing.markers import BOX_PX, marker_pixmap
from gui.fields import Form, dim_label
from gui.panels.base import Panel
from gui.session import Session
from gui.text import class_text, for_tooltip, notes_text, tr

TITLE_WIDTH_PX = 176
BALANCE_WIDTH_PX = 100
MOST_SHOWN = 14  # of the columns in an open list


class DataPanel(Panel):
    """Columns of the data, and the balance of its classes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Data"), parent)
        self.name = dim_label()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.header.addWidget(self.name)
        self.columns = {key: QComboBox() for key in ("x1", "x2", "label")}
        for combo in self.columns.values():
            combo.setMaxVisibleItems(MOST_SHOWN)
        form = Form(168)
        form.add_row(tr("Feature x₁"), self.columns["x1"], tr("The column drawn from left to right. Starts the run again."))
        form.add_row(tr("Feature x₂"), self.columns["x2"], tr("The column drawn from bottom to top. Starts the run again."))
        form.add_row(tr("Label y"), self.columns["label"], tr("The column to predict; of its two values, sorted, the second is y = 1"))
        self.body.addLayout(form)
        self._markers = (QLabel(), QLabel())
        self._counts = (dim_label(), dim_label())
        for count in self._counts:
            count.setTextFormat(Qt.TextFormat.PlainText)
        balance = QHBoxLayout()
        balance.setSpacing(4)
        for marker, count in zip(self._markers, self._counts, strict=True):
            balance.addWidget(marker)
            balance.addWidget(count)
            balance.addSpacing(8)
        balance.addStretch(1)
        self.body.addLayout(balance)
        for combo in self.columns.values():
            combo.activated.connect(self._choose)
        session.loader.changed.connect(self._loader_changed)
        self.start()
        self.apply_theme()

    def show_experiment(self) -> None:
        dataset = self.session.experiment.dataset
        source = dataset.source
        title = tr(source.title) if source else tr("Untitled")
        self.name.setText(self.name.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, TITLE_WIDTH_PX))
        self.name.setToolTip(for_tooltip(f"{title}\n{tr(source.note)}" if source and source.note else title))
        if isinstance(source, TableSource):
            table, chosen = source.table, source.columns
            numeric, labels = table.numeric_names(), table.label_names()
            if chosen.label not in labels:
                labels = (*labels, chosen.label)  # more than two values; the dialog has chosen among them
            self._fill("x1", numeric, chosen.x1)
            self._fill("x2", numeric, chosen.x2)
            self._fill("label", labels, chosen.label)
        else:
            self._fill("x1", [dataset.feature_names[0]], dataset.feature_names[0])
            self._fill("x2", [dataset.feature_names[1]], dataset.feature_names[1])
            self._fill("label", ["y"], "y")
        for label, count in enumerate(dataset.class_counts()):
            name = dataset.class_names[label]
            shown = self._counts[label]
            room = BALANCE_WIDTH_PX - shown.fontMetrics().horizontalAdvance(f": {count:,}")
            shown.setText(f"{shown.fontMetrics().elidedText(class_text(name), Qt.TextElideMode.ElideRight, room)}: {count:,}")
            tip = tr("{count:,} examples with y = {label}: {name}").format(count=count, label=label, name=name)
            shown.setToolTip(for_tooltip(tip))

    def apply_theme(self) -> None:
        for label, marker in enumerate(self._markers):
            marker.setPixmap(marker_pixmap(label, self.devicePixelRatioF(), 4.5))
            marker.setFixedSize(BOX_PX, BOX_PX)

    def _fill(self, key: str, names: "list[str] | tuple[str, ...]", chosen: str) -> None:
        combo = self.columns[key]
        if [combo.itemText(i) for i in range(combo.count())] != list(names):
            combo.clear()
            combo.addItems(list(names))
        combo.setCurrentText(chosen)
        combo.setEnabled(len(names) > 1)
        combo.view().setMinimumWidth(max(132, combo.view().sizeHintForColumn(0) + 24))

    def _loader_changed(self) -> None:
        # While columns are loaded the boxes keep what was chosen, so that the next key goes on from there.
        if not self.session.loader.active:
            self.show_experiment()

    def _choose(self) -> None:
        source = self.session.experiment.dataset.source
        if not isinstance(source, TableSource):
            return
        names = {key: combo.currentText() for key, combo in self.columns.items()}
        chosen = {"x1": source.columns.x1, "x2": source.columns.x2, "label": source.columns.label}
        if names == chosen:
            return
        changed = next(key for key in names if names[key] != chosen[key])
        # Choosing the column that another role has already: the two change places.
        for key in names:
            if key != changed and names[key] == names[changed]:
                names[key] = chosen[changed]
        work = partial(_other_columns, source, names, same_label=names["label"] == chosen["label"])
        self.session.load(tr("Change columns"), work, then=self._say_what_is_left_out)

    def _say_what_is_left_out(self) -> None:
        source = self.session.experiment.dataset.source
        if isinstance(source, TableSource):
            self.session.report(notes_text(source.notes[len(source.table.notes) :]))


def _other_columns(source: TableSource, names: dict[str, str], _progress: Progress, *, same_label: bool) -> Dataset:
    one, zero = (source.columns.one, source.columns.zero) if same_label else (None, None)
    return source.table.to_dataset(names["x1"], names["x2"], names["label"], one=one, zero=zero, skip_bad_cells=source.skip_bad_cells)
