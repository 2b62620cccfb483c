"""A surface that can be turned: its picture, the frame it stands in, and path, current point and minimum on it."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.dataset import Array
from core.relief import Relief
from core.surface import HEIGHT, Camera, Picture, on_surface
from core.track import Track
from gui import theme
from gui.drawing.descent_layer import draw_ball, draw_star
from gui.drawing.pixels import to_qimage
from gui.drawing.track_layer import draw_pieces
from gui.text import number

DEGREES_PER_PX = 0.5
KEY_DEGREES = 5.0
WHEEL_ZOOM = 1.0015  # for each unit of the wheel, 120 a notch
CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=np.float64)
NAME_PX, TICK_PX = 18.0, 13.0  # from the frame
ROOM_PX, MOST_ROOM = 15.0, 0.1  # for these; of the height at the most
ORBITS = {
    Qt.Key.Key_Left: (-KEY_DEGREES, 0.0),
    Qt.Key.Key_Right: (KEY_DEGREES, 0.0),
    Qt.Key.Key_Up: (0.0, KEY_DEGREES),
    Qt.Key.Key_Down: (0.0, -KEY_DEGREES),
}


class SurfaceCanvas(QWidget):
    """Draws what show_picture() and show_run() were given. `turned`: another picture is wanted, for `camera` or another size."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.camera = Camera()
        self.names = ("", "")
        self.pictures_shown = 0
        self._relief: Relief | None = None
        self._picture: Picture | None = None
        self._of = self.camera  # that of the picture
        self._image: QImage | None = None
        self._ground: QPixmap | None = None  # all that stays while only the run moves
        self._ground_of: tuple[object, ...] = ()
        self._track: Track | None = None
        self._until: int | None = None
        self._now: Array | None = None
        self._minimum: Array | None = None
        self._hollow = False
        self._hand: QPointF | None = None
        self._path: QPixmap | None = None
        self._path_of: tuple[object, ...] = ()
        self._drawn = 0  # pieces of the track that are in it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_picture(self, relief: Relief | None, picture: Picture | None, camera: Camera) -> None:
        """Show a picture of this relief from this camera, or nothing."""
        self._relief, self._picture, self._of = relief, picture, camera
        if picture is not None:
            height, width = picture.pixels.shape
            self._image = to_qimage(picture.pixels.view(np.uint8).reshape(height, width, 4))
            self.pictures_shown += 1
        self.update()

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self._path = None
        self.update()

    def show_run(self, track: Track | None, until: int | None, now: Array | None, minimum: Array | None, *, hollow: bool = False) -> None:
        """Show the path up to an iteration (None: all of it), the current point (2,) and the minimum (2,), as in DescentLayer."""
        self._hollow = hollow
        self._track, self._until, self._now, self._minimum = track, until, now, minimum
        self.update()

    def place(self, point: Array) -> QPointF | None:
        """Where a point (2,) of the plane is on the widget; None when it is beside the surface."""
        x, y = self._project(point[np.newaxis])[0, :2].tolist() if self._relief is not None else (np.nan, np.nan)
        return QPointF(x, y) if np.isfinite([x, y]).all() else None

    def _project(self, points: Array) -> Array:
        """x, y on the widget and depth (k, 3) of points (k, 2) of the plane."""
        assert self._relief is not None
        return self._of.project(on_surface(self._relief, points), self.width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPixmap(0, 0, self._made_ground())
            if self._picture is not None:
                self._draw_run(painter, self._picture)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.tokens().accent), 1.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        finally:
            painter.end()

    def _made_ground(self) -> QPixmap:
        """The surface in its frame."""
        ratio, tokens = self.devicePixelRatioF(), theme.tokens()
        key = (self._picture, self.size(), ratio, tokens, self.names)
        if self._ground is None or key != self._ground_of:
            self._ground, self._ground_of = QPixmap(self.size() * ratio), key
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(QColor(tokens.panel))
            painter = QPainter(self._ground)
            try:
                painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
                if self._relief is not None and self._picture is not None and self._image is not None:
                    self._draw_frame(painter, self._relief)
                    painter.drawImage(QRectF(self.rect()), self._image)
            finally:
                painter.end()
        return self._ground

    def _draw_frame(self, painter: QPainter, relief: Relief) -> None:
        """The square below the surface, with names and ends at its two nearer sides."""
        tokens = theme.tokens()
        base = np.column_stack([CORNERS, np.full(4, -HEIGHT / 2)])
        projected = self._of.project(base, self.width(), self.height())
        middle = projected[:, :2].mean(axis=0)
        painter.setFont(theme.font(11))
        for k in range(4):
            ends = projected[[k, (k + 1) % 4]]
            painter.setPen(QPen(QColor(tokens.line), 1.0))
            painter.drawLine(QLineF(*ends[0, :2].tolist(), *ends[1, :2].tolist()))
            if ends[:, 2].mean() < projected[:, 2].mean() - 1e-9:
                along_p = k % 2 == 0
                low, high = relief.p_range if along_p else relief.q_range
                values = (low, high) if CORNERS[k, 1 - int(along_p)] < CORNERS[(k + 1) % 4, 1 - int(along_p)] else (high, low)
                outward = ends[:, :2].mean(axis=0) - middle
                outward /= max(float(np.hypot(*outward)), 1e-9)
                painter.setPen(QColor(tokens.dim))
                for end, other, value in ((ends[0], ends[1], values[0]), (ends[1], ends[0], values[1])):
                    self._draw_text(painter, 0.93 * end[:2] + 0.07 * other[:2] + outward * TICK_PX, number(value, 3))
                self._draw_text(painter, ends[:, :2].mean(axis=0) + outward * NAME_PX, self.names[0 if along_p else 1])

    def _draw_text(self, painter: QPainter, at: Array, text: str) -> None:
        box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-2, 0, 2, 0)
        box.moveCenter(QPointF(*at.tolist()))
        box.moveLeft(min(max(box.left(), 2.0), self.width() - box.width() - 2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_run(self, painter: QPainter, picture: Picture) -> None:
        if self._minimum is not None and (at := self.place(self._minimum)) is not None:
            draw_star(painter, at, hollow=self._hollow)
        track = self._track
        if track is not None:
            key = (picture, track, track.generation, self._until)
            if self._path is None or key != self._path_of:
                ratio = self.devicePixelRatioF()
                self._path, self._path_of, self._drawn = QPixmap(self.size() * ratio), key, 0
                self._path.setDevicePixelRatio(ratio)
                self._path.fill(QColor(Qt.GlobalColor.transparent))
            if self._drawn < len(track.end):
                self._draw_pieces(self._path, picture, track)
            painter.drawPixmap(0, 0, self._path)
        if self._now is not None and (at := self.place(self._now)) is not None:
            draw_ball(painter, at, 6.0)

    def _draw_pieces(self, path: QPixmap, picture: Picture, track: Track) -> None:
        """Put the pieces that are new on the picture of the path; those behind the surface, or ahead of the iteration shown, dim."""
        pieces = slice(self._drawn, len(track.end))
        self._drawn = len(track.end)
        begin, end = self._project(track.begin[pieces]), self._project(track.end[pieces])
        scale = picture.depth.shape[1] / max(self.width(), 1)
        seen = np.isfinite(begin[:, :2]).all(axis=1) & np.isfinite(end[:, :2]).all(axis=1)
        dim = picture.hides(end * (scale, scale, 1.0))
        if self._until is not None:
            dim |= track.iteration[pieces] > self._until
        painter = QPainter(path)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for those, alpha in ((seen & dim, 0.3), (seen & ~dim, 1.0)):
                draw_pieces(painter, begin[those, :2], end[those, :2], alpha)
        finally:
            painter.end()

    # Turning.

    def turn(self, camera: Camera) -> None:
        """Look from another place."""
        if camera != self.camera:
            self.camera = camera
            self.turned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.camera = replace(self.camera, margin=min(ROOM_PX / max(self.height(), 1), MOST_ROOM))
        self.turned.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hand is not None:
            moved = event.position() - self._hand
            self._hand = event.position()
            self.turn(self.camera.orbited(moved.x() * DEGREES_PER_PX, moved.y() * DEGREES_PER_PX))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.turn(self.camera.zoomed(WHEEL_ZOOM ** event.angleDelta().y()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        # The arrows step through the run elsewhere in the window; here they turn the surface.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_orbit(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_orbit(event):
            self.turn(self.camera.orbited(*ORBITS[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)


def _is_orbit(event: QKeyEvent) -> bool:
    return event.key() in ORBITS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
