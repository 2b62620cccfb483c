"""Runs: a table of the run under way, the other lanes of its race, and the runs that were pinned."""

from collections.abc import Hashable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.frame import Frame
from gui.actions import Actions
from gui.drawing.runs_model import RunsModel
from gui.drawing.runs_table import RunsTable
from gui.fields import action_button, dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import tr

ON_BUTTONS = ("restore run", "rename run", "delete run", "export runs")
IN_THE_MENU = ("show run", "restore run", "rename run", "delete run", "export run")


class RunsView(Plot):
    """One row for each run."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Runs"), parent)
        self.model = RunsModel(session, self)
        self.area = RunsTable(session, self.model)
        for name in ("pin", "race"):
            button = action_button(actions[name])
            button.setProperty("small", True)
            button.setProperty("labelled", False)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self.header.addWidget(button)
        for name in ON_BUTTONS:
            button = action_button(actions[name], icon_only=True)
            button.setIconSize(QSize(14, 14))
            self.header.addWidget(button)
        self.area.addActions([actions[name] for name in IN_THE_MENU])
        self.body.addWidget(self.area, 1)
        self.hint = dim_label(tr("P keeps the run as it is, to compare others with it; Ctrl+R lets several run side by side"))
        self.hint.setWordWrap(True)
        self.body.addWidget(self.hint)
        self.model.renamed.connect(session.runs.rename)
        self.model.shown.connect(self._box_clicked)
        self.area.edit_ended.connect(self._show_again)
        session.runs.bottoms.changed.connect(self._show_again)
        session.judge.changed.connect(self._show_again)
        self.model.verdicts.changed.connect(self._show_again)
        session.runs.changed.connect(self._show_again)
        session.runs.shown_changed.connect(self._show_again)
        session.status_changed.connect(self._show_again)
        self.apply_theme()
        self.start()

    def show_experiment(self) -> None:
        self._show_again()

    def show_frame(self, frame: Frame) -> None:
        lanes = len(frame.trace.lanes)
        if lanes != sum(not row.is_pinned for row in self.model.rows) - 1 or not self.session.training:
            self._show_again()
        elif self.text_due() and not self.area.editing:
            self.model.show_runs(self.devicePixelRatioF(), moving=True)

    def apply_theme(self) -> None:
        self.area.apply_theme()
        self._show_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.area.share_out()

    def _box_clicked(self, key: Hashable, shown: bool) -> None:
        self.session.runs.choose(key)  # Qt does not, where a box is clicked
        self.session.runs.show(key, shown)

    def _show_again(self) -> None:
        if self.unseen():
            self._missed = True
        elif not self.area.editing:  # a name under the hand stays as it is
            self.model.show_runs(self.devicePixelRatioF())
            self.hint.setVisible(len(self.model.rows) == 1)
            self.area.share_out()
