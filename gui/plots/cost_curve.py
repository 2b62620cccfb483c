"""Cost curve: J against the iteration, with a playhead that can be dragged back through the run."""

import math
from enum import Enum
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.dataset import Array
from core.envelope import Envelope
from core.frame import Frame
from core.trace import Mark, Trace
from gui import theme
from gui.actions import Actions
from gui.drawing.bottom_text import floor_text, no_distance_text
from gui.drawing.cost_ghosts import CostGhosts, above
from gui.drawing.level_layer import LevelLayer
from gui.drawing.playhead_layer import PlayheadLayer
from gui.drawing.plot_area import PlotArea
from gui.drawing.ranges import HIGHEST, round_up
from gui.fields import Segmented
from gui.plots.base import Plot
from gui.session import Session
from gui.text import cost_text, number, tr

LAST_TICK_PX = 28  # right of the plot: half of "5,000,000"
MOST_BELOW = 3  # decades of a logarithmic axis that are added so that J* is seen

Ranges = tuple[tuple[float, float], tuple[float, float]]  # of x and of y


class Axes(Enum):
    """Which axes are logarithmic."""

    LINEAR = "linear"
    LOG_J = "log J"
    LOG_LOG = "log-log"
    ABOVE = "above J*"  # J - J* logarithmic


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
        self.area.plotItem.setContentsMargins(0, 8, LAST_TICK_PX, 0)
        self.body.addWidget(self.area, 1)
        self.curve = pg.PlotCurveItem()
        self.area.addItem(self.curve)
        self.level = LevelLayer(self.area.view, -1)
        self.ghosts = CostGhosts(session, self.area.view, -1, self.level)
        self.playhead = PlayheadLayer(self.area.view, 5)
        self._above = actions[f"axes {Axes.ABOVE.value}"]
        self._above_tip = self._above.toolTip()
        self._in_log = actions[f"axes {Axes.LOG_J.value}"]
        self._least: float | None = None  # J*, or what J falls towards
        self._envelope = Envelope()
        self._shown: Trace | None = None
        self._ranges: Ranges | None = None
        self._marks: tuple[Mark, ...] = ()
        self._mark_x: list[float] = []
        self.area.view.clicked.connect(self._click)
        self.area.view.dragged.connect(self._drag)
        session.runs.changed.connect(self._ghosts_changed)
        session.runs.shown_changed.connect(self._ghosts_changed)
        session.runs.bottoms.changed.connect(self._ghosts_changed)
        session.bottom.changed.connect(self._bottom_changed)
        self.apply_theme()
        self.start()

    def show_experiment(self) -> None:
        bottom = self.session.bottom.now
        least = bottom.infimum if bottom is not None else None
        if least != self._least:
            self._least = least
            if self.axes is not Axes.LINEAR:
                self._shown = None
        if bottom is not None:  # while it is looked for the choice stays: it is not taken from under the hand that moves a point
            why = no_distance_text(bottom)
            if why and self.axes is Axes.ABOVE:
                self._in_log.trigger()
            self._above.setEnabled(not why)
            self._above.setToolTip(why or self._above_tip)
        self.level.show_level(*self._level())

    def show_frame(self, frame: Frame) -> None:
        trace = frame.trace
        self.ghosts.show_frame(frame)
        if trace is not self._shown:
            self._shown = trace
            self._show_curve(trace)
        if trace.marks is not self._marks:
            self._marks = trace.marks
            self._mark_x = [self._x(mark.iteration) for mark in trace.marks]
        x = self._x(frame.own_iteration) if frame.experiment.dataset.training.m else math.nan
        self.playhead.show_playhead(x, self._y(frame.J), self._mark_x)
        if self.text_due():
            text = tr("J = {J} at iteration {k}").format(J=cost_text(frame.J), k=frame.own_iteration)
            if self._least:
                text += tr(", J − J* = {distance}").format(distance=number(max(frame.J - self._least, 0.0), 3))
            self.area.setToolTip(text)

    def apply_theme(self) -> None:
        self.area.apply_theme()
        # The curve's unit is that of the axes, so its pen is cosmetic, and that is in the pixels of the screen.
        self.curve.setPen(theme.pen(theme.tokens().accent, 2.0 * self.devicePixelRatioF()))
        self.playhead.update()
        self.ghosts.forget()
        self.level.update()

    def set_axes(self, axes: Axes) -> None:
        """Choose which axes are logarithmic."""
        self.axes = axes
        self._envelope = Envelope(log_x=axes is Axes.LOG_LOG, log_J=axes not in (Axes.LINEAR, Axes.ABOVE))
        self.ghosts.set_axes(log_x=axes is Axes.LOG_LOG, log_J=axes is not Axes.LINEAR, above=axes is Axes.ABOVE)
        self._shown, self._marks = None, ()
        for side, log in (("bottom", axes is Axes.LOG_LOG), ("left", axes is not Axes.LINEAR)):
            self.area.axes[side].set_log(log)
        self.show_experiment()
        self.show_frame(self.session.frame_now)

    def _ghosts_changed(self) -> None:
        self._shown = None  # the ranges are those of all of them
        if self.unseen():
            self._missed = True
        else:
            self.show_frame(self.session.frame_now)

    def _bottom_changed(self) -> None:
        self._experiment_changed()
        self._frame_came(self.session.frame_now)

    def _level(self) -> tuple[float, str]:
        """J* in the units of the axis, and what it is called; nan: it is not known, or is no place of this axis."""
        bottom, least = self.session.bottom.now, self._least
        if bottom is None or least is None or self.axes is Axes.ABOVE or (least <= 0 and self.axes is not Axes.LINEAR):
            return math.nan, ""
        return self._y(least), floor_text(bottom)

    def _axes_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_axes(Axes(action.data()))

    def _show_curve(self, trace: Trace) -> None:
        iteration, J = self._envelope.points(trace)
        if self.axes is Axes.ABOVE and not self._least:
            iteration, J = iteration[J > 0], J[J > 0]
        self.area.name_axes(tr("iteration"), tr("J(w, b) − J*") if self.axes is Axes.ABOVE and self._least else tr("cost J(w, b)"))
        self._show_ranges(self._ranges_for(trace, self._distance(J)))
        self.level.show_level(*self._level())
        x = np.log10(iteration) if self.axes is Axes.LOG_LOG else iteration
        y = J if self.axes is Axes.LINEAR else np.log10(self._distance(J))
        self.curve.setData(x, y, antialias=is_calm(y))
        self.level.leave_room(x, y, moving=self.session.training)

    def _ranges_for(self, trace: Trace, J: Array) -> Ranges:
        """Of x and y; they change in steps, so that the axes stand still while the curve grows."""
        last = round_up(max(trace.last, self.ghosts.last, 10))
        right = float(np.log10(last)) if self.axes is Axes.LOG_LOG else float(last)
        room = 0.02 * right  # for the playhead's dot
        low, high = (float(J.min()), float(J.max())) if len(J) else (0.1, 1.0)
        low, high = self.ghosts.lowest(low), self.ghosts.highest(high)
        if self.axes is Axes.LINEAR:
            # A curve that falls from its first row has its top there.
            top = high * 1.06 if high <= J[:1].max(initial=0.0) else round_up(high * 1.06)
            top = min(top, HIGHEST)
            return (-room, right + room), (0.0, top or 1.0)
        bottom, top = float(np.floor(np.log10(low))), float(np.ceil(np.log10(high)))
        level = self._level()[0]
        if bottom - MOST_BELOW <= level < bottom:
            bottom = float(np.floor(level))
        return (-room, right + room), (bottom, max(top, bottom + 1))

    def _show_ranges(self, ranges: Ranges) -> None:
        if ranges != self._ranges:
            self._ranges = ranges
            self.area.view.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)

    def _x(self, iteration: float) -> float:
        return float(np.log10(max(iteration, 1.0))) if self.axes is Axes.LOG_LOG else float(iteration)

    def _y(self, J: float) -> float:
        if self.axes is Axes.LINEAR:
            return J
        J = float(self._distance(np.array([J]))[0])
        return float(np.log10(J)) if J > 0 else float("nan")

    def _distance(self, J: Array) -> Array:
        """What the axis measures: J, or how far it is above J*, where that is known and can be told from rounding."""
        if self.axes is not Axes.ABOVE or not self._least:
            return J
        return above(J, self._least)

    def _click(self, position: QPointF, event: Any) -> None:
        self.area.setFocus(Qt.FocusReason.MouseFocusReason)
        self._scrub(position)

    def _drag(self, began: QPointF, now: QPointF, event: Any) -> None:
        self._scrub(now)

    def _scrub(self, position: QPointF) -> None:
        x = position.x()
        iteration = 10**x if self.axes is Axes.LOG_LOG else x
        self.session.seek(round(min(max(iteration, 0.0), self.session.frame_now.trace.end)))


def is_calm(J: Array) -> bool:
    """Whether the curve turns seldom; antialiasing one that goes up and down at every point takes 100 ms."""
    return int(np.count_nonzero(np.diff(np.sign(np.diff(J))))) < 64
