"""Drawing by hand: what lies under a brush, in a box or a lasso, and where a spray puts examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.drawing import in_box, in_polygon, nearest, renumbered, spray, under_stroke

GRID = np.array([[x, y] for x in range(5) for y in range(5)], dtype=np.float64)  # number = 5 x + y
EMPTY = np.empty((0, 2))


def numbers(*places: tuple[int, int]) -> list[int]:
    return sorted(5 * x + y for x, y in places)


def test_the_nearest_example_is_the_one_with_the_least_distance_in_radii() -> None:
    X = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 1.0]])
    assert nearest(X, (4.0, 0.1), (20.0, 1.0)) == 0
    assert nearest(X, (6.0, 0.1), (20.0, 1.0)) == 1
    assert nearest(X, (4.0, 0.9), (20.0, 1.0)) == 2


def test_beyond_the_radius_there_is_no_nearest_example() -> None:
    assert nearest(np.array([[0.0, 0.0]]), (1.01, 0.0), (1.0, 5.0)) is None
    assert nearest(np.array([[0.0, 0.0]]), (0.99, 0.0), (1.0, 5.0)) == 0
    assert nearest(EMPTY, (0.0, 0.0), (1.0, 1.0)) is None


def test_a_brush_that_stands_covers_an_ellipse_of_its_radii() -> None:
    assert under_stroke(GRID, (2.0, 2.0), (2.0, 2.0), (1.0, 2.0)).tolist() == numbers(
        (2, 0), (2, 1), (2, 2), (2, 3), (2, 4), (1, 2), (3, 2)
    )


def test_a_fast_stroke_leaves_no_gap_between_two_moves() -> None:
    assert under_stroke(GRID, (0.0, 1.0), (4.0, 1.0), (0.1, 0.1)).tolist() == numbers(*((x, 1) for x in range(5)))
    assert under_stroke(GRID, (0.0, 0.0), (4.0, 4.0), (0.1, 0.1)).tolist() == numbers(*((k, k) for k in range(5)))


def test_a_stroke_ends_round_and_does_not_reach_on() -> None:
    assert under_stroke(GRID, (1.0, 2.0), (2.0, 2.0), (0.9, 0.9)).tolist() == numbers((1, 2), (2, 2))


def test_far_away_examples_are_under_no_brush_and_overflow_nothing() -> None:
    X = np.array([[1e150, -1e150], [0.0, 0.0]])
    assert under_stroke(X, (0.0, 0.0), (1e-10, 1e-10), (1e-9, 1e-9)).tolist() == [1]
    assert nearest(X, (0.0, 0.0), (1e-9, 1e-9)) == 1


@pytest.mark.parametrize("corners", [((1, 1), (3, 2)), ((3, 2), (1, 1)), ((1, 2), (3, 1))])
def test_a_box_is_the_same_from_whichever_corner_it_is_drawn(corners: tuple[tuple[int, int], tuple[int, int]]) -> None:
    assert in_box(GRID, *corners).tolist() == numbers(*((x, y) for x in (1, 2, 3) for y in (1, 2)))


def test_a_lasso_around_a_triangle_takes_what_is_in_it() -> None:
    assert in_polygon(GRID, [(-0.5, -0.5), (4.5, -0.5), (-0.5, 4.5)]).tolist() == numbers(
        *((x, y) for x in range(5) for y in range(5 - x) if x + y < 4)
    )


def test_a_lasso_in_the_shape_of_a_u_leaves_out_what_is_between_its_arms() -> None:
    u = [(-0.5, -0.5), (4.5, -0.5), (4.5, 4.5), (2.5, 4.5), (2.5, 0.5), (1.5, 0.5), (1.5, 4.5), (-0.5, 4.5)]
    assert in_polygon(GRID, u).tolist() == numbers(*((x, y) for x in range(5) for y in range(5) if x != 2 or y == 0))


def test_where_a_lasso_crosses_itself_twice_around_is_outside() -> None:
    twice = [(-1, -1), (5, -1), (5, 5), (-1, 5), (-1, -1), (0.5, 0.5), (3.5, 0.5), (3.5, 3.5), (0.5, 3.5), (0.5, 0.5)]
    assert set(in_polygon(GRID, twice).tolist()) == set(range(25)) - set(numbers(*((x, y) for x in (1, 2, 3) for y in (1, 2, 3))))


@pytest.mark.parametrize("corners", [[], [(0, 0)], [(0, 0), (4, 4)], [(1, 1), (1, 1), (1, 1)]])
def test_a_lasso_around_nothing_takes_nothing(corners: list[tuple[int, int]]) -> None:
    assert in_polygon(GRID, corners).tolist() == []


def test_a_lasso_on_an_empty_plane_takes_nothing() -> None:
    assert in_polygon(EMPTY, [(0, 0), (1, 0), (0, 1)]).tolist() == []
    assert in_box(EMPTY, (0, 0), (1, 1)).tolist() == []


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=3, max_size=12), st.integers(0, 2**32 - 1))
def test_a_lasso_agrees_with_counting_the_edges_to_the_right_one_by_one(corners: list[tuple[float, float]], seed: int) -> None:
    X = np.random.default_rng(seed).uniform(-6, 6, (40, 2))
    inside = []
    for row, (x, y) in enumerate(X.tolist()):
        crossed = 0
        for (x_0, y_0), (x_1, y_1) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if (y_0 <= y) != (y_1 <= y):
                crossed += x < x_0 + (y - y_0) / (y_1 - y_0) * (x_1 - x_0)
        if crossed % 2:
            inside.append(row)
    assert in_polygon(X, corners).tolist() == inside


def test_a_spray_stays_in_its_circle_and_is_densest_in_the_middle() -> None:
    X = spray(np.random.default_rng(1), (3.0, -2.0), (3.0, -2.0), (2.0, 0.5), 20_000)
    distance = np.hypot(*((X - (3.0, -2.0)) / (2.0, 0.5)).T)
    assert distance.max() <= 1.0
    inner, outer = np.mean(distance < 0.5), np.mean(distance >= 0.5)
    assert inner == pytest.approx((1 - np.exp(-0.5)) / (1 - np.exp(-2)), abs=0.02), "no Gaussian of half the radius"
    assert inner / 0.25 > outer / 0.75
    assert X.mean(axis=0) == pytest.approx([3.0, -2.0], abs=0.03)


def test_a_spray_along_a_way_is_spread_over_all_of_it() -> None:
    X = spray(np.random.default_rng(1), (0.0, 0.0), (10.0, 0.0), (1.0, 1.0), 10_000)
    counts, _ = np.histogram(X[:, 0], bins=5, range=(0, 10))
    assert counts.min() > 1_500
    assert np.abs(X[:, 1]).max() <= 1.0


def test_the_same_generator_sprays_the_same_examples() -> None:
    one, other = (spray(np.random.default_rng(7), (0, 0), (1, 1), (1, 1), 5) for _ in range(2))
    assert one.tolist() == other.tolist()
    assert spray(np.random.default_rng(7), (0, 0), (1, 1), (1, 1), 0).shape == (0, 2)


def test_numbers_after_some_are_gone() -> None:
    rows, removed = np.array([0, 2, 5, 9]), np.array([1, 2, 8])
    assert renumbered(rows, removed).tolist() == [0, 3, 6]
    kept = np.delete(np.arange(10), removed)
    assert kept[renumbered(rows, removed)].tolist() == [0, 5, 9]
    assert renumbered(np.empty(0, dtype=np.intp), removed).tolist() == []
