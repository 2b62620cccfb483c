"""Quality: precision and recall, and behind a button the threshold, the confusion matrix and F1. A part of the predict panel."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.dataset import Dataset
from core.frame import Frame
from core.metrics import Confusion
from core.quality import frame_confusion
from gui.controls.confusion import ConfusionMatrix
from gui.controls.flat_button import FlatButton
from gui.controls.threshold import ThresholdControl
from gui.fields import dim_label
from gui.session import Session
from gui.text import tr

NUMBERS_WIDTH_PX = 76


class Quality(QWidget):
    """Numbers of the examples trained on. `more` is the button that unfolds it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = session.background()
        self._counted: Dataset | None = None  # the data whose numbers are shown
        tip = tr("Precision: the share of y = 1 among the examples predicted as class 1. Recall: the share of them found among all y = 1.")
        more_tip = tip + " " + tr("Click for the threshold and the confusion matrix.")
        self.more = FlatButton(tr("Threshold and confusion matrix"), more_tip)
        self.precision_recall = QLabel()
        self.f1 = QLabel()
        self.threshold = ThresholdControl(session)
        self.matrix = ConfusionMatrix()
        self.fold = QWidget()
        folded = QVBoxLayout(self.fold)
        folded.setContentsMargins(0, 0, 0, 0)
        folded.setSpacing(4)
        folded.addLayout(_row(tr("F1"), self.f1, tr("The harmonic mean of precision and recall")))
        folded.addWidget(self.threshold)
        folded.addWidget(self.matrix)
        self.fold.hide()
        self.precision_recall.setProperty("strong", True)
        self.precision_recall.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.precision_recall.setMinimumWidth(NUMBERS_WIDTH_PX)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.precision_recall)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.fold)
        self.more.toggled.connect(self._unfolded)

    def show_experiment(self) -> None:
        """The threshold may be another."""
        threshold = self._session.experiment.threshold
        self.threshold.show_threshold(threshold)
        caption = tr("Precision · recall")
        if threshold != 0.5:
            caption = tr("Precision · recall at {t}").format(t=f"{threshold:.3g}")
        self.more.setText(f"{caption} {'▾' if self.more.isChecked() else '▸'}")

    def show_frame(self, frame: Frame) -> None:
        """Count; many examples in a thread, and until then the last numbers of the same examples stay."""
        experiment = frame.experiment
        if experiment.is_quick:
            self._background.cancel()
            self._show((frame, frame_confusion(frame)))
            return
        if experiment.dataset is not self._counted:
            self._background.cancel()
            self._clear("…")
        self._background.submit(lambda: (frame, frame_confusion(frame)), self._show)

    def apply_theme(self) -> None:
        """The colours are others now."""
        self.matrix.update()

    def _unfolded(self, unfolded: bool) -> None:
        self.fold.setVisible(unfolded)
        self.show_experiment()

    def _clear(self, text: str) -> None:
        self.precision_recall.setText(text)
        self.f1.setText(text)
        self.matrix.show_counts(None, self._session.experiment.dataset.class_names)

    def _show(self, counted: tuple[Frame, Confusion]) -> None:
        frame, counts = counted
        experiment = frame.experiment
        if experiment.dataset is not self._session.experiment.dataset:
            return
        self._counted = experiment.dataset
        if not counts.m:
            self._clear("—")
            return
        self.precision_recall.setText(f"{_share(counts.precision)} · {_share(counts.recall)}")
        self.f1.setText(_share(counts.f1))
        self.matrix.show_counts(counts, experiment.dataset.class_names)


def _share(value: float) -> str:
    return "—" if value != value else f"{value:.2f}"


def _row(caption: str, value: QLabel, tooltip: str) -> QHBoxLayout:
    label = dim_label(caption)
    label.setToolTip(tooltip)
    value.setProperty("strong", True)
    row = QHBoxLayout()
    row.addWidget(label)
    row.addStretch(1)
    row.addWidget(value)
    return row
