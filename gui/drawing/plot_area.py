"""The axes of a plot: calm ticks, names, wheel zoom, and mouse events in data units."""

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.drawing.axis import Axis

Range = tuple[float, float]
WheelTaker = Callable[[float, Qt.KeyboardModifier], bool]

NOTCH = 120  # of a wheel, in Qt's eighths of a degree


class PlotViewBox(pg.ViewBox):
    """A view whose left and right buttons belong to the plot; the wheel zooms, the middle button pans."""

    clicked = Signal(QPointF, object)  # data position, the event of pyqtgraph
    dragged = Signal(QPointF, QPointF, object)  # where the drag began, where it is now, the event of pyqtgraph
    hovered = Signal(object, object)  # data position, None when the mouse has left; the keys held with it
    zoomed = Signal()  # the user changed the range

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setDefaultPadding(0.0)
        self._wheel_taker: WheelTaker | None = None

    def set_wheel_taker(self, taker: WheelTaker) -> None:
        """Ask `taker(notches, keys)` first whether a turn of the wheel is for something else than zooming."""
        self._wheel_taker = taker

    def mouseClickEvent(self, event: Any) -> None:
        event.accept()
        self.clicked.emit(self.mapSceneToView(event.scenePos()), event)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            super().mouseDragEvent(event, axis)
            self.zoomed.emit()
            return
        event.accept()
        self.dragged.emit(self.mapSceneToView(event.buttonDownScenePos()), self.mapSceneToView(event.scenePos()), event)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        if self._wheel_taker is not None and self._wheel_taker(event.delta() / NOTCH, event.modifiers()):
            event.accept()
            return
        super().wheelEvent(event, axis)
        self.zoomed.emit()

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            self.hovered.emit(None, Qt.KeyboardModifier.NoModifier)
        else:
            self.hovered.emit(self.mapSceneToView(event.scenePos()), event.modifiers())

    def x_range(self) -> Range:
        """Data range from left to right."""
        low, high = self.viewRange()[0]
        return float(low), float(high)

    def y_range(self) -> Range:
        """Data range from bottom to top."""
        low, high = self.viewRange()[1]
        return float(low), float(high)


class PlotArea(pg.PlotWidget):
    """A plot widget in the house's look. Draw into `view` with layers; name the axes with name_axes()."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.view = PlotViewBox()
        self.axes = {side: Axis(side) for side in ("bottom", "left")}
        super().__init__(parent, viewBox=self.view, axisItems=self.axes)
        self.plotItem.hideButtons()
        self.plotItem.setMenuEnabled(False)
        self.plotItem.setContentsMargins(0, 8, 14, 0)
        for hidden in ("top", "right"):  # each would write its empty name at every change of the range
            self.plotItem.getAxis(hidden).unlinkFromView()
        self._names = {"bottom": "", "left": ""}
        self._tokens: theme.Tokens | None = None
        self.axes["left"].setWidth(64)
        self.apply_theme()

    def name_axes(self, bottom: str, left: str) -> None:
        """Set the names under and left of the axes."""
        names = {"bottom": bottom, "left": left}
        if names != self._names:  # laying them out takes half a millisecond, at every move of a drag
            self._names = names
            self._write_names()

    def _write_names(self) -> None:
        for side, name in self._names.items():
            axis = self.axes[side]
            axis.setLabel(name, **{"color": theme.tokens().dim, "font-size": "12px"})
            axis.label.setFont(theme.font(theme.SMALL_PX))

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        tokens = theme.tokens()
        if tokens is self._tokens:
            return
        self._tokens = tokens
        self.setBackground(tokens.panel)
        for side in self._names:
            axis = self.axes[side]
            axis.setPen(theme.pen(tokens.line))
            axis.setTickPen(theme.pen(tokens.line))
            axis.setTextPen(theme.pen(tokens.dim))
        self._write_names()
