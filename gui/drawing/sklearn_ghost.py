"""The boundaries of scikit-learn's fits on the plane, while its view is shown: dotted with the same λ, dash-dotted with its defaults."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from core.boundary_lines import Grid
from gui import theme
from gui.comparison import GhostLayer, boundary_of
from gui.drawing.lines_layer import Line
from gui.drawing.plot_area import PlotViewBox
from gui.session import Session
from gui.text import tr

SAME_LINE, DEFAULT_LINE = Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine
WIDTH_PX = 2.0


def line_pen(style: Qt.PenStyle) -> QPen:
    """The pen of a column's line, on the plane and in the table."""
    tokens = theme.tokens()
    pen = theme.pen(tokens.ink if style is Qt.PenStyle.SolidLine else tokens.good, WIDTH_PX, style)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style is SAME_LINE:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.01, 2.2])  # round dots
    return pen


class KeptGhost(GhostLayer):
    """Paints from a picture of itself: the plane paints anew in every frame, and dotted lines are slow."""

    _picture: QPixmap | None = None

    def show_ghost(self, lines: list[Line], text: str) -> None:
        self._picture = None
        super().show_ghost(lines, text)

    def draw(self, painter: QPainter) -> None:
        if not self.lines:
            return
        ratio = painter.device().devicePixelRatioF()
        size = (self.boundingRect().size() * ratio).toSize()
        if self._picture is None or self._picture.size() != size:
            self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._picture)
            try:
                super().draw(inner)
            finally:
                inner.end()
        painter.drawPixmap(0, 0, self._picture)


class SklearnGhost(QObject):
    """Draws what the session's board shows. The lines are found once for each fit and range of the plane, not in every frame."""

    def __init__(self, session: Session, view: PlotViewBox, z: float, grid: Grid) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._z = z
        self._grid = grid
        self.layers: tuple[KeptGhost, ...] = ()  # once there is something to draw
        self._threshold = session.experiment.threshold
        session.sklearn.changed.connect(self.draw)
        view.sigRangeChanged.connect(self.draw)
        session.experiment_changed.connect(self._experiment_changed)
        self.draw()

    def draw(self) -> None:
        """Find the lines anew."""
        fits = self._session.sklearn.fits
        if fits is not None and not self.layers:
            self.layers = KeptGhost(self._view, self._z), KeptGhost(self._view, self._z, named_below=True)
        self._threshold = self._session.experiment.threshold
        same = fits.same if fits else None, SAME_LINE, tr("scikit-learn, same λ")
        default = fits.default if fits else None, DEFAULT_LINE, tr("scikit-learn, defaults")
        for layer, (fit, style, text) in zip(self.layers, (same, default), strict=False):
            lines = boundary_of(fit, self._threshold, self._view, self._grid) if fit else []
            layer.show_ghost([Line(points, line_pen(style)) for points in lines], text)

    def _experiment_changed(self) -> None:
        if self._session.experiment.threshold != self._threshold:
            self.draw()
