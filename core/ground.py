"""Ground: what a landscape of an experiment needs, surveyed once for its data and model, and the reliefs made of it.

Everything here is work for a background thread; only gradient() is quick enough for every frame.
"""

from dataclasses import dataclass

import numpy as np

from core.bottom import bottom_of
from core.dataset import Array
from core.experiment import Experiment
from core.landscape import MOST_MOVING, Landscape, Plane
from core.models import MODELS
from core.optimum import Optimum
from core.progress import Progress
from core.relief import Range, Relief, make_relief
from core.surroundings import natural_sizes

MOST_STILL = 20_000  # examples of a picture that stands still: more of them change no pixel, and would take seconds
NODES, MOST_NODES, COARSER = 100, 240, 2
Z_STEP = 0.7  # from one node to the next, at the most where it can be had: a ravine is a few of z wide
MOST_TERMS = 60_000_000  # examples times nodes of one picture
QUICK_TERMS = 2_000_000  # up to here there is no coarse picture before the fine one


@dataclass(frozen=True, eq=False)
class Ground:
    """The columns trained on X (m, n), y (m,), a sample of them, how far parameters go and move z (n + 1,), and the least J."""

    X: Array
    y: Array
    model: str
    lambda_: float
    still: Landscape
    moving: Landscape
    sizes: Array
    scales: Array
    minimum: Optimum | None

    def gradient(self, w: Array, b: float, *, quick: bool = False) -> tuple[Array, float]:
        """dj_dw (n,) and dj_db at w, b; `quick`: out of at most MOST_MOVING examples."""
        every = -(-len(self.y) // MOST_MOVING) if quick else 1
        X, y = self.X[::every], self.y[::every]
        with np.errstate(over="ignore", invalid="ignore"):
            dj_dw, dj_db = MODELS[self.model].gradient(X, y, w, b, self.lambda_ * len(y) / len(self.y))
        return dj_dw, float(dj_db)

    def is_quick(self, nodes: int) -> bool:
        """Whether a picture while something moves needs no coarser one before it."""
        return bool(self.moving.m * nodes**2 <= QUICK_TERMS)

    def relief(self, plane: Plane, w: Array, b: float, p_range: Range, q_range: Range, *, moving: bool, coarse: bool) -> Relief | None:
        """The relief of J over a plane at w, b; None where J is not finite."""
        landscape = self.moving if moving or coarse or not self.still.is_fast else self.still
        counts = [self._nodes(landscape, index, span) for index, span in _spans(plane, p_range, q_range)]
        counts = [count // COARSER if coarse else count for count in counts]
        p, q = np.linspace(*p_range, counts[0]), np.linspace(*q_range, counts[1])
        return make_relief(landscape.grid(plane, w, b, p, q), p_range, q_range)

    def _nodes(self, landscape: Landscape, index: int, span: float) -> int:
        if landscape.model != "logistic":
            return NODES  # a parabola needs no more
        with np.errstate(over="ignore"):
            wanted = float(np.clip(self.scales[index] * span / Z_STEP, NODES, MOST_NODES))
        return int(max(NODES, min(wanted, np.sqrt(MOST_TERMS / landscape.m))))


def survey(experiment: Experiment, progress: Progress = lambda _: None) -> Ground | None:
    """The ground of an experiment; None where there are no examples. A pass over all of them takes long when there are many."""
    training = experiment.dataset.training
    if not training.m:
        return None
    X, y = experiment.columns(), training.y
    landscape = Landscape(X, y, experiment.model, experiment.lambda_)
    still = landscape.sample(MOST_STILL)
    moving = still.sample(MOST_MOVING)
    minimum = bottom_of(experiment, progress, X).minimum
    return Ground(
        X, y, experiment.model, experiment.lambda_, still, moving, natural_sizes(X, experiment.model), landscape.scales(), minimum
    )


def _spans(plane: Plane, p_range: Range, q_range: Range) -> list[tuple[int, float]]:
    return [(plane.first, p_range[1] - p_range[0]), (plane.second, q_range[1] - q_range[0])]
