"""Gradient descent: learning rate, iterations, regularization, and where w and b start."""

import math
import re
import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from core.comparison import other_model
from core.descents import GRADIENT, METHODS
from core.errors import SettingError
from core.experiment import MAX_ALPHA
from core.frame import Frame
from core.models import LABELS, MODELS
from core.stop_rule import COURSE_EPSILON
from core.update_rules import SIMULTANEOUS
from gui.controls.alpha_slider import AlphaMarks, AlphaSlider
from gui.controls.flat_button import FlatButton
from gui.controls.method import FORM_WIDTH_PX, MethodControl
from gui.drawing.alpha_text import alpha_text, edge_of
from gui.fields import CheckBox, Form, NumberField, describe, dim_label
from gui.panels.base import Panel
from gui.session import Session
from gui.text import exact, number, tr

ALPHA_DECADES = (-6, 3)
BUTTON_WIDTH_PX = 24
GESTURE_PAUSE_S = 1.0
MOST_ZEROS = 6  # that the field of the start has room for
MODEL_FORMULAS = {
    "logistic": "f = g(w·x + b),  J = 1/m Σ (−y log f − (1 − y) log(1 − f))",
    "linear": "f = w·x + b,  J = 1/(2m) Σ (f − y)²",
    "squared": "f = g(w·x + b),  J = 1/(2m) Σ (f − y)²",
}
_DOTTED = re.compile(r"\d{1,3}(\.\d{3})+")  # 1.000 is one, or a thousand


