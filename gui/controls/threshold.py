"""Threshold: from which f on class 1 is predicted. A slider and an exact field; a drag is one undo step."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from gui.fields import Form, NumberField, describe
from gui.session import Session
from gui.text import exact, tr

PARTS = 100  # of the slider's way from 0 to 1, both of which are no threshold


class ThresholdControl(QWidget):
    """The threshold of the experiment. The panel reads `field` and passes the number to set_threshold()."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drag = 0
        self.field = NumberField()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(1, PARTS - 1)
        self.slider.setPageStep(PARTS // 10)
        tip = tr("Class 1 is predicted where f ≥ the threshold; it moves the boundary, and w and b stay as they are")
        form = Form(72)
        form.add_row(tr("Threshold"), self.field, tip)
        describe(self.slider, tr("Threshold, from 0.01 to 0.99"), tip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(form)
        layout.addWidget(self.slider)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(self._drag_began)
        self.slider.sliderReleased.connect(self._drag_began)

    def show_threshold(self, threshold: float) -> None:
        """Show what is in force."""
        self.field.show_text(exact(threshold))
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(threshold * PARTS))

    def set_threshold(self, threshold: float) -> None:
        """A threshold that was entered. Raises SettingError."""
        self._session.edit(tr("Change threshold"), threshold=threshold)

    def _slid(self, position: int) -> None:
        self._session.edit(tr("Change threshold"), merge=("threshold", self._drag), threshold=position / PARTS)

    def _drag_began(self) -> None:
        # Also at its end: a key pressed later is a step of its own.
        self._drag += 1
