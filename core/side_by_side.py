"""Side by side: what descent meets on raw features, and what it meets on scaled ones.

Both start from the same model, both learn the same labels; alpha is either the one of the experiment or, on each side, 1/L, with which J
is sure to fall. The picture is that of the two parameters between which the raw ravine is narrowest, the others at the minimum.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.approach import Approach, approach
from core.bottom import Bottom, bottom_of
from core.conditioning import hessian, steady_alpha
from core.dataset import Array
from core.experiment import Experiment
from core.features import FeatureMap
from core.ground import NODES
from core.landscape import MOST_MOVING, Landscape, Plane, planes
from core.progress import Progress
from core.relief import Range, Relief, make_relief
from core.surroundings import follow, home_range, natural_sizes
from core.trace import Trace
from core.track import Track

COMPARED_WITH = "zscore"  # while nothing is scaled
MOST_IN_PICTURE = 20_000  # of its iterations


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: features, alpha, the bottom of J, the run, and its picture: plane, ranges, relief (None: too large)."""

    features: FeatureMap
    alpha: float
    bottom: Bottom
    approach: Approach
    plane: Plane
    ranges: tuple[Range, Range]
    homes: tuple[Range, Range]  # the ranges before the path left them
    relief: Relief | None

    def at(self, iteration: int) -> tuple[Array, float, float]:
        """w (n_terms,), b and J after so many iterations, or at the last one there is."""
        trace = self.approach.trace
        row = trace.row_at(min(iteration, trace.last))
        return trace.w[row], float(trace.b[row]), float(trace.J[row])

    def until(self, iteration: int) -> Trace:
        """The run up to this iteration."""
        return self.approach.trace.until(min(iteration, self.approach.trace.last))


def raw_and_scaled(experiment: Experiment) -> tuple[Experiment, Experiment]:
    """The experiment on raw features, and on scaled ones: as it is, or with z-score while nothing is scaled."""
    if experiment.scaling == "none":
        return experiment, replace(experiment, scaling=COMPARED_WITH, fitted=None, start=None)
    return replace(experiment, scaling="none", fitted=None, start=None), experiment


def side_by_side(experiment: Experiment, *, safe: bool, progress: Progress = lambda _: None) -> tuple[Side, Side] | None:
    """Raw and scaled; None where there are no examples. `safe`: alpha is 1/L on each side. For a background thread.

    What `progress` raises ends the work. Raises SettingError when a polynomial term is too large for a number.
    """
    if not experiment.dataset.training.m:
        return None
    raw, scaled = raw_and_scaled(experiment)
    start = experiment.features.to_raw(experiment.start_w, experiment.start_b)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        first = _side(raw, start, safe, None, progress)
        return first, _side(scaled, start, safe, first.plane, progress)


def _side(experiment: Experiment, start: tuple[Array, float], safe: bool, plane: Plane | None, progress: Progress) -> Side:
    X, y = experiment.columns(), experiment.dataset.training.y
    model, lambda_ = experiment.model, experiment.lambda_
    bottom = bottom_of(experiment, progress, X)
    least = bottom.minimum
    alpha = (steady_alpha(X, model, lambda_) if safe else None) or experiment.alpha
    w, b = experiment.features.from_raw(*start)
    run = approach(
        X,
        y,
        least.J if least is not None else None,
        alpha=alpha,
        lambda_=lambda_,
        model=model,
        w=w,
        b=b,
        at_least=min(experiment.iterations, MOST_IN_PICTURE),
        progress=progress,
    )
    trace = run.trace.until(min(run.trace.last, experiment.iterations))
    held_w, held_b = (least.w, least.b) if least is not None else (trace.w[-1], float(trace.b[-1]))
    plane = plane or narrowest(hessian(X, held_w, held_b, model, lambda_))
    sizes = natural_sizes(X)
    p_home, q_home = (
        home_range(float(plane.of(w, b)[k]), None if least is None else float(plane.of(least.w, least.b)[k]), float(sizes[index]))
        for k, index in enumerate((plane.first, plane.second))
    )
    track = Track(plane, p_home, q_home)  # for its box: a run that diverges is left where no picture reaches
    track.take(trace)
    p_range, q_range = (
        follow(home, float(low), float(high)) for home, low, high in zip((p_home, q_home), track.low, track.high, strict=True)
    )
    p, q = np.linspace(*p_range, NODES), np.linspace(*q_range, NODES)
    J = Landscape(X, y, model, lambda_).sample(MOST_MOVING).grid(plane, held_w, held_b, p, q)
    relief = make_relief(J, p_range, q_range)
    return Side(experiment.features, alpha, bottom, run, plane, (p_range, q_range), (p_home, q_home), relief)


def narrowest(H: Array) -> Plane:
    """The plane of two parameters in which J is most of a ravine, by the Hessian (n + 1, n + 1)."""

    def ratio(plane: Plane) -> float:
        """λmax/λmin of the two, but for what follows from it: (trace)² / determinant."""
        a, d, c = H[plane.first, plane.first], H[plane.second, plane.second], H[plane.first, plane.second]
        determinant = a * d - c * c
        return float((a + d) ** 2 / determinant) if determinant > 0 else 0.0

    return max(planes(len(H) - 1), key=ratio)
