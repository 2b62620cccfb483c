"""The path of a run over a plane of two parameters: a line with dots, to which a frame adds only what is new."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from core.dataset import Array
from core.track import Track
from gui import theme
from gui.drawing.layer import Layer, polygon
from gui.drawing.plot_area import PlotViewBox

DOT_PX = 2.3
APART_PX = 9.0  # from one dot to the next, along the path
LEAP_PX = 60.0
REACH_PX = 8.0


class TrackLayer(Layer):
    """Shows a track up to an iteration, and what lies ahead of it dim; `other` (k, 2) is a second path, thin, with a label at its end."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.other: Array | None = None
        self.other_text = ""
        self._track: Track | None = None
        self._until: int | None = None
        self._drawn = 0  # pieces that are in the picture
        self._length = 0.0  # of these, in pixels
        self._generation = -1
        self._picture: QPixmap | None = None

    def show_track(self, track: Track, until: int | None) -> None:
        """Show these pieces; those after iteration `until` dim. None: there are none after it."""
        if track is not self._track or until != self._until:
            self._track, self._until = track, until
            self._picture = None
        self.update()

    def show_other(self, points: Array | None, text: str) -> None:
        """Show a second path (k, 2), or none."""
        self.other, self.other_text = points, text
        self.update()

    def iteration_at(self, at: QPointF) -> int | None:
        """The iteration whose point lies within reach of a pixel position."""
        track = self._track
        if track is None or not len(track.end):
            return None
        distance = np.hypot(*(self.to_pixels(track.end) - (at.x(), at.y())).T)
        nearest = int(np.argmin(distance))
        return int(track.iteration[nearest]) if distance[nearest] <= REACH_PX else None

    def view_changed(self) -> None:
        self._picture = None

    def draw(self, painter: QPainter) -> None:
        self._draw_other(painter)
        track = self._track
        if track is None:
            return
        ratio = painter.device().devicePixelRatioF()
        picture = self._picture
        if picture is None or picture.devicePixelRatio() != ratio or self._generation != track.generation:
            picture = QPixmap(self.boundingRect().size().toSize() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(Qt.GlobalColor.transparent))
            self._picture, self._drawn, self._length, self._generation = picture, 0, 0.0, track.generation
        if self._drawn < len(track.end):
            self._draw_pieces(picture, track)
        painter.drawPixmap(0, 0, picture)

    def _draw_pieces(self, picture: QPixmap, track: Track) -> None:
        """Put the pieces that are new into the picture."""
        pieces = slice(self._drawn, len(track.end))
        self._drawn = len(track.end)
        begin, end = self.to_pixels(track.begin[pieces]), self.to_pixels(track.end[pieces])
        length = self._length + np.cumsum(np.hypot(*(end - begin).T))
        dotted = np.diff(np.floor(length / APART_PX), prepend=np.floor(self._length / APART_PX)) > 0
        self._length = float(length[-1])
        ahead = track.iteration[pieces] > (self._until if self._until is not None else np.inf)
        colour = QColor(theme.tokens().class_1)
        painter = QPainter(picture)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for those, alpha in ((ahead, 0.3), (~ahead, 1.0)):
                draw_pieces(painter, begin[those], end[those], alpha)
                if those.any():
                    colour.setAlphaF(alpha)
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colour)
                    for x, y in end[those & dotted].tolist():
                        painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)
        finally:
            painter.end()

    def _draw_other(self, painter: QPainter) -> None:
        if self.other is None or not len(self.other):
            return
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.dim), 1.4, Qt.PenStyle.DashLine))
        pixels = self.to_pixels(self.other)
        painter.drawPolyline(polygon(pixels))
        painter.setFont(theme.font(11))
        x, y = pixels[-1].tolist()
        width = painter.fontMetrics().horizontalAdvance(self.other_text)
        left = min(max(x + 8, 4.0), self.boundingRect().width() - width - 4)
        painter.setPen(QColor(tokens.dim))
        painter.drawText(QPointF(left, max(y - 8, 14.0)), self.other_text)


def draw_pieces(painter: QPainter, begin: Array, end: Array, alpha: float) -> None:
    """Draw pieces between pixel positions (k, 2); leaps thinner, as those of a run that swings from wall to wall would hide everything."""
    leap = np.hypot(*(end - begin).T) > LEAP_PX
    for those, width, share in ((leap, 1.0, 0.5), (~leap, 2.0, 1.0)):
        if those.any():
            colour = QColor(theme.tokens().class_1)
            colour.setAlphaF(alpha * share)
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(pieces_path(begin[those], end[those]))


def pieces_path(begin: Array, end: Array) -> QPainterPath:
    """A path of separate pieces; joined where one begins at the end of another, which draws faster and with round corners."""
    points = np.stack([begin, end], axis=1).reshape(-1, 2)
    connect = np.ones(len(points), dtype=np.int32)
    connect[1:-1:2] = (begin[1:] == end[:-1]).all(axis=1)
    connect[-1] = 0
    path: QPainterPath = pg.arrayToQPath(points[:, 0], points[:, 1], connect)
    return path
