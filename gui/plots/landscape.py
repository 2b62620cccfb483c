"""Cost landscape: log J over a plane of two parameters, the path of the run on it, and a click that puts w and b somewhere else."""

import math
from itertools import count
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel, QWidget

from core.dataset import Array
from core.frame import Frame
from core.landscape import Plane
from core.relief import Range
from gui.actions import Actions
from gui.drawing.descent_layer import STAR_PX, DescentLayer
from gui.drawing.minimum_text import minimum_text
from gui.drawing.pair_box import PairBox
from gui.drawing.path_ghosts import PathGhosts
from gui.drawing.plot_area import PlotArea
from gui.drawing.relief_layer import ReliefLayer
from gui.drawing.track_layer import TrackLayer
from gui.plots.base import Plot
from gui.session import Session
from gui.text import cost_text, number, parameter_text, tr

FLAT = 1e-7  # share of J by which it would fall across the whole picture: no arrow for less

_strokes = count()

Ranges = tuple[Range, Range]


class LandscapePlot(Plot):
    """J over w and b."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Cost landscape"), parent)
        self.pair = PairBox()
        self.header.addWidget(self.pair)
        self.area = PlotArea()
        self.area.setAccessibleName(tr("Cost landscape: J over two parameters; click to put w and b there"))
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.view.setMouseEnabled(x=False, y=False)  # the range follows the path
        self.area.setToolTip(
            tr(
                "Contours of equal cost J. Dot: w, b now; arrow: the negative gradient, also where another method does not follow it; "
                "star: the minimum, hollow while the parameters that are held have other values there. Click to put w and b there."
            )
        )
        self.body.addWidget(self.area, 1)
        view = self.area.view
        self.relief = ReliefLayer(view, 1)
        self.ghosts = PathGhosts(session, view, 1.5)
        self.track = TrackLayer(view, 2)
        self.marks = DescentLayer(view, 3)
        self.readout = QLabel(self.area)
        self.readout.setObjectName("readout")
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.readout.hide()
        self.hint = QLabel(self.area)
        self.hint.setObjectName("hint")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self._other: tuple[Array, Array] | None = None
        self._other_text = ""
        self._pointer: QPointF | None = None
        self._named: tuple[Plane, int, int] | None = None
        self._ranges: Ranges | None = None
        self._stroke = 0
        self.pair.chosen.connect(session.terrain.choose)
        view.clicked.connect(self._click)
        view.dragged.connect(self._drag)
        view.hovered.connect(self._hover)
        view.sigResized.connect(self._place_hint)
        session.terrain.changed.connect(self._terrain_changed)
        session.runs.changed.connect(self._terrain_changed)
        session.runs.shown_changed.connect(self._terrain_changed)
        self.apply_theme()
        self.start()

    # Showing.

    def show_frame(self, frame: Frame) -> None:
        terrain = self.session.terrain
        terrain.show(frame, self.session.training)
        self._show_axes(terrain.plane, frame, terrain.ranges)
        self._show_run(frame)
        if terrain.relief is not self.relief.relief:
            self.relief.show_relief(terrain.relief, self._marked(frame), gently=self.session.training)
        self._show_hint(frame)
        if self._pointer is not None and self.text_due():
            self._show_readout()

    def _show_axes(self, plane: Plane, frame: Frame, ranges: Ranges) -> None:
        """Name the axes and set their ranges, where they are others: each costs a layout."""
        features, n = frame.experiment.features, frame.w.shape[-1]
        named = plane, features.n_raw, features.degree
        if named != self._named:
            self._named = named
            self.pair.show_plane(*named)
            self.area.name_axes(parameter_text(plane.first, n), parameter_text(plane.second, n))
        if ranges != self._ranges:
            self._ranges = ranges
            self.area.view.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)

    def apply_theme(self) -> None:
        self.area.apply_theme()
        for layer in (self.relief, self.ghosts, self.track, self.marks):
            layer.view_changed()
            layer.update()

    def show_other_path(self, w: Array, b: Array, label: str) -> None:
        """Show the path of another run, w (r, n) and b (r,), thin and dim beside this one; no rows: none any more."""
        self._other, self._other_text = (w, b) if len(b) else None, label
        self._show_other()

    def _show_other(self) -> None:
        plane, n = self.session.terrain.plane, self.session.frame_now.w.shape[-1]
        fits = self._other is not None and self._other[0].shape[1] == n
        self.track.show_other(plane.of(*self._other) if self._other is not None and fits else None, self._other_text)

    def _show_run(self, frame: Frame) -> None:
        terrain = self.session.terrain
        ready = terrain.ground is not None and terrain.relief is not None
        plane, track = terrain.plane, terrain.track
        now, minimum = plane.of(frame.w, frame.b), terrain.minimum
        at_end = frame.iteration >= frame.trace.last
        self.ghosts.setVisible(ready)
        self.ghosts.show_frame(frame, plane)
        self.track.setVisible(ready)
        self.track.show_track(track, None if at_end else frame.iteration)
        self._show_other()
        self.marks.show_points(
            plane.of(frame.trace.w[0], frame.trace.b[0]),
            track.end[-1] if at_end and len(track.end) else None,
            now if ready else None,
            plane.of(minimum.w, minimum.b) if ready and minimum is not None else None,
            self._downhill(frame) if ready else None,
            hollow=not terrain.held_at_minimum(frame),
        )
        self.marks.setVisible(ready)

    def _marked(self, frame: Frame) -> Array:
        """Places (k, 2) of the plane that a label would hide: the path, the start, the current point, the arrow and the star."""
        track, marks, view = self.session.terrain.track, self.marks, self.area.view
        now = self.session.terrain.plane.of(frame.w, frame.b)
        marked = [track.begin, (track.begin + track.end) / 2, track.end, now[np.newaxis]]
        arrow = marks.arrow()
        if arrow is not None:
            (left, right), (low, high) = view.x_range(), view.y_range()
            way = arrow * ((right - left) / view.rect().width(), -(high - low) / view.rect().height())
            marked.append(now + np.outer([0.5, 1.0], way))
        marked += [point[np.newaxis] for point in (marks.start, marks.minimum) if point is not None]
        return np.concatenate(marked)

    def _downhill(self, frame: Frame) -> Array | None:
        """The negative gradient on the plane (2,); None where J is as good as flat."""
        terrain = self.session.terrain
        gradient = terrain.gradient(frame)
        if gradient is None:
            return None
        downhill: Array = -terrain.plane.of(*gradient)
        widths = np.array([high - low for low, high in terrain.ranges])
        with np.errstate(over="ignore", invalid="ignore"):
            falls = float(np.abs(downhill * widths).sum())
        return downhill if np.isfinite(falls) and falls > FLAT * abs(frame.J) else None

    def _show_hint(self, frame: Frame) -> None:
        terrain, text = self.session.terrain, ""
        if not frame.experiment.dataset.training.m:
            text = tr("The cost over w and b appears with the first example")
        elif terrain.ground is not None and terrain.relief is None and not self.session.computing:
            text = tr("J is too large here to be drawn")
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def _place_hint(self) -> None:
        self.hint.setGeometry(self.area.mapFromScene(self.area.view.sceneBoundingRect()).boundingRect())

    def _terrain_changed(self) -> None:
        if self.unseen():
            self._missed = True
        else:
            self.show_frame(self.session.frame_now)

    # Pointing.

    def _click(self, position: QPointF, event: Any) -> None:
        self.area.setFocus(Qt.FocusReason.MouseFocusReason)
        self._move_to(position, None)

    def _drag(self, began: QPointF, now: QPointF, event: Any) -> None:
        """Before the run the start follows the hand; a run is not stopped at every place on the way."""
        if event.isStart():
            self._stroke = next(_strokes)
        if self.session.frame_now.trace.end == 0:
            self._move_to(now, ("start", self._stroke))
        elif event.isFinish():
            self._move_to(now, None)

    def _move_to(self, position: QPointF, merge: tuple[str, int] | None) -> None:
        frame, plane = self.session.frame_now, self.session.terrain.plane
        # Four digits are finer than a pixel, and can be read out.
        p, q = (float(f"{value:.4g}") for value in (position.x(), position.y()))
        self.session.move_w_b(*plane.put(frame.w, frame.b, p, q), merge=merge)

    def _hover(self, position: QPointF | None) -> None:
        self._pointer = position
        self._show_readout()

    def _show_readout(self) -> None:
        text = "" if self._pointer is None else self._readout_text(self._pointer)
        self.readout.setVisible(bool(text))
        if self._pointer is None or not text:
            return
        self.readout.setText(text)
        self.readout.adjustSize()
        at = self.area.mapFromScene(self.area.view.mapViewToScene(self._pointer)) + QPoint(14, -self.readout.height() - 8)
        at.setX(min(at.x(), self.area.width() - self.readout.width() - 4))
        at.setY(max(at.y(), 4))
        self.readout.move(at)
        self.readout.raise_()

    def _readout_text(self, position: QPointF) -> str:
        terrain, frame = self.session.terrain, self.session.frame_now
        if terrain.relief is None:
            return ""
        at, star = self.track.to_pixel(position.x(), position.y()), self.marks.minimum
        if star is not None and terrain.minimum is not None:
            away = self.track.to_pixel(float(star[0]), float(star[1])) - at
            if math.hypot(away.x(), away.y()) <= STAR_PX:
                return minimum_text(terrain.minimum, terrain, frame)
        iteration = self.track.iteration_at(at)
        if iteration is not None:
            J = float(frame.trace.J[frame.trace.row_at(iteration)])
            return tr("iteration {k:,}: J = {J}").format(k=iteration, J=cost_text(J))
        J = terrain.relief.J_at(position.x(), position.y())
        if J != J:
            return ""
        names = [parameter_text(index, frame.w.shape[-1]) for index in (terrain.plane.first, terrain.plane.second)]
        place = ", ".join(f"{name} = {number(value, 3)}" for name, value in zip(names, (position.x(), position.y()), strict=True))
        return tr("J = {J}").format(J=cost_text(J)) + "\n" + place
