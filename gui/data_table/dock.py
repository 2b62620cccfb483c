"""The dock of the data table: keeps its model, its sorting and its selection in step with the session while it is shown."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QVBoxLayout, QWidget

from core.frame import Frame
from core.order import Order, Sorting
from gui.data_table.columns import columns_of
from gui.data_table.edits import Edits
from gui.data_table.model import ExampleModel
from gui.data_table.sorting import Sorter
from gui.data_table.title_bar import TitleBar
from gui.data_table.view import TableView
from gui.session import Session
from gui.text import tr
from gui.text_clock import TextClock

LEAST_WIDTH_PX = 430
LEAST_HEIGHT_PX = 120


class DataTable(QDockWidget):
    """While it is hidden it does nothing at all; shown again it shows the state of that moment."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("Data table"), parent)
        self.setObjectName("data table")
        self.session = session
        self._text_clock = TextClock()
        self._waiting: list[Order | None] = []  # an order that came while a cell was edited
        self._others = True  # whether data or settings are others than those shown
        self._to_the_top = False  # whether the next order was asked for, so that its first rows are to be seen
        self._sort_again = False  # whether the rows are others than those that were sorted
        self.model = ExampleModel(session.frame_now, session.selection, self)
        self.view = TableView(session, self.model)
        self.sorter = Sorter(session, self)
        self.edits = Edits(session, self)
        self.bar = TitleBar()
        body = QFrame()
        body.setObjectName("dockBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(1, 0, 1, 6)
        layout.addWidget(self.view)
        self.setTitleBarWidget(self.bar)
        self.setWidget(body)
        body.setMinimumSize(LEAST_WIDTH_PX, LEAST_HEIGHT_PX)
        self.bar.float_asked.connect(self._float)
        self.bar.close_asked.connect(self.close)
        self.topLevelChanged.connect(self.bar.show_floating)
        self.view.titles.sortIndicatorChanged.connect(self._sort_asked)
        self.view.erase_asked.connect(self.edits.erase)
        self.view.edit_ended.connect(self._edit_ended)
        self.view.rows.shown.connect(self._selection_shown)
        self.model.entered.connect(self.edits.enter)
        self.sorter.ordered.connect(self._ordered)
        session.experiment_changed.connect(self._experiment_changed)
        session.frame.connect(self._frame_came)
        session.status_changed.connect(self._status_changed)

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self.bar.apply_theme()
        self.view.viewport().update()

    def sort_by_current_column(self) -> None:
        """What a click on the header of the current cell's column does."""
        self.view.titles.sort_next(max(self.view.currentIndex().column(), 0))

    # In step with the session.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._experiment_changed()
        self._sort_again = True
        self._frame_came(self.session.frame_now)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._others = True

    def _experiment_changed(self) -> None:
        if not self.isVisible():
            return
        self._others = True
        before, experiment = self.model.dataset, self.session.experiment
        columns = columns_of(experiment)
        other = not experiment.dataset.continues(before) or len(columns) != len(self.model.columns)
        self.model.show_experiment(self.session.frame_now, experiment.dataset, columns)
        self.view.rows.refresh()
        self._show_counts()
        if other:
            self._forget_sorting()
        elif experiment.dataset.m != before.m:
            self._sort_again = True

    def _frame_came(self, frame: Frame) -> None:
        if not self.isVisible():
            return
        if self._text_clock.due(self.session.training) or self._others:
            self._others = False
            self.model.show_frame(frame, *self.view.seen_rows())
        if self._sort_again:
            self._sort_again = False
            self.sorter.refresh()
        else:
            self.sorter.frame_came(frame)

    def _status_changed(self) -> None:
        self._frame_came(self.session.frame_now)

    # Sorting.

    def _sort_asked(self, section: int, direction: Qt.SortOrder) -> None:
        self._to_the_top = True
        if section < 0:
            self.sorter.sort(None)
        else:
            self.sorter.sort(Sorting(self.model.columns[section].key, direction == Qt.SortOrder.DescendingOrder))

    def _forget_sorting(self) -> None:
        with QSignalBlocker(self.view.titles):
            self.view.titles.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._waiting.clear()
        self.sorter.sort(None)

    def _ordered(self, order: Order | None) -> None:
        self._waiting = [order]
        if not self.view.editing:
            self._edit_ended()

    def _edit_ended(self) -> None:
        """Show an order that came; the current cell stays on its example."""
        if not self._waiting:
            return
        order = self._waiting.pop()
        if order is not None and len(order.rows) != self.model.dataset.m:
            return
        index, bar = self.view.currentIndex(), self.view.verticalScrollBar()
        example = self.model.example(index.row()) if index.isValid() else None
        at = 0 if self._to_the_top else bar.value()
        self._to_the_top = False
        self.model.set_order(order)
        if example is not None:
            self.view.show_row(self.model.row_of(example))
        bar.setValue(at)

    # Selection.

    def _selection_shown(self, own: bool) -> None:
        self.view.viewport().update()
        self.view.numbers.repaint_numbers()
        self._show_counts()
        rows = self.session.selection.rows
        if not own and len(rows) == 1 and rows[0] < self.model.dataset.m and self.isVisible():
            self.view.show_row(self.model.row_of(int(rows[0])))

    def _show_counts(self) -> None:
        self.bar.show_counts(self.session.experiment.dataset.m, len(self.session.selection))

    def _float(self) -> None:
        self.setFloating(not self.isFloating())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
