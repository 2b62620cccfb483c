"""Cost curve: J against the iteration, with a playhead that can be dragged back through the run."""

import math
from enum import Enum
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.dataset import Array
from core.frame import Frame
from core.trace import Trace
from gui import theme
from gui.actions import Actions
from gui.drawing.playhead_layer import PlayheadLayer
from gui.drawing.plot_area import PlotArea
from gui.fields import Segmented
from gui.plots.base import Plot
from gui.session import Session
from gui.text import cost_text, tr

BUCKETS = 512  # more than the curve has pixels; each keeps its least and its greatest J


class Axes(Enum):
    """Which axes are logarithmic."""

    LINEAR = "linear"
    LOG_J = "log J"
    LOG_LOG = "log-log"


class CostCurve(Plot):
    """J(w, b) of the run so far."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Cost curve"), parent)
        self.axes = Axes.LINEAR
        choices = [actions[f"axes {axes.value}"] for axes in Axes]
        self.header.addWidget(Segmented(choices, small=True))
        for action in choices:
            action.triggered.connect(self._axes_chosen)
        self.area = PlotArea()
        self.area.setAccessibleName(tr("Cost curve: J against the iteration; drag along it to look back"))
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.name_axes(tr("iteration"), tr("cost J(w, b)"))
        self.area.view.setMouseEnabled(x=False, y=False)  # the axes follow the run
        self.body.addWidget(self.area, 1)
        self.curve = pg.PlotCurveItem()
        self.area.addItem(self.curve)
        self.playhead = PlayheadLayer(self.area.view, 5)
        self._top = 0.0
        self._shown: tuple[Trace, Axes] | None = None
        self.area.view.clicked.connect(self._click)
        self.area.view.dragged.connect(self._drag)
        self.apply_theme()
        self.start()

    def show_frame(self, frame: Frame) -> None:
        trace = frame.trace
        if self._shown is None or self._shown[0] is not trace or self._shown[1] is not self.axes:
            self._shown = (trace, self.axes)
            self._show_curve(trace)
        marks = [self._x(mark.iteration) for mark in trace.marks]
        x = self._x(frame.iteration) if frame.experiment.dataset.m else math.nan
        self.playhead.show_playhead(x, self._y(frame.J), marks)
        self.area.setToolTip(tr("J = {J} at iteration {k}").format(J=cost_text(frame.J), k=frame.iteration))

    def apply_theme(self) -> None:
        self.area.apply_theme()
        self.curve.setPen(theme.pen(theme.tokens().accent, 2.0))
        self.playhead.update()

    def set_axes(self, axes: Axes) -> None:
        """Choose which axes are logarithmic."""
        self.axes = axes
        for side, log in (("bottom", axes is Axes.LOG_LOG), ("left", axes is not Axes.LINEAR)):
            self.area.axes[side].set_log(log)
        self.show_frame(self.session.frame_now)

    def _axes_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_axes(Axes(action.data()))

    def _show_curve(self, trace: Trace) -> None:
        iteration, J = envelope(trace)
        usable = np.isfinite(J) & ((J > 0) | (self.axes is Axes.LINEAR))
        iteration, J = iteration[usable], J[usable]
        self._set_ranges(trace, J)
        if self.axes is Axes.LOG_LOG:
            iteration, J = iteration[iteration > 0], J[iteration > 0]
            iteration = np.log10(iteration)
        if self.axes is not Axes.LINEAR:
            J = np.log10(J)
        self.curve.setData(iteration, J, antialias=is_calm(J))

    def _set_ranges(self, trace: Trace, J: Array) -> None:
        last = round_up(max(trace.last, 10))
        x_range = (0.0, float(np.log10(last))) if self.axes is Axes.LOG_LOG else (0.0, float(last))
        low, high = (float(J.min()), float(J.max())) if len(J) else (0.1, 1.0)
        if self.axes is Axes.LINEAR:
            y_range = (0.0, high * 1.06 or 1.0)
        else:
            # Whole powers of ten, so that the axis stands still while J falls.
            bottom, top = np.floor(np.log10(low)), np.ceil(np.log10(high))
            y_range = (float(bottom), float(max(top, bottom + 1)))
        room = 0.02 * (x_range[1] - x_range[0])  # for the playhead's dot
        self.area.view.setRange(xRange=(x_range[0] - room, x_range[1] + room), yRange=y_range, padding=0)

    def _x(self, iteration: float) -> float:
        return float(np.log10(max(iteration, 1.0))) if self.axes is Axes.LOG_LOG else float(iteration)

    def _y(self, J: float) -> float:
        if self.axes is Axes.LINEAR:
            return J
        return float(np.log10(J)) if J > 0 else float("nan")

    def _click(self, position: QPointF, event: Any) -> None:
        self.area.setFocus(Qt.FocusReason.MouseFocusReason)
        self._scrub(position)

    def _drag(self, began: QPointF, now: QPointF, event: Any) -> None:
        self._scrub(now)

    def _scrub(self, position: QPointF) -> None:
        x = position.x()
        iteration = 10**x if self.axes is Axes.LOG_LOG else x
        self.session.seek(round(min(max(iteration, 0.0), self.session.frame_now.trace.last)))


def envelope(trace: Trace) -> tuple[NDArray[np.float64], Array]:
    """At most 2 · BUCKETS points of the curve: of every bucket of rows the least and the greatest J, in their order."""
    rows = len(trace)
    if rows <= 2 * BUCKETS:
        return trace.iteration.astype(np.float64), trace.J
    edges = np.linspace(0, rows, BUCKETS + 1).astype(np.intp)[:-1]
    low, high = np.minimum.reduceat(trace.J, edges), np.maximum.reduceat(trace.J, edges)
    ends = np.append(edges[1:], rows) - 1
    falling = trace.J[edges] >= trace.J[ends]
    J = np.column_stack([np.where(falling, high, low), np.where(falling, low, high)]).ravel()
    iteration = np.column_stack([trace.iteration[edges], trace.iteration[ends]]).ravel().astype(np.float64)
    J[0], J[-1] = trace.J[0], trace.J[-1]
    return iteration, J


def is_calm(J: Array) -> bool:
    """Whether the curve turns seldom; antialiasing one that goes up and down at every point takes 100 ms."""
    return int(np.count_nonzero(np.diff(np.sign(np.diff(J))))) < 64


def round_up(value: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-12)))
