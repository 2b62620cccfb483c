"""The boundary of any model on the plane, as lines: through its own feature map, with one feature or two, straight or curved."""

from collections.abc import Callable

import numpy as np

from core.boundary import Range, contours_on_grid, line_in_box
from core.dataset import Array
from core.features import FeatureMap
from core.on_the_plane import boundary_of_one, crossings

CELLS = 128, 96  # of the grid for a curved boundary

Grid = Callable[[FeatureMap], tuple[Array, Array, Array]]  # x1 (k,), x2 (l,) and the terms (l·k, n_terms) of all places


class GridTerms:
    """A Grid over a part of the plane. The terms of a feature map are computed once: they take the most."""

    def __init__(self, x1_range: Range, x2_range: Range) -> None:
        self.x1, self.x2 = np.linspace(*x1_range, CELLS[0]), np.linspace(*x2_range, CELLS[1])
        self._known: dict[FeatureMap, Array] = {}

    def __call__(self, features: FeatureMap) -> tuple[Array, Array, Array]:
        """See Grid."""
        if features not in self._known:
            places = np.column_stack([axis.ravel() for axis in np.meshgrid(self.x1, self.x2)])
            with np.errstate(over="ignore", invalid="ignore"):
                self._known[features] = features.apply(places)
        return self.x1, self.x2, self._known[features]


def boundary_lines(
    features: FeatureMap, w: Array, b: float, z: float, x1_range: Range, x2_range: Range, grid: Grid | None = None
) -> list[Array]:
    """Lines (k, 2) in raw units where w · x + b = z, w (n_terms,) and b as trained, within a part of the plane.

    `grid` is that of somebody who has it already.
    """
    if features.n_raw == 1:
        return [np.array([[at, x2_range[0]], [at, x2_range[1]]]) for at in _places_on_x(features, w, b, z, x1_range)]
    if features.degree == 1:
        return line_in_box(*features.to_raw(w, b), z, x1_range, x2_range)
    x1, x2, columns = (grid or GridTerms(x1_range, x2_range))(features)
    with np.errstate(over="ignore", invalid="ignore"):
        values = (columns @ w + b).reshape(len(x2), len(x1))
    return contours_on_grid(x1, x2, values, [z])[0]


def _places_on_x(features: FeatureMap, w: Array, b: float, z: float, x_range: Range) -> list[float]:
    if features.degree == 1:
        return boundary_of_one(*features.to_raw(w, b), z, x_range)
    x = np.linspace(*x_range, CELLS[0])
    with np.errstate(over="ignore", invalid="ignore"):
        return crossings(x, features.apply(x[:, np.newaxis]) @ w + b, z)
