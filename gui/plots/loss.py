"""Loss of one example: the two curves over f, every example on its curve, and the numbers of the one under the mouse or probed."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.dataset import Array
from core.frame import Frame
from core.loss_points import LossPoints, LossSample, loss_curve
from gui import theme
from gui.actions import Actions
from gui.drawing.course_formulas import loss_formula, loss_numbers
from gui.drawing.example_layer import ExampleLayer
from gui.drawing.formula_label import FormulaLabel
from gui.drawing.hover_layer import HoverLayer, Placed
from gui.drawing.lines_layer import Line
from gui.drawing.plot_area import PlotArea
from gui.drawing.ranges import round_up
from gui.drawing.readout import Readout, loss_name
from gui.drawing.still_lines import StillLines
from gui.fields import dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import number, tr

MOST_EXAMPLES = 500
CURVE_POINTS = 241
LEAST_LOSS, LEAST_LINEAR = 3.0, 2.0


class LossView(Plot):
    """The loss over f, for y = 1 and for y = 0."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Loss of one example"), parent)
        self.mean = dim_label()
        self.mean.setToolTip(tr("The mean of the losses is the cost J, without the term of λ"))
        self.header.addWidget(self.mean)
        self.area = PlotArea()
        self.area.setAccessibleName(tr("Loss plot: the loss of an example over f, for y = 1 and y = 0"))
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.view.setMouseEnabled(x=False, y=False)  # the axes follow the run
        self.area.axes["left"].setWidth(48)
        self.area.name_axes("f", tr("loss"))
        self.formula = FormulaLabel(2)
        self.formula.setAccessibleName(tr("The loss of one example, with its numbers"))
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.formula)
        self.lines = StillLines(self.area.view, 1)
        self.examples = ExampleLayer(self.area.view, 2)
        self.hovered = HoverLayer(session, self.area.view, 5, self._placed)
        self.readout = Readout(self.area)
        self._sample = LossSample(MOST_EXAMPLES)
        self._points: LossPoints | None = None
        self._shown: tuple[str, float, float] | None = None  # model, and how far f and the loss go
        session.pointer.hovered_changed.connect(self._show_example)
        session.pointer.probe_changed.connect(self._show_example)
        self.area.view.sigResized.connect(self._show_example)
        self.start()

    def show_frame(self, frame: Frame) -> None:
        points = self._sample.points(frame)
        self._points = points
        self._show_range(frame.experiment.model, points)
        self.examples.show_examples(np.column_stack([points.f, points.loss]), points.y)
        if self.text_due():
            text = tr("mean of {k:,} drawn: {loss}") if points.drawn else tr("mean {loss}")
            self.mean.setText(text.format(k=len(points.rows), loss=number(points.mean)) if len(points.rows) else "")
            self._show_example()
        else:
            self.hovered.update()

    def apply_theme(self) -> None:
        self.area.apply_theme()
        self.formula.update()
        self._shown = None
        self.show_frame(self.session.frame_now)

    def _show_range(self, model: str, points: LossPoints) -> None:
        """The two curves, over ranges that change in steps."""
        finite = points.loss[np.isfinite(points.loss)]
        most = round_up(max(1.05 * float(finite.max(initial=0.0)), LEAST_LOSS if model == "logistic" else 0.5))
        f = points.f[np.isfinite(points.f)]
        far = round_up(max(1.05 * float(np.abs(f).max(initial=0.0)), LEAST_LINEAR)) if model == "linear" else 1.0
        if (model, far, most) == self._shown:
            return
        self._shown = model, far, most
        low = -far if model == "linear" else 0.0
        room = 0.03 * (far - low)
        self.area.view.setRange(xRange=(low - room, far + room), yRange=(-0.03 * most, most), padding=0)
        # At |z| the loss is at most a little more than |z|, so this z goes from edge to edge.
        end = far if model == "linear" else max(1.1 * most, 12.0)
        z = np.linspace(-end, end, CURVE_POINTS)
        tokens = theme.tokens()
        lines = []
        for y, colour in ((0, tokens.class_0), (1, tokens.class_1)):
            f, loss = loss_curve(model, z, y)
            lines.append(Line(np.column_stack([f, loss]), theme.pen(colour, 2.5)))
        self.lines.show_lines(lines)

    def _placed(self) -> Placed:
        points, hovered = self._points, self._hovered_point()
        if points is None:
            return None, np.empty((0, 2))
        if hovered is not None and points.drawn:
            points = hovered
        where: Array = np.column_stack([points.f, points.loss])
        return points.rows, where

    def _hovered_point(self) -> LossPoints | None:
        index, frame = self.session.pointer.hovered, self.session.frame_now
        return None if index is None or index >= frame.experiment.dataset.m else self._sample.point(frame, index)

    def _show_example(self) -> None:
        """f, y and loss of the example under the mouse in any view; else of the probed one, whose y is not known."""
        frame, probe, point = self.session.frame_now, self.session.pointer.probe, self._hovered_point()
        model = frame.experiment.model
        self.hovered.update()
        if point is not None:
            f, y, loss = float(point.f[0]), int(point.y[0]), float(point.loss[0])
            self.readout.setText(f"f = {number(f)}   y = {y}\n{loss_name(model, y)} = {number(loss)}")
            self.readout.show_at(self.examples.to_pixel(f, loss))
            self.formula.show_formulas([loss_formula(model), loss_numbers(model, f, y, loss)])
        elif probe is not None:
            columns = frame.experiment.features.apply(np.array([probe]))
            z = columns @ frame.w + frame.b
            losses = [float(loss_curve(model, z, y)[1][0]) for y in (0, 1)]
            f = float(frame.predict_columns(columns)[0])
            cases = [tr("y = {y}: {name} = {loss}").format(y=y, name=loss_name(model, y), loss=number(losses[y])) for y in (1, 0)]
            self.readout.setText("\n".join([f"f = {number(f)}", *cases]))
            self.examples.show_probe(f, losses)
            self.readout.show_at(self.examples.to_pixel(f, max(losses)))
            self.formula.show_formulas([loss_formula(model)])
        else:
            self.readout.hide()
            self.formula.show_formulas([loss_formula(model)])
        if point is not None or probe is None:
            self.examples.show_probe(None, [])
