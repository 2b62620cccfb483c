"""The main window: puts header, panels, plots and transport together, and connects every command once."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from core.experiment import Experiment
from core.table_source import TableSource
from core.update_rules import UPDATES
from gui import theme
from gui.actions import build_actions, show_icons
from gui.appearance import Appearance
from gui.clipboard import Clipboard
from gui.dialogs.about import show_about
from gui.dialogs.keys import show_keys
from gui.drawing.name_editor import NAMES
from gui.fields import action_button, exclusive
from gui.garbage import GarbageCollector
from gui.header import Header
from gui.making import Making
from gui.menus import Menus
from gui.notices import Notices
from gui.opening import Opening
from gui.other_path import OtherPath
from gui.panels import PANELS
from gui.panels.data import HEADER_HEIGHT_PX
from gui.panels.descent import DescentPanel
from gui.plot_collection import PlotCollection
from gui.plots.decision_boundary import DecisionBoundary
from gui.plots.landscape import LandscapePlot
from gui.pointer import CLASSES
from gui.run_commands import RunCommands
from gui.saving import Saving
from gui.scripts import Scripts
from gui.session import Session
from gui.settings import Settings
from gui.text import tr
from gui.tools import TOOLS
from gui.transport import Transport
from gui.workspace import Workspace

GOOD_SIZE = QSize(1440, 900)
LEAST_SIZE = QSize(1280, 640)
ALPHA_NOTCH = 10**0.1
LATEST_WAKE_MS = 400


class MainWindow(QMainWindow):
    """The one window; `session` is its state. `first_painted` comes once, when the window has been drawn for the first time."""

    first_painted = Signal()

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.garbage = GarbageCollector(self)
        self.garbage.start()
        self.settings = Settings()
        self.appearance = Appearance(self.settings, self)
        self.session = Session(experiment, self, asleep=True)
        self.opening = Opening(self.session, self.settings, self)
        self.saving = Saving(self.session, self.settings, self)
        self.scripts = Scripts(self.session, self.settings, self)
        self.clipboard = Clipboard(self.session, self.opening.drop, self)
        self.actions_by_name = build_actions(self)
        self._painted = False
        self._after_painting = QTimer(self)  # comes when all that is in the window has been painted, too
        self._after_painting.setSingleShot(True)
        self._after_painting.timeout.connect(self.first_painted)
        self.setWindowTitle("Descent Lab")
        self.setFont(theme.font())  # what the style sheet leaves open of a font comes from here
        self.setAcceptDrops(True)
        self.setMinimumSize(LEAST_SIZE)
        for choice in (CLASSES, TOOLS):
            exclusive([self.actions_by_name[f"tool {tool}"] for tool in choice], self)
        exclusive([self.actions_by_name[f"axes {axes}"] for axes in ("linear", "log J", "log-log", "above J*")], self)
        self.actions_by_name["axes linear"].setChecked(True)
        exclusive([self.actions_by_name[f"update {update}"] for update in UPDATES], self)
        self.appearance.connect_actions(self.actions_by_name, self)
        self.appearance.changed.connect(self._restyle)
        self.menus = Menus(self, self.actions_by_name, self.settings, self.opening.open_file, self.opening.open_sample)
        self.header = Header(self.session, self.actions_by_name, self.menus.bar, self.menus.samples)
        self.panels = {key: make(self.session) for key, make in PANELS.items()}
        choose_columns = action_button(self.actions_by_name["columns"], icon_only=True)
        choose_columns.setProperty("tiny", True)
        choose_columns.setFixedHeight(HEADER_HEIGHT_PX)
        self.panels["data"].header.addWidget(choose_columns)
        self.plots = PlotCollection(self.session, self.actions_by_name)
        self.other_path = OtherPath(self.session, self)
        self.transport = Transport(self.session, self.actions_by_name)
        self.workspace = Workspace(self.panels, self.plots, self.session, self.actions_by_name, self.settings)
        self.making = Making(self.session, self, self.plots["decision boundary"])
        self.run_commands = RunCommands(self.session, self.actions_by_name, self.settings, self.workspace, self.plots, self)
        self._lay_out()
        self._connect()
        self.appearance.apply()
        self.first_painted.connect(self.session.wake)
        # Timers of its own, which go with it: QTimer.singleShot calls the method of a window that has gone.
        latest = QTimer(self)  # a window that is never painted has numbers, too
        latest.setSingleShot(True)
        latest.timeout.connect(self.session.wake)
        latest.start(LATEST_WAKE_MS)
        if self.settings.geometry is not None:
            self.restoreGeometry(self.settings.geometry)
        else:
            self._take_a_good_size()

    # Data.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.opening.can_drop(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.opening.drop(event.mimeData()):
            event.acceptProposedAction()

    # Commands.

    def _connect(self) -> None:
        session, run = self.session, self.actions_by_name
        for name, slot in {
            "open": self.opening.choose_file,
            "new": self.opening.new_dataset,
            "columns": self.opening.choose_columns,
            "save data": self.saving.choose_file,
            "quit": self.close,
            "undo": session.undo_stack.undo,
            "redo": session.undo_stack.redo,
            "code numpy": self.scripts.copy_numpy,
            "code loops": self.scripts.copy_loops,
            "code sklearn": self.scripts.copy_sklearn,
            "save code": self.scripts.choose_file,
            "copy": self.clipboard.copy,
            "copy dataset": self.clipboard.copy_all,
            "paste": self.clipboard.paste,
            "erase": self._erase,
            "select all": self._select_all,
            "lasso": session.pointer.set_lasso,
            "brush larger": session.pointer.larger,
            "brush smaller": session.pointer.smaller,
            "brush denser": session.pointer.denser,
            "brush sparser": session.pointer.sparser,
            "generate": self.making.generate,
            "add noise": self.making.add_noise,
            "flip labels": self.making.flip_labels,
            "add outliers": self.making.add_outliers,
            "split": self.making.split,
            "rename": self._rename,
            "play": session.toggle,
            "step": self._step,
            "step back": self._step_back,
            "step 10": self._step_10,
            "step back 10": self._step_back_10,
            "restart": session.restart,
            "latest": self._latest,
            "faster": self._faster,
            "slower": self._slower,
            "alpha up": self._alpha_up,
            "alpha down": self._alpha_down,
            "fit view": self._fit_view,
            "sort table": self.workspace.stage.sort_table,
            "full screen": self._full_screen,
            "keys": self._show_keys,
            "about": self._show_about,
            "clear recent": self.settings.clear_recent,
        }.items():
            run[name].triggered.connect(slot)
        run["verdict"].toggled.connect(self.transport.show_verdict)
        self.making.spread_out.connect(self._fit_view)
        self.other_path.changed.connect(self._show_other_path)
        self.workspace.taken_in.connect(self._show_other_path)
        for tool in (*CLASSES, *TOOLS):
            run[f"tool {tool}"].triggered.connect(self._tool_chosen)
        session.experiment_changed.connect(self._enable_by_data)
        self._enable_by_data()
        self.clipboard.pasted.connect(self._show_pasted)
        plane, descent = self.plots["decision boundary"], self.panels["descent"]
        if isinstance(plane, DecisionBoundary) and isinstance(descent, DescentPanel):
            run["compare"].toggled.connect(plane.comparison.set_shown)
            run["compare"].toggled.connect(descent.compare.setChecked)
            descent.compare.toggled.connect(run["compare"].setChecked)
            run["method"].triggered.connect(descent.method.choose)
        stack = session.undo_stack
        stack.canUndoChanged.connect(run["undo"].setEnabled)
        stack.canRedoChanged.connect(run["redo"].setEnabled)
        stack.undoTextChanged.connect(self._show_undo_text)
        stack.redoTextChanged.connect(self._show_redo_text)
        run["undo"].setEnabled(False)
        run["measure"].setEnabled("vectorization" in self.workspace.shown())  # its view, once made, says more
        run["redo"].setEnabled(False)

    def _enable_by_data(self) -> None:
        dataset = self.session.experiment.dataset
        self.actions_by_name["columns"].setEnabled(isinstance(dataset.source, TableSource))
        for name in ("add noise", "flip labels", "add outliers", "split"):
            self.actions_by_name[name].setEnabled(dataset.m > 0)

    def _show_undo_text(self, text: str) -> None:
        self.actions_by_name["undo"].setText(tr("Undo {what}").format(what=text) if text else tr("Undo"))

    def _show_redo_text(self, text: str) -> None:
        self.actions_by_name["redo"].setText(tr("Redo {what}").format(what=text) if text else tr("Redo"))

    def _tool_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.session.pointer.set_tool(action.data())

    def _erase(self) -> None:
        plane = self.plots["decision boundary"]
        if isinstance(plane, DecisionBoundary):
            plane.hand.erase()

    def _select_all(self) -> None:
        plane = self.plots["decision boundary"]
        if isinstance(plane, DecisionBoundary):
            plane.hand.selected.select_all()

    def _fit_view(self) -> None:
        plane = self.plots["decision boundary"]
        if isinstance(plane, DecisionBoundary):
            plane.fit_view()

    def _rename(self) -> None:
        plane = self.plots["decision boundary"]
        if isinstance(plane, DecisionBoundary):
            plane.renaming.edit(NAMES[0])

    def _show_pasted(self) -> None:
        plane = self.plots["decision boundary"]
        if isinstance(plane, DecisionBoundary):
            places = self.session.experiment.dataset.places[self.session.selection.rows]
            ranges = (plane.area.view.x_range(), plane.area.view.y_range())
            if any(low > places[:, j].min() or high < places[:, j].max() for j, (low, high) in enumerate(ranges)):
                plane.fit_view()

    def _nudge_alpha(self, factor: float) -> None:
        panel = self.panels["descent"]
        if isinstance(panel, DescentPanel):
            panel.nudge_alpha(factor)

    def _alpha_up(self) -> None:
        self._nudge_alpha(ALPHA_NOTCH)

    def _alpha_down(self) -> None:
        self._nudge_alpha(1 / ALPHA_NOTCH)

    def _step(self) -> None:
        self.session.step()

    def _step_back(self) -> None:
        self.session.step(-1)

    def _step_10(self) -> None:
        self.session.step(10)

    def _step_back_10(self) -> None:
        self.session.step(-10)

    def _latest(self) -> None:
        self.session.seek(self.session.frame_now.trace.end)

    def _faster(self) -> None:
        self.transport.change_speed(1)

    def _slower(self) -> None:
        self.transport.change_speed(-1)

    def _show_other_path(self) -> None:
        landscape = self.plots.made.get("cost landscape")
        if isinstance(landscape, LandscapePlot):
            landscape.show_other_path(*self.other_path.path)

    def _full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _show_keys(self) -> None:
        show_keys(self)

    def _show_about(self) -> None:
        show_about(self)

    def set_theme(self, name: str) -> None:
        """system, light or dark; remembered."""
        self.appearance.choose(name)

    def _restyle(self) -> None:
        show_icons(self.actions_by_name)
        for card in (*self.plots.made.values(), *self.panels.values()):
            card.apply_theme()
        for bar in (self.transport, self.header, self.notices.message, self.workspace.stage):
            bar.apply_theme()

    # Window.

    def _take_a_good_size(self) -> None:
        room = self.screen().availableSize()
        self.resize(GOOD_SIZE.boundedTo(room).expandedTo(LEAST_SIZE))
        small = room.width() < GOOD_SIZE.width() or room.height() < GOOD_SIZE.height()
        if small and room.width() >= LEAST_SIZE.width() and room.height() >= LEAST_SIZE.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _lay_out(self) -> None:
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.workspace, 1)
        whole.addWidget(self.transport)
        central = QWidget()
        central.setLayout(whole)
        self.setCentralWidget(central)
        self.notices = Notices(self.session, central, self.transport, self.workspace.middle)
        self.plots["decision boundary"].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Only keys that nothing else has taken come here.
        if not self.notices.cancel_by(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._after_painting.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        # The worker ends before the window does: a thread that outlives it takes the process down.
        self.settings.geometry = self.saveGeometry()
        self.workspace.stage.remember()
        self.settings.save()
        self.saving.close()
        self.run_commands.close()
        self.scripts.close()
        self.session.close()
        self.garbage.stop()
        super().closeEvent(event)
