"""The boundary of any run on the plane, as lines: through its own feature map, with one feature or two, straight or curved."""

import numpy as np
from numpy.typing import NDArray

from core.boundary import Range, contours_on_grid, line_in_box
from core.dataset import Array
from core.features import FeatureMap
from core.frame import Frame
from core.on_the_plane import boundary_of_one, crossings

CELLS = 128, 96  # of the grid for a curved boundary


def is_straight(frame: Frame) -> bool:
    """Whether its boundary takes no grid, and so no time."""
    return frame.experiment.degree == 1


Terms = dict[FeatureMap, NDArray[np.float64]]


def boundary_lines(frame: Frame, x1_range: Range, x2_range: Range, terms: Terms | None = None) -> list[Array]:
    """Lines (k, 2) in raw units where the model of a frame passes the threshold, within a part of the plane.

    `terms` keeps those of the grid, for runs with the same feature map on the same part.
    """
    features, z = frame.experiment.features, frame.z_threshold
    if features.n_raw == 1:
        return [np.array([[at, x2_range[0]], [at, x2_range[1]]]) for at in _places_on_x(frame, z, x1_range)]
    if is_straight(frame):
        return line_in_box(*frame.w_b_raw, z, x1_range, x2_range)
    x1, x2 = np.linspace(*x1_range, CELLS[0]), np.linspace(*x2_range, CELLS[1])
    known = {} if terms is None else terms
    with np.errstate(over="ignore", invalid="ignore"):
        if features not in known:
            known[features] = features.apply(np.column_stack([axis.ravel() for axis in np.meshgrid(x1, x2)]))
        values = (known[features] @ frame.w + frame.b).reshape(len(x2), len(x1))
    return contours_on_grid(x1, x2, values, [z])[0]


def _places_on_x(frame: Frame, z: float, x_range: Range) -> list[float]:
    if is_straight(frame):
        return boundary_of_one(*frame.w_b_raw, z, x_range)
    x = np.linspace(*x_range, CELLS[0])
    with np.errstate(over="ignore", invalid="ignore"):
        return crossings(x, frame.experiment.features.apply(x[:, np.newaxis]) @ frame.w + frame.b, z)
