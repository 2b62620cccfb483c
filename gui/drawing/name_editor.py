"""Editing a name of a feature or a class in place: a line edit over the name itself."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from core.dataset import Dataset
from core.errors import UserError
from core.names import with_class_name, with_feature_name
from gui.fields import describe
from gui.session import Session
from gui.text import tr

LEAST_WIDTH_PX = 120
HEIGHT_PX = 26


@dataclass(frozen=True)
class Name:
    """One of the names: that of a feature, 0 for x1, or of a class."""

    of_class: bool
    index: int

    def exists(self, dataset: Dataset) -> bool:
        """Whether the dataset has it: with one feature there is no x2."""
        return self.of_class or self.index < dataset.n

    def read(self, dataset: Dataset) -> str:
        """The name it has."""
        return dataset.class_names[self.index] if self.of_class else dataset.feature_names[self.index]

    def changed(self, dataset: Dataset, name: str) -> Dataset:
        """The dataset with another name. Raises SettingError."""
        return with_class_name(dataset, self.index, name) if self.of_class else with_feature_name(dataset, self.index, name)


NAMES = (Name(False, 0), Name(False, 1), Name(True, 0), Name(True, 1))


class NameEditor(QLineEdit):
    """One for all names of a view: edit() puts it over a name. `left` comes with the step to the next name, 1, -1 or 0, when it is done."""

    left = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.name = NAMES[0]
        self._dataset = session.experiment.dataset
        self._editing = False
        describe(self, tr("Name"), tr("Enter takes the name, Escape leaves it as it was, Tab goes to the next name"))
        self.hide()

    def edit(self, name: Name, over: QRect) -> None:
        """Edit a name, at a place in the parent."""
        self.name = name
        self._dataset = self.session.experiment.dataset
        self.setText(name.read(self._dataset))
        parent = self.parentWidget()
        place = QRect(over.left(), 0, max(over.width(), LEAST_WIDTH_PX), HEIGHT_PX)
        place.moveTop(over.center().y() - HEIGHT_PX // 2)
        if parent is not None:
            place.moveRight(min(place.right(), parent.width() - 4))
            place.moveBottom(min(place.bottom(), parent.height() - 2))
        place.moveLeft(max(place.left(), 4))
        place.moveTop(max(place.top(), 2))
        self._editing = True
        self.setGeometry(place)
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> bool:
        """Rename; says why when the name cannot be used, and goes on."""
        dataset, name = self.session.experiment.dataset, self.text()
        if not dataset.continues(self._dataset) or name == self.name.read(dataset):
            return True  # other data came meanwhile, or there is nothing to do
        try:
            renamed = self.name.changed(dataset, name)
        except UserError as error:
            self.session.report(error)
            return False
        self.session.edit_points(tr("Rename {name}").format(name=self.name.read(dataset)), renamed)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.take():
                self._end(0)
        elif event.key() == Qt.Key.Key_Escape:
            self.session.report("")
            self._end(0)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not self._editing:  # Qt looks for a new place for the focus of what is being hidden
            return super().focusNextPrevChild(forward)
        if self.take():
            self._end(1 if forward else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A click elsewhere takes the name like Enter; one that cannot be used is left as it was, and the sentence stays.
        if self._editing and event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.take()
            self._editing = False
            self.hide()

    def _end(self, step: int) -> None:
        self._editing = False
        self.hide()
        self.left.emit(step)
