"""The boundary of another model on the plane, as a thin dashed line: linear beside logistic regression, and the other way round."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from core.boundary_lines import Grid, boundary_lines
from core.comparison import Fit, fit_other
from core.dataset import Array
from core.experiment import Experiment
from core.models import LABELS, MODELS
from gui import theme
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotViewBox
from gui.session import Session
from gui.text import tr


class Comparison(QObject):
    """Fits the other model in the background while it is shown, anew with every change of data or settings."""

    def __init__(self, session: Session, view: PlotViewBox, z: float) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._background = session.background()
        self.layer = GhostLayer(view, z)
        self.fit: Fit | None = None
        self.shown = False
        session.experiment_changed.connect(self._ask)
        view.sigRangeChanged.connect(self._draw)

    def set_shown(self, shown: bool) -> None:
        """Show or hide the line."""
        self.shown = shown
        self.fit = None
        self._draw()
        self._ask()

    def apply_theme(self) -> None:
        """The colours are others now."""
        self._draw()

    def _ask(self) -> None:
        if not self.shown:
            self._background.cancel()
            return
        experiment = self._session.experiment
        self._background.submit(lambda: self._fit(experiment), self._fitted)

    def _fit(self, experiment: Experiment) -> Fit | None:
        """In the background; ends with the session."""

        def go_on(_: float) -> None:
            if self._background.closed:
                raise InterruptedError

        try:
            return fit_other(experiment, go_on)
        except InterruptedError:
            return None

    def _fitted(self, fit: Fit | None) -> None:
        self.fit = fit
        self._draw()

    def _draw(self) -> None:
        fit = self.fit if self.shown else None
        pen = theme.pen(theme.tokens().accent, 1.5, Qt.PenStyle.DashLine)
        lines = boundary_of(fit, self._session.experiment.threshold, self._view) if fit else []
        self.layer.show_ghost([Line(points, pen) for points in lines], tr(LABELS[fit.model]) if fit else "")


def boundary_of(fit: Fit, threshold: float, view: PlotViewBox, grid: Grid | None = None) -> list[Array]:
    """Where f of a fit is at the threshold, within what the view shows: polylines (k, 2)."""
    z = float(MODELS[fit.model].z_at(threshold))
    return boundary_lines(fit.features, fit.w, fit.b, z, view.x_range(), view.y_range(), grid)


class GhostLayer(LinesLayer):
    """Lines with a name, in their colour, near the upper end of the first, or the lower one."""

    def __init__(self, view: PlotViewBox, z: float, *, named_below: bool = False) -> None:
        super().__init__(view, z)
        self.text = ""
        self._named_below = named_below

    def show_ghost(self, lines: list[Line], text: str) -> None:
        """Show these lines under this name."""
        if lines or self.lines:
            self.text = text
            self.show_lines(lines)

    def draw(self, painter: QPainter) -> None:
        super().draw(painter)
        if not self.lines or not self.text:
            return
        points = self.to_pixels(self.lines[0].points)
        end = points[np.argmax(points[:, 1]) if self._named_below else np.argmin(points[:, 1])]
        painter.setFont(theme.font(theme.SMALL_PX))
        box = QRectF(painter.fontMetrics().boundingRect(self.text)).adjusted(-6, -2, 6, 2)
        box.moveTopLeft(QPointF(float(end[0]) + 6, float(end[1]) + (-6 - box.height() if self._named_below else 6)))
        area = self.boundingRect()
        box.moveRight(min(box.right(), area.right() - 4))
        box.moveLeft(max(box.left(), 4.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().panel))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self.lines[0].pen.color())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)
