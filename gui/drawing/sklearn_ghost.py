"""The boundaries of scikit-learn's fits on the plane, while its view is shown: dotted with the same λ, dash-dotted with its defaults."""

from PySide6.QtCore import QObject

from gui.comparison import GhostLayer, boundary_lines
from gui.drawing.lines_layer import Line
from gui.drawing.plot_area import PlotViewBox
from gui.drawing.sklearn_table import DEFAULT_LINE, SAME_LINE, line_pen
from gui.session import Session
from gui.text import tr


class SklearnGhost(QObject):
    """Draws what the session's board shows. The lines are found once for each fit and range of the plane, not in every frame."""

    def __init__(self, session: Session, view: PlotViewBox, z: float) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.layers = GhostLayer(view, z), GhostLayer(view, z, named_below=True)
        self._threshold = session.experiment.threshold
        session.sklearn.changed.connect(self.draw)
        view.sigRangeChanged.connect(self.draw)
        session.experiment_changed.connect(self._experiment_changed)
        self.draw()

    def draw(self) -> None:
        """Find the lines anew."""
        fits = self._session.sklearn.fits
        self._threshold = self._session.experiment.threshold
        for layer, fit, style, text in (
            (self.layers[0], fits.same if fits else None, SAME_LINE, tr("scikit-learn, same λ")),
            (self.layers[1], fits.default if fits else None, DEFAULT_LINE, tr("scikit-learn, defaults")),
        ):
            lines = boundary_lines(fit, self._threshold, self._view) if fit else []
            layer.show_ghost([Line(points, line_pen(style)) for points in lines], text)

    def _experiment_changed(self) -> None:
        if self._session.experiment.threshold != self._threshold:
            self.draw()
