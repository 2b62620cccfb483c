"""The relief of a landscape on its plane: filled bands, contour lines and their levels, drawn once into a picture."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
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
CELL_PX = 3.0
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
        self._steps: Iterator[QPixmap | None] | None = None  # of the picture that will take its place
        self._ratio = 0.0
        self._marked = NOWHERE

    def show_relief(self, relief: Relief | None, marked: Array = NOWHERE, *, gently: bool = False) -> None:
        """Show this relief, or nothing. The labels of its lines keep clear of the places `marked` (k, 2) when it came.

        gently: over a few frames, and the picture before stays until then: one frame would come late.
        """
        if relief is not self.relief:
            gently = gently and relief is not None and self._picture is not None
            self.relief, self._marked = relief, marked
            if gently and relief is not None:
                self._steps = self._make(relief, self._ratio)
            else:
                self.view_changed()
            self.update()

    def view_changed(self) -> None:
        self._picture = self._steps = None

    def draw(self, painter: QPainter) -> None:
        if self.relief is None:
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._ratio != ratio:
            self._ratio, self._steps = ratio, self._make(self.relief, ratio)
            while self._steps is not None:
                self._go_on()
        elif self._steps is not None:
            self._go_on()
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)

    def _go_on(self) -> None:
        """Make the next step of a picture, which is shown after the last one."""
        made = next(self._steps) if self._steps is not None else None
        if made is None:
            self.update()
            return
        self._picture, self._steps = made, None
        self.pictures_made += 1

    def _make(self, relief: Relief, ratio: float) -> Iterator[QPixmap | None]:
        """Make a picture: None after each step, and at last the picture."""
        picture = QPixmap(self.boundingRect().size().toSize() * ratio)
        picture.fill(QColor(theme.tokens().panel))
        picture.setDevicePixelRatio(ratio)
        lines = [(level, self.to_pixels(line)) for level, those in zip(relief.levels, relief.lines, strict=True) for line in those]
        with painting(picture) as painter:
            painter.drawImage(self._place(relief), relief_image(relief))
        yield None
        if lines:
            with painting(picture) as painter:
                self._draw_lines(painter, [line for _, line in lines])
            yield None
            with painting(picture) as painter:
                self._draw_labels(painter, lines)
        yield picture

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

    def _occupied(self) -> NDArray[np.bool_]:
        """In which cells of the area something is marked: a path has thousands of places."""
        area = self.boundingRect()
        rows, columns = int(area.height() / CELL_PX) + 1, int(area.width() / CELL_PX) + 1
        occupied = np.zeros((rows, columns), dtype=bool)
        at = self.to_pixels(self._marked) / CELL_PX
        at = at[((at >= 0) & (at < (columns, rows))).all(axis=1)].astype(np.intp)
        occupied[at[:, 1], at[:, 0]] = True
        return occupied

    def _draw_labels(self, painter: QPainter, lines: list[tuple[float, Array]]) -> None:
        """The level of every line that has room for it, where no label is yet."""
        painter.setFont(theme.font(LABEL_PX))
        metrics = painter.fontMetrics()
        texts = {level: number(float(level), 3) for level, _ in lines}
        boxes = {level: QRectF(metrics.boundingRect(text)).adjusted(-3, -1, 3, 1) for level, text in texts.items()}
        area = self.boundingRect().adjusted(2, 2, -2, -2)
        taken: list[tuple[float, QRectF]] = []
        marked = self._occupied()
        rooms: list[tuple[float, float, float, float]] = []  # middle, half of width and of height
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
                if area.contains(box) and not marked[_cells(y - reach[1], y + reach[1]), _cells(x - reach[0], x + reach[0])].any():
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


@contextmanager
def painting(picture: QPixmap) -> Iterator[QPainter]:
    """A painter on a picture, ended whatever happens."""
    painter = QPainter(picture)
    try:
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        yield painter
    finally:
        painter.end()


def _cells(low: float, high: float) -> slice:
    return slice(max(int(low / CELL_PX), 0), max(int(high / CELL_PX) + 1, 0))


def relief_image(relief: Relief) -> QImage:
    """A picture of the bands, the top row first."""
    colours = theme.relief_colours(len(relief.levels) + 1)
    pixels = np.ascontiguousarray(colours[relief.bands[::-1]])
    return to_qimage(pixels.view(np.uint8).reshape(FINE, FINE, 4))
