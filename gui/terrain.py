"""The terrain under a run: which two parameters span it, the part of it that is shown, and its relief; shared by all views of it.

A view that is seen calls show() with each frame; where none is seen nothing is computed. The relief is made in the background, anew when
data, plane or range are others or the held parameters have moved on; while it trains at most four times a second, out of a sample.
"""

import time
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.bottom import same_bottom
from core.dataset import Array
from core.experiment import Experiment
from core.frame import Frame
from core.ground import NODES, Ground, survey
from core.landscape import Plane
from core.one_feature import landscape_ranges
from core.optimum import Optimum
from core.relief import Range, Relief
from core.surroundings import follow, home_range
from core.track import Track
from gui.background import Background

INTERVAL_S = 0.25  # between two reliefs while it trains
SHARE = 0.005  # of the way of z across the picture: held parameters that move z by less change nothing that is seen
NEAR = 100.0  # natural sizes; a minimum farther off is not on the picture


@dataclass(frozen=True, eq=False)
class Request:
    """A relief that is wanted: of which ground, plane and ranges, at which w, b, and how well."""

    ground: Ground
    plane: Plane
    ranges: tuple[Range, Range]
    w: Array
    b: float
    moving: bool
    coarse: bool

    def make(self) -> tuple["Request", Relief | None, tuple[Array, float]]:
        """In the background."""
        relief = self.ground.relief(self.plane, self.w, self.b, *self.ranges, moving=self.moving, coarse=self.coarse)
        return self, relief, self.ground.gradient(self.w, self.b, quick=self.moving)


