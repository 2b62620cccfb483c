"""ROC curve: recall against the false positive rate for every threshold; drag along it to choose one."""

from itertools import count
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from core.dataset import Dataset
from core.frame import Frame
from core.quality import frame_roc, threshold_at
from core.roc import RocCurve
from core.trace import Trace
from gui import theme
from gui.actions import Actions
from gui.drawing.dot_layer import DotLayer
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotArea
from gui.fields import dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import tr

ROOM = 0.03
MOST_DRAWN = 300  # points: as many as a small plot has pixels, and each costs a microsecond a frame
CHANCE = np.array([[0.0, 0.0], [1.0, 1.0]])

_strokes = count()


class RocPlot(Plot):
    """The curve of the examples trained on, and the point of the present threshold."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("ROC curve"), parent)
        self.auc = dim_label()
        self.auc.setToolTip(tr("Area under the curve: the chance that of one example of each class, that of class 1 has the higher f"))
        self.header.addWidget(self.auc)
        self.area = PlotArea()
        self.area.setAccessibleName(tr("ROC curve: recall against the false positive rate; drag along it to choose the threshold"))
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.name_axes(tr("false positive rate"), tr("recall"))
        self.area.axes["left"].label.setToolTip(tr("recall: the true positive rate"))
        view = self.area.view
        view.setMouseEnabled(x=False, y=False)
        view.setRange(xRange=(-ROOM, 1 + ROOM), yRange=(-ROOM, 1 + ROOM), padding=0)
        self.body.addWidget(self.area, 1)
        self.lines = LinesLayer(view, 2)
        self.dot = DotLayer(view, 3)
        self.curve: RocCurve | None = None
        self._shown: tuple[Dataset, Trace, int] | None = None  # what the curve is of
        self._background = session.background()
        self._stroke = 0
        view.clicked.connect(self._click)
        view.dragged.connect(self._drag)
        self.apply_theme()
        self.start()

    def show_frame(self, frame: Frame) -> None:
        if self._is_shown(frame):
            self._show_threshold()
        elif frame.experiment.is_quick:
            self._background.cancel()
            self._show_curve((frame, frame_roc(frame)))
        else:
            if self._shown is not None and self._shown[0] is not frame.experiment.dataset:
                self._background.cancel()
            self._background.submit(lambda: (frame, frame_roc(frame)), self._show_curve)

    def _is_shown(self, frame: Frame) -> bool:
        """Whether the curve is of this very moment already: then it is at most the threshold that has changed."""
        if self._shown is None:
            return False
        dataset, trace, iteration = self._shown
        return dataset is frame.experiment.dataset and trace is frame.trace and iteration == frame.iteration

    def apply_theme(self) -> None:
        self.area.apply_theme()
        self._draw_curve()
        self.dot.update()

    def _show_curve(self, made: tuple[Frame, RocCurve | None]) -> None:
        frame, self.curve = made
        self._shown = (frame.experiment.dataset, frame.trace, frame.iteration)
        self._draw_curve()
        self._show_threshold()
        self.auc.setText(tr("AUC {auc:.3f}").format(auc=self.curve.auc) if self.curve else tr("needs both classes"))

    def _draw_curve(self) -> None:
        tokens = theme.tokens()
        lines = [Line(CHANCE, theme.pen(tokens.dim, 1.0, Qt.PenStyle.DashLine))]
        if self.curve is not None:
            lines.append(Line(self.curve.corners(MOST_DRAWN), theme.pen(tokens.accent, 2.0)))
        self.lines.show_lines(lines)

    def _show_threshold(self) -> None:
        frame = self.session.frame_now
        if self.curve is None:
            self.dot.show_dot(None)
            return
        at = self.curve.index_at(frame.z_threshold)
        point = float(self.curve.false_positive_rate[at]), float(self.curve.true_positive_rate[at])
        self.dot.show_dot(point, tr("threshold {t}").format(t=f"{frame.experiment.threshold:.3g}"))

    def _click(self, position: QPointF, event: Any) -> None:
        self.area.setFocus(Qt.FocusReason.MouseFocusReason)
        self._stroke = next(_strokes)
        self._choose(position)

    def _drag(self, began: QPointF, now: QPointF, event: Any) -> None:
        if event.isStart():
            self._stroke = next(_strokes)
        self._choose(now)

    def _choose(self, position: QPointF) -> None:
        """The threshold of the point of the curve nearest to a position."""
        if self.curve is None:
            return
        threshold = threshold_at(self.session.frame_now, self.curve, self.curve.nearest(position.x(), position.y()))
        self.session.edit(tr("Change threshold"), merge=("roc", self._stroke), threshold=threshold)
