"""What is edited in the data table: each cell that is entered and each erasure is one edit of the session."""

from PySide6.QtCore import QObject

from core.dataset import Dataset
from core.errors import UserError
from gui.data_table.columns import Column
from gui.fields import not_a_number, parse_number
from gui.session import Session
from gui.text import tr


class Edits(QObject):
    """What cannot be used is said in one sentence, and changes nothing."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def enter(self, example: int, column: Column, value: str | int) -> None:
        """Enter a feature as text, or a label as 0 or 1, for the example with this number."""
        dataset = self._session.experiment.dataset
        if isinstance(column.key, int):
            self._enter_feature(dataset, example, column, column.key, str(value))
        elif value != dataset.y[example]:
            self._edit(tr("Change class of example {number:,}").format(number=example + 1), dataset.with_labels(example, value))

    def _enter_feature(self, dataset: Dataset, example: int, column: Column, feature: int, text: str) -> None:
        name = tr("{name} of example {number:,}").format(name=column.name, number=example + 1)
        try:
            value = parse_number(text)
        except ValueError:
            self._session.report(not_a_number(name, text))
            return
        x = dataset.X[example].copy()
        if x[feature] == value:
            self._session.report("")
            return
        x[feature] = value
        try:
            self._edit(tr("Change {name}").format(name=name), dataset.with_moved(example, x))
        except UserError as error:
            self._session.report(error)

    def erase(self) -> None:
        """Erase the selected examples."""
        rows = self._session.selection.rows
        if len(rows):
            text = tr("Erase point") if len(rows) == 1 else tr("Erase {count:,} points").format(count=len(rows))
            self._session.edit_points(text, self._session.experiment.dataset.without(rows), selected=[])

    def _edit(self, text: str, dataset: Dataset) -> None:
        self._session.edit_points(text, dataset)
