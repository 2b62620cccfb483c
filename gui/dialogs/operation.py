"""Operation: noise, wrong labels, outliers or a test set on the data there are, live on the plane."""

from PySide6.QtWidgets import QComboBox, QWidget

from core.operations import OPERATIONS
from gui.background import Background
from gui.dialogs.live import Draw, LiveDialog
from gui.drawing.markers import marker_icon
from gui.fields import Form
from gui.session import Session
from gui.text import class_text, tr

CLASS_PX = 222


class OperationDialog(LiveDialog):
    """The numbers of one operation. Each preview begins with the data as they were when the dialog opened."""

    def __init__(self, session: Session, background: Background, parent: QWidget, key: str) -> None:
        self._operation = OPERATIONS[key]
        super().__init__(session, background, tr(self._operation.title), self._operation.parameters, parent)
        self._dataset = session.experiment.dataset
        self.note.setText(tr(self._operation.note))
        self.label = QComboBox()
        for label, name in enumerate(self._dataset.class_names):
            self.label.addItem(marker_icon(label), class_text(name))
        self.label.setCurrentIndex(1)
        if self._operation.labelled:
            form = Form(CLASS_PX)
            form.add_row(tr("Class"), self.label, tr("The class of the examples that are added"))
            self.top.addLayout(form)
            self.begin_with(self.label)
        else:
            self.label.setParent(self)
            self.label.hide()
        if "count" in self.amounts.rows:
            self.amounts.rows["count"].whole_of = self._dataset.m
        if key == "split" and self._dataset.split is not None:
            self.amounts.show_values({"share": self._dataset.split.share, "seed": self._dataset.split.seed})
        self.label.currentIndexChanged.connect(self.preview)

    def draw(self) -> Draw:
        operation, dataset, values = self._operation, self._dataset, self.amounts.values
        if operation.labelled:
            values["label"] = self.label.currentIndex()
        return lambda: operation.apply(dataset, values)

    def step(self) -> str:
        return tr(self._operation.title)

    def examples(self) -> int:
        return self._dataset.m
