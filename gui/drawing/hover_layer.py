"""The example under the mouse: a ring around it, here and in every other view that shows it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from core.dataset import Array
from gui import theme
from gui.drawing.layer import Layer
from gui.drawing.plot_area import PlotViewBox
from gui.session import Session

REACH_PX = 10.0
RING_PX = 8.0
MOST_EXAMPLES = 20_000  # above there are no single markers on the plane

Placed = tuple[NDArray[np.intp] | None, Array]  # numbers of examples (k,), None: all of them; where they are drawn (k, 2)


class HoverLayer(Layer):
    """Finds the example under the mouse and rings the one hovered anywhere.

    `placed` says where examples are drawn, in data units; on the plane they lie at their features.
    """

    def __init__(self, session: Session, view: PlotViewBox, z: float, placed: Callable[[], Placed] | None = None) -> None:
        super().__init__(view, z)
        self._session = session
        self._placed = placed or self._on_plane
        view.hovered.connect(self._look)
        session.pointer.hovered_changed.connect(self._hovered_changed)
        session.experiment_changed.connect(self._experiment_changed)

    def draw(self, painter: QPainter) -> None:
        index = self._session.pointer.hovered
        rows, positions = self._placed()
        place = index if rows is None or index is None else next(iter(np.flatnonzero(rows == index)), None)
        if place is not None and place < len(positions):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.tokens().ink), 2.0))
            painter.drawEllipse(self.to_pixel(*positions[place]), RING_PX, RING_PX)

    def _on_plane(self) -> Placed:
        return None, self._session.experiment.dataset.places

    def _look(self, position: QPointF | None) -> None:
        rows, positions = self._placed()
        found = None
        if position is not None and 0 < len(positions) <= MOST_EXAMPLES:
            at = self.to_pixel(position.x(), position.y())
            distance = np.hypot(*(self.to_pixels(positions) - (at.x(), at.y())).T)
            nearest = int(np.argmin(np.where(np.isfinite(distance), distance, np.inf)))
            if distance[nearest] <= REACH_PX:
                found = nearest if rows is None else int(rows[nearest])
        self._session.pointer.set_hovered(found)

    def _hovered_changed(self) -> None:
        self.update()

    def _experiment_changed(self) -> None:
        # The same number may stand for another example now.
        hovered = self._session.pointer.hovered
        if hovered is not None and hovered >= self._session.experiment.dataset.m:
            self._session.pointer.set_hovered(None)
        self.update()
