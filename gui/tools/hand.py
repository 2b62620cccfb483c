"""The hand: gives mouse and keys on the plane to the tool in hand, shows its circle and cursor, and shifts the view."""

from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from core.on_the_plane import label_at
from gui.drawing.plot_area import PlotArea
from gui.drawing.tool_layer import ToolLayer
from gui.pointer import DRAWS, Point
from gui.session import Session
from gui.tools import TOOLS
from gui.tools.base import Gesture, Tool
from gui.tools.plane import Plane
from gui.tools.selected import Selected

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class Hand(QObject):
    """`at` is where the pointer is, None when it is elsewhere; `moved` comes when that has changed."""

    moved = Signal()

    def __init__(self, session: Session, area: PlotArea, layer: ToolLayer, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.plane = Plane(area, layer)
        self.tools = {name: make(session, self.plane) for name, make in TOOLS.items()}
        self.selected = Selected(session, self.plane, self)
        self.at: Point | None = None
        self._keys = PLAIN
        self._dragging: Tool | None = None
        self._shifting = False
        view = area.view
        view.clicked.connect(self._clicked)
        view.dragged.connect(self._dragged)
        view.hovered.connect(self._hovered)
        view.set_wheel_taker(self._wheel_taken)
        session.pointer.tool_changed.connect(self._show_tool)
        session.pointer.settings_changed.connect(self._show_tool)
        self._show_tool()

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self.tools[self.session.pointer.tool]

    def forget(self) -> None:
        """The pointer was over other data."""
        self.at = None
        self._show_tool()
        self.moved.emit()

    def erase(self) -> None:
        """Erase the selected examples, else the one under the pointer."""
        self.selected.erase(None if self.at is None else self.tool.under(self.at))

    # Keys.

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is for the plane: arrows while examples are selected, Escape while there is something to end here."""
        plain = event.modifiers() & ~SHIFT & ~Qt.KeyboardModifier.KeypadModifier == PLAIN
        if event.key() in ARROWS:
            return plain and len(self.session.selection) > 0
        ends = self._dragging is not None or len(self.session.selection) > 0 or self.session.pointer.probe is not None
        return plain and event.key() == Qt.Key.Key_Escape and ends

    def key(self, event: QKeyEvent) -> None:
        """A key that wants() has taken."""
        if event.key() in ARROWS:
            self.selected.nudge(*ARROWS[Qt.Key(event.key())], fine=bool(event.modifiers() & SHIFT))
        elif self._dragging is not None:
            self._dragging.interrupt()
        else:
            self.session.selection.clear()
            self.session.pointer.set_probe(None)

    # Mouse.

    def _clicked(self, position: QPointF, event: Any) -> None:
        self.plane.area.setFocus(Qt.FocusReason.MouseFocusReason)
        at = (position.x(), position.y())
        self.tool.clicked(Gesture(at, at, event.button() == Qt.MouseButton.RightButton, event.modifiers()))
        self._show_tool()

    def _dragged(self, began: QPointF, now: QPointF, event: Any) -> None:
        right = event.button() == Qt.MouseButton.RightButton
        places = (began.x(), began.y()), (now.x(), now.y())
        gesture = Gesture(*places, right, event.modifiers(), event.isStart(), event.isFinish())
        if gesture.first:
            self.plane.area.setFocus(Qt.FocusReason.MouseFocusReason)
            self._dragging = self.tool  # until the button goes up, whatever is taken in hand meanwhile
            self._shifting = gesture.control
        if self._shifting:
            self.plane.shift(np.subtract(self.plane.place(event.lastScenePos()), gesture.at))
        elif self._dragging is not None:
            self._dragging.dragged(gesture)
        if gesture.last:
            self._dragging, self._shifting = None, False
        self._show_tool()

    def _hovered(self, position: QPointF | None, keys: Qt.KeyboardModifier) -> None:
        self.at = None if position is None else (position.x(), position.y())
        self._keys = keys
        self._show_tool()
        self.moved.emit()

    def _wheel_taken(self, notches: float, keys: Qt.KeyboardModifier) -> bool:
        """Ctrl and the wheel: the radius of the tool in hand, with Shift the density of the brush."""
        pointer = self.session.pointer
        if not keys & CONTROL or pointer.radius_px is None:
            return False
        if keys & SHIFT:
            pointer.set_density(pointer.density * 10 ** (0.1 * notches))
        else:
            pointer.set_radius(pointer.radius_px * 10 ** (0.1 * notches))
        return True

    def _show_tool(self) -> None:
        pointer = self.session.pointer
        label = None
        if pointer.tool in DRAWS:
            chosen = pointer.label if self.at is None else label_at(self.session.experiment.dataset, self.at, pointer.label)
            label = chosen ^ int(bool(self._keys & SHIFT))
        self.plane.show_circle(None if self._shifting else self.at, pointer.radius_px, label)
        shape = self._cursor()
        if shape is not None:
            self.plane.show_cursor(shape)

    def _cursor(self) -> Qt.CursorShape | None:
        if self._shifting:
            return Qt.CursorShape.ClosedHandCursor
        if self._dragging is not None:
            return self._dragging.held_cursor()
        if self._keys & CONTROL:
            return Qt.CursorShape.OpenHandCursor
        return Qt.CursorShape.CrossCursor if self.at is None else self.tool.cursor(self.at)
