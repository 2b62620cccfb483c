"""Pace: how many iterations are due at a moment of playing."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.pace import FILM, FILM_S, FIRST_RATE, Pace, due, film_iteration, film_time, wait_s

runs = st.integers(1, 10**9)
PAINT_S = 1 / 60


@settings(deadline=None)
@given(iterations=runs, first_s=st.floats(0, 12), later_s=st.floats(0, 12))
def test_the_film_never_goes_back(iterations: int, first_s: float, later_s: float) -> None:
    first_s, later_s = sorted((first_s, later_s))
    assert film_iteration(first_s, iterations) <= film_iteration(later_s, iterations)
    if later_s - first_s > 1e-3:
        assert film_iteration(first_s, iterations) < film_iteration(later_s, iterations)


@settings(deadline=None)
@given(iterations=runs, share=st.floats(0, 1))
def test_film_time_is_the_inverse_of_film_iteration(iterations: int, share: float) -> None:
    iteration = share * iterations
    assert film_iteration(film_time(iteration, iterations), iterations) == pytest.approx(iteration, rel=1e-6, abs=1e-9)
    time_s = share * FILM_S
    assert film_time(film_iteration(time_s, iterations), iterations) == pytest.approx(time_s, rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(iterations=runs)
def test_the_film_begins_at_zero_and_shows_the_last_iteration_at_ten_seconds(iterations: int) -> None:
    assert film_iteration(0.0, iterations) == 0.0
    if iterations >= FIRST_RATE * FILM_S:
        assert film_iteration(FILM_S, iterations) == pytest.approx(iterations, rel=1e-3)
    else:
        # A short run is over earlier: no iteration is shown longer than a quarter of a second.
        assert film_time(iterations, iterations) == pytest.approx(iterations / FIRST_RATE)


@pytest.mark.parametrize("iterations", [100, 10_000, 1_000_000, 10**9])
def test_the_film_is_exact_for_the_usual_runs(iterations: int) -> None:
    assert film_iteration(FILM_S, iterations) == pytest.approx(iterations, rel=1e-9)


@settings(deadline=None)
@given(iterations=runs)
def test_the_film_shows_the_first_ten_iterations_one_by_one(iterations: int) -> None:
    """Between two paints, 60 in a second, it never goes on by more than one; the first one takes about a quarter of a second."""
    moments = [paint * PAINT_S for paint in range(int(film_time(min(10, iterations), iterations) / PAINT_S) + 1)]
    shown = [int(film_iteration(moment, iterations)) for moment in moments]
    assert set(shown) >= set(range(min(10, iterations)))
    assert film_time(1, iterations) == pytest.approx(1 / FIRST_RATE, rel=0.25)


@settings(deadline=None)
@given(iterations=st.integers(41, 10**9), moment_s=st.floats(0, 9))
def test_the_film_only_gets_faster(iterations: int, moment_s: float) -> None:
    earlier, middle, later = (film_iteration(moment_s + step, iterations) for step in (0.0, 0.5, 1.0))
    assert later - middle >= (middle - earlier) * (1 - 1e-6)


def test_neighbouring_lengths_of_a_run_have_nearly_the_same_film() -> None:
    """Also at 40, where the constant rate becomes a growing one."""
    for iterations in range(2, 200):
        for moment_s in (0.5, 2.0, 5.0, 9.0):
            assert film_iteration(moment_s, iterations + 1) == pytest.approx(film_iteration(moment_s, iterations), rel=0.05)


@settings(deadline=None)
@given(iterations=runs, share=st.floats(0, 0.999), pause_s=st.floats(0, 5))
def test_a_film_resumed_in_the_middle_goes_on_where_it_was(iterations: int, share: float, pause_s: float) -> None:
    start = int(share * iterations)
    assert due(FILM, start, 0.0, iterations) == pytest.approx(start, rel=1e-6, abs=1e-9)
    uncut = film_iteration(film_time(start, iterations) + pause_s, iterations)
    assert due(FILM, start, pause_s, iterations) == pytest.approx(uncut, rel=1e-6, abs=1e-9)
    rest_s = film_time(iterations, iterations) - film_time(start, iterations)
    assert due(FILM, start, rest_s, iterations) == pytest.approx(iterations, rel=1e-6)


def test_a_film_left_running_for_hours_is_still_a_number() -> None:
    assert film_iteration(1e5, 10**9) < inf
    assert due(FILM, 10**9, 1e5, 10**9) >= 10**9


@settings(deadline=None)
@given(pace=st.floats(0.1, 1e9), start=st.integers(0, 10**9), elapsed_s=st.floats(0, 1e4))
def test_a_number_is_iterations_per_second(pace: float, start: int, elapsed_s: float) -> None:
    assert due(pace, start, elapsed_s, 10**9) == start + pace * elapsed_s


def test_no_pace_is_as_fast_as_it_goes() -> None:
    assert due(None, 5, 0.0, 10) == inf


@settings(deadline=None)
@given(
    pace=st.one_of(st.just(FILM), st.floats(0.1, 1e6)),
    iterations=runs,
    share=st.floats(0, 0.999),
    ahead=st.integers(1, 1000),
    elapsed_s=st.floats(0, 5),
)
def test_after_the_wait_the_iteration_is_due_and_not_much_earlier(
    pace: Pace, iterations: int, share: float, ahead: int, elapsed_s: float
) -> None:
    start = int(share * iterations)
    pause_s = wait_s(pace, start, elapsed_s, iterations, start + ahead)
    assert pause_s >= 0.001
    assert due(pace, start, elapsed_s + pause_s, iterations) >= (start + ahead) * (1 - 1e-6) - 1e-6
    if pause_s > 0.001:
        assert due(pace, start, elapsed_s + 0.999 * pause_s - 1e-4, iterations) < start + ahead


def test_as_fast_as_it_goes_hardly_waits() -> None:
    assert 0 < wait_s(None, 5, 0.0, 10, 6) <= 0.002
