"""The table of runs. The keys of a run work in it as everywhere in the window; here Delete and F2 are about the run, too."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from gui import theme
from gui.drawing.runs_cells import TITLES_PX, RunCells, RunTitles
from gui.drawing.runs_model import NAME, OTHER, SWATCH_PX, RunsModel
from gui.session import Session
from gui.text import tr

Key = Qt.Key
Trigger = QAbstractItemView.EditTrigger
OWN_KEYS = (Key.Key_Delete, Key.Key_F2, Key.Key_Return, Key.Key_Enter)
ROW_PX = 23
LEAST_NAME_PX = 116
MOST_ROWS = 7  # that are seen without scrolling
SCROLL_BAR_PX = 10
ROOM_PX = 14  # around the text of a cell
BOX_PX = 30


class RunsTable(QTableView):
    """`delete_asked` comes with Delete, `restore_asked` with Enter; `edit_ended` when an editor has closed."""

    delete_asked = Signal()
    restore_asked = Signal()
    edit_ended = Signal()

    def __init__(self, session: Session, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runs = model
        self.setHorizontalHeader(RunTitles(model, self))
        self.setModel(model)
        self.setItemDelegate(RunCells(model, self))
        self.setAccessibleName(tr("Runs: the one under way, those of a race and those that are pinned"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(Trigger.DoubleClicked | Trigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        model.modelReset.connect(self._choose_again)
        self.selectionModel().currentRowChanged.connect(self._row_chosen)
        session.runs.chosen_changed.connect(self._choose_again)
        self.setColumnHidden(OTHER, True)
        self._choose_again()

    @property
    def editing(self) -> bool:
        """Whether a name is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def rename_chosen(self) -> None:
        """Begin to edit the name of the run that is chosen."""
        index = self._runs.index(self._runs.number_of(self._session.runs.chosen), NAME)
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)

    def share_out(self) -> None:
        """Give every column the width of its usual text, and the name what is left; some scroll where there is not room for all."""
        metrics = self.fontMetrics()
        hidden = not self._runs.any_other
        if hidden != self.isColumnHidden(OTHER):
            self.setColumnHidden(OTHER, hidden)
        widths = {
            number: max(metrics.horizontalAdvance(column.longest), metrics.horizontalAdvance(column.title)) + ROOM_PX
            for number, column in enumerate(self._runs.columns)
        }
        names = [metrics.horizontalAdvance(row.name) for row in self._runs.rows]
        wanted = max([*names, LEAST_NAME_PX - SWATCH_PX[0] - BOX_PX]) + SWATCH_PX[0] + ROOM_PX + BOX_PX
        first = sum(widths[number] for number in (1, 2, 3) if not self.isColumnHidden(number))
        widths[NAME] = min(wanted, max(LEAST_NAME_PX, self.viewport().width() - first))
        self.setMinimumHeight(TITLES_PX + ROW_PX * min(len(names), MOST_ROWS) + SCROLL_BAR_PX)
        for number, width in widths.items():
            if self.columnWidth(number) != width:
                self.setColumnWidth(number, width)

    def apply_theme(self) -> None:
        """The colours are others now."""
        self._runs.forget_colours()
        self.setFont(theme.font())
        tokens, palette = theme.tokens(), self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(tokens.chosen))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(tokens.ink))
        self.setPalette(palette)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        # Before the window takes the key for one of its commands.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in OWN_KEYS
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editing:
            return  # Enter has ended the editing of a name, and comes here as well
        if event.key() == Key.Key_Delete and not event.modifiers():
            self.delete_asked.emit()
        elif event.key() in (Key.Key_Return, Key.Key_Enter) and not event.modifiers():
            self.restore_asked.emit()
        elif event.key() == Key.Key_F2:
            self.rename_chosen()
        elif event.key() in (Key.Key_Up, Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.edit_ended.emit()

    def _row_chosen(self, now: QModelIndex | QPersistentModelIndex, _: object) -> None:
        if now.isValid():
            self._session.runs.choose(self._runs.rows[now.row()].key)

    def _choose_again(self) -> None:
        number = self._runs.number_of(self._session.runs.chosen)
        if self.currentIndex().row() != number:
            self.setCurrentIndex(self._runs.index(number, NAME))
