"""Rows of a run lie in memory that may have been another run's, but never in memory that somebody still reads."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from core import row_memory
from core.descent import Descent
from core.recording import Rows
from core.samples import make_sample

SIX = make_sample("course")


def descent(alpha: float) -> Descent:
    return Descent(SIX.X, SIX.y, alpha=alpha)


def address(rows: Rows) -> int:
    return int(rows.w.__array_interface__["data"][0])


def test_memory_that_nobody_holds_is_taken_again() -> None:
    first = address(row_memory.take(1000, 2))
    assert address(row_memory.take(1000, 2)) == first


def test_rows_of_another_shape_get_memory_of_their_own() -> None:
    held = row_memory.take(1000, 2)
    others = row_memory.take(1000, 3), row_memory.take(999, 2)
    assert [rows.w.shape for rows in others] == [(1000, 3), (999, 2)]
    assert address(held) not in [address(rows) for rows in others]


def test_a_view_of_one_array_keeps_all_of_its_rows() -> None:
    for name in Rows._fields:
        kept = getattr(row_memory.take(1000, 2), name)[:5]
        kept[:] = 7
        for _ in range(3):
            for array in row_memory.take(1000, 2):
                array[:] = 1
        assert (kept == 7).all(), name


def test_a_trace_on_screen_outlives_its_run() -> None:
    run = descent(0.1)
    run.advance(500)
    seen = run.trace()
    w, J = seen.w.copy(), seen.J.copy()
    del run
    others = [descent(alpha) for alpha in (0.5, 1.0, 2.0)]
    for other in others:
        other.advance(500)
    np.testing.assert_array_equal(seen.w, w)
    np.testing.assert_array_equal(seen.J, J)


def test_two_threads_never_get_the_same_memory() -> None:
    def fill(mark: int) -> bool:
        good = True
        for _ in range(200):
            rows = row_memory.take(2000, 2)
            rows.b[:] = mark
            rows.w[:] = mark
            good = good and bool((rows.b == mark).all() and (rows.w == mark).all())
        return good

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(fill, range(4)))


def test_rows_that_were_thinned_are_given_back() -> None:
    held = row_memory.take(3000, 2)
    before = row_memory.remembered_bytes()
    row_memory.forget(held)
    assert row_memory.remembered_bytes() == before - sum(array.nbytes for array in held)


def test_no_more_is_remembered_than_a_run_may_take() -> None:
    for n in range(1, 12):
        row_memory.take(2**22 // (n + 3), n)
    assert row_memory.remembered_bytes() <= row_memory.KEPT_BYTES
