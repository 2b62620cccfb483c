"""Features: how the columns are scaled before training."""

from PySide6.QtWidgets import QComboBox, QWidget

from core.scaling import SCALINGS
from gui.drawing.condition_line import ConditionLine
from gui.fields import Form
from gui.panels.base import Panel
from gui.session import Session
from gui.text import tr


class FeaturesPanel(Panel):
    """Choice of feature scaling."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Features"), parent)
        self.scaling = QComboBox()
        for key, scaling in SCALINGS.items():
            self.scaling.addItem(tr(scaling.label), key)
            self.scaling.setItemData(self.scaling.count() - 1, scaling.formula, 3)  # Qt.ToolTipRole
        form = Form(168)
        form.add_row(
            tr("Scaling"),
            self.scaling,
            tr("Brings features of different units to the same size before training; z-score: x := (x − μ) / σ. Starts the run again."),
        )
        self.body.addLayout(form)
        self.body.addWidget(ConditionLine(session))
        self.scaling.activated.connect(self._choose)
        self.start()

    def show_experiment(self) -> None:
        self.scaling.setCurrentIndex(self.scaling.findData(self.session.experiment.scaling))

    def _choose(self, index: int) -> None:
        self.session.edit(tr("Change scaling"), scaling=self.scaling.itemData(index))
