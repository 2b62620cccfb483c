"""The plane as tools see it: how large a pixel is in data units, the cursor, what a tool shows, and shifting the view."""

import numpy as np
from PySide6.QtCore import QPointF, Qt

from core.dataset import Array
from gui.drawing.plot_area import PlotArea
from gui.drawing.tool_layer import ToolLayer
from gui.pointer import Point


class Plane:
    """A thin layer over the plot area and the layer of the tools; positions are in data units."""

    def __init__(self, area: PlotArea, layer: ToolLayer) -> None:
        self.area = area
        self.view = area.view
        self._layer = layer

    def span(self) -> Array:
        """Width and height (2,) of the view."""
        (left, right), (bottom, top) = self.view.x_range(), self.view.y_range()
        return np.array([right - left, top - bottom])

    def pixel(self) -> Array:
        """Width and height (2,) of a pixel."""
        rect = self.view.rect()
        pixel: Array = self.span() / (max(rect.width(), 1.0), max(rect.height(), 1.0))
        return pixel

    def pixels_between(self, a: Point, b: Point) -> float:
        """How far two positions are apart on the screen."""
        return float(np.hypot(*(np.subtract(b, a) / self.pixel())))

    def place(self, scene: QPointF) -> Point:
        """Where a position of the scene is."""
        at = self.view.mapSceneToView(scene)
        return float(at.x()), float(at.y())

    def shift(self, by: Array) -> None:
        """Move the view by (2,)."""
        self.view.translateBy(x=float(by[0]), y=float(by[1]))

    def show_cursor(self, shape: Qt.CursorShape) -> None:
        """The mouse cursor over the plane."""
        if self.view.cursor().shape() != shape:
            self.view.setCursor(shape)

    def show_circle(self, at: Point | None, radius_px: float | None = None, label: int | None = None) -> None:
        """Show the circle under which a tool works, in the colour of the class that it draws; or none."""
        self._layer.show_circle(None if at is None or radius_px is None else (at, radius_px, label))

    def show_outline(self, corners: Array | None) -> None:
        """Show the outline (k, 2) of a selection that is being drawn, or none."""
        self._layer.show_outline(corners)