class DescentPanel(Panel):
    """The settings of the update w := w − α ∂J/∂w, b := b − α ∂J/∂b."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Gradient descent"), parent)
        self.model = QComboBox()
        for key in MODELS:
            self.model.addItem(tr(LABELS[key]), key)
            self.model.setItemData(self.model.count() - 1, MODEL_FORMULAS[key], 3)  # Qt.ToolTipRole
        self.alpha = NumberField()
        self.alpha_slider = AlphaSlider(*ALPHA_DECADES)
        self.alpha_marks = AlphaMarks(self.alpha_slider)
        self.iterations = NumberField()
        self.lambda_ = NumberField()
        self.epsilon = NumberField()
        self._last_epsilon = COURSE_EPSILON
        self.begin = NumberField()
        self._gesture = 0
        self._gesture_s = 0.0
        self._dragging = False
        self.penalty = dim_label()
        self.penalty.setToolTip(tr("The λ term of the cost, λ/(2m) Σ wⱼ², and its share of J"))
        top, below = Form(), Form()
        self._alpha_tip = tr("The size of a step: w := w − α ∂J/∂w, b := b − α ∂J/∂b. Takes effect at once, also while it trains.")
        top.add_row(tr("Learning rate α"), self.alpha, self._alpha_tip)
        describe(self.alpha_slider, tr("Learning rate α, logarithmic from 1e-6 to 1e3"), self._alpha_tip)
        ends = below.add_row(tr("Iterations"), self.iterations, tr("Where the run ends: up to 1,000,000,000 simultaneous updates"))
        stop_tip = tr(
            "Automatic convergence test of the course: if J falls by less than ε in one iteration (ε = 0.001), declare convergence "
            "and stop. That may be far above the minimum: the verdict says how far."
        )
        self.stop_rule = CheckBox(tr("ε"))
        describe(self.stop_rule, tr("Stop when J falls by less than ε"), stop_tip)
        below.share_label(ends, self.stop_rule)
        self.epsilon_label = below.add_row(tr("Stop below ε"), self.epsilon, stop_tip)
        self.epsilon.setAccessibleName(tr("Stop rule ε"))
        below.add_row(
            tr("Regularization λ"), self.lambda_, tr("Adds λ/(2m) Σ wⱼ² to the cost J, which keeps the weights small; b is not regularized")
        )
        below.addWidget(self.penalty, below.rowCount(), 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        below.add_row(
            tr("Start w, b"),
            self.begin,
            tr("w₁, w₂, b at iteration 0, with one feature w, b; separated by commas, in scaled units; 0: all zero. Starts the run again."),
        )
        self.compare = FlatButton(tr("Compare boundaries"), tr("Draw the boundary of the other model, at its minimum, as a dashed line"))
        self.compare.setProperty("choice", True)
        self.header.addWidget(self.compare)
        model_tip = tr("What f is, and which cost J it is fitted by; the update rule stays the same. Starts the run again.")
        first = Form(FORM_WIDTH_PX)
        first.add_row(tr("Model"), self.model, model_tip)
        self.model.activated.connect(self._model_chosen)
        self.method = MethodControl(session, self.read_number)
        first.put_beside(self.model, self.method.button, BUTTON_WIDTH_PX)
        self.body.addLayout(first)
        self.body.addWidget(self.method)
        self.body.addLayout(top)
        self.body.addWidget(self.alpha_slider)
        self.body.addWidget(self.alpha_marks)
        self.body.addLayout(below)
        self.alpha_slider.slid.connect(self._alpha_slid)
        self.alpha_slider.sliderPressed.connect(self._drag_began)
        self.alpha_slider.sliderReleased.connect(self._drag_ended)
        self.alpha.entered.connect(self._alpha_entered)
        self.iterations.entered.connect(self._iterations_entered)
        self.lambda_.entered.connect(self._lambda_entered)
        self.stop_rule.clicked.connect(self._stop_rule_clicked)
        self.epsilon.entered.connect(self._epsilon_entered)
        self.begin.entered.connect(self._start_entered)
        session.bottom.changed.connect(self._show_marks)
        self.start()

    def apply_theme(self) -> None:
        self.method.apply_theme()

    def show_experiment(self) -> None:
        experiment = self.session.experiment
        self.model.setCurrentIndex(self.model.findData(experiment.model))
        self.method.show_experiment(experiment)
        other = tr("compare with linear") if other_model(experiment.model) == "linear" else tr("compare with logistic")
        self.compare.setText(other)
        self.penalty.setVisible(experiment.lambda_ > 0)
        self.alpha.show_text(exact(experiment.alpha))
        self.alpha_slider.show_value(experiment.alpha)
        self.iterations.show_text(f"{experiment.iterations:,}")
        self.lambda_.show_text(exact(experiment.lambda_))
        self._last_epsilon = experiment.stop_below or self._last_epsilon
        self.stop_rule.setChecked(experiment.stop_below is not None)
        self.epsilon.setVisible(experiment.stop_below is not None)
        self.epsilon_label.setVisible(experiment.stop_below is not None)
        self.epsilon.show_text(exact(self._last_epsilon))
        start = experiment.start or (0.0,) * (experiment.n_terms + 1)
        all_zero = not any(start) and len(start) > MOST_ZEROS
        self.begin.show_text(tr("0 (all)") if all_zero else ", ".join(exact(value) for value in start))
        self._show_marks()

    def _show_marks(self) -> None:
        """What J says about α, as far as it is known."""
        experiment = self.session.experiment
        plain = experiment.method == GRADIENT  # the edge of another method is elsewhere
        bottom = self.session.bottom.now if plain and experiment.update == SIMULTANEOUS else None
        self.alpha_slider.show_marks(edge_of(bottom), bottom.safe_alpha if bottom is not None else None)
        self.alpha_marks.setVisible(plain)
        self.alpha_marks.refresh()
        text = alpha_text(bottom, experiment)
        tip = self._alpha_tip if plain else tr("The α of this method: {formula}").format(formula=tr(METHODS[experiment.method].formula))
        self.alpha.setToolTip(tip)
        self.alpha_slider.setToolTip(f"{tip} {text}".strip())
        self.alpha_marks.setToolTip(text)

    def show_frame(self, frame: Frame) -> None:
        if frame.experiment.lambda_ > 0:
            penalty, J = frame.penalty, frame.J
            share = tr(", {share:.1%} of J").format(share=penalty / J) if 0 < J < math.inf else ""
            self.penalty.setText(f"λ/(2m) Σ wⱼ² = {number(penalty)}{share}")

    def _model_chosen(self, index: int) -> None:
        try:
            self.session.edit(tr("Change model"), model=self.model.itemData(index))
        except SettingError as error:  # not with every method
            self.session.report(error)
            self.show_experiment()

    def nudge_alpha(self, factor: float) -> None:
        """Multiply alpha, to two digits: for the keys."""
        alpha = float(f"{self.session.experiment.alpha * factor:.2g}")
        if 10 ** ALPHA_DECADES[0] <= alpha <= MAX_ALPHA:
            self._set_alpha(alpha)

    def _alpha_slid(self, alpha: float) -> None:
        self._set_alpha(alpha)

    def _set_alpha(self, alpha: float) -> None:
        """One undo step for a drag, and for notches that follow each other without a pause."""
        now_s = time.monotonic()
        if now_s - self._gesture_s > GESTURE_PAUSE_S and not self._dragging:
            self._gesture += 1
        self._gesture_s = now_s
        self.session.edit(tr("Change learning rate"), merge=("alpha", self._gesture), alpha=alpha)

    def _drag_began(self) -> None:
        self._gesture += 1
        self._dragging = True

    def _drag_ended(self) -> None:
        self._gesture += 1
        self._dragging = False

    def _alpha_entered(self, text: str) -> None:
        self.read_number(self.alpha, text, lambda value: self.session.edit(tr("Change learning rate"), alpha=value))

    def _iterations_entered(self, text: str) -> None:
        def use(value: float) -> None:
            if _DOTTED.fullmatch(text.strip()):
                raise SettingError(
                    "Iterations: {text} can be read in two ways; write {plain} without a point",
                    text=text,
                    plain=text.strip().replace(".", ""),
                )
            self.session.edit(tr("Change iterations"), iterations=int(value) if value == int(value) else value)

        self.read_number(self.iterations, text, use)

    def _lambda_entered(self, text: str) -> None:
        self.read_number(self.lambda_, text, lambda value: self.session.edit(tr("Change regularization"), lambda_=value))

    def _stop_rule_clicked(self, on: bool) -> None:
        self.session.edit(tr("Change stop rule"), stop_below=self._last_epsilon if on else None)

    def _epsilon_entered(self, text: str) -> None:
        self.read_number(self.epsilon, text, lambda value: self.session.edit(tr("Change stop rule"), stop_below=value))

    def _start_entered(self, text: str) -> None:
        if text.strip().replace(" ", "") in ("0", tr("0 (all)").replace(" ", "")):
            text = ", ".join(["0"] * (self.session.experiment.n_terms + 1))
        self.read_numbers(self.begin, text, lambda values: self.session.edit(tr("Change start"), start=tuple(values)))