class Terrain(QObject):
    """`plane`, `ranges` of its two parameters, `relief` (None: nothing to see), `track` and `minimum`. Signal: changed."""

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.plane = Plane(0, 1)
        self.ranges: tuple[Range, Range] = ((-1.0, 1.0), (-1.0, 1.0))
        self.relief: Relief | None = None
        self.ground: Ground | None = None
        self.track = Track(self.plane, *self.ranges)
        self._frame: Frame | None = None
        self._training = False
        self._surveyed: Experiment | None = None  # what the ground is that of, or will be
        self._surveying = False
        self._home: tuple[Plane, Experiment] | None = None
        self._asked: Request | None = None
        self._asked_s = 0.0
        self._exact: Request | None = None
        self._gradient: tuple[Array, float] | None = None

    @property
    def minimum(self) -> Optimum | None:
        """The w, b of the least J, where there is one."""
        return self.ground.minimum if self.ground is not None else None

    def held_at_minimum(self, frame: Frame) -> bool:
        """Whether the parameters that are held are as good as at the minimum, so that it is the lowest place of the picture too."""
        ground, minimum = self.ground, self.minimum
        if ground is None or minimum is None or minimum.w.shape != frame.w.shape:
            return False
        return _moves_little(ground, self.plane, minimum.w - frame.w, minimum.b - frame.b, self.ranges)

    def choose(self, plane: Plane) -> None:
        """Show another pair of parameters."""
        if plane != self.plane:
            self.plane = plane
            if self._frame is not None:
                self._refresh()

    def show(self, frame: Frame, training: bool) -> None:
        """Be ready for this frame, as far as can be done at once."""
        if frame is self._frame and training == self._training:
            return
        self._frame, self._training = frame, training
        if frame.w.shape[-1] < max(self.plane.first, self.plane.second):
            self.plane = Plane(0, 1)
        experiment = frame.experiment
        if self._surveyed is None or not same_bottom(self._surveyed, experiment):
            if self._surveyed is not None and self._surveyed.n_terms != experiment.n_terms:
                self.plane = Plane(0, 1)
            edited = self._surveyed is not None and experiment.dataset.continues(self._surveyed.dataset)
            self._surveyed = experiment
            self._surveying = True
            self._background.submit(
                lambda: (experiment, survey(experiment, self._go_on)), self._survey_done, at_rest=edited and not experiment.is_quick
            )
        self._refresh()

    def gradient(self, frame: Frame) -> tuple[Array, float] | None:
        """dj_dw (n,) and dj_db at the frame: of all examples while it stands still, as soon as they are known."""
        ground, exact = self.ground, self._exact
        if ground is None or self._surveying:
            return None
        if frame.experiment.is_quick:
            return ground.gradient(frame.w, frame.b)
        if exact is not None and exact.ground is ground and exact.b == frame.b and np.array_equal(exact.w, frame.w):
            return self._gradient
        return ground.gradient(frame.w, frame.b, quick=True)

    def _go_on(self, _: float) -> None:
        """Called often by a survey: ends one that nobody waits for."""
        if self._background.closed:
            raise InterruptedError

    def _survey_done(self, made: tuple[Experiment, Ground | None]) -> None:
        experiment, ground = made
        if experiment is not self._surveyed:
            return
        self._surveying = False
        self.ground = ground
        if ground is None:
            self.relief = None
            self.changed.emit()
        self._refresh()

    def _refresh(self) -> None:
        frame, ground = self._frame, self.ground
        if frame is None or ground is None or self._surveying or ground.X.shape[1] != frame.w.shape[-1]:
            return
        self._find_home(frame, ground)
        self.track.take(frame.trace, in_portions=self._training)
        self._find_ranges(ground)
        self._ask(frame, ground)

    def _find_home(self, frame: Frame, ground: Ground) -> None:
        """Where the picture begins. It stays while a run goes on, whatever is done to its points."""
        experiment, home = frame.experiment, self._home
        same_run = home is not None and home[0] == self.plane and experiment.means_the_same_as(home[1])
        if home is not None and same_run and (home[1] is experiment or frame.trace.end > 0):
            return
        self._home = self.plane, experiment
        start = self.plane.of(experiment.start_w, experiment.start_b)
        ranges = [
            home_range(float(start[k]), None if ground.minimum is None else self._at_minimum(ground.minimum, k), float(ground.sizes[index]))
            for k, index in enumerate((self.plane.first, self.plane.second))
        ]
        ranges = list(landscape_ranges(experiment) or ranges)
        if self.track.plane != self.plane or self.track.home != (ranges[0], ranges[1]):
            self.track = Track(self.plane, ranges[0], ranges[1])

    def _at_minimum(self, minimum: Optimum, k: int) -> float:
        return float(self.plane.of(minimum.w, minimum.b)[k])

    def _find_ranges(self, ground: Ground) -> None:
        track = self.track
        low, high = track.low.copy(), track.high.copy()
        if ground.minimum is not None:
            at = self.plane.of(ground.minimum.w, ground.minimum.b)
            if (np.abs(at - track.start) <= NEAR * ground.sizes[[self.plane.first, self.plane.second]]).all():
                low, high = np.minimum(low, at), np.maximum(high, at)
        ranges = tuple(follow(track.home[k], float(low[k]), float(high[k])) for k in range(2))
        self.ranges = (ranges[0], ranges[1])

    def _ask(self, frame: Frame, ground: Ground) -> None:
        """Have a relief made, unless the one there is, or under way, will do."""
        asked, now_s = self._asked, time.monotonic()
        moving = self._training
        wanted = Request(ground, self.plane, self.ranges, frame.w, frame.b, moving, False)
        if asked is not None and asked.ground is ground and asked.plane == self.plane:
            same_place = asked.ranges == self.ranges
            if same_place and not asked.coarse and self._will_do(asked, wanted):
                return
            if moving and now_s - self._asked_s < INTERVAL_S:
                return
        elif not ground.is_quick(NODES):
            wanted = Request(ground, self.plane, self.ranges, frame.w, frame.b, moving, True)
        self._asked, self._asked_s = wanted, now_s
        fine = not moving and not wanted.coarse
        self._background.submit(wanted.make, self._relief_done, at_rest=fine and not frame.experiment.is_quick)

    def _will_do(self, asked: Request, wanted: Request) -> bool:
        """Whether a picture shows what another would."""
        if not wanted.moving:
            return not asked.moving and asked.b == wanted.b and np.array_equal(asked.w, wanted.w)
        return _moves_little(wanted.ground, self.plane, wanted.w - asked.w, wanted.b - asked.b, wanted.ranges)

    def _relief_done(self, made: tuple[Request, Relief | None, tuple[Array, float]]) -> None:
        request, relief, gradient = made
        if request.ground is not self.ground or request.plane != self.plane:
            return
        self.relief = relief
        if not request.moving:
            self._exact, self._gradient = request, gradient
        self.changed.emit()
        if request.coarse:
            self._refresh()


def _moves_little(ground: Ground, plane: Plane, w_step: Array, b_step: float, ranges: tuple[Range, Range]) -> bool:
    """Whether a step of the parameters that are held, out of w_step (n,) and b_step, changes nothing that is seen."""
    shown = [plane.first, plane.second]
    moved = np.abs(np.append(w_step, b_step)) * ground.scales
    moved[shown] = 0.0
    across = sum((high - low) * ground.scales[index] for index, (low, high) in zip(shown, ranges, strict=True))
    return bool(moved.sum() <= SHARE * across)
