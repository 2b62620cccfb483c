"""Lines of runs beside the one under way. They are kept in a picture, to which a frame adds only what is new of them."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from core.dataset import Array
from core.trace import Counts
from gui import theme
from gui.drawing.layer import Layer, polygon
from gui.drawing.plot_area import PlotViewBox

WIDTH_PX = 1.6
HEAD_PX = 4.0
CALM = 64  # turns; a line that goes up and down more often is drawn without dashes and fine edges, which would take 100 ms
APART_PX = 1.5  # from one point of a calm line to the next
AT_ONCE = 1  # line that a frame goes on with while they grow; the next frames have the turns of the others
NOWHERE = -1


class Line(Protocol):
    """What is drawn of a run."""

    def since(self, iteration: int) -> tuple[Counts, Array]:
        """Iterations (k,) after this one and their points (k, 2) in data units; a bounded number. NOWHERE: the line from its start."""


@dataclass(frozen=True, eq=False)
class Ghost:
    """A line with a point at its head, if it grows. `run` is the same object as long as what was drawn of the line still holds."""

    key: Hashable
    run: object
    slot: int
    line: Line
    head: Array | None = None


class _Drawn:
    """How far a line is in the picture."""

    def __init__(self) -> None:
        self.iteration = NOWHERE
        self.end = np.empty((0, 2))
        self.length = 0.0


class GhostLayer(Layer):
    """Shows lines, and a dot at the head of those that have one."""

    def __init__(self, view: PlotViewBox, z: float) -> None:
        super().__init__(view, z)
        self.ghosts: tuple[Ghost, ...] = ()
        self.pictures_made = 0
        self._picture: QPixmap | None = None
        self._drawn: dict[Hashable, _Drawn] = {}
        self._turn = 0
        self._at_once: int | None = None

    def show_ghosts(self, ghosts: Sequence[Ghost], *, moving: bool = False) -> None:
        """Show these instead of the ones before; those that are longer now are gone on with, while they are `moving` in turns."""
        self._at_once = AT_ONCE if moving else None
        if not ghosts and not self.ghosts:
            return
        same = [(ghost.key, ghost.slot) for ghost in ghosts] == [(ghost.key, ghost.slot) for ghost in self.ghosts]
        if not same or any(ghost.run is not before.run for ghost, before in zip(ghosts, self.ghosts, strict=True)):
            self._picture = None
        self.ghosts = tuple(ghosts)
        self.update()

    def forget(self) -> None:
        """Draw every line anew: what stands where is other than before."""
        self._picture = None
        self.update()

    def view_changed(self) -> None:
        self._picture = None

    def draw(self, painter: QPainter) -> None:
        size = self.boundingRect().size().toSize()
        if not self.ghosts or size.isEmpty():
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(QColor(Qt.GlobalColor.transparent))
            self._drawn = {}
            self.pictures_made += 1
        self._add_what_is_new(self._picture)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        moving = [(ghost, ghost.head) for ghost in self.ghosts if ghost.head is not None]
        self.draw_heads(painter, [ghost for ghost, _ in moving], self.to_pixels(np.array([head for _, head in moving]).reshape(-1, 2)))

    def draw_heads(self, painter: QPainter, ghosts: list[Ghost], pixels: Array) -> None:
        """Draw where lines have come to, (k, 2), and the way there from what is in the picture of them."""
        edge = QPen(QColor(theme.tokens().panel), 1.0)
        for ghost, (x, y) in zip(ghosts, pixels.tolist(), strict=True):
            if not (math.isfinite(x) and math.isfinite(y)):
                continue
            colour = theme.run_colour(ghost.slot)
            drawn = self._drawn.get(ghost.key)
            if self._at_once is not None and drawn is not None and len(drawn.end):
                painter.setPen(QPen(colour, WIDTH_PX))
                painter.drawLine(QPointF(*drawn.end[0].tolist()), QPointF(x, y))
            painter.setPen(edge)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(x, y), HEAD_PX, HEAD_PX)

    def _add_what_is_new(self, picture: QPixmap) -> None:
        inner = QPainter(picture)
        try:
            for ghost in self._whose_turn_it_is():
                drawn = self._drawn.setdefault(ghost.key, _Drawn())
                iteration, points = ghost.line.since(drawn.iteration)
                if len(iteration):
                    self._add(inner, ghost, drawn, iteration, points)
        finally:
            inner.end()

    def _whose_turn_it_is(self) -> list[Ghost]:
        """Lines that are not in the picture yet, and some of those that grow."""
        new = [ghost for ghost in self.ghosts if ghost.key not in self._drawn]
        growing = [ghost for ghost in self.ghosts if ghost.head is not None and ghost.key in self._drawn]
        if self._at_once is None or len(growing) <= self._at_once:
            return new + growing
        self._turn = (self._turn + self._at_once) % len(growing)
        return new + (growing + growing)[self._turn : self._turn + self._at_once]

    def _add(self, painter: QPainter, ghost: Ghost, drawn: _Drawn, iteration: Counts, points: Array) -> None:
        pixels = self.to_pixels(points)
        pixels = np.concatenate([drawn.end, pixels[np.isfinite(pixels).all(axis=1)]])
        drawn.iteration = int(iteration[-1])
        if len(pixels) < 2:
            drawn.end = pixels
            return
        way = np.hypot(*np.diff(pixels, axis=0).T)
        calm = _turns(pixels[:, 1]) < CALM
        pen = theme.run_pen(ghost.slot, WIDTH_PX)
        end = pixels[-1:]
        if calm:
            pen.setDashOffset(drawn.length / WIDTH_PX)
            steps = np.floor(np.cumsum(way) / APART_PX)
            pixels = pixels[np.concatenate([[True], np.diff(steps, prepend=0.0)[:-1] > 0, [True]])]
        else:
            pen = QPen(theme.run_colour(ghost.slot), 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, calm)
        painter.setPen(pen)
        painter.drawPolyline(polygon(pixels))
        drawn.length += float(way.sum())
        drawn.end = end


def _turns(y: Array) -> int:
    return int(np.count_nonzero(np.diff(np.sign(np.diff(y)))))


def place_labels(choices: Sequence[Sequence[QRectF]], taken: Sequence[QRectF], area: QRectF) -> list[QRectF | None]:
    """For each label the first of its places that lies in the area and over no other label, None where there is none."""
    placed, filled = [], list(taken)
    for boxes in choices:
        free = next((box for box in boxes if area.contains(box) and not any(box.intersects(other) for other in filled)), None)
        placed.append(free)
        if free is not None:
            filled.append(free)
    return placed
