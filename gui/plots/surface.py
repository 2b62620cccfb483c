"""Cost surface: the landscape in three dimensions, with the path and the current point on it."""

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from core import kernels
from core.frame import Frame
from core.relief import Relief
from core.surface import Camera, Picture, draw_surface
from gui import theme
from gui.actions import Actions
from gui.drawing.minimum_text import minimum_text
from gui.drawing.pair_box import PairBox
from gui.drawing.surface_canvas import SurfaceCanvas
from gui.plots.base import Plot
from gui.session import Session
from gui.text import parameter_text, tr

TICK_MS = 300
MOST_PIXELS = 1_000_000  # of a picture; it is enlarged to a screen of more


class SurfacePlot(Plot):
    """J over w and b as a surface; parameters and range are those of the cost landscape."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Cost surface"), parent)
        self.pair = PairBox()
        self.header.addWidget(self.pair)
        self.area = SurfaceCanvas()
        self.area.setAccessibleName(tr("Cost surface: log J over two parameters; arrows turn it"))
        self.body.addWidget(self.area, 1)
        self._background = session.background()
        self._drawn: tuple[Relief, Camera, int, int, bool, bool] | None = None
        self._better_soon = QTimer(self)
        self._better_soon.setInterval(TICK_MS)
        self._better_soon.timeout.connect(self._draw)
        self.pair.chosen.connect(session.terrain.choose)
        self.area.turned.connect(self._draw)
        session.terrain.changed.connect(self._terrain_changed)
        self.start()

    def show_frame(self, frame: Frame) -> None:
        terrain = self.session.terrain
        terrain.show(frame, self.session.training)
        plane, n = terrain.plane, frame.w.shape[-1]
        self.pair.show_plane(plane, frame.experiment.features.n_raw, frame.experiment.features.degree)
        self.area.names = (parameter_text(plane.first, n), parameter_text(plane.second, n))
        minimum = terrain.minimum
        self.area.show_run(
            terrain.track,
            None if frame.iteration >= frame.trace.last else frame.iteration,
            plane.of(frame.w, frame.b),
            None if minimum is None else plane.of(minimum.w, minimum.b),
            hollow=not terrain.held_at_minimum(frame),
        )
        if self.text_due():
            self._show_tip(frame)
        self._draw()

    def _show_tip(self, frame: Frame) -> None:
        terrain = self.session.terrain
        tip = tr("The height is log J. Drag or press the arrow keys to turn it; the wheel zooms.")
        if terrain.minimum is not None and terrain.minimum.w.shape == frame.w.shape:
            star = tr("Star") if terrain.held_at_minimum(frame) else tr("Hollow star")
            tip += f"\n{star}: {minimum_text(terrain.minimum, terrain, frame)}"
        self.area.setToolTip(tip)

    def apply_theme(self) -> None:
        self._drawn = None
        self.area.apply_theme()
        self._draw()

    def _terrain_changed(self) -> None:
        if self.unseen():
            self._missed = True
        else:
            self.show_frame(self.session.frame_now)

    def _draw(self) -> None:
        """Have a picture made, unless it is under way; a finer one as soon as the compiled functions are ready."""
        relief, camera, area = self.session.terrain.relief, self.area.camera, self.area
        if relief is None or area.width() < 2 or area.height() < 2 or self.isHidden():
            self._better_soon.stop()
            if relief is None:
                self._drawn = None
                area.show_picture(None, None, camera)
            return
        ratio = min(area.devicePixelRatioF(), np.sqrt(MOST_PIXELS / (area.width() * area.height())))
        width, height = round(area.width() * ratio), round(area.height() * ratio)
        fine = kernels.renderer() is not None
        if fine:
            self._better_soon.stop()
        else:
            self._better_soon.start()
        wanted = relief, camera, width, height, theme.tokens().dark, fine
        if self._drawn is not None and self._drawn[0] is relief and self._drawn[1:] == wanted[1:]:
            return
        self._drawn = wanted
        colours = theme.relief_colours(len(relief.levels) + 1)

        def work() -> tuple[Relief, Picture, Camera]:
            return relief, draw_surface(relief, camera, width, height, colours), camera

        self._background.submit(work, self._show)

    def _show(self, made: tuple[Relief, Picture, Camera]) -> None:
        self.area.show_picture(*made)
