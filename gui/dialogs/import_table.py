"""The import dialog: a table as it was understood, and what a person decides about it. It changes nothing by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.dataset import Dataset
from core.errors import UserError
from core.importing import Draft
from core.progress import Progress
from core.read_options import ReadOptions
from core.table_source import Columns, SourceTable
from core.usable import Usable
from gui import theme
from gui.background import Background
from gui.dialogs.import_columns import ColumnsCard
from gui.dialogs.import_format import FormatCard
from gui.dialogs.import_preview import PreviewCard
from gui.dialogs.import_rows import RowsCard
from gui.fields import dim_label
from gui.loading import Loader
from gui.text import error_text, tr

SIDE_PX = 320
GOOD_SIZE = (1040, 640)

ReadAgain = Callable[[Progress, ReadOptions], Draft]


@dataclass(frozen=True, eq=False)
class Choice:
    """What was decided."""

    table: SourceTable
    columns: Columns
    skip_bad_cells: bool

    def dataset(self, _progress: Progress) -> Dataset:
        """What comes of it; to be called in a thread. Raises DataError."""
        chosen = self.columns
        return self.table.to_dataset(
            chosen.x1, chosen.second, chosen.label, one=chosen.one, zero=chosen.zero, skip_bad_cells=self.skip_bad_cells
        )


class ImportDialog(QDialog):
    """`chosen` comes with a Choice when it is accepted. `again` reads the file under other options, in `loader`; None: it cannot."""

    chosen = Signal(object)

    def __init__(self, name: str, draft: Draft, loader: Loader, background: Background, again: ReadAgain | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Open {name}").format(name=name))
        self._loader, self._background, self._again = loader, background, again
        self._draft: Draft | None = draft
        self._usable: Usable | None = None
        self._error: UserError | None = None
        self._counting = self._open_when_counted = False
        self.format = FormatCard(draft.table.options)
        self.format.setVisible(again is not None)
        self.columns = ColumnsCard()
        self.preview = PreviewCard()
        self.rows = RowsCard()
        self.reason = dim_label()
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setWordWrap(True)
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Progress"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.open_button = buttons.addButton(tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setProperty("accent", True)
        self.open_button.setDefault(True)
        self.cancel_button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.cancel_button.setText(tr("Cancel"))
        self.cancel_button.setIcon(QIcon())
        self.cancel_button.setToolTip(tr("Keep the data on screen  (Esc)"))
        self._lay_out(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.format.changed.connect(self._read_again)
        self.columns.changed.connect(self._columns_changed)
        self.rows.changed.connect(self._count)
        loader.changed.connect(self._loader_changed)
        loader.failed.connect(self._reading_failed)
        self._show_draft()
        self.columns.x1.setFocus()

    def accept(self) -> None:
        """Open it, as soon as it is known that it can be opened."""
        if self._counting:
            self._open_when_counted = True
            return
        columns = self.columns.columns
        if self._why_not() or self._draft is None or columns is None:
            return
        self.chosen.emit(Choice(self._draft.table, columns, self.rows.skip_cells.isChecked()))
        super().accept()

    def done(self, result: int) -> None:
        self._background.cancel()
        if self._draft is None:
            self._loader.cancel()
        super().done(result)

    # The file.

    def _read_again(self, options: ReadOptions) -> None:
        again = self._again
        if again is None:
            return
        self._draft = self._error = self._usable = None
        self._background.cancel()
        self._counting = False
        self._loader.start(lambda progress: again(progress, options), self._read)
        self._show_state()

    def _read(self, draft: Draft) -> None:
        self._draft = draft
        self._show_draft()

    def _reading_failed(self, error: UserError) -> None:
        self._error = error
        self._show_state()

    def _loader_changed(self) -> None:
        self._progress.setValue(round(self._loader.fraction * 1000))
        self._show_state()

    def _show_draft(self) -> None:
        draft = self._draft
        if draft is None:
            return
        if self._again:
            self.format.show_table(draft.table)
        self.columns.show_table(draft.table, draft.columns)
        self.preview.show_table(draft.table)
        self.rows.show_refused(draft.refused, draft.bad_rows)
        if draft.skip_bad_cells:
            self.rows.skip_cells.setChecked(True)
        self._columns_changed()

    # The choice.

    def _columns_changed(self) -> None:
        self.preview.mark(self.columns.columns)
        self._count()

    def _count(self) -> None:
        draft, columns, skip = self._draft, self.columns.columns, self.rows.skip_cells.isChecked()
        if draft is None or columns is None:
            self._show_state()
            return
        table = draft.table

        def work() -> Usable | UserError:
            try:
                return table.usable(columns, skip_bad_cells=skip)
            except UserError as error:
                return error

        self._counting = True
        self._background.submit(work, self._counted)

    def _counted(self, found: Usable | UserError) -> None:
        self._counting = False
        self._usable = None if isinstance(found, UserError) else found
        self._error = found if isinstance(found, UserError) else None
        self._show_state()
        if self._open_when_counted:
            self._open_when_counted = False
            self.accept()

    def _show_state(self) -> None:
        self.rows.show_usable(self._usable, self._draft.table.notes if self._draft else ())
        reading = self._loader.active and self._draft is None
        self._progress.setVisible(reading)
        for card in (self.columns, self.preview, self.rows):
            card.setEnabled(self._draft is not None)
        why_not = self._why_not()
        self.reason.setText(why_not)
        self.open_button.setEnabled(not why_not)
        self.open_button.setToolTip(why_not or tr("Show these examples  (Enter)"))

    def _why_not(self) -> str:
        """Why it cannot be opened as it is, empty when it can."""
        draft, usable = self._draft, self._usable
        if self._error:
            return error_text(self._error)
        if draft is None:
            return tr("The file is being read again")
        if draft.refused and not self.rows.skip_rows.isChecked():
            return tr("Some rows cannot be split into the columns; leave them out, or choose another delimiter")
        if self.columns.columns is None:
            return error_text(draft.stuck) if draft.stuck else tr("Choose one or two columns of numbers as features, and a label")
        if usable is None:
            return ""
        if any(problem.fatal for problem in usable.problems):
            return tr("Some cells cannot be used; leave their rows out, or choose other columns")
        return "" if usable.rows else tr("No row can be used; choose other columns")

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        side = QVBoxLayout()
        side.setSpacing(theme.GAP)
        side.addWidget(self.format)
        side.addWidget(self.columns)
        side.addStretch(1)
        for card in (self.format, self.columns):
            card.setFixedWidth(SIDE_PX)
        main = QVBoxLayout()
        main.setSpacing(theme.GAP)
        main.addWidget(self.preview, 1)
        main.addWidget(self.rows)
        middle = QHBoxLayout()
        middle.setSpacing(theme.GAP)
        middle.addLayout(side)
        middle.addLayout(main, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.PADDING)
        below.addWidget(self.reason, 1)
        below.addWidget(self._progress)
        below.addWidget(buttons)
        self._progress.setFixedWidth(160)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        whole.setSpacing(theme.GAP)
        whole.addLayout(middle, 1)
        whole.addLayout(below)
        self.resize(*GOOD_SIZE)
