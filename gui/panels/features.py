"""Features: which polynomial terms the model sees, and how they are scaled before training."""

from PySide6.QtWidgets import QComboBox, QWidget

from core.constant import CENTRED, constant_notes
from core.errors import SettingError, UserError
from core.features import MAX_DEGREE, FeatureMap, exponents
from core.scaling import SCALINGS
from gui.controls.stepper import Stepper
from gui.drawing.condition_line import ConditionLine
from gui.fields import Form, dim_label
from gui.panels.base import Panel
from gui.session import Session
from gui.text import notes_text, power_text, tr

MOST_TERMS_NAMED = 27


class FeaturesPanel(Panel):
    """Choice of feature scaling and of the degree of the polynomial terms."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Features"), parent)
        self.terms = dim_label()
        self.header.addWidget(self.terms)
        self.scaling = QComboBox()
        for key, scaling in SCALINGS.items():
            self.scaling.addItem(tr(scaling.label), key)
            self.scaling.setItemData(self.scaling.count() - 1, scaling.formula, 3)  # Qt.ToolTipRole
        self.degree = Stepper()
        form, below = Form(168), Form(132)
        form.add_row(
            tr("Scaling"),
            self.scaling,
            tr("Brings features of different units to the same size before training; z-score: x := (x − μ) / σ. Starts the run again."),
        )
        degree_tip = tr("Terms up to this degree become features, such as x₁², x₁x₂, x₂²: the boundary can curve. Starts the run again.")
        below.add_row(tr("Polynomial degree"), self.degree, degree_tip)
        self.degree.describe(tr("Polynomial degree"), degree_tip)
        self.body.addLayout(form)
        self.body.addLayout(below)
        self.condition = ConditionLine(session)
        self.body.addWidget(self.condition)
        self._background = session.background()
        self._wanted: int | None = None  # the degree that is still being measured
        self.scaling.activated.connect(self._choose)
        self.degree.entered.connect(self._degree_entered)
        self.degree.stepped.connect(self._degree_stepped)
        self.start()

    def show_experiment(self) -> None:
        experiment = self.session.experiment
        self.scaling.setCurrentIndex(self.scaling.findData(experiment.scaling))
        self.degree.show_value(experiment.degree, 1, MAX_DEGREE)
        count = experiment.n_terms
        self.terms.setText(tr("{n} terms").format(n=count) if count != 1 else tr("1 term"))
        names = [power_text(powers) for powers in exponents(experiment.dataset.n, experiment.degree)[:MOST_TERMS_NAMED]]
        self.terms.setToolTip(", ".join(names))

    def summary(self) -> str:
        return tr("{scaling} · degree {degree} ·").format(scaling=self.scaling.currentText(), degree=self.session.experiment.degree)

    def _choose(self, index: int) -> None:
        scaling = self.scaling.itemData(index)
        self.session.edit(tr("Change scaling"), scaling=scaling)
        if scaling in CENTRED:
            dataset = self.session.experiment.dataset
            self.session.report(notes_text(constant_notes(dataset.training.X, dataset.feature_names)))

    def _degree_entered(self, text: str) -> None:
        self.read_number(self.degree.field, text, self._set_degree)

    def _degree_stepped(self, step: int) -> None:
        degree = (self._wanted or self.session.experiment.degree) + step
        if not 1 <= degree <= MAX_DEGREE:
            return
        self.degree.field.restore()
        try:
            self._set_degree(degree)
        except UserError as error:
            self.session.report(error)

    def _set_degree(self, value: float) -> None:
        if not 1 <= value <= MAX_DEGREE or value != int(value):
            raise SettingError("Degree {value} is not possible; give a whole number from 1 to {most}", value=f"{value:g}", most=MAX_DEGREE)
        now, degree = self.session.experiment, int(value)
        self._background.cancel()
        self._wanted = None
        if now.is_quick:
            self.session.edit(tr("Change degree"), degree=degree)
        else:
            # The terms of many examples are measured where they hold up nobody.
            self._wanted = degree
            self._background.submit(lambda: FeatureMap.of(now.dataset, degree, now.scaling), self._measured)

    def _measured(self, features: FeatureMap) -> None:
        self._wanted = None
        try:
            self.session.edit(tr("Change degree"), degree=features.degree)
        except UserError as error:
            self.session.report(error)
