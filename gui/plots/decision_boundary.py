"""Decision boundary: the examples on the plane, the probability field, and the lines where f = 0.5, 0.1 and 0.9.

Points are added, moved and erased here with the tool in hand; every stroke is one edit of the session.
"""

import html
from itertools import count
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from core.boundary import contours_on_grid, line_in_box
from core.dataset import Array, Dataset
from core.features import FeatureMap
from core.frame import Frame
from core.models import gives_probability
from gui import theme
from gui.actions import Actions
from gui.comparison import Comparison
from gui.drawing.field_layer import COLUMNS, ROWS, FieldLayer
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.markers import marker_icon
from gui.drawing.plot_area import PlotArea
from gui.drawing.pointer_layer import PointerLayer
from gui.drawing.points_layer import PointsLayer
from gui.fields import Segmented
from gui.plots.base import MIDDLE, Plot
from gui.pointer import CLASS_0, CLASS_1, ERASE, MOVE, PROBE
from gui.session import Session
from gui.text import class_text, feature_text, for_label, number, shortened, tr

REACH_PX = 10  # a point is grabbed from this far
EMPTY_RANGE = (-3.0, 3.0)
SIDE_LINES = (0.1, 0.9)

MOST_NAME = 18  # characters on a button
MOST_AXIS_NAME = 60

_strokes = count()


