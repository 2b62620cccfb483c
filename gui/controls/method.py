"""Which method makes the run: a menu to choose it from, and while it is another than gradient descent its name and its few settings.

A part of the descent panel. With gradient descent there is nothing to be seen of it but the button, which stands beside the model.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QVBoxLayout, QWidget

from core.descents import GRADIENT, METHODS, NEWTON, passes, usual_alpha
from core.descents.settings import NOT_CONVEX
from core.errors import SettingError
from core.experiment import Experiment
from core.update_rules import SIMULTANEOUS
from gui.fields import Button, Form, NumberField, describe, dim_label, exclusive
from gui.icons import icon
from gui.session import Session
from gui.text import exact, tr

Read = Callable[[NumberField, str, Callable[[float], Any]], None]

FORM_WIDTH_PX = 196


def method_tip(key: str) -> str:
    """What a method does, in the words of the course, and its formula."""
    tips = {
        GRADIENT: tr("Each update takes its derivatives from all m examples, as the course does."),
        "stochastic": tr("Each update takes one example, in an order drawn at random: m iterations make one pass over the examples."),
        "mini-batch": tr(
            "Each update takes a few examples, in an order drawn at random: m / batch size iterations make one pass over them."
        ),
        "momentum": tr(
            "w and b go on in the direction they were going, and the gradient bends it: a step grows to up to 1/(1 − β) of its size."
        ),
        "nesterov": tr("Momentum that takes the gradient where it is about to be, and so brakes earlier."),
        "adam": tr("A step of about α for each parameter, however steep or flat J is along it; β₂ is 0.999."),
        NEWTON: tr("A step to the minimum of the parabola that fits J at w, b. α is the share of the step that is made: 1 is the whole."),
    }
    return f"{tips[key]}\n{tr(METHODS[key].formula)}"


class MethodRows(QWidget):
    """The method's name and its settings; `read` is the panel's read_number, `chosen` comes with the method that was chosen in the box."""

    chosen = Signal(str)

    def __init__(self, session: Session, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._read = read
        self.box = QComboBox()
        for key, method in METHODS.items():
            self.box.addItem(tr(method.label), key)
            self.box.setItemData(self.box.count() - 1, method_tip(key), Qt.ItemDataRole.ToolTipRole)
        self.batch_size, self.seed, self.momentum = NumberField(), NumberField(), NumberField()
        first, rows = Form(FORM_WIDTH_PX), Form()
        first.add_row(tr("Method"), self.box, tr("How w and b are updated; J stays the same. Starts the run again."))
        self.fields: dict[str, tuple[QLabel, NumberField]] = {}
        for name, field, text, tip in (
            ("batch_size", self.batch_size, tr("Batch size"), tr("Examples that each update takes its derivatives from")),
            ("seed", self.seed, tr("Order seed"), tr("The same seed is the same order of the examples, and so the same path")),
            ("momentum", self.momentum, tr("Momentum β"), tr("How much of the last step goes on into the next, from 0 up to 1")),
        ):
            self.fields[name] = rows.add_row(text, field, tip), field
        self.passes = dim_label()
        self.passes.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(rows)
        layout.addWidget(self.passes)
        self.box.activated.connect(self._box_chosen)
        self.batch_size.entered.connect(self._batch_size_entered)
        self.seed.entered.connect(self._seed_entered)
        self.momentum.entered.connect(self._momentum_entered)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the method, and those settings that it has."""
        method = METHODS[experiment.method]
        self.box.setCurrentIndex(self.box.findData(experiment.method))
        for name, (label, field) in self.fields.items():
            label.setVisible(name in method.settings)
            field.setVisible(name in method.settings)
        self.batch_size.show_text(f"{experiment.batch_size:,}")
        self.seed.show_text(str(experiment.seed))
        self.momentum.show_text(exact(experiment.momentum))
        m = experiment.dataset.training.m
        iterations = passes(experiment.method, m, experiment.batch_size)
        self.passes.setVisible(iterations is not None)
        if iterations is not None:
            self.passes.setText(tr("One pass over {m:,} examples: {k:,} iterations").format(m=m, k=iterations))

    def _box_chosen(self, index: int) -> None:
        self.chosen.emit(self.box.itemData(index))

    def _batch_size_entered(self, text: str) -> None:
        self._read(self.batch_size, text, lambda value: self._session.edit(tr("Change batch size"), batch_size=_whole(value)))

    def _seed_entered(self, text: str) -> None:
        self._read(self.seed, text, lambda value: self._session.edit(tr("Change order seed"), seed=_whole(value)))

    def _momentum_entered(self, text: str) -> None:
        self._read(self.momentum, text, lambda value: self._session.edit(tr("Change momentum"), momentum=value))


