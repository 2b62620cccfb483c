"""The peaks and valleys of J stay in the trace, while a run is recorded sparsely and when it is thinned, and memory stays bounded."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import kernels, thinning
from core.dataset import Array
from core.descent import Descent, descend
from core.examples import lay_out
from core.models import MODELS
from core.recording import ROWS_AN_ITERATION, Rows
from core.samples import blobs
from core.thinning import thin, turning_points
from core.trace import Trace, TraceRecorder

CLOUDS = blobs(1, 200, 1.0, 1.2)
CYCLING, RINGING = 29.0, 28.0  # alpha: a cycle of two for ever, and one that dies out
ROWS = 120


class SmallRecorder(TraceRecorder):
    """Holds 120 rows."""

    def __init__(self, n: int) -> None:
        super().__init__(n, max_bytes=ROWS * 8 * (n + 3))


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    assert kernels.wait()


def extrema(J: Array) -> list[int]:
    """Turning points by their definition, one after the other."""
    found, rising = [], None
    for k in range(1, len(J)):
        if abs(J[k] - J[k - 1]) <= 1e-12 * abs(J[k - 1]):
            continue
        now = J[k] > J[k - 1]
        if rising is not None and now is not rising:
            found.append(k - 1)
        rising = now
    return found


def record(advance: Callable[..., tuple[int, int, bool]], alpha: float, chunks: list[int], stride: int, window: int) -> Rows:
    """The rows that a kernel leaves; chunks of updates, each ended by nothing."""
    w, (dj_dw, dj_db) = np.zeros(2), MODELS["logistic"].gradient(CLOUDS.X, CLOUDS.y, np.zeros(2), 0.0)
    scalars = np.array([0.0, np.log(2), dj_db, 0.0])
    rows = Rows(np.zeros(3000, dtype=np.int64), np.zeros((3000, 2)), np.zeros(3000), np.zeros(3000))
    examples, iteration, row = lay_out(CLOUDS.X, CLOUDS.y), 0, 1
    for chunk in chunks:
        made, row, _ = advance(examples, w, dj_dw, scalars, alpha, 0.0, 0, iteration, chunk, stride, window, rows, row)
        iteration += made
    return Rows(*(buffer[1:row] for buffer in rows))


@settings(max_examples=200, deadline=None)
@given(J=st.lists(st.sampled_from([1.0, 1.0 + 1e-14, 2.0, 3.0, 0.5]), min_size=2, max_size=40), piece=st.sampled_from([1, 2, 5, 64]))
def test_turning_points_are_where_j_changes_its_direction(J: list[float], piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thinning, "PIECE", piece)
        peaks, valleys = turning_points(np.array(J))
    assert np.flatnonzero(peaks | valleys).tolist() == extrema(np.array(J))
    assert not (peaks & valleys).any()


@pytest.mark.parametrize("alpha", [CYCLING, RINGING, 0.5])
@pytest.mark.parametrize(("stride", "window"), [(1, 1), (16, 1), (16, 4), (16, 16)])
@pytest.mark.parametrize("chunks", [[200], [1, 2, 100, 7, 90]])
def test_both_kernels_record_the_same_iterations(alpha: float, stride: int, window: int, chunks: list[int]) -> None:
    compiled, plain = (record(advance, alpha, chunks, stride, window) for advance in (kernels.current(), kernels.numpy_advance))
    assert compiled.iteration.tolist() == plain.iteration.tolist()
    assert (np.diff(compiled.iteration) > 0).all()
    assert pytest.approx(plain.J, rel=1e-6) == compiled.J


@pytest.mark.parametrize("alpha", [CYCLING, RINGING])
def test_a_sparse_recording_holds_its_stride_and_every_turning_point(alpha: float) -> None:
    truth = descend(CLOUDS.X, CLOUDS.y, alpha=alpha, iterations=600)
    rows = record(kernels.current(), alpha, [600], stride=16, window=1)
    expected = set(range(16, 601, 16)) | set(extrema(truth.J))
    assert set(rows.iteration.tolist()) == expected
    assert (truth.J[rows.iteration] == rows.J).all()
    assert (rows.w == truth.w[rows.iteration]).all()


def test_of_each_window_the_highest_peak_and_the_lowest_valley_are_recorded() -> None:
    truth = descend(CLOUDS.X, CLOUDS.y, alpha=RINGING, iterations=600)
    rows = set(record(kernels.current(), RINGING, [600], stride=16, window=16).iteration.tolist())
    turns = extrema(truth.J)
    for start in range(0, 592, 16):
        # A turning point is known one iteration later, so the last of a window counts for the next one.
        inside = [k for k in turns if start < k < start + 15]
        assert not inside or {max(inside, key=lambda k: truth.J[k]), min(inside, key=lambda k: truth.J[k])} <= rows
    assert len(rows) <= 3 * 600 / 16 + 3


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6), length=st.integers(60, 400), bends=st.integers(0, 12))
def test_thinning_keeps_every_extremum_of_a_curve_with_few_of_them(seed: int, length: int, bends: int) -> None:
    rng = np.random.default_rng(seed)
    places = np.sort(rng.choice(np.arange(1, length - 1), bends, replace=False))
    J = 10.0 + np.cumsum(np.where(np.searchsorted(places, np.arange(length), side="right") % 2, 0.01, -0.01))
    keep, stride, window = thin(np.arange(length), J, 1, 1, 50)
    assert set(extrema(J)) <= set(keep.tolist())
    assert {0, length - 1} <= set(keep.tolist())
    assert set(range(0, length, stride)) <= set(keep.tolist())
    assert len(keep) <= 50
    assert window == 1


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6), length=st.integers(60, 600))
def test_thinning_a_jagged_curve_keeps_its_least_and_greatest_cost(seed: int, length: int) -> None:
    J = np.random.default_rng(seed).uniform(1, 2, length)
    keep, stride, window = thin(np.arange(length), J, 1, 1, 50)
    assert len(keep) <= 50
    assert stride % window == 0
    assert (J[keep].min(), J[keep].max()) == (J.min(), J.max())


@pytest.mark.parametrize("alpha", [CYCLING, RINGING, 0.5])
def test_however_long_a_run_swings_its_rows_are_few_and_true(alpha: float, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = descend(CLOUDS.X, CLOUDS.y, alpha=alpha, iterations=20_000)
    monkeypatch.setattr("core.descent.TraceRecorder", SmallRecorder)
    trace = descend(CLOUDS.X, CLOUDS.y, alpha=alpha, iterations=20_000)
    assert ROWS / 4 < len(trace) <= ROWS
    assert (trace.iteration[0], trace.last) == (0, 20_000)
    assert (np.diff(trace.iteration) > 0).all()
    assert (truth.J[trace.iteration] == trace.J).all()
    assert (trace.J.min(), trace.J.max()) == pytest.approx((truth.J.min(), truth.J.max()), rel=1e-11)


def test_the_first_swings_of_a_long_calm_run_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The labels are swapped eight times, then follow a hundred thousand iterations."""

    def run() -> Trace:
        descent = Descent(CLOUDS.X, CLOUDS.y, alpha=5.0)
        for swapped in (True, False) * 4:
            descent.rebase(CLOUDS.X, 1 - CLOUDS.y if swapped else CLOUDS.y, 0.0)
            descent.advance(9)
        descent.advance(100_000)
        return descent.trace()

    truth = run()
    monkeypatch.setattr("core.descent.TraceRecorder", SmallRecorder)
    trace = run()
    assert len(extrema(truth.J)) > 12
    assert set(extrema(truth.J)) <= set(trace.iteration.tolist())
    assert len(trace) <= ROWS


def test_a_kernel_stops_where_the_rows_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    w, dj_dw, scalars = np.zeros(2), np.zeros(2), np.array([0.0, np.log(2), 0.0, 0.0])
    rows = Rows(np.zeros(20, dtype=np.int64), np.zeros((20, 2)), np.zeros(20), np.zeros(20))
    for advance in (kernels.current(), kernels.numpy_advance):
        made, row, diverged = advance(lay_out(CLOUDS.X, CLOUDS.y), w, dj_dw, scalars, 0.1, 0.0, 0, 0, 1000, 1, 1, rows, 1)
        assert (made, row, diverged) == (row - 1, 20 - ROWS_AN_ITERATION + 1, False)
