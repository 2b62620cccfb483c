"""The stage: the plots, and the data table docked beside or under them or floating. Remembers where the table was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.session import Session
from gui.settings import Settings

if TYPE_CHECKING:  # the start does without the table
    from gui.data_table.dock import DataTable

FIRST_AREA = Qt.DockWidgetArea.BottomDockWidgetArea
FIRST_HEIGHT_PX = 216


class Stage(QMainWindow):
    """A main window inside the main window, so that panels and transport keep their place. The table is made when it is first shown."""

    def __init__(self, session: Session, settings: Settings, plots: QWidget, show: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Widget)
        self.table: DataTable | None = None
        self._session = session
        self._settings = settings
        self._plots = plots
        self._show = show
        self.setCentralWidget(plots)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # Qt's own list of docks
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks)
        show.toggled.connect(self._toggle)
        if settings.table_shown:
            show.setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_in_tab_order()

    def sort_table(self) -> None:
        """Sort the table, when it is shown, by the column of its current cell."""
        if self.table is not None and self.table.isVisible():
            self.table.sort_by_current_column()

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        if self.table is not None:
            self.table.apply_theme()

    def remember(self) -> None:
        """Keep for the next start whether the table is shown, and where. The window is about to close."""
        if self.table is not None:
            self._settings.table_shown = self._show.isChecked()
            self._settings.table_place = self.saveState()
            if self.table.isFloating():
                self.table.hide()

    def _toggle(self, shown: bool) -> None:
        if self.table is None:
            self.table = self._make()
        if shown != (not self.table.isHidden()):
            self.table.setVisible(shown)
        if shown:
            self._place_in_tab_order()
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> "DataTable":
        from gui.data_table.dock import DataTable

        table = DataTable(self._session, self)
        self.addDockWidget(FIRST_AREA, table)
        self.resizeDocks([table], [FIRST_HEIGHT_PX], Qt.Orientation.Vertical)
        if self._settings.table_place is not None:
            self.restoreState(self._settings.table_place)
        table.toggleViewAction().toggled.connect(self._show.setChecked)
        table.topLevelChanged.connect(self._place_in_tab_order)
        return table

    def _place_in_tab_order(self) -> None:
        """After the plots; Qt puts what is new, and what comes back from floating, at the end."""
        if self.table is None or self.table.isFloating():
            return
        window = self.window()
        last, following = self._plots, window.nextInFocusChain()
        while following is not None and following is not window:
            if following.focusPolicy() != Qt.FocusPolicy.NoFocus and self._plots.isAncestorOf(following):
                last = following
            following = following.nextInFocusChain()
        for widget in (self.table.bar.float_button, self.table.bar.close_button, self.table.view):
            QWidget.setTabOrder(last, widget)
            last = widget