class MethodControl(QWidget):
    """The `button` that opens the menu, and the rows of another method than gradient descent; menu and rows are made when first needed."""

    def __init__(self, session: Session, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._read = read
        self._alpha_before: float | None = None  # Newton's method, whose alpha is another thing
        self._menu: QMenu | None = None
        self._rows: MethodRows | None = None
        self.actions_by_method: dict[str, QAction] = {}
        self.button = Button()
        self.button.setProperty("tiny", True)
        self.button.setProperty("icon", True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe(
            self.button,
            tr("Method"),
            tr("Choose how w and b are updated: gradient descent, or another descent to compare it with  (Ctrl+Shift+M)"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.button.clicked.connect(self.choose)
        self.hide()

    @property
    def menu(self) -> QMenu:
        """All methods, the one in force checked."""
        if self._menu is None:
            self._menu = QMenu(self)
            self._menu.setToolTipsVisible(True)
            for key, method in METHODS.items():
                action = self._menu.addAction(tr(method.label))
                action.setToolTip(method_tip(key))
                action.setData(key)
                self.actions_by_method[key] = action
            exclusive(list(self.actions_by_method.values()), self)
            self._menu.triggered.connect(self._menu_chosen)
            self._check(self._session.experiment)
        return self._menu

    @property
    def rows(self) -> MethodRows:
        """The rows, shown or not."""
        if self._rows is None:
            self._rows = MethodRows(self._session, self._read)
            self._layout_rows(self._rows)
            self._rows.chosen.connect(self._choose_method)
        return self._rows

    def _layout_rows(self, rows: MethodRows) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(rows)
        # Qt puts what is new at the end of the tab order.
        before: QWidget = self.button
        for control in (rows.box, *(field for _, field in rows.fields.values())):
            QWidget.setTabOrder(before, control)
            before = control

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what there is to be shown of its method."""
        if self._menu is not None:
            self._check(experiment)
        if experiment.method != GRADIENT or self._rows is not None:
            self.rows.show_experiment(experiment)
        self.setVisible(experiment.method != GRADIENT)

    def choose(self) -> None:
        """Open the menu."""
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def apply_theme(self) -> None:
        """Draw the icon in the colour of the theme in force."""
        self.button.setIcon(icon("footprints"))

    def _check(self, experiment: Experiment) -> None:
        self.actions_by_method[experiment.method].setChecked(True)
        self.actions_by_method[NEWTON].setEnabled(experiment.model != NOT_CONVEX)

    def _menu_chosen(self, action: QAction) -> None:
        self._choose_method(action.data())

    def _choose_method(self, method: str) -> None:
        experiment = self._session.experiment
        changes: dict[str, Any] = {"method": method}
        alpha = usual_alpha(method)
        if alpha is not None and experiment.method != method:
            self._alpha_before = experiment.alpha
            changes["alpha"] = alpha
        elif experiment.method != method and usual_alpha(experiment.method) == experiment.alpha and self._alpha_before is not None:
            changes["alpha"] = self._alpha_before
        if method != GRADIENT:
            changes["update"] = SIMULTANEOUS
        try:
            self._session.edit(tr("Change method"), **changes)
        except SettingError as error:
            self._session.report(error)
        else:
            if changes.get("update", experiment.update) != experiment.update:
                self._session.report(tr("Updates are simultaneous again: one after the other is for gradient descent with all examples."))
        self.show_experiment(self._session.experiment)


def _whole(value: float) -> int | float:
    """A whole number as such; any other is left for Experiment to refuse."""
    return int(value) if value == int(value) else value
