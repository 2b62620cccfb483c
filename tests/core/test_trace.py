"""Trace: rows of the true run in bounded memory, found by iteration, and never changed under whoever looks at them."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import kernels
from core.dataset import Array
from core.descent import Descent, descend
from core.samples import make_sample
from core.trace import MAX_BYTES, Mark, Trace, TraceRecorder

ROOT = Path(__file__).resolve().parent.parent.parent
COURSE = make_sample("course")
SMALL_ROWS = 40


class SmallRecorder(TraceRecorder):
    """Holds 40 rows, so that short runs are thinned."""

    def __init__(self, n: int) -> None:
        super().__init__(n, max_bytes=SMALL_ROWS * 8 * (n + 3))


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    assert kernels.wait()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("core.descent.TraceRecorder", SmallRecorder)
    yield


def run_in(chunks: Sequence[int], recorder: type[TraceRecorder] = TraceRecorder) -> Trace:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.descent.TraceRecorder", recorder)
        descent = Descent(COURSE.X, COURSE.y, alpha=0.1)
        for chunk in chunks:
            descent.advance(chunk)
    return descent.trace()


def made_up(iterations: Sequence[int]) -> Trace:
    k = np.array(iterations, dtype=np.int64)
    return Trace(k, k[:, np.newaxis] * 2.0, k + 0.5, 1.0 / (k + 1), (Mark(0, "a"), Mark(int(k[-1]), "b")))


def assert_rows_of(trace: Trace, truth: Trace) -> None:
    """Every row of `trace` stands in `truth`, which holds every iteration."""
    k = trace.iteration
    assert (truth.iteration[k] == k).all()
    assert (trace.w == truth.w[k]).all()
    assert (trace.b == truth.b[k]).all()
    assert (truth.J[k] == trace.J).all()


ascending = st.lists(st.integers(1, 1000), min_size=0, max_size=60, unique=True).map(lambda later: [0, *sorted(later)])


# Finding rows.


@settings(deadline=None)
@given(iterations=ascending, wanted=st.integers(-5, 1010))
def test_row_at_is_the_last_row_not_after_the_iteration(iterations: list[int], wanted: int) -> None:
    naive = 0
    for row, iteration in enumerate(iterations):
        if iteration <= wanted:
            naive = row
    assert made_up(iterations).row_at(wanted) == naive


@settings(deadline=None)
@given(iterations=ascending, wanted=st.one_of(st.integers(-5, 1010), st.floats(-5, 1010)))
def test_nearest_row_is_the_row_nearest_to_the_iteration(iterations: list[int], wanted: float) -> None:
    found = made_up(iterations).nearest_row(wanted)
    assert 0 <= found < len(iterations)
    assert abs(iterations[found] - wanted) == min(abs(iteration - wanted) for iteration in iterations)


@settings(deadline=None)
@given(iterations=ascending, wanted=st.integers(0, 1010))
def test_until_keeps_the_rows_and_marks_up_to_the_iteration(iterations: list[int], wanted: int) -> None:
    trace = made_up(iterations)
    cut = trace.until(wanted)
    assert cut.iteration.tolist() == [iteration for iteration in iterations if iteration <= wanted]
    assert_same_values(cut, trace, slice(len(cut)))
    assert [mark.text for mark in cut.marks] == [mark.text for mark in trace.marks if mark.iteration <= wanted]


def assert_same_values(cut: Trace, trace: Trace, rows: slice | list[int]) -> None:
    assert (cut.w == trace.w[rows]).all()
    assert (cut.b == trace.b[rows]).all()
    assert (trace.J[rows] == cut.J).all()


@settings(deadline=None)
@given(iterations=ascending, most=st.integers(8, 40))
def test_thinned_keeps_first_and_last_and_no_more_rows_than_asked(iterations: list[int], most: int) -> None:
    trace = made_up(iterations)
    thin = trace.thinned(most)
    assert len(thin) == len(trace) if len(trace) <= most else len(thin) <= most
    assert (thin.iteration[0], thin.last) == (0, trace.last)
    rows = np.flatnonzero(np.isin(trace.iteration, thin.iteration))
    assert len(rows) == len(thin)
    assert_same_values(thin, trace, rows.tolist())
    assert thin.marks == trace.marks


def test_a_run_without_turning_points_is_thinned_evenly() -> None:
    trace = made_up(range(1001))
    thin = trace.thinned(300)
    assert thin.iteration.tolist() == [*range(0, 1000, 4), 1000]
    assert (thin.stride, thin.window) == (4, 1)


def test_a_trace_knows_its_length_and_latest_iteration() -> None:
    trace = made_up([0, 3, 8])
    assert (len(trace), trace.last) == (3, 8)


# Recording.


def test_every_iteration_is_recorded_while_there_is_room() -> None:
    trace = descend(COURSE.X, COURSE.y, alpha=0.1, iterations=100_000)
    assert trace.iteration.tolist() == list(range(100_001))


def test_one_step_too_many_halves_the_rows_and_keeps_first_and_last() -> None:
    recorder = SmallRecorder(1)
    for k in range(SMALL_ROWS):
        recorder.append(k, np.array([float(k)]), 0.0, 0.0)
    full = recorder.view()
    assert full.iteration.tolist() == list(range(SMALL_ROWS))
    assert recorder.stride == 1
    recorder.append(SMALL_ROWS, np.array([float(SMALL_ROWS)]), 0.0, 0.0)
    half = recorder.view()
    assert recorder.stride == 2
    assert half.iteration.tolist() == [*range(0, SMALL_ROWS, 2), SMALL_ROWS - 1, SMALL_ROWS]
    assert half.w[:, 0].tolist() == half.iteration.tolist()


def test_the_same_iteration_is_not_recorded_twice() -> None:
    recorder = TraceRecorder(1)
    recorder.append(0, np.zeros(1), 0.0, 1.0)
    recorder.append(0, np.ones(1), 9.0, 9.0)
    assert (len(recorder.view()), recorder.view().J.tolist()) == (1, [1.0])
    recorder.append(1, np.ones(1), 0.0, 2.0)
    recorder.replace_last_J(5.0)
    assert recorder.view().J.tolist() == [1.0, 5.0]


@settings(max_examples=60, deadline=None)
@given(chunks=st.lists(st.one_of(st.integers(0, 5), st.integers(1, 300)), min_size=1, max_size=30))
def test_however_a_run_is_chopped_its_rows_are_few_true_and_spread_over_all_of_it(chunks: list[int]) -> None:
    truth = run_in([sum(chunks)])
    trace = run_in(chunks, SmallRecorder)
    assert len(trace) <= SMALL_ROWS
    assert trace.iteration[0] == 0
    assert trace.last == sum(chunks)
    assert (np.diff(trace.iteration) > 0).all()
    assert_rows_of(trace, truth)
    if sum(chunks) < SMALL_ROWS - 5:
        assert len(trace) == sum(chunks) + 1
    # Halving leaves at least half; the gaps double each time, and no part of the run is left out.
    assert np.diff(trace.iteration, prepend=0).max() <= 4 * max(1, sum(chunks) / SMALL_ROWS) * 2


def test_a_long_run_takes_bounded_memory_and_spreads_its_rows_evenly(small: None) -> None:
    descent = Descent(COURSE.X, COURSE.y, alpha=0.1)
    descent.advance(1_000_000)
    trace = descent.trace()
    assert SMALL_ROWS / 3 < len(trace) <= SMALL_ROWS
    gaps = set(np.diff(trace.iteration)[:-1].tolist())
    assert len(gaps) <= 2
    stride = max(gaps)
    assert stride & (stride - 1) == 0, "a power of two"
    assert trace.last == 1_000_000


def test_three_million_iterations_stay_within_the_budget() -> None:
    trace = descend(COURSE.X, COURSE.y, alpha=0.1, iterations=3_000_000)
    columns = (trace.iteration, trace.w, trace.b, trace.J)
    assert sum(column.nbytes for column in columns) <= MAX_BYTES
    assert len(trace) > 300_000
    assert trace.last == 3_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not tell the most memory that was taken")
@pytest.mark.parametrize("alpha", [0.1, 40.0], ids=["falling", "swinging for ever"])
def test_thinning_included_a_long_run_takes_at_most_64_MB(alpha: float) -> None:
    code = f"""if True:
        from core import kernels
        from core.descent import Descent
        from core.samples import make_sample
        def memory_kB(name):
            return int(next(line for line in open("/proc/self/status") if line.startswith(name)).split()[1])
        kernels.wait()
        data = make_sample("blobs")
        descent = Descent(data.X, data.y, alpha={alpha})
        open("/proc/self/clear_refs", "w").write("5")  # VmHWM begins anew
        before_kB = memory_kB("VmRSS")
        on_screen = None
        while len(descent.trace()) > 0 and descent.trace().stride < 8:
            descent.advance(20_000)
            on_screen = descent.trace()
        print(memory_kB("VmHWM") - before_kB)
    """
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert 16_000 < int(run.stdout) < 64 * 1024


def test_a_run_with_very_many_columns_is_thinned_and_its_rows_are_true() -> None:
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(3, 2000)), np.array([0.0, 1.0, 1.0])
    trace = descend(X, y, alpha=1e-4, iterations=5000)
    assert len(trace) < 2500
    assert trace.w.nbytes <= MAX_BYTES
    # A run short enough to be recorded whole.
    truth = descend(X, y, alpha=1e-4, iterations=1000)
    assert len(truth) == 1001
    common = trace.until(1000)
    assert len(common) > 100
    assert_rows_of(common, truth)


# What was handed out stays as it was.


def snapshot(trace: Trace) -> list[Array]:
    return [trace.iteration.copy(), trace.w.copy(), trace.b.copy(), trace.J.copy()]


def test_views_stay_as_they_were_while_the_run_goes_on_and_is_thinned(small: None) -> None:
    descent = Descent(COURSE.X, COURSE.y, alpha=0.1)
    views = []
    for chunk in (1, 20, 15, 1, 200, 2000):
        descent.advance(chunk)
        views.append((descent.trace(), snapshot(descent.trace())))
    assert [int(view.iteration[1]) for view, _ in views][:2] == [1, 1]
    assert views[-1][0].iteration[1] > 30, "thinned many times"
    for view, copies in views:
        assert all((now == then).all() for now, then in zip(snapshot(view), copies, strict=True))


def test_a_view_keeps_the_cost_it_was_handed_out_with_when_the_examples_change() -> None:
    descent = Descent(COURSE.X, COURSE.y, alpha=0.1)
    descent.advance(100)
    view, copies = descent.trace(), snapshot(descent.trace())
    descent.rebase(COURSE.X, COURSE.y, 50.0)
    assert descent.trace().J[-1] > view.J[-1]
    assert all((now == then).all() for now, then in zip(snapshot(view), copies, strict=True))


def test_a_trace_stays_as_it_was_when_another_run_continues_it() -> None:
    descent = Descent(COURSE.X, COURSE.y, alpha=0.1)
    descent.advance(100)
    trace = descent.trace()
    copies = snapshot(trace)
    other = Descent(COURSE.X, COURSE.y, alpha=0.1, lambda_=50.0, trace=trace.until(60))
    other.mark("lambda")
    other.advance(100)
    assert other.trace().J[60] != trace.J[60], "the cost there is that of the new lambda"
    assert all((now == then).all() for now, then in zip(snapshot(trace), copies, strict=True))
    assert trace.marks == ()
    descent.advance(50)
    assert descent.trace().last == 150


@pytest.mark.parametrize("chunks", [[500], [500, 1, 1], [37] * 20])
def test_a_thinned_run_that_is_continued_keeps_its_spacing(small: None, chunks: list[int]) -> None:
    before = run_in(chunks, SmallRecorder)
    descent = Descent(COURSE.X, COURSE.y, alpha=0.1, trace=before)
    descent.advance(1000)
    trace = descent.trace()
    assert len(trace) <= SMALL_ROWS
    assert (trace.iteration[0], trace.last) == (0, sum(chunks) + 1000)
    assert np.diff(trace.iteration).max() <= 8 * (sum(chunks) + 1000) / SMALL_ROWS
    truth = run_in([sum(chunks) + 1000])
    assert trace.w == pytest.approx(truth.w[trace.iteration], rel=1e-12)
