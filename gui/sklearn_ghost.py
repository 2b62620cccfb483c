"""The boundaries of scikit-learn's two fits on the plane: dotted with the same λ, dash-dotted with its defaults."""

from PySide6.QtCore import QObject

from gui.comparison import GhostLayer, boundary_lines
from gui.drawing.lines_layer import Line
from gui.drawing.plot_area import PlotViewBox
from gui.drawing.sklearn_table import DEFAULT_LINE, SAME_LINE, line_pen
from gui.plots.base import Plot
from gui.plots.sklearn import SklearnView
from gui.session import Session
from gui.text import tr

Z = 1.8  # under the boundary of the run and the line of another model


class SklearnGhost(QObject):
    """Draws what the view has, while it is seen. The lines are found once for each fit and range of the plane, not in every frame."""

    def __init__(self, session: Session, of: Plot, view: PlotViewBox) -> None:
        super().__init__(view)
        assert isinstance(of, SklearnView)
        self._session = session
        self._of = of
        self._view = view
        self.layers = GhostLayer(view, Z), GhostLayer(view, Z, named_below=True)
        self._threshold = session.experiment.threshold
        of.fits_changed.connect(self.draw)
        view.sigRangeChanged.connect(self.draw)
        session.experiment_changed.connect(self._experiment_changed)
        self.draw()

    def draw(self) -> None:
        """Find the lines anew."""
        fits = self._of.fits if not self._of.isHidden() else None
        self._threshold = self._session.experiment.threshold
        texts = tr("scikit-learn, same λ"), tr("scikit-learn, defaults")
        for layer, fit, style, text in zip(
            self.layers, (fits.same, fits.default) if fits else (None, None), (SAME_LINE, DEFAULT_LINE), texts, strict=True
        ):
            pen = line_pen(style)
            lines = boundary_lines(fit, self._threshold, self._view) if fit else []
            layer.show_ghost([Line(points, pen) for points in lines], text)

    def _experiment_changed(self) -> None:
        if self._session.experiment.threshold != self._threshold:
            self.draw()
