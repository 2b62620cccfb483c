"""ScoreTable: accuracy on the examples trained on; with a test set accuracy and mean loss on both sets, side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from core.scores import Score, Scores
from gui.fields import dim_label
from gui.text import cost_text, tr

COLUMN_PX = 68


class ScoreTable(QWidget):
    """A column for each set of examples; without a test set one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accuracy, self.loss, self.test_accuracy, self.test_loss = (_number() for _ in range(4))
        accuracy, loss = dim_label(tr("Accuracy")), dim_label(tr("Cost J"))
        accuracy.setToolTip(tr("Share of the examples whose class, 1 where f ≥ 0.5, is their label"))
        loss.setToolTip(tr("Mean loss, without the term of λ, which belongs to training, so that the two sets can be compared"))
        training, test = _head(tr("training")), _head(tr("test"))
        training.setToolTip(tr("The examples that are trained on"))
        test.setToolTip(tr("The examples that are kept back from training, drawn hollow"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for column, heading in ((1, training), (2, test)):
            grid.addWidget(heading, 0, column)
        for row, cells in ((1, (accuracy, self.accuracy, self.test_accuracy)), (2, (loss, self.loss, self.test_loss))):
            for column, cell in enumerate(cells):
                grid.addWidget(cell, row, column)
        self._only_with_test = (training, test, self.test_accuracy, loss, self.loss, self.test_loss)
        self._show_test(False)

    def show_scores(self, scores: Scores) -> None:
        """Show these numbers."""
        self._show_test(scores.test is not None)
        _show(scores.training, self.accuracy, self.loss)
        if scores.test is not None:
            _show(scores.test, self.test_accuracy, self.test_loss)

    def show_waiting(self, test: bool) -> None:
        """The numbers are of other examples now, and still to come."""
        self._show_test(test)
        for cell in (self.accuracy, self.loss, self.test_accuracy, self.test_loss):
            cell.setText("…")

    def _show_test(self, shown: bool) -> None:
        for cell in self._only_with_test:
            cell.setVisible(shown)


def _show(score: Score, accuracy: QLabel, loss: QLabel) -> None:
    accuracy.setText("—" if score.accuracy != score.accuracy else f"{score.accuracy:.1%}")
    loss.setText(cost_text(score.loss))


def _number() -> QLabel:
    label = QLabel()
    label.setProperty("strong", True)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setMinimumWidth(COLUMN_PX)
    return label


def _head(text: str) -> QLabel:
    label = dim_label(text)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label
