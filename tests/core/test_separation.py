"""Whether J has a minimum is proved: as a linear program says on whole numbers, on narrow gaps and overlaps, and on repeated columns."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from core.bottom import Why, find_bottom
from core.dataset import Array
from core.optimum import search
from core.samples import make_sample


def by_linear_program(X: Array, y: Array) -> Why | None:
    """The truth: is there a v with a_i·v > 0 for all, or at least ≥ 0 and not all 0?"""
    if y.min() == y.max():
        return Why.ONE_CLASS
    m, columns = len(y), np.column_stack([X, np.ones(len(y))])
    A, n = columns * (2 * y - 1)[:, np.newaxis], columns.shape[1]
    widest = linprog(
        np.append(np.zeros(n), -1.0), A_ub=np.column_stack([-A, np.ones(m)]), b_ub=np.zeros(m), bounds=[(-1, 1)] * n + [(None, 1)]
    )
    if -widest.fun > 1e-9:
        return Why.SEPARABLE
    pushed = linprog(-A.sum(axis=0), A_ub=-A, b_ub=np.zeros(m), bounds=[(-1, 1)] * n)
    if -pushed.fun > 1e-9:
        return Why.TOUCHING
    return Why.FLAT if np.linalg.matrix_rank(columns) < n else None


@st.composite
def small_examples(draw: st.DrawFn) -> tuple[Array, Array]:
    """Whole numbers, so that classes often touch; sometimes labelled by a line, sometimes with a column that follows from the others."""
    n, m = draw(st.integers(1, 3)), draw(st.integers(2, 14))
    X = np.array(draw(st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=m, max_size=m)), dtype=float)
    if draw(st.booleans()):
        v, b = draw(st.lists(st.integers(-3, 3), min_size=n, max_size=n)), draw(st.integers(-4, 4))
        y = (X @ np.array(v, dtype=float) + b > 0).astype(float)
    else:
        y = np.array(draw(st.lists(st.booleans(), min_size=m, max_size=m)), dtype=float)
    if draw(st.booleans()):
        X = np.column_stack([X, 2 * X[:, 0] + 1])
    return X, y


@given(small_examples())
@settings(max_examples=300)
def test_separable_touching_and_overlapping_classes_are_told_apart_as_a_linear_program_does(examples: tuple[Array, Array]) -> None:
    X, y = examples
    assert search(X, y).why is by_linear_program(X, y)


@given(small_examples())
@settings(max_examples=60)
def test_with_lambda_there_is_always_a_minimum_unless_all_are_of_one_class(examples: tuple[Array, Array]) -> None:
    X, y = examples
    found = search(X, y, "logistic", 0.5)
    assert (found.minimum is None) == (y.min() == y.max())


@given(small_examples(), st.integers(0, 10_000))
@settings(max_examples=100)
def test_nothing_is_below_the_infimum(examples: tuple[Array, Array], seed: int) -> None:
    X, y = examples
    infimum = search(X, y).infimum
    assert infimum is not None
    rng = np.random.default_rng(seed)
    for size in (0.1, 1.0, 30.0):
        z = X @ rng.normal(size=X.shape[1]) * size + rng.normal() * size
        assert np.mean(np.logaddexp(0, z) - y * z) >= infimum * (1 - 1e-12)


def two_rows(gap: float, seed: int, crossing: bool) -> tuple[Array, Array]:
    """Two clouds on either side of a slanted line, and two rows along it, `gap` away from it on their own side, or on the other."""
    rng = np.random.default_rng(seed)
    across, along = np.array([0.6, -0.8]), np.array([0.8, 0.6])
    X = rng.normal(size=(400, 2))
    X += np.sign(X @ across)[:, np.newaxis] * across * gap
    y = (X @ across > 0).astype(float)
    row = np.linspace(-2, 2, 11)[:, np.newaxis] * along
    ones, noughts = (row - across * gap, row + across * gap) if crossing else (row + across * gap, row - across * gap)
    return np.concatenate([X, ones, noughts]), np.concatenate([y, np.ones(11), np.zeros(11)])


@pytest.mark.parametrize("gap", [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12])
@pytest.mark.parametrize("seed", range(3))
def test_a_gap_or_an_overlap_is_found_however_narrow(gap: float, seed: int) -> None:
    assert search(*two_rows(gap, seed, crossing=False)).why is Why.SEPARABLE
    crossing = search(*two_rows(gap, seed, crossing=True))
    # The narrowest of all may be left open: no rounding makes a gap of it.
    assert crossing.minimum is not None or (gap < 1e-11 and crossing.why is Why.UNDECIDED)


@pytest.mark.parametrize("offset", [0.0, 1e6, -1e9])
@pytest.mark.parametrize("unit", [1e-8, 1.0, 1e8])
def test_units_and_means_change_nothing(offset: float, unit: float) -> None:
    X, y = two_rows(1e-3, 0, crossing=False)
    assert search(X * unit + offset * unit, y).why is Why.SEPARABLE
    X, y = two_rows(1e-3, 0, crossing=True)
    assert search(X * unit + offset * unit, y).minimum is not None


def test_classes_that_touch_have_the_cost_of_the_examples_on_the_line_as_their_infimum() -> None:
    X, y = np.array([[0.0], [1.0], [2.0], [2.0], [3.0], [4.0]]), np.array([0.0, 0, 0, 1, 1, 1])
    bottom = find_bottom(X, y)
    assert bottom.why is Why.TOUCHING and bottom.minimum is None
    assert bottom.infimum == pytest.approx(2 * math.log(2) / 6)


def test_a_repeated_column_hides_neither_that_classes_can_be_separated_nor_the_least_cost() -> None:
    course, blobs = make_sample("course"), make_sample("blobs")
    assert find_bottom(np.column_stack([course.X, course.X[:, 0]]), course.y).why is Why.SEPARABLE
    alone, repeated = find_bottom(blobs.X, blobs.y), find_bottom(np.column_stack([blobs.X, blobs.X @ [1.0, 2.0]]), blobs.y)
    assert alone.minimum is not None and repeated.why is Why.FLAT
    assert repeated.infimum == pytest.approx(alone.minimum.J)
    assert repeated.near is not None and repeated.near[0].shape == (3,)
    constant = find_bottom(np.column_stack([blobs.X, np.full(200, 7.0)]), blobs.y)
    assert constant.why is Why.FLAT and constant.infimum == pytest.approx(alone.minimum.J)


def test_one_wrong_label_far_inside_the_other_class_is_enough_for_a_minimum() -> None:
    X, y = two_rows(0.3, 1, crossing=False)
    wrong = y.copy()
    wrong[int((X @ [0.6, -0.8]).argmax())] = 0.0
    assert search(X, y).why is Why.SEPARABLE and search(X, wrong).minimum is not None
