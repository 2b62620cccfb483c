"""Workspace: the panels at the left, the plots in the middle and at the side, and the data table docked to the plots.

Any plot can be hidden, shown, or enlarged to the whole space; what was chosen is remembered.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.actions import Actions
from gui.data_table.stage import Stage
from gui.folding import Folding
from gui.panels.base import Panel
from gui.plot_collection import PlotCollection
from gui.plots import MIDDLE, PLOTS, SIDE
from gui.plots.base import Plot
from gui.session import Session
from gui.settings import Settings
from gui.text import tr

PANELS_WIDTH_PX = 284
LEAST_SIDE_PX = 352  # the header of the cost curve
LEAST_PLOTS_PX = (956, 300)  # width: room for the tools, so the data table docks at a side only where there is room for both
MIDDLE_SHARE, SIDE_SHARE = 5, 3


class Workspace(QWidget):
    """Holds every panel and plot. `enlarged` is the key of the plot that takes all the space, `middle` the column with the plane.

    `taken_in` tells that a plot was made.
    """

    taken_in = Signal()

    def __init__(self, panels: Mapping[str, Panel], plots: PlotCollection, session: Session, actions: Actions, settings: Settings) -> None:
        super().__init__()
        self._actions = actions
        self._settings = settings
        self._plots = plots
        self._shown = {key: PLOTS[key].shown_at_first for key in plots}
        self.enlarged: str | None = None
        self._scroll_to = ""
        self._scroll_soon = QTimer(self)
        self._scroll_soon.setSingleShot(True)
        self._scroll_soon.timeout.connect(self._scroll)
        self._panels = _column(list(panels.values()), end=True)
        self._panels.setFixedWidth(PANELS_WIDTH_PX)
        self._folding = Folding(self._panels, panels)
        self.middle = QWidget()
        middle = QVBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(theme.GAP)
        self._side = _column([])
        column = self._side.widget()
        side = column.layout() if column is not None else None
        assert isinstance(side, QVBoxLayout)
        self._columns = {MIDDLE: middle, SIDE: side}
        self._side.setMinimumWidth(LEAST_SIDE_PX)
        area = QWidget()
        area.setMinimumSize(*LEAST_PLOTS_PX)
        both = QHBoxLayout(area)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.GAP)
        both.addWidget(self.middle, MIDDLE_SHARE)
        both.addWidget(self._side, SIDE_SHARE)
        self.hint = QLabel(tr("All views are hidden: press Shift+P, or choose one in the View menu"))
        self.hint.setObjectName("hint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        both.addWidget(self.hint)
        self.stage = Stage(session, settings, area, actions["data table"])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._panels)
        layout.addWidget(self.stage, 1)
        for key in plots:
            actions[f"view {key}"].triggered.connect(self._view_chosen)
        actions["enlarge"].triggered.connect(self._enlarge_or_end)
        actions["end enlarging"].triggered.connect(self._end_enlarging)
        if settings.shown_plots is not None:
            self._shown = {key: key in settings.shown_plots for key in plots}
        self.enlarged = settings.enlarged_plot if settings.enlarged_plot in plots else None
        for key, plot in plots.made.items():
            self._take_in(key, plot)
        plots.on_made = self._take_in
        self._arrange()

    def shown(self) -> tuple[str, ...]:
        """Keys of the plots that are shown when none is enlarged."""
        return tuple(key for key, shown in self._shown.items() if shown)

    def show_plot(self, key: str, shown: bool = True) -> None:
        """Show or hide a plot; to show another one ends an enlargement, and scrolls to it."""
        if self._shown[key] != shown or self.enlarged is not None:
            self._shown[key] = shown
            self.enlarged = None
            self._arrange()
        if shown:
            self._scroll_to = key
            self._scroll_soon.start()  # when it has its place

    def enlarge(self, key: str | None) -> None:
        """Let one plot take all the space, or none."""
        if key != self.enlarged:
            self.enlarged = key
            self._arrange()

    def _scroll(self) -> None:
        plot = self._plots.made.get(self._scroll_to)
        if plot is not None and plot.isVisible() and self._side.isAncestorOf(plot):
            self._side.ensureWidgetVisible(plot, 0, 0)

    def _title_double_clicked(self) -> None:
        key = next(key for key, plot in self._plots.made.items() if plot.title is self.sender())
        self.enlarge(None if self.enlarged else key)

    def _view_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_plot(action.data(), action.isChecked())

    def _enlarge_or_end(self) -> None:
        """The plot that has the keyboard, or else the first."""
        focus = self.focusWidget()
        keys = [key for key, plot in self._plots.made.items() if focus is not None and plot.isAncestorOf(focus)]
        self.enlarge(None if self.enlarged else [*keys, *self._plots][0])

    def _end_enlarging(self) -> None:
        self.enlarge(None)

    def _take_in(self, key: str, plot: Plot) -> None:
        """Give a plot its place among those of its region, hidden until it is to be seen."""
        plot.hide()
        plot.apply_theme()
        plot.title.double_clicked.connect(self._title_double_clicked)
        order = list(self._plots)
        region = PLOTS[key].region
        place = sum(PLOTS[name].region == region for name in order[: order.index(key)] if name in self._plots.made)
        self._columns[region].insertWidget(place, plot, PLOTS[key].stretch)
        self._place_in_tab_order(order, key)
        self.taken_in.emit()

    def _place_in_tab_order(self, order: list[str], key: str) -> None:
        """After the plots before it; Qt puts what is new at the end."""
        before = [name for name in order[: order.index(key)] if name in self._plots.made]
        last = next((stops[-1] for name in reversed(before) if (stops := _tab_stops(self._plots.made[name]))), None)
        if last is not None:
            for stop in _tab_stops(self._plots.made[key]):
                QWidget.setTabOrder(last, stop)
                last = stop

    def _arrange(self) -> None:
        seen = [key for key, shown in self._shown.items() if (shown if self.enlarged is None else key == self.enlarged)]
        for key, plot in self._plots.made.items():
            if key not in seen:
                plot.hide()
        for key in seen:
            self._plots[key].show()
        self._panels.setVisible(self.enlarged is None)
        for column, region in ((self.middle, MIDDLE), (self._side, SIDE)):
            column.setVisible(any(PLOTS[key].region == region for key in seen))
        self.hint.setVisible(self.middle.isHidden() and self._side.isHidden())
        shown = self.shown()
        for key in self._plots:
            self._actions[f"view {key}"].setChecked(key in shown)
        self._actions["end enlarging"].setEnabled(self.enlarged is not None)
        self._settings.shown_plots, self._settings.enlarged_plot = shown, self.enlarged or ""


def _tab_stops(plot: Plot) -> list[QWidget]:
    """What Tab stops at in a plot, in the order of the focus chain."""
    stops, widget = [], plot.nextInFocusChain()
    while widget is not None and widget is not plot:
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and plot.isAncestorOf(widget):
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def _column(cards: "list[Panel] | list[Plot]", *, end: bool = False) -> QScrollArea:
    """Cards under each other, which can be scrolled where the window is too low; `end` leaves what is left free below them."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.GAP)
    for card in cards:
        layout.addWidget(card)
    if end:
        layout.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidget(column)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
