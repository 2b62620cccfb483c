"""Decision boundary: the examples on the plane, the probability field, and the lines where f = 0.5, 0.1 and 0.9.

What the mouse does to the examples is up to the tools in gui/tools.
"""

import html

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from core.boundary import contours_on_grid, line_in_box
from core.dataset import Array, Dataset
from core.features import FeatureMap
from core.frame import Frame
from core.models import gives_probability
from core.on_the_plane import features_at
from gui import theme
from gui.actions import Actions
from gui.comparison import Comparison
from gui.drawing.boundary_ghosts import BoundaryGhosts
from gui.drawing.field_layer import COLUMNS, ROWS, FieldLayer
from gui.drawing.hover_layer import HoverLayer
from gui.drawing.lines_layer import Line, LinesLayer
from gui.drawing.one_feature import Y_RANGE, OneFeatureModel
from gui.drawing.plot_area import PlotArea
from gui.drawing.pointer_layer import PointerLayer
from gui.drawing.points_layer import PointsLayer
from gui.drawing.renaming import PlaneNames
from gui.drawing.selection_layer import SelectionLayer
from gui.drawing.sklearn_ghost import SklearnGhost
from gui.drawing.tool_layer import ToolLayer
from gui.plots.base import Plot
from gui.pointer import CLASSES, PROBE, Example, Point
from gui.session import Session
from gui.text import class_text, feature_text, number, shortened, tr
from gui.tools.bar import ToolBar
from gui.tools.hand import Hand
from gui.tools.options import ToolOptions

EMPTY_RANGE = (-3.0, 3.0)
SIDE_LINES = (0.1, 0.9)

MOST_NAME = 18  # characters in the readout
MOST_AXIS_NAME = 60


