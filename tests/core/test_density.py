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


VIEW = ((0.1, 0.8), (0.0, 1.0), 14, 10)
EDITS = (
    lambda dataset: dataset.with_point(np.full(dataset.n, 0.51), 1),
    lambda dataset: dataset.with_moved([3, 17], RNG.uniform(size=(2, dataset.n))),
    lambda dataset: dataset.with_labels([5, 6, 7], 1.0 - dataset.y[5:8]),
    lambda dataset: dataset.with_points(RNG.uniform(size=(40, dataset.n)), np.tile([0.0, 1.0], 20)),
    lambda dataset: dataset.without(np.arange(dataset.m - 5, dataset.m)),
)


@pytest.mark.parametrize("features", [1, 2])
def test_after_an_edit_by_hand_only_what_differs_is_counted_and_the_counts_are_the_same(
    features: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    X = np.vstack([RNG.uniform(size=(4000, features)), np.zeros((1, features)), np.ones((1, features))])
    dataset = Dataset(X, [*LABELS, 0, 1], feature_names=("x1", "x2")[:features])
    density = Density(dataset)
    density.counts(*VIEW)
    for edit in EDITS:
        dataset = edit(dataset)
        expected = Density(dataset).counts(*VIEW)
        with monkeypatch.context() as patch:
            patch.delattr("core.density.np.bincount")
            density = density.followed_by(dataset)
            assert np.array_equal(density.counts(*VIEW), expected)
    assert density.counts((0.0, 1.0), (0.0, 1.0), 3, 3).sum() == Density(dataset).counts((0.0, 1.0), (0.0, 1.0), 3, 3).sum()


def test_other_examples_and_examples_far_off_are_counted_anew() -> None:
    dataset = Dataset(RNG.uniform(size=(4000, 2)), LABELS)
    density = Density(dataset)
    density.counts(*VIEW)
    far = dataset.with_point((5e6 + 0.55, 5e6 + 0.55), 1)
    around = ((5e6, 5e6 + 1.0), (5e6, 5e6 + 1.0), 10, 10)
    density = density.followed_by(far)
    assert density.counts(*around)[5, 5].tolist() == [0, 1]
    others = Dataset(RNG.uniform(size=(4000, 2)), LABELS)
    density = density.followed_by(others)
    assert np.array_equal(density.counts(*VIEW), Density(others).counts(*VIEW))
