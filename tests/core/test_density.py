"""Counting examples in the cells of a grid: the same as NumPy's histogram, wherever the view is."""

import numpy as np
import pytest

from core.dataset import Dataset
from core.density import Density

RNG = np.random.default_rng(5)
LABELS = (RNG.uniform(size=4000) < 0.3).astype(float)


def by_histogram(dataset: Dataset, x_range: tuple[float, float], y_range: tuple[float, float], columns: int, rows: int) -> np.ndarray:
    return np.stack(
        [np.histogram2d(*dataset.X[dataset.y == label].T[::-1], bins=(rows, columns), range=(y_range, x_range))[0] for label in (0, 1)],
        axis=2,
    )


@pytest.mark.parametrize(("shift", "size"), [(0.0, 1.0), (1e9, 1.0), (0.0, 1e150), (-3e-8, 1e-9), (5.0, 1e-9)])
@pytest.mark.parametrize("zoom", [0.01, 1.0, 7.0, 900.0, 5000.0])
def test_the_counts_are_those_of_a_histogram(shift: float, size: float, zoom: float) -> None:
    # On a lattice whose points lie in the middle of cells, so that rounding cannot move one to a neighbour.
    lattice = RNG.integers(0, 64, size=(4000, 2))
    dataset = Dataset(shift + (lattice + 0.5) / 64 * size, LABELS)
    left, bottom = shift + size * 0.25, shift + size * 0.5
    width = size / zoom
    cells = 64 if zoom <= 1 else 16
    x_range, y_range = (left - width / 3, left + width), (bottom - width / 3, bottom + width)
    counts = Density(dataset).counts(x_range, y_range, cells, cells // 2)
    expected = by_histogram(dataset, x_range, y_range, cells, cells // 2)
    assert counts.shape == (cells // 2, cells, 2)
    moved = np.abs(counts - expected).sum()
    assert moved <= 0.02 * max(expected.sum(), 1), "more than rounding at the edges of cells explains"


def test_row_0_is_at_the_bottom_and_the_last_axis_is_the_class() -> None:
    dataset = Dataset([[0.1, 0.1], [0.9, 0.1], [0.9, 0.1], [0.5, 5.0]], [0, 1, 1, 1])
    counts = Density(dataset).counts((0.0, 1.0), (0.0, 1.0), 4, 2)
    assert counts[0, 0].tolist() == [1, 0]
    assert counts[0, 3].tolist() == [0, 2]
    assert counts.sum() == 3


def test_examples_in_one_place_and_none_at_all_are_counted_too() -> None:
    assert Density(Dataset([[3.0, 3.0]] * 5, [0, 1, 0, 1, 1])).counts((2.0, 4.0), (2.0, 4.0), 2, 2).sum() == 5
    assert Density(Dataset(np.empty((0, 2)), np.empty(0))).counts((0.0, 1.0), (0.0, 1.0), 2, 2).sum() == 0
