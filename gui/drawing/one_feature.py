"""The model over one feature: the curve f(x), each example's way from f to y, the threshold, and where class 0 ends and class 1 begins."""

import numpy as np
from PySide6.QtCore import Qt

from core.dataset import Array
from core.frame import Frame
from core.on_the_plane import boundary_of_one, crossings
from gui import theme
from gui.drawing.field_layer import COLUMNS, ROWS, FieldLayer
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.plot_area import PlotViewBox
from gui.drawing.segments_layer import MOST, SegmentsLayer

Y_RANGE = (-0.2, 1.2)
POINTS = 384  # of the curve: about one for every second pixel
CURVE_PX = 2.5


class OneFeatureModel:
    """Draws into the field and the lines of a plane, and segments under them."""

    def __init__(self, view: PlotViewBox, field: FieldLayer, lines: LinesLayer, z: float) -> None:
        self._view = view
        self._field = field
        self._lines = lines
        self.segments = SegmentsLayer(view, z)
        self.boundaries: list[float] = []

    def clear(self) -> None:
        """There are two features now, or nothing to show."""
        self._clear_segments()
        self.boundaries = []

    def show_frame(self, frame: Frame) -> None:
        """Show one moment of the run."""
        x_range, y_range = self._view.x_range(), self._view.y_range()
        cells, _ = self._field.grid()
        self._field.show_field(np.broadcast_to(frame.predict(cells[:, np.newaxis]), (ROWS, COLUMNS)))
        x = np.linspace(*x_range, POINTS)
        f = frame.predict(x[:, np.newaxis])
        self.boundaries = self._boundaries(frame, x)
        tokens, threshold = theme.tokens(), frame.experiment.threshold
        dim = theme.pen(tokens.dim, 1.0, Qt.PenStyle.DashLine)
        lines = [Line(np.array([[x_range[0], level], [x_range[1], level]]), theme.pen(tokens.line)) for level in (0.0, 1.0)]
        lines.append(Line(np.array([[x_range[0], threshold], [x_range[1], threshold]]), dim))
        lines += [Line(np.array([[at, y_range[0]], [at, y_range[1]]]), theme.pen(tokens.ink, 1.5)) for at in self.boundaries]
        if np.isfinite(f).all():
            lines.append(Line(np.column_stack([x, f]), theme.pen(tokens.accent, CURVE_PX)))
        self._lines.show_lines(lines)
        self._show_losses(frame)

    def _boundaries(self, frame: Frame, x: Array) -> list[float]:
        level, experiment = frame.z_threshold, frame.experiment
        if experiment.degree == 1:
            return boundary_of_one(*frame.w_b_raw, level, self._view.x_range())
        with np.errstate(over="ignore", invalid="ignore"):
            return crossings(x, experiment.features.apply(x[:, np.newaxis]) @ frame.w + frame.b, level)

    def _show_losses(self, frame: Frame) -> None:
        dataset = frame.experiment.dataset
        if dataset.m > MOST:
            self._clear_segments()
            return
        f = frame.predict(dataset.X)
        seen = np.isfinite(f)
        self.segments.show_segments(dataset.X[seen, 0], f[seen], dataset.y[seen])

    def _clear_segments(self) -> None:
        nothing = np.empty(0)
        self.segments.show_segments(nothing, nothing, nothing)