class DecisionBoundary(Plot):
    """The plane of x1 and x2; with one feature that of x and y, with the curve f(x)."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Decision boundary"), parent)
        self.tool_bar = ToolBar(session, actions)
        self.header.addWidget(self.tool_bar)
        self.area = PlotArea()
        self.area.setAccessibleName(tr("Decision boundary plot: examples, probability field and boundary"))
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.body.addWidget(self.area, 1)
        view = self.area.view
        self.field = FieldLayer(view, 1)
        self.lines = LinesLayer(view, 2)
        self.comparison = Comparison(session, view, 1.9)
        self.ghosts = BoundaryGhosts(session, view, 1.8)
        self.one_feature = OneFeatureModel(view, self.field, self.lines, 1.5)
        self.points = PointsLayer(view, 3)
        self.selected = SelectionLayer(view, 4)
        self.marks = PointerLayer(view, 5)
        self.hovered = HoverLayer(session, view, 6)
        self.tool_marks = ToolLayer(view, 7)
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
        self.sklearn = SklearnGhost(session, view, 1.8, self._grid_of)
        self.hand = Hand(session, self.area, self.tool_marks, self)
        self.options = ToolOptions(session, actions, self.area)
        self.hand.moved.connect(self._show_pointer)
        view.sigRangeChanged.connect(self._range_changed)
        view.sigResized.connect(self._range_changed)
        self.renaming = PlaneNames(session, self, self.area, [actions[f"tool {name}"] for name in CLASSES])
        session.pointer.probe_changed.connect(self._show_pointer)
        session.selection.changed.connect(self._show_selection)
        session.pointer.tool_changed.connect(self._show_pointer)
        self.setFocusProxy(self.area)
        self.start()

    # Showing.

    def show_experiment(self) -> None:
        dataset = self.session.experiment.dataset
        if self._fitted_to is None or not dataset.continues(self._fitted_to):
            self.fit_view()
            self.hand.forget()
        self._fitted_to = dataset
        self.points.show_dataset(dataset)
        if dataset.n == 1:
            self.area.name_axes(_axis_name("x", dataset.feature_names[0]), _output_name(self.session.experiment.model))
            hint = tr("Click in the lower half to add an example with y = 0,\nin the upper half to add one with y = 1")
        else:
            self.area.name_axes(_axis_name("x₁", dataset.feature_names[0]), _axis_name("x₂", dataset.feature_names[1]))
            hint = tr("Click to add an example of class {name},\nShift or right click for the other class")
        self._show_selection()
        self.hint.setText("" if dataset.m else hint.format(name=class_text(dataset.class_names[0])))
        self.hint.setVisible(not dataset.m)
        self._place_hint()

    def show_frame(self, frame: Frame) -> None:
        self._show_model(frame)
        self.ghosts.show_frame(frame)
        self._show_pointer()

    def apply_theme(self) -> None:
        self.area.apply_theme()
        self.tool_bar.apply_theme()
        self.field.apply_theme()
        self.comparison.apply_theme()
        self.ghosts.apply_theme()
        self.sklearn.draw()
        self.points.view_changed()
        self.selected.view_changed()
        self.show_frame(self.session.frame_now)

    def fit_view(self) -> None:
        """Show all examples with some room around them."""
        X = self.session.experiment.dataset.X
        ranges = [_padded(column) if len(X) else EMPTY_RANGE for column in X.T[:2]]
        if len(ranges) == 1:
            ranges.append(Y_RANGE)
        self.area.view.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)

    def _show_model(self, frame: Frame) -> None:
        if not frame.experiment.dataset.training.m and frame.trace.last == 0:
            self.field.show_field(None)
            self.lines.show_lines([])
            self.one_feature.clear()
            return
        if frame.experiment.dataset.n == 1:
            self.one_feature.show_frame(frame)
            return
        self.one_feature.clear()
        f = frame.predict_columns(self._grid_columns(frame.experiment.features))
        self.field.show_field(f.reshape(ROWS, COLUMNS))
        tokens = theme.tokens()
        pens = [theme.pen(tokens.dim, 1.0, Qt.PenStyle.DashLine)] * len(SIDE_LINES) + [theme.pen(tokens.ink, 2.5)]
        lines = self._level_lines(frame, (*SIDE_LINES, frame.experiment.threshold))
        self.lines.show_lines([Line(points, pen) for those, pen in zip(lines, pens, strict=True) for points in those])

    def _level_lines(self, frame: Frame, levels: tuple[float, ...]) -> list[list[Array]]:
        """The lines f = level, for each level."""
        view, at = self.area.view, [frame.z_at(level) for level in levels]
        if frame.experiment.degree == 1:
            w_raw, b_raw = frame.w_b_raw
            return [line_in_box(w_raw, b_raw, z, view.x_range(), view.y_range()) for z in at]
        x1, x2 = self.field.grid()
        columns = self._grid_columns(frame.experiment.features)
        return contours_on_grid(x1, x2, (columns @ frame.w + frame.b).reshape(ROWS, COLUMNS), at)

    def _grid_columns(self, features: FeatureMap) -> Array:
        """The terms of every cell of the field; kept while view and feature map are the same, as building them costs the most."""
        ranges = (*self.area.view.x_range(), *self.area.view.y_range())
        if self._basis is None or self._basis[0] is not features or self._basis[1] != ranges:
            x1, x2 = np.meshgrid(*self.field.grid())
            self._basis = (features, ranges, features.apply(np.column_stack([x1.ravel(), x2.ravel()])))
        return self._basis[2]

    def _grid_of(self, features: FeatureMap) -> tuple[Array, Array, Array]:
        """The grid of the field, and its columns."""
        return *self.field.grid(), self._grid_columns(features)

    def _range_changed(self) -> None:
        self._place_hint()
        self._show_model(self.session.frame_now)
        self.ghosts.show_frame(self.session.frame_now)

    def _place_hint(self) -> None:
        self.hint.setGeometry(self.area.rect())

    # Keys.

    def event(self, event: QEvent) -> bool:
        # Before the window takes the key for one of its commands.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.area.hasFocus()
            and self.hand.wants(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hand.wants(event):
            self.hand.key(event)
        else:
            super().keyPressEvent(event)

    # Pointing.

    def _show_selection(self) -> None:
        dataset, rows = self.session.experiment.dataset, self.session.selection.rows
        self.selected.show_selected(dataset.places if len(rows) == dataset.m else dataset.places[rows[rows < dataset.m]])

    def _show_pointer(self) -> None:
        """The probed example, and what lies under the mouse."""
        probe = self.session.pointer.probe
        self.marks.show_probe(self._place(probe) if probe else None, self._probability_text(probe) if probe else "")
        if self.hand.at is None or (self.session.pointer.tool == PROBE and probe):
            self.readout.hide()
            return
        self.readout.setText(self._readout_text(self.hand.at))
        self.readout.adjustSize()
        at = self.area.mapFromScene(self.area.view.mapViewToScene(QPointF(*self.hand.at)))
        # Beside the circle of a tool, not over it.
        beside = max(14, round(0.75 * (self.session.pointer.radius_px or 0.0)))
        fits = at.x() + beside + self.readout.width() + 4 <= self.area.width()
        at += QPoint(beside if fits else -beside - self.readout.width(), 6 - beside - self.readout.height())
        at.setY(max(at.y(), 4))
        self.readout.move(at)
        self.readout.show()
        self.readout.raise_()

    def _place(self, example: Example) -> Point:
        """Where the probed example stands: with one feature on the curve."""
        up = example[1] if len(example) > 1 else float(self.session.frame_now.predict(np.array([example]))[0])
        return example[0], up

    def _probability_text(self, example: Example) -> str:
        frame = self.session.frame_now
        f = float(frame.predict(np.array([example]))[0])
        if not gives_probability(frame.experiment.model):
            return f"f = {number(f)}"
        return tr("P({name}) = {f:.2f}").format(name=class_text(frame.experiment.dataset.class_names[1]), f=f)

    def _readout_text(self, position: Point) -> str:
        frame = self.session.frame_now
        dataset = frame.experiment.dataset
        f = float(frame.predict(features_at(np.array([position]), dataset.n))[0])
        output = tr("P(y = 1) = {f:.2f}").format(f=f) if gives_probability(frame.experiment.model) else f"f = {number(f)}"
        lines = [
            f"{shortened(feature_text(name), MOST_NAME)} = {number(value)}"
            for name, value in zip(dataset.feature_names, position, strict=False)
        ]
        name = class_text(dataset.class_names[int(f >= frame.experiment.threshold)])
        return "\n".join([*lines, f"{output} → {shortened(name, MOST_NAME)}"])


def _axis_name(symbol: str, name: str) -> str:
    return symbol if name in ("x", "x1", "x2") else f"{symbol} {html.escape(shortened(name, MOST_AXIS_NAME))}"


def _output_name(model: str) -> str:
    """What stands upwards where there is one feature."""
    return tr("y and P(y = 1)") if gives_probability(model) else tr("y and f")


def _padded(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = 0.1 * (high - low) or 0.1 * abs(high) or 1.0
    return low - room, high + room
