"""Data: where it comes from, which columns are x1, x2 and y, how much of it is kept back to test on, and the balance of its classes."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from core.dataset import Dataset, Split
from core.experiment import QUICK_NUMBERS
from core.names import with_names_kept
from core.one_feature import OneFeatureSource, is_edited, with_second, without_second
from core.parameters import SEED
from core.progress import Progress
from core.split import SHARE, kept_back_counts, with_split
from core.table_source import NO_COLUMN, TableSource
from gui.controls.elided import ElidedBox
from gui.drawing.markers import BOX_PX, marker_pixmap
from gui.drawing.name_editor import Name
from gui.drawing.renaming import Renaming
from gui.fields import Form, NumberField, describe, dim_label, parse_number
from gui.panels.base import Panel
from gui.session import Session
from gui.text import class_text, for_tooltip, notes_text, tr

BALANCE_WIDTH_PX = 196  # of both classes, without their markers
LONGEST_NUMBERS_PX = 70  # of one class, beside its name
TITLE_WIDTH_PX = 176
HEADER_HEIGHT_PX = 20  # has room for the button that the window puts there
MOST_SHOWN = 14  # of the columns in an open list


class DataPanel(Panel):
    """Columns of the data, and the balance of its classes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Data"), parent)
        self.name = dim_label()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.header.addWidget(self.name)
        self.header.addStrut(HEADER_HEIGHT_PX)
        self.columns = {key: ElidedBox() for key in ("x1", "x2", "label")}
        for combo in self.columns.values():
            combo.setMaxVisibleItems(MOST_SHOWN)
        form = Form(168)
        form.add_row(tr("Feature x₁"), self.columns["x1"], tr("The column drawn from left to right. Starts the run again."))
        form.add_row(
            tr("Feature x₂"),
            self.columns["x2"],
            tr("The column drawn from bottom to top; none: one feature, drawn against y. Starts the run again."),
        )
        form.add_row(tr("Label y"), self.columns["label"], tr("The column to predict; of its two values, sorted, the second is y = 1"))
        self.test_share, self.test_seed = NumberField(), NumberField()
        form.add_row(
            tr("Test set"),
            self._test_row(),
            tr("Share of the examples of each class that is kept back from training and drawn hollow; the seed chooses which"),
        )
        self.body.addLayout(form)
        self._markers = (QLabel(), QLabel())
        self._counts = (dim_label(), dim_label())
        self.renaming = Renaming(session, self)
        for label, count in enumerate(self._counts):
            count.setTextFormat(Qt.TextFormat.PlainText)
            count.setObjectName("className")
            count.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.renaming.add(Name(True, label), count)
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
        self.test_share.entered.connect(self._share_entered)
        self.test_seed.entered.connect(self._seed_entered)
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
            self._fill("x2", numeric, chosen.second)
            self._fill("label", labels, chosen.label)
        else:
            self._fill("x1", [dataset.feature_names[0]], dataset.feature_names[0])
            whole = source.whole if isinstance(source, OneFeatureSource) else dataset
            self._fill("x2", whole.feature_names[1:], dataset.feature_names[1] if dataset.n > 1 else NO_COLUMN)
            self._fill("label", ["y"], "y")
        self._show_split(dataset)
        counts = list(zip(dataset.training.class_counts(), kept_back_counts(dataset), strict=True))
        numbers = [f": {count:,} + {kept:,}" if kept else f": {count:,}" for count, kept in counts]
        if max(map(self._name_width, numbers)) > LONGEST_NUMBERS_PX:
            numbers = [f": {count + kept:,}" for count, kept in counts]  # the tooltip has both
        widths = [self._name_width(class_text(name) + number) for name, number in zip(dataset.class_names, numbers, strict=True)]
        for label, (count, kept) in enumerate(counts):
            name, number, shown = dataset.class_names[label], numbers[label], self._counts[label]
            room = max(BALANCE_WIDTH_PX // 2, BALANCE_WIDTH_PX - widths[1 - label]) - self._name_width(number)
            shown.setText(f"{shown.fontMetrics().elidedText(class_text(name), Qt.TextElideMode.ElideRight, room)}{number}")
            tip = tr("{count:,} examples with y = {label}: {name}").format(count=count + kept, label=label, name=name)
            if kept:
                tip = tr("{tip}\n{count:,} are trained on, {kept:,} are kept back to test on").format(tip=tip, count=count, kept=kept)
            shown.setAccessibleName(tip)
            shown.setToolTip(for_tooltip(tr("{tip}\nDouble click, or F2, to rename the class").format(tip=tip)))

    def apply_theme(self) -> None:
        for label, marker in enumerate(self._markers):
            marker.setPixmap(marker_pixmap(label, self.devicePixelRatioF(), 4.5))
            marker.setFixedSize(BOX_PX, BOX_PX)

    def _fill(self, key: str, names: "list[str] | tuple[str, ...]", chosen: str) -> None:
        combo = self.columns[key]
        entries = [(name, name) for name in names]
        if key == "x2":
            entries.insert(0, (tr("none"), NO_COLUMN))
        if [(combo.itemText(i), combo.itemData(i)) for i in range(combo.count())] != entries:
            combo.clear()
            for text, name in entries:
                combo.addItem(text, name)
        combo.setCurrentIndex(combo.findData(chosen))
        combo.setEnabled(len(entries) > 1)
        combo.view().setMinimumWidth(max(132, combo.view().sizeHintForColumn(0) + 24))

    def _name_width(self, text: str) -> int:
        return self._counts[0].fontMetrics().horizontalAdvance(text) + 1

    def _test_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        caption = dim_label(tr("Seed"))
        caption.setBuddy(self.test_seed)
        for widget in (self.test_share, caption, self.test_seed):
            layout.addWidget(widget, int(widget is not caption))
        describe(self.test_share, tr("Test set"), tr("Share of each class to keep back from training, such as 20 %; 0 trains on all"))
        describe(self.test_seed, tr("Seed of the test set"), tr("Another seed keeps other examples back; the same one the same"))
        return row

    def _show_split(self, dataset: Dataset) -> None:
        split, kept = dataset.split, dataset.m - dataset.training.m  # counted already, unlike kept_back
        self.test_share.show_text(SHARE.text(split.share if split else round(kept / max(dataset.m, 1), 3)))
        self.test_seed.show_text(SEED.text(split.seed if split else SEED.default))
        self.test_seed.setEnabled(kept > 0)

    def _share_entered(self, text: str) -> None:
        self._read(self.test_share, text, lambda: self._split(parse_number(text.replace("%", "")) / 100, None))

    def _seed_entered(self, text: str) -> None:
        self._read(self.test_seed, text, lambda: self._split(None, parse_number(text)))

    def _split(self, share: float | None, seed: float | None) -> None:
        """Another share or seed; the one that is not given stays."""
        dataset = self.session.experiment.dataset
        now = dataset.split or Split(SHARE.default, 0)
        share = SHARE.check(now.share if share is None else share)
        seed = int(SEED.check(now.seed if seed is None else seed))
        if dataset.m <= QUICK_NUMBERS:
            self.session.edit_points(tr("Train/test split"), with_split(dataset, share, seed))
        else:
            self.session.load(tr("Train/test split"), lambda _progress: with_split(dataset, share, seed))

    def _loader_changed(self) -> None:
        # While columns are loaded the boxes keep what was chosen, so that the next key goes on from there.
        if not self.session.loader.active:
            self.show_experiment()

    def _choose(self) -> None:
        source = self.session.experiment.dataset.source
        names: dict[str, str] = {key: combo.currentData() for key, combo in self.columns.items()}
        if not isinstance(source, TableSource):
            self._choose_count(1 if names["x2"] == NO_COLUMN else 2)
            return
        chosen = {"x1": source.columns.x1, "x2": source.columns.second, "label": source.columns.label}
        if names == chosen:
            return
        changed = next(key for key in names if names[key] != chosen[key])
        # Choosing the column that another role has already: the two change places.
        for key in names:
            if key != changed and names[key] == names[changed]:
                names[key] = chosen[changed]
        old = self.session.experiment.dataset
        work = partial(_other_columns, old, source, names, same_label=names["label"] == chosen["label"])
        self.session.load(tr("Change columns"), work, then=self._say_what_is_left_out)

    def _choose_count(self, n: int) -> None:
        """One feature or two, of data that is no table."""
        dataset = self.session.experiment.dataset
        if n == dataset.n:
            return
        then = self._say_what_is_back if n == 2 and is_edited(dataset) else None
        self.session.load(tr("Change columns"), lambda _progress: without_second(dataset) if n == 1 else with_second(dataset), then=then)

    def _say_what_is_back(self) -> None:
        self.session.report(
            tr("The examples are as they were with two features, as new ones have no second feature; undo brings those with one back.")
        )

    def _say_what_is_left_out(self) -> None:
        source = self.session.experiment.dataset.source
        if isinstance(source, TableSource):
            self.session.report(notes_text(source.notes[len(source.table.notes) :]))


def _other_columns(old: Dataset, source: TableSource, names: dict[str, str], _progress: Progress, *, same_label: bool) -> Dataset:
    one, zero = (source.columns.one, source.columns.zero) if same_label else (None, None)
    # What was none cannot be x1 or the label, with which it would have changed places: another column is suggested.
    asked = {key: name if name != NO_COLUMN or key == "x2" else None for key, name in names.items()}
    dataset = source.table.to_dataset(**asked, one=one, zero=zero, skip_bad_cells=source.skip_bad_cells)
    return with_names_kept(dataset, old)