class DecisionBoundary(Plot):
    """The plane of x1 and x2."""

    region = MIDDLE
    stretch = 5

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Decision boundary"), parent)
        self._tool_actions = [actions[f"tool {tool}"] for tool in (CLASS_0, CLASS_1, MOVE, ERASE, PROBE)]
        self.header.addWidget(Segmented(self._tool_actions))
        self.area = PlotArea()
        self.area.setAccessibleName(tr("Decision boundary plot: examples, probability field and boundary"))
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.body.addWidget(self.area, 1)
        view = self.area.view
        self.field = FieldLayer(view, 1)
        self.lines = LinesLayer(view, 2)
        self.comparison = Comparison(session, view, 1.9)
        self.points = PointsLayer(view, 3)
        self.marks = PointerLayer(view, 4)
        self.readout = QLabel(self.area)
        self.readout.setObjectName("readout")
        self.readout.setTextFormat(Qt.TextFormat.PlainText)
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.readout.hide()
        self.hint = QLabel(self.area)
        self.hint.setObjectName("hint")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._basis: tuple[FeatureMap, tuple[float, ...], Array] | None = None
        self._fitted_to: Dataset | None = None
        self._held: int | None = None  # the example that a drag moves
        self._on_point = False  # whether the drag under way began on an example
        self._editing = False
        self._stroke = 0
        self._selected: int | None = None
        self._pointer: QPointF | None = None
        view.clicked.connect(self._click)
        view.dragged.connect(self._drag)
        view.hovered.connect(self._hover)
        view.sigRangeChanged.connect(self._range_changed)
        view.sigResized.connect(self._range_changed)
        session.pointer.probe_changed.connect(self._show_pointer)
        session.pointer.tool_changed.connect(self._show_tool)
        self.start()
        self._show_tool()

    # Showing.

    def show_experiment(self) -> None:
        dataset = self.session.experiment.dataset
        if self._fitted_to is None or not dataset.continues(self._fitted_to):
            self.fit_view()
            self._pointer = None  # it was a position on other data
        if dataset is not self._fitted_to and not self._editing:
            # Undo, or other data: the same number stands for another example now.
            self._selected = self._held = None
        self._fitted_to = dataset
        self.points.show_dataset(dataset)
        self.area.name_axes(_axis_name("x₁", dataset.feature_names[0]), _axis_name("x₂", dataset.feature_names[1]))
        for label, action in enumerate(self._tool_actions[:2]):
            action.setText(for_label(shortened(class_text(dataset.class_names[label]), MOST_NAME)))
            action.setIconText(" " + action.text())
        if self._selected is not None and self._selected >= dataset.m:
            self._selected = None
        hint = tr("Click to add an example of class {name},\nShift or right click for the other class")
        self.hint.setText("" if dataset.m else hint.format(name=class_text(dataset.class_names[0])))
        self.hint.setVisible(not dataset.m)
        self._place_hint()

    def show_frame(self, frame: Frame) -> None:
        self._show_model(frame)
        self._show_pointer()

    def apply_theme(self) -> None:
        self.area.apply_theme()
        for label, action in enumerate(self._tool_actions[:2]):
            action.setIcon(marker_icon(label))
        self.field.apply_theme()
        self.comparison.apply_theme()
        self.points.view_changed()
        self.show_frame(self.session.frame_now)

    def fit_view(self) -> None:
        """Show all examples with some room around them."""
        X = self.session.experiment.dataset.X
        ranges = [_padded(X[:, j]) if len(X) else EMPTY_RANGE for j in range(2)]
        self.area.view.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)

    def _show_model(self, frame: Frame) -> None:
        if not frame.experiment.dataset.training.m and frame.trace.last == 0:
            self.field.show_field(None)
            self.lines.show_lines([])
            return
        f = frame.predict_columns(self._grid_columns(frame.experiment.features))
        self.field.show_field(f.reshape(ROWS, COLUMNS))
        tokens = theme.tokens()
        dim = theme.pen(tokens.dim, 1.0, Qt.PenStyle.DashLine)
        lines = [(level, dim) for level in SIDE_LINES] + [(frame.experiment.threshold, theme.pen(tokens.ink, 2.5))]
        self.lines.show_lines([Line(points, pen) for level, pen in lines for points in self._level_lines(frame, level)])

    def _level_lines(self, frame: Frame, f: float) -> list[Array]:
        view, z = self.area.view, frame.z_at(f)
        if frame.experiment.degree == 1:
            w_raw, b_raw = frame.w_b_raw
            return line_in_box(w_raw, b_raw, z, view.x_range(), view.y_range())
        x1, x2 = self.field.grid()
        columns = self._grid_columns(frame.experiment.features)
        return contours_on_grid(x1, x2, (columns @ frame.w + frame.b).reshape(ROWS, COLUMNS), z)

    def _grid_columns(self, features: FeatureMap) -> Array:
        """The terms of every cell of the field; kept while view and feature map are the same, as building them costs the most."""
        ranges = (*self.area.view.x_range(), *self.area.view.y_range())
        if self._basis is None or self._basis[0] is not features or self._basis[1] != ranges:
            x1, x2 = np.meshgrid(*self.field.grid())
            self._basis = (features, ranges, features.apply(np.column_stack([x1.ravel(), x2.ravel()])))
        return self._basis[2]

    def _range_changed(self) -> None:
        self._place_hint()
        self._show_model(self.session.frame_now)

    def _place_hint(self) -> None:
        self.hint.setGeometry(self.area.rect())

    # Editing.

    def _click(self, position: QPointF, event: Any) -> None:
        self.area.setFocus(Qt.FocusReason.MouseFocusReason)
        tool = self.session.pointer.tool
        other = event.button() == Qt.MouseButton.RightButton or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if tool in (CLASS_0, CLASS_1):
            self._add(position, label=int(tool == CLASS_1) ^ int(other))
        elif tool == PROBE:
            self._probe(position)
        else:
            index = self._nearest(position)
            if tool == ERASE and index is not None:
                self._erase(index, next(_strokes))
            elif tool == MOVE:
                self._selected = index
                self._show_pointer()

    def _probe(self, position: QPointF) -> None:
        # Four digits are finer than a pixel, and can be read out.
        self.session.pointer.set_probe((float(f"{position.x():.4g}"), float(f"{position.y():.4g}")))

    def _add(self, position: QPointF, label: int) -> None:
        dataset = self.session.experiment.dataset
        self._edit(tr("Add point"), dataset.with_point((position.x(), position.y()), label))
        self._selected = dataset.m
        self._show_pointer()

    def _erase(self, index: int, stroke: int) -> None:
        self._selected = self._held = None
        self._edit(tr("Erase point"), self.session.experiment.dataset.without([index]), ("erase", stroke))

    def _edit(self, text: str, dataset: Dataset, merge: tuple[str, int] | None = None) -> None:
        self._editing = True
        try:
            self.session.edit(text, merge=merge, dataset=dataset)
        finally:
            self._editing = False

    def _drag(self, began: QPointF, now: QPointF, event: Any) -> None:
        tool = self.session.pointer.tool
        if event.isStart():
            self._stroke = next(_strokes)
            self._held = self._nearest(began) if tool in (CLASS_0, CLASS_1, MOVE) else None
            self._selected = self._held if self._held is not None else self._selected
            self._on_point = self._held is not None
        if tool == PROBE:
            self._probe(now)
        elif tool == ERASE:
            index = self._nearest(now)
            if index is not None:
                self._erase(index, self._stroke)
        elif self._held is not None:
            moved = self.session.experiment.dataset.with_moved(self._held, (now.x(), now.y()))
            self._edit(tr("Move point"), moved, ("move", self._stroke))
        elif self._on_point:
            pass  # the example that was held is gone; so is the drag
        elif tool == MOVE:
            self.area.view.translateBy(self.area.view.mapSceneToView(event.lastScenePos()) - now)
        elif tool in (CLASS_0, CLASS_1) and event.isFinish():
            # A hand that trembles while it clicks still means one point.
            self._click(began, event)
        if event.isFinish():
            self._held = None

    def erase_selected(self) -> None:
        """Erase the selected point, else the one under the pointer."""
        index = self._selected
        if index is None and self._pointer is not None:
            index = self._nearest(self._pointer)
        if index is not None and index < self.session.experiment.dataset.m:
            self._erase(index, next(_strokes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._selected = None
            self.session.pointer.set_probe(None)
            self._show_pointer()
            return
        super().keyPressEvent(event)

    def _nearest(self, position: QPointF) -> int | None:
        """Index of the example within reach of a data position."""
        X = self.session.experiment.dataset.X
        if not len(X):
            return None
        at = self.points.to_pixel(position.x(), position.y())
        distance = np.hypot(*(self.points.to_pixels(X) - (at.x(), at.y())).T)
        index = int(np.argmin(distance))
        return index if distance[index] <= REACH_PX else None

    # Pointing.

    def _hover(self, position: QPointF | None) -> None:
        self._pointer = position
        self._show_pointer()

    def _show_tool(self) -> None:
        tool = self.session.pointer.tool
        for action in self._tool_actions:
            action.setChecked(action.data() == tool)
        shape = {MOVE: Qt.CursorShape.OpenHandCursor, ERASE: Qt.CursorShape.PointingHandCursor}.get(tool, Qt.CursorShape.CrossCursor)
        self.area.view.setCursor(shape)
        self._show_pointer()

    def _show_pointer(self) -> None:
        """The probed example, the selected point, and what lies under the mouse."""
        dataset = self.session.experiment.dataset
        selected = dataset.X[self._selected] if self._selected is not None and self._selected < dataset.m else None
        probe = self.session.pointer.probe
        text = self._probability_text(probe) if probe else ""
        self.marks.show_marks(probe, text, None if selected is None else (float(selected[0]), float(selected[1])))
        if self._pointer is None or (self.session.pointer.tool == PROBE and probe):
            self.readout.hide()
            return
        self.readout.setText(self._readout_text(self._pointer))
        self.readout.adjustSize()
        at = self.area.mapFromScene(self.area.view.mapViewToScene(self._pointer)) + QPoint(14, -self.readout.height() - 8)
        at.setX(min(at.x(), self.area.width() - self.readout.width() - 4))
        at.setY(max(at.y(), 4))
        self.readout.move(at)
        self.readout.show()
        self.readout.raise_()

    def _probability_text(self, example: tuple[float, float]) -> str:
        frame = self.session.frame_now
        f = float(frame.predict(np.array([example]))[0])
        if not gives_probability(frame.experiment.model):
            return f"f = {number(f)}"
        return tr("P({name}) = {f:.2f}").format(name=class_text(frame.experiment.dataset.class_names[1]), f=f)

    def _readout_text(self, position: QPointF) -> str:
        frame = self.session.frame_now
        dataset = frame.experiment.dataset
        f = float(frame.predict(np.array([[position.x(), position.y()]]))[0])
        output = tr("P(y = 1) = {f:.2f}").format(f=f) if gives_probability(frame.experiment.model) else f"f = {number(f)}"
        lines = [
            f"{shortened(feature_text(name), MOST_NAME)} = {number(value)}"
            for name, value in zip(dataset.feature_names, (position.x(), position.y()), strict=False)
        ]
        name = class_text(dataset.class_names[int(f >= frame.experiment.threshold)])
        return "\n".join([*lines, f"{output} → {shortened(name, MOST_NAME)}"])


def _axis_name(symbol: str, name: str) -> str:
    return symbol if name in ("x1", "x2") else f"{symbol} {html.escape(shortened(name, MOST_AXIS_NAME))}"


def _padded(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = 0.1 * (high - low) or 0.1 * abs(high) or 1.0
    return low - room, high + room
