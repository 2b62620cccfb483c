"""The boundary of another model on the plane, as a thin dashed line: linear beside logistic regression, and the other way round."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from core.boundary import contours_on_grid, line_in_box
from core.comparison import Fit, fit_other
from core.dataset import Array
from core.features import FeatureMap
from core.models import LABELS, MODELS
from core.on_the_plane import boundary_of_one, crossings
from gui import theme
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotViewBox
from gui.session import Session
from gui.text import tr

CELLS = 128, 96  # of the grid for a curved boundary

Grid = Callable[[FeatureMap], tuple[Array, Array, Array]]


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
        lines = boundary_lines(fit, self._session.experiment.threshold, self._view) if fit else []
        self.layer.show_ghost([Line(points, pen) for points in lines], tr(LABELS[fit.model]) if fit else "")


def boundary_lines(fit: Fit, threshold: float, view: PlotViewBox, grid: Grid | None = None) -> list[Array]:
    """Where f of a fit is at the threshold, within what the view shows: polylines (k, 2).

    grid: gives x1 (k,), x2 (l,) and the columns (l·k, n_terms) of all places, where somebody has them already.
    """
    z = float(MODELS[fit.model].z_at(threshold))
    x1_range, x2_range = view.x_range(), view.y_range()
    if fit.features.n_raw == 1:
        return [np.array([[at, x2_range[0]], [at, x2_range[1]]]) for at in _boundaries_of_one(fit, z, x1_range)]
    if fit.features.degree == 1:
        w_raw, b_raw = fit.features.to_raw(fit.w, fit.b)
        return line_in_box(w_raw, b_raw, z, x1_range, x2_range)
    if grid is not None:
        x1, x2, columns = grid(fit.features)
    else:
        x1, x2 = np.linspace(*x1_range, CELLS[0]), np.linspace(*x2_range, CELLS[1])
        columns = fit.features.apply(np.column_stack([axis.ravel() for axis in np.meshgrid(x1, x2)]))
    with np.errstate(over="ignore", invalid="ignore"):
        values = (columns @ fit.w + fit.b).reshape(len(x2), len(x1))
    return contours_on_grid(x1, x2, values, [z])[0]


def _boundaries_of_one(fit: Fit, z: float, x_range: tuple[float, float]) -> list[float]:
    if fit.features.degree == 1:
        return boundary_of_one(*fit.features.to_raw(fit.w, fit.b), z, x_range)
    x = np.linspace(*x_range, CELLS[0])
    with np.errstate(over="ignore", invalid="ignore"):
        return crossings(x, fit.features.apply(x[:, np.newaxis]) @ fit.w + fit.b, z)


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
