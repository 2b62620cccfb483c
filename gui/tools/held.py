"""Examples that a drag carries with it."""

from dataclasses import dataclass

import numpy as np

from core.dataset import Array, Dataset
from core.drawing import Rows
from core.on_the_plane import features_at
from gui.pointer import Point


@dataclass(frozen=True, eq=False)
class Held:
    """Their numbers (k,), their places (k, 2) when the drag began, and where it began."""

    rows: Rows
    places: Array
    began: Point

    @classmethod
    def of(cls, dataset: Dataset, rows: Rows, began: Point) -> "Held":
        """Take these examples."""
        return cls(rows, dataset.places[rows], began)

    def moved(self, dataset: Dataset, to: Point) -> Dataset:
        """A dataset in which they have come along."""
        return dataset.with_moved(self.rows, features_at(self.places + np.subtract(to, self.began), dataset.n))
