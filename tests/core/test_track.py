"""The track: the whole path with a bounded number of pieces, whatever the portions in which its rows come."""

import numpy as np
import pytest

from core.dataset import Array
from core.landscape import Plane
from core.trace import Mark, Trace, TraceRecorder
from core.track import CELLS, MOST_PIECES, Track

HOME = (-1.0, 1.0)


def trace(points: Array, rows: int | None = None, run: object = None) -> Trace:
    """The first rows of a run whose w is (r, 2) points and whose b is 0."""
    r = len(points) if rows is None else rows
    return Trace(np.arange(len(points))[:r], points[:r], np.zeros(len(points))[:r], np.ones(len(points))[:r], run=run)


def spiral(rows: int) -> Array:
    angle = np.linspace(0, 12, rows)
    return np.column_stack([np.cos(angle), np.sin(angle)]) * np.linspace(0.9, 0, rows)[:, np.newaxis]


def track(*traces: Trace) -> Track:
    made = Track(Plane(0, 1), HOME, HOME)
    for one in traces:
        made.take(one)
    return made


def test_rows_in_the_same_cell_are_one_and_the_path_is_joined() -> None:
    points = spiral(100_000)
    made = track(trace(points))
    assert 500 < len(made.end) <= MOST_PIECES
    gaps = np.abs(made.begin[1:] - made.end[:-1]).max(axis=1)
    assert (gaps > 0).mean() < 0.05
    assert gaps.max() <= 2 * (HOME[1] - HOME[0]) / (CELLS / 2), "less than a pixel, where pieces have merged"
    assert (made.begin[0] == points[0]).all()
    assert (np.diff(made.iteration) > 0).all()
    assert (points[made.iteration] == made.end).all()


def test_a_path_with_few_pieces_is_joined_all_the_way() -> None:
    made = track(trace(spiral(100_000)[60_000:]))
    assert 500 < len(made.end) <= MOST_PIECES
    assert (made.begin[1:] == made.end[:-1]).all()


def test_the_portions_in_which_it_comes_make_no_difference() -> None:
    run, points = object(), spiral(5_000)
    whole = track(trace(points, run=run))
    parts = track(*(trace(points, rows, run) for rows in (1, 2, 3, 700, 701, 5_000)))
    assert np.array_equal(whole.end, parts.end)
    assert np.array_equal(whole.begin, parts.begin)
    assert np.array_equal(whole.iteration, parts.iteration)
    assert np.array_equal([whole.low, whole.high], [points.min(axis=0), points.max(axis=0)])


def test_what_was_seen_stays_when_the_trace_is_thinned() -> None:
    recorder = TraceRecorder(2, max_bytes=8 * 5 * 300)
    made = Track(Plane(0, 1), HOME, HOME)
    points = spiral(2_000)
    for k, point in enumerate(points):
        if k % recorder.stride == 0:
            recorder.append(k, point, 0.0, 1.0 / (k + 1))
        if k % 50 == 49:
            made.take(recorder.view())
    assert recorder.stride > 1
    assert len(made.end) > len(recorder.view())
    assert (points[made.iteration] == made.end).all()


def test_a_run_that_swings_for_ever_has_a_bounded_number_of_pieces_that_reach_as_far() -> None:
    rng = np.random.default_rng(0)
    for points in (np.tile([[-0.5, 0.1], [0.5, 0.2]], (50_000, 1)), rng.uniform(-0.9, 0.9, (60_000, 2))):
        made = track(trace(points))
        assert len(made.end) <= MOST_PIECES
        assert np.concatenate([made.begin, made.end]).max() == pytest.approx(points.max(), abs=0.1)
    assert len(track(trace(np.tile([[-0.5, 0.1], [0.5, 0.2]], (50_000, 1)))).end) <= MOST_PIECES


def test_another_run_begins_anew() -> None:
    made = track(trace(spiral(500), run=object()))
    generation = made.generation
    other = -spiral(40)
    made.take(trace(other, run=object()))
    assert made.generation != generation
    assert (made.start == other[0]).all()
    assert (made.high == other.max(axis=0)).all()


def test_rows_beyond_every_picture_are_left_out() -> None:
    points = spiral(100)
    points[60:] = np.inf
    points[61] = np.nan
    made = track(trace(points))
    assert np.isfinite([made.low, made.high]).all()
    assert made.iteration.max() < 60


def test_a_frame_costs_the_same_however_long_the_run() -> None:
    points, run = spiral(400_000), object()
    made = track(trace(points, 399_000, run))
    looked_at: list[int] = []
    take = made._take
    made._take = lambda iteration, part: (looked_at.append(part.shape[1]), take(iteration, part))[1]  # type: ignore[method-assign]
    made.take(trace(points, 399_010, run))
    assert looked_at == [10]


def test_w_b_moved_by_hand_leave_a_mark_and_the_old_trace_as_it_was() -> None:
    before = trace(spiral(10))
    after = before.moved(np.array([5.0, 6.0]), 7.0, "Move")
    assert after.w[-1].tolist() == [5.0, 6.0]
    assert after.b[-1] == 7.0
    assert np.isnan(after.J[-1])
    assert after.marks == (Mark(9, "Move"),)
    assert before.w[-1].tolist() == spiral(10)[-1].tolist()
    assert not after.goes_on_from(before)
