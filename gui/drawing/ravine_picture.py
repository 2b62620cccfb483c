"""A small landscape of one side of a comparison: relief, minimum, and the path of descent up to the iteration shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.side_by_side import Side
from core.track import Track
from gui import theme
from gui.drawing.descent_layer import DescentLayer
from gui.drawing.plot_area import PlotArea
from gui.drawing.relief_layer import ReliefLayer
from gui.drawing.track_layer import TrackLayer
from gui.text import parameter_text, tr

LEAST_HEIGHT_PX = 120
AXIS_PX, BOTTOM_AXIS_PX = 48, 40
TICKS = 0.5  # as many as on a large plot


class RavinePicture(PlotArea):
    """Shows a side; the mouse does nothing here."""

    def __init__(self) -> None:
        super().__init__()
        self.view.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(100, LEAST_HEIGHT_PX)
        self.plotItem.setContentsMargins(0, 4, 6, 0)
        self.axes["left"].setWidth(AXIS_PX)
        self.axes["bottom"].setHeight(BOTTOM_AXIS_PX)
        self.axes["bottom"].setTickDensity(TICKS)
        self.relief = ReliefLayer(self.view, 1)
        self.track = TrackLayer(self.view, 2)
        self.marks = DescentLayer(self.view, 3)
        self.hint = QLabel(tr("J is too large here to be drawn"), self)
        self.hint.setProperty("dim", True)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.hide()
        self.view.sigResized.connect(self._place_hint)
        self._side: Side | None = None
        self._place: tuple[Side, int] | None = None
        self._path: Track

    def show_side(self, side: Side) -> None:
        """Show another run on another landscape."""
        if side is self._side:
            return
        self._side, self._place = side, None
        n = len(side.approach.trace.w[0])
        self.name_axes(parameter_text(side.plane.first, n), parameter_text(side.plane.second, n))
        self.view.setRange(xRange=side.ranges[0], yRange=side.ranges[1], padding=0)
        self.relief.show_relief(side.relief)
        self._path = Track(side.plane, *side.homes)
        self.hint.setVisible(side.relief is None)

    def show_iteration(self, iteration: int) -> None:
        """Show the path of its run up to this iteration."""
        side = self._side
        if side is None or self._place == (side, iteration):
            return
        self._place = side, iteration
        w, b, _ = side.at(iteration)
        self._path.take(side.until(iteration))
        self.track.show_track(self._path, None)
        least = side.bottom.minimum
        star = side.plane.of(least.w, least.b) if least is not None else None
        self.marks.show_points(self._path.start, None, side.plane.of(w, b), star, None)

    def _write_names(self) -> None:
        super()._write_names()
        for axis in self.axes.values():
            axis.resizeEvent()  # pyqtgraph centres a name when its axis is resized, not when the name is another

    def redraw_path(self) -> None:
        """Draw the path in one go: drawn piece by piece, as it grew, its joints are not quite as smooth."""
        self.track.view_changed()
        self.track.update()

    def restyle(self) -> None:
        """The colours are others now."""
        self.apply_theme()
        self.hint.setFont(theme.font(theme.SMALL_PX))
        for layer in (self.relief, self.track, self.marks):
            layer.view_changed()
            layer.update()

    def _place_hint(self) -> None:
        self.hint.setGeometry(self.rect().adjusted(AXIS_PX, 0, 0, -24))
