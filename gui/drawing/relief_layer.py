"""The relief of a landscape on its plane: filled bands, contour lines and their levels, drawn once into a picture."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from core.dataset import Array
from core.relief import FINE, Relief
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.pixels import to_qimage
from gui.drawing.plot_area import PlotViewBox
from gui.text import number

LABEL_PX = 10
ROOM_PX = 5  # around a label
NOWHERE = np.empty((0, 2))
SHORTEST_PX = 60  # a line that gets a label
SHARES = np.array([0.5, 0.35, 0.65, 0.2, 0.8])  # of a line, where its label may stand


class ReliefLayer(Layer):
    """Shows a relief. `pictures_made` counts how often the picture was made."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.pictures_made = 0
        self.relief: Relief | None = None
        self.labels: list[QRectF] = []  # where they stand, in pixels
        self._picture: QPixmap | None = None
        self._ratio = 0.0
        self._marked = NOWHERE

    def show_relief(self, relief: Relief | None, marked: Array = NOWHERE) -> None:
        """Show this relief, or nothing. The labels of its lines keep clear of the places `marked` (k, 2) when it came."""
        if relief is not self.relief:
            self.relief, self._marked = relief, marked
            self.view_changed()
            self.update()

    def view_changed(self) -> None:
        self._picture = None

    def draw(self, painter: QPainter) -> None:
        if self.relief is None:
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._ratio != ratio:
            self._picture, self._ratio = self._make(self.relief, ratio), ratio
            self.pictures_made += 1
        painter.drawPixmap(0, 0, self._picture)

    def _make(self, relief: Relief, ratio: float) -> QPixmap:
        picture = QPixmap(self.boundingRect().size().toSize() * ratio)
        picture.fill(QColor(theme.tokens().panel))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
            painter.drawImage(self._place(relief), relief_image(relief))
            lines = [(level, self.to_pixels(line)) for level, those in zip(relief.levels, relief.lines, strict=True) for line in those]
            if lines:
                self._draw_lines(painter, [line for _, line in lines])
                self._draw_labels(painter, lines)
        finally:
            painter.end()
        return picture

    def _place(self, relief: Relief) -> QRectF:
        """Where the image lies: its outermost pixels have their middle on the edges."""
        (left, right), (low, high) = relief.p_range, relief.q_range
        corners = self.to_pixels(np.array([[left, high], [right, low]]))
        half = (corners[1] - corners[0]) / (FINE - 1) / 2
        (x0, y0), (x1, y1) = (corners[0] - half).tolist(), (corners[1] + half).tolist()
        return QRectF(QPointF(x0, y0), QPointF(x1, y1))

    def _draw_lines(self, painter: QPainter, lines: list[Array]) -> None:
        colour = QColor(theme.tokens().dim)
        colour.setAlphaF(0.55)
        painter.setPen(QPen(colour, 1.0))
        points = np.concatenate(lines)
        connect = np.ones(len(points), dtype=np.int32)
        connect[np.cumsum([len(line) for line in lines]) - 1] = 0
        painter.drawPath(pg.arrayToQPath(points[:, 0], points[:, 1], connect))

    def _draw_labels(self, painter: QPainter, lines: list[tuple[float, Array]]) -> None:
        """The level of every line that has room for it, where no label is yet."""
        painter.setFont(theme.font(LABEL_PX))
        metrics = painter.fontMetrics()
        texts = {level: number(float(level), 3) for level, _ in lines}
        boxes = {level: QRectF(metrics.boundingRect(text)).adjusted(-3, -1, 3, 1) for level, text in texts.items()}
        area = self.boundingRect().adjusted(2, 2, -2, -2)
        taken: list[tuple[float, QRectF]] = []
        rooms = [(x, y, 0.0, 0.0) for x, y in self.to_pixels(self._marked).tolist()]  # middle, half of width and of height
        for level, line in lines:
            if np.abs(np.diff(line, axis=0)).sum() < SHORTEST_PX:
                continue
            box = boxes[level]
            half_width, half_height = box.width() / 2, box.height() / 2
            for x, y in line[(SHARES * (len(line) - 1)).astype(np.intp)].tolist():
                reach = half_width + ROOM_PX, half_height + ROOM_PX
                if any(abs(x - at[0]) < reach[0] + at[2] and abs(y - at[1]) < reach[1] + at[3] for at in rooms):
                    continue
                box.moveCenter(QPointF(x, y))
                if area.contains(box):
                    taken.append((level, QRectF(box)))
                    rooms.append((x, y, half_width, half_height))
                    break
        self.labels = [box for _, box in taken]
        paper = QColor(theme.tokens().panel)
        paper.setAlphaF(0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paper)
        for _, box in taken:
            painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(theme.tokens().dim))
        for level, box in taken:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, texts[level])


def relief_image(relief: Relief) -> QImage:
    """A picture of the bands, the top row first."""
    colours = theme.relief_colours(len(relief.levels) + 1)
    pixels = np.ascontiguousarray(colours[relief.bands[::-1]])
    return to_qimage(pixels.view(np.uint8).reshape(FINE, FINE, 4))
