"""Sigmoid: every example at (z, y) under the curve f = g(z), with its loss as the line between the two."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.dataset import Array
from core.frame import Frame
from core.loss_points import LossPoints, LossSample
from core.models import MODELS
from gui import theme
from gui.actions import Actions
from gui.drawing.hover_layer import HoverLayer, Placed
from gui.drawing.lines_layer import Line
from gui.drawing.loss_layer import LossLayer
from gui.drawing.plot_area import PlotArea
from gui.drawing.ranges import round_up
from gui.drawing.readout import Readout, loss_name
from gui.drawing.still_lines import StillLines
from gui.fields import dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import number, tr

CURVE_POINTS = 161
LEAST_Z, LEAST_LINEAR = 5.0, 2.0
STRAIGHT_FROM_Z = 1e4  # the curve is a step then


class SigmoidView(Plot):
    """f over z. For linear regression the curve is the line f = z."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Sigmoid"), parent)
        self.area = PlotArea()
        self.area.setAccessibleName(tr("Sigmoid plot: examples at z and y, the model's f over z, and each loss between them"))
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.view.setMouseEnabled(x=False, y=False)  # the axes follow the run
        self.area.axes["left"].setWidth(48)
        self.body.addWidget(self.area, 1)
        self.lines = StillLines(self.area.view, 1)
        self.losses = LossLayer(self.area.view, 2)
        self.note = dim_label()
        self.header.addWidget(self.note)
        self.readout = Readout(self.area)
        self._sample = LossSample()
        self._points: LossPoints | None = None
        self._shown: tuple[str, float] | None = None  # model and range
        self.hovered = HoverLayer(session, self.area.view, 5, self._placed)
        session.pointer.hovered_changed.connect(self._show_readout)
        self.area.view.sigResized.connect(self._show_readout)
        self.start()

    def show_experiment(self) -> None:
        linear = self.session.experiment.model == "linear"
        self.title.setText(tr("f = z: examples against the line") if linear else tr("Sigmoid"))
        self.area.name_axes("z = w · x + b", "f = z,  y" if linear else "f = g(z),  y")

    def show_frame(self, frame: Frame) -> None:
        points = self._sample.points(frame)
        self._points = points
        self._show_range(frame, points)
        self.losses.show_points(points)
        self.hovered.update()
        m = frame.experiment.dataset.training.m
        self.note.setText(tr("{k:,} of {m:,} examples, drawn at random").format(k=len(points.rows), m=m) if points.drawn else "")
        if self.session.pointer.hovered is not None:
            self._show_readout()

    def apply_theme(self) -> None:
        self.area.apply_theme()
        self._shown = None
        self.show_frame(self.session.frame_now)

    def _show_range(self, frame: Frame, points: LossPoints) -> None:
        """The range of z, in steps, and the curve over it."""
        model = frame.experiment.model
        z = points.z[np.isfinite(points.z)]
        least = LEAST_LINEAR if model == "linear" else LEAST_Z
        most = round_up(max(1.05 * float(np.abs(z).max(initial=0.0)), least))
        if (model, most) == self._shown:
            return
        self._shown = model, most
        low, high = (-most, most) if model == "linear" else (-0.12, 1.12)
        self.area.view.setRange(xRange=(-most, most), yRange=(low, high), padding=0)
        z = np.linspace(-most, most, CURVE_POINTS) if most < STRAIGHT_FROM_Z else np.array([-most, -most / 1e9, most / 1e9, most])
        f = MODELS[model].predict(z[:, np.newaxis], np.ones(1), 0.0)
        tokens = theme.tokens()
        thin = theme.pen(tokens.line)
        dashed = theme.pen(tokens.dim, 1.0, Qt.PenStyle.DashLine)
        threshold = frame.z_at(0.5)
        self.lines.show_lines(
            [
                Line(np.array([[-most, 0.0], [most, 0.0]]), thin),
                Line(np.array([[-most, 1.0], [most, 1.0]]), thin),
                Line(np.array([[threshold, low], [threshold, high]]), dashed),
                Line(np.array([[-most, 0.5], [most, 0.5]]), dashed),
                Line(np.column_stack([z, f]), theme.pen(tokens.ink, 2.5)),
            ]
        )

    def _placed(self) -> Placed:
        points = self._points
        if points is None:
            return None, np.empty((0, 2))
        if points.drawn:
            points = self._hovered_point()
            if points is None:
                return None, np.empty((0, 2))
        where: Array = np.column_stack([points.z, points.y])
        return points.rows, where

    def _hovered_point(self) -> LossPoints | None:
        """The example under the mouse, in this view or another."""
        index, frame = self.session.pointer.hovered, self.session.frame_now
        return None if index is None or index >= frame.experiment.dataset.m else self._sample.point(frame, index)

    def _show_readout(self) -> None:
        """The loss of the example under the mouse."""
        point = self._hovered_point()
        if point is None or self.isHidden():
            self.readout.hide()
            return
        z, f, y, loss = (float(values[0]) for values in (point.z, point.f, point.y, point.loss))
        name = loss_name(self.session.experiment.model, int(y))
        self.readout.setText(f"z = {number(z)}   f = {number(f)}   y = {y:.0f}\n{name} = {number(loss)}")
        self.readout.show_at(self.losses.to_pixel(z, y))
