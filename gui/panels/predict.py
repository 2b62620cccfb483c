"""Predict: the probability that y = 1 for a new example, its class, and how well the model does on the examples."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.arithmetic import arithmetic
from core.dataset import Dataset
from core.frame import Frame
from core.models import gives_probability
from core.scores import Scores, scores
from gui import theme
from gui.controls.arithmetic import ArithmeticLines
from gui.controls.quality import Quality
from gui.drawing.markers import BOX_PX, marker_pixmap
from gui.drawing.score_table import ScoreTable
from gui.fields import Form, NumberField, restyle
from gui.panels.base import Panel
from gui.session import Session
from gui.text import class_text, exact, feature_text, for_label, for_tooltip, number, tr

LABEL_WIDTH_PX = 106


class PredictPanel(Panel):
    """An example by its x1 and x2, entered here or probed on the plane."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Predict"), parent)
        self.fields = (NumberField(), NumberField())
        form = Form()
        tip = tr("A new example in raw units; the Probe tool fills it in from a click on the plane")
        self._labels = [form.add_row(f"x{j + 1}", field, tip) for j, field in enumerate(self.fields)]
        for label in self._labels:
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addLayout(form)
        self._marker = QLabel()
        self._marker.setFixedSize(BOX_PX, BOX_PX)
        self.result = QLabel()
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.result.setProperty("strong", True)
        self.probability = QLabel()
        self.probability.setProperty("strong", True)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._marker)
        row.addWidget(self.result)
        row.addStretch(1)
        row.addWidget(self.probability)
        self.body.addLayout(row)
        self.bar = ProbabilityBar()
        self.body.addWidget(self.bar)
        self.arithmetic = ArithmeticLines()
        self.body.addWidget(self.arithmetic)
        self.scores = ScoreTable()
        self.accuracy = self.scores.accuracy
        self.body.addWidget(self.scores)
        self.quality = Quality(session)
        self.body.addWidget(self.quality)
        self.quality.threshold.field.entered.connect(self._threshold_entered)
        for field in self.fields:
            field.entered.connect(self._entered)
        session.pointer.probe_changed.connect(self._probed)
        self._reading = False
        self._background = session.background()
        self._scores_of: Dataset | None = None  # the data whose scores are shown
        self.start()
        self._probed()

    def show_experiment(self) -> None:
        names = self.session.experiment.dataset.feature_names
        for label, field in zip(self._labels[1:], self.fields[1:], strict=True):
            label.setVisible(len(names) > 1)
            field.setVisible(len(names) > 1)
        for label, field, name in zip(self._labels, self.fields, names, strict=False):
            text = label.fontMetrics().elidedText(feature_text(name), Qt.TextElideMode.ElideRight, LABEL_WIDTH_PX)
            label.setText(for_label(text))
            label.setToolTip(for_tooltip(name))
            field.setAccessibleName(name)
            field.setPlaceholderText(tr("enter a value"))
        self.quality.show_experiment()

    def show_frame(self, frame: Frame) -> None:
        self._ask_for_scores(frame)
        self.quality.show_frame(frame)
        probe = self.session.pointer.probe
        if probe is None:
            self._show_result(tr("Enter an example, or probe the plane"), strong=False)
            self.probability.setText("")
            self._marker.hide()
            self.bar.show_probability(None)
            self.arithmetic.show_arithmetic(None, frame.experiment.model)
            return
        made = arithmetic(frame, np.array(probe))
        f, label = made.f, made.label
        self.arithmetic.show_arithmetic(made, frame.experiment.model)
        self._marker.setPixmap(marker_pixmap(label, self.devicePixelRatioF()))
        self._marker.show()
        name = class_text(frame.experiment.dataset.class_names[label])
        self._show_result(self.result.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, LABEL_WIDTH_PX), strong=True)
        if gives_probability(frame.experiment.model):
            self.probability.setText(tr("P(y = 1) = {f:.1%}").format(f=f))
        else:
            self.probability.setText(f"f = {number(f)}")
        self.bar.show_probability(f)

    def _ask_for_scores(self, frame: Frame) -> None:
        """Show the scores; with many examples as soon as a thread has counted, and until then the last ones of the same examples."""
        experiment = frame.experiment
        if experiment.is_quick:
            self._background.cancel()
            self._show_scores((frame, scores(frame)))
            return
        if experiment.dataset is not self._scores_of:
            self._background.cancel()
            self.scores.show_waiting(experiment.dataset.test is not None)
        self._background.submit(lambda: (frame, scores(frame)), self._show_scores)

    def _show_scores(self, counted: tuple[Frame, Scores]) -> None:
        frame, found = counted
        if frame.experiment.dataset is self.session.experiment.dataset:
            self._scores_of = frame.experiment.dataset
            self.scores.show_scores(found)

    def apply_theme(self) -> None:
        self.show_frame(self.session.frame_now)
        self.bar.update()
        self.quality.apply_theme()

    def _show_result(self, text: str, *, strong: bool) -> None:
        self.result.setText(text)
        if self.result.property("strong") != strong:
            self.result.setProperty("strong", strong)
            self.result.setProperty("dim", not strong)
            restyle(self.result)

    def _probed(self) -> None:
        probe = self.session.pointer.probe
        if probe is not None or not self._reading:
            for j, field in enumerate(self.fields):
                field.setModified(False)
                field.show_text(exact(probe[j]) if probe and j < len(probe) else "")
        self.show_frame(self.session.frame_now)

    def _threshold_entered(self, text: str) -> None:
        self.read_number(self.quality.threshold.field, text, self.quality.threshold.set_threshold)

    def _entered(self) -> None:
        """Predict once each field holds a number; a field that was emptied takes the prediction away."""
        values: list[float] = []
        used = self.fields[: self.session.experiment.dataset.n]
        for field in used:
            if field.text().strip():
                self.read_number(field, field.text(), values.append)
        self._reading = True
        self.session.pointer.set_probe(tuple(values) if len(values) == len(used) else None)
        self._reading = False


class ProbabilityBar(QWidget):
    """From class 0 to class 1, with a knob at P(y = 1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._f: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Probability that y = 1"))

    def sizeHint(self) -> QSize:
        return QSize(80, 14)

    def show_probability(self, f: float | None) -> None:
        """Put the knob at f, or take it away."""
        if f != self._f:
            self._f = f
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        groove = QRectF(6, self.height() / 2 - 2, self.width() - 12, 4)
        colours = QLinearGradient(groove.topLeft(), groove.topRight())
        colours.setColorAt(0.0, tokens.class_colour(0))
        colours.setColorAt(0.5, QColor(tokens.line))
        colours.setColorAt(1.0, tokens.class_colour(1))
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours)
            painter.drawRoundedRect(groove, 2, 2)
            if self._f is not None:
                x = groove.left() + min(max(self._f, 0.0), 1.0) * groove.width()
                painter.setPen(theme.pen(tokens.panel, 2))
                painter.setBrush(QColor(tokens.ink))
                painter.drawEllipse(QRectF(x - 6, self.height() / 2 - 6, 12, 12))
        finally:
            painter.end()
