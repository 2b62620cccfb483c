"""The update, in numbers: how w and b of the next iteration come out of this one. Large, it also shows what each example adds."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from core.descents import GRADIENT, METHODS
from core.errors import SettingError
from core.features import exponents
from core.frame import Frame
from core.update import Contributions, Update, contributions_of, update_of
from core.update_rules import SEQUENTIAL, SIMULTANEOUS, UPDATES
from gui import theme
from gui.actions import Actions
from gui.drawing.contribution_table import ContributionTable
from gui.drawing.update_rows import UpdateRows, update_cells
from gui.fields import Segmented, dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import tr

LARGE_FROM_PX = 330  # height of the card
MOST_ROWS, MOST_ROWS_LARGE = 3, 6  # without scrolling

Numbers = tuple[Frame, Update | None, Contributions | None]


class UpdateView(Plot):
    """The formulas of one update and the numbers in them."""

    least_height_px = 0

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Simultaneous update"), parent)
        self._rules = [actions[f"update {update}"] for update in UPDATES]
        self.header.addStrut(theme.CONTROL_HEIGHT + 2)  # a button that is down is a little higher
        self.rules = Segmented(self._rules, small=True)
        self.header.addWidget(self.rules)
        self.iterations = dim_label()
        self.header.addSpacing(8)
        self.header.addWidget(self.iterations)
        self.area = UpdateRows()
        self.area.setAccessibleName(tr("The update of w and b with the numbers of this iteration"))
        self.table = ContributionTable()
        self._rows_scroll, self._table_scroll = _scrolled(self.area), _scrolled(self.table)
        self._table_scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.hint = dim_label(tr("There are no examples to train on."))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.caption = dim_label()
        self.body.addWidget(self.hint)
        self.body.addWidget(self._rows_scroll)
        self.body.addWidget(self.caption)
        self.body.addWidget(self._table_scroll, 1)
        self.caption.hide()
        self._table_scroll.hide()
        self._background = session.background()
        self._shown: Numbers | None = None
        for action in self._rules:
            action.triggered.connect(self._rule_chosen)
        self.table.hovered.connect(session.pointer.set_hovered)
        session.pointer.hovered_changed.connect(self._light)
        self.start()

    def show_experiment(self) -> None:
        rule, method = self.session.experiment.update, self.session.experiment.method
        self.rules.setVisible(method == GRADIENT)
        for action in self._rules:
            action.setChecked(action.data() == rule)
        self.title.setText({SIMULTANEOUS: tr("Simultaneous update"), SEQUENTIAL: tr("Update, one after the other")}[rule])
        self.title.setToolTip("")
        if method != GRADIENT:
            # Its own updates need more than fits here: batches, moments, second derivatives.
            self.title.setText(tr("What gradient descent would do here; this run: {method}").format(method=tr(METHODS[method].label)))
            self.title.setToolTip(tr(METHODS[method].formula))

    def show_frame(self, frame: Frame) -> None:
        if not self.text_due():
            return
        with_table = self._is_large()
        if frame.experiment.is_quick:
            self._background.cancel()
            self._show_numbers(_numbers(frame, with_table))
        else:
            self._background.submit(lambda: _numbers(frame, with_table), self._show_numbers, at_rest=not self.session.training)

    def apply_theme(self) -> None:
        self.area.update()
        self.table.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_large() != self.caption.isVisibleTo(self):
            self._show_sizes()
            self.show_frame(self.session.frame_now)

    def _is_large(self) -> bool:
        return self.height() >= LARGE_FROM_PX

    def _show_sizes(self) -> None:
        """Scroll what has no room: few parameters in the small card, more of them in the large one."""
        large = self._is_large()
        update = self._shown[1] if self._shown else None
        self.area.set_large(large)
        # The small card keeps its height, so that the plane above stays where it is when the first example is clicked.
        rows = min(update.n + 1, MOST_ROWS_LARGE) if large and update else MOST_ROWS
        self._rows_scroll.setFixedHeight(rows * self.area.row_height)
        self.hint.setFixedHeight(MOST_ROWS * self.area.row_height)
        self.caption.setVisible(large and update is not None)
        self._table_scroll.setVisible(large and update is not None)

    def _show_numbers(self, numbers: Numbers) -> None:
        frame, update, contributions = numbers
        experiment = frame.experiment
        if experiment.dataset is not self.session.experiment.dataset:
            return
        self._shown = numbers
        self.hint.setVisible(update is None)
        self._rows_scroll.setVisible(update is not None)
        self.iterations.setText(
            ""
            if update is None or experiment.method != GRADIENT
            else tr("iteration {k:,} → {next:,}").format(k=frame.own_iteration, next=frame.own_iteration + 1)
        )
        if update is not None:
            powers = exponents(experiment.dataset.n, experiment.degree)
            rows = [update_cells(update, j, powers, experiment.model, experiment.update) for j in range(update.n + 1)]
            self.area.show_rows(rows)
            if contributions is not None:
                self.table.show_contributions(update, contributions, powers, experiment.model, experiment.update)
                self.caption.setText(_caption(contributions))
        self._show_sizes()

    def _light(self) -> None:
        self.table.light(self.session.pointer.hovered)

    def _rule_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            try:
                self.session.edit(tr("Change update rule"), update=action.data())
            except SettingError as error:  # not with every method
                self.session.report(error)
            self.show_experiment()


def _numbers(frame: Frame, with_table: bool) -> Numbers:
    update = update_of(frame)
    return frame, update, contributions_of(frame, update) if with_table and update is not None else None


def _caption(contributions: Contributions) -> str:
    if contributions.others:
        return tr("What the {k} examples with the largest error add to the sums").format(k=len(contributions.rows))
    return tr("What each example adds to the sums")


def _scrolled(widget: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidget(widget)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
