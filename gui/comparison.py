"""The boundary of another model on the plane, as a thin dashed line: linear beside logistic regression, and the other way round."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from core.boundary import contours_on_grid, line_in_box
from core.comparison import Fit, fit_other
from core.dataset import Array
from core.models import LABELS, MODELS
from core.on_the_plane import boundary_of_one, crossings
from gui import theme
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotViewBox
from gui.session import Session
from gui.text import tr

CELLS = 128, 96  # of the grid for a curved boundary


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
        self._background.submit(lambda: fit_other(experiment), self._fitted)

    def _fitted(self, fit: Fit | None) -> None:
        self.fit = fit
        self._draw()

    def _draw(self) -> None:
        fit = self.fit if self.shown else None
        pen = theme.pen(theme.tokens().accent, 1.5, Qt.PenStyle.DashLine)
        lines = self._boundary(fit) if fit else []
        self.layer.show_ghost([Line(points, pen) for points in lines], tr(LABELS[fit.model]) if fit else "")

    def _boundary(self, fit: Fit) -> list[Array]:
        z = float(MODELS[fit.model].z_at(self._session.experiment.threshold))
        x1_range, x2_range = self._view.x_range(), self._view.y_range()
        if fit.features.n_raw == 1:
            return [np.array([[at, x2_range[0]], [at, x2_range[1]]]) for at in _boundaries_of_one(fit, z, x1_range)]
        if fit.features.degree == 1:
            w_raw, b_raw = fit.features.to_raw(fit.w, fit.b)
            return line_in_box(w_raw, b_raw, z, x1_range, x2_range)
        x1, x2 = np.linspace(*x1_range, CELLS[0]), np.linspace(*x2_range, CELLS[1])
        grid = np.column_stack([axis.ravel() for axis in np.meshgrid(x1, x2)])
        with np.errstate(over="ignore", invalid="ignore"):
            values = (fit.features.apply(grid) @ fit.w + fit.b).reshape(len(x2), len(x1))
        return contours_on_grid(x1, x2, values, [z])[0]


def _boundaries_of_one(fit: Fit, z: float, x_range: tuple[float, float]) -> list[float]:
    if fit.features.degree == 1:
        return boundary_of_one(*fit.features.to_raw(fit.w, fit.b), z, x_range)
    x = np.linspace(*x_range, CELLS[0])
    with np.errstate(over="ignore", invalid="ignore"):
        return crossings(x, fit.features.apply(x[:, np.newaxis]) @ fit.w + fit.b, z)


class GhostLayer(LinesLayer):
    """Dashed lines with a name near the upper end of the first."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.text = ""

    def show_ghost(self, lines: list[Line], text: str) -> None:
        """Show these lines under this name."""
        if lines or self.lines:
            self.text = text
            self.show_lines(lines)

    def draw(self, painter: QPainter) -> None:
        super().draw(painter)
        if not self.lines or not self.text:
            return
        tokens = theme.tokens()
        points = self.to_pixels(self.lines[0].points)
        top = points[np.argmin(points[:, 1])]
        painter.setFont(theme.font(theme.SMALL_PX))
        box = QRectF(painter.fontMetrics().boundingRect(self.text)).adjusted(-6, -2, 6, 2)
        box.moveTopLeft(QPointF(float(top[0]) + 6, float(top[1]) + 6))
        area = self.boundingRect()
        box.moveRight(min(box.right(), area.right() - 4))
        box.moveLeft(max(box.left(), 4.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)
