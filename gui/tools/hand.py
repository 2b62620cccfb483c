"""The hand: gives the mouse on the plane to the tool in hand, shifts the view, and does what keys do to the selected examples."""

from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal

from gui.drawing.plot_area import PlotArea
from gui.pointer import Point
from gui.session import Session
from gui.text import tr
from gui.tools import TOOLS
from gui.tools.base import Gesture, Tool, edit_points
from gui.tools.plane import Plane

NOBODY = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hand(QObject):
    """`at` is where the pointer is, None when it is elsewhere; `moved` comes when that has changed."""

    moved = Signal()

    def __init__(self, session: Session, area: PlotArea, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.plane = Plane(area)
        self.tools = {name: make(session, self.plane) for name, make in TOOLS.items()}
        self.at: Point | None = None
        self._dragging: Tool | None = None
        self._shifting = False
        view = area.view
        view.clicked.connect(self._clicked)
        view.dragged.connect(self._dragged)
        view.hovered.connect(self._hovered)
        session.pointer.tool_changed.connect(self._show_cursor)
        self._show_cursor()

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self.tools[self.session.pointer.tool]

    def forget(self) -> None:
        """The pointer was over other data."""
        self.at = None
        self.moved.emit()

    def erase(self) -> None:
        """Erase the selected examples, else the one under the pointer."""
        rows = self.session.selection.rows
        if not len(rows) and self.at is not None:
            row = self.tool.under(self.at)
            rows = rows if row is None else np.array([row])
        if len(rows):
            dataset = self.session.experiment.dataset
            text = tr("Erase point") if len(rows) == 1 else tr("Erase points")
            edit_points(self.session, text, dataset.without(rows), selected=np.empty(0, dtype=np.intp))

    def _clicked(self, position: QPointF, event: Any) -> None:
        self.plane.area.setFocus(Qt.FocusReason.MouseFocusReason)
        at = (position.x(), position.y())
        self.tool.clicked(Gesture(at, at, event.button() == Qt.MouseButton.RightButton, event.modifiers()))
        self._show_cursor()

    def _dragged(self, began: QPointF, now: QPointF, event: Any) -> None:
        gesture = Gesture(
            (began.x(), began.y()),
            (now.x(), now.y()),
            event.button() == Qt.MouseButton.RightButton,
            event.modifiers(),
            event.isStart(),
            event.isFinish(),
        )
        if gesture.first:
            self._dragging = self.tool  # until the button goes up, whatever is taken in hand meanwhile
            self._shifting = bool(gesture.keys & CONTROL) or not self._dragging.takes(gesture)
        if self._shifting:
            self.plane.shift(np.subtract(self.plane.place(event.lastScenePos()), gesture.at))
        elif self._dragging is not None:
            self._dragging.dragged(gesture)
        if gesture.last:
            self._dragging, self._shifting = None, False
        self._show_cursor()

    def _hovered(self, position: QPointF | None, keys: Qt.KeyboardModifier = NOBODY) -> None:
        self.at = None if position is None else (position.x(), position.y())
        self._show_cursor(keys)
        self.moved.emit()

    def _show_cursor(self, keys: Qt.KeyboardModifier = NOBODY) -> None:
        if self._shifting:
            shape: Qt.CursorShape | None = Qt.CursorShape.ClosedHandCursor
        elif self._dragging is not None:
            shape = self._dragging.held_cursor()
        elif keys & CONTROL:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.CrossCursor if self.at is None else self.tool.cursor(self.at)
        if shape is not None:
            self.plane.show_cursor(shape)
