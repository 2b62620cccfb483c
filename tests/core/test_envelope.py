"""The envelope of the cost curve: the same as one made by hand of all rows, however the rows came."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset import Array
from core.envelope import BUCKETS, PARTS, Envelope
from core.trace import Trace, TraceRecorder

KINDS = [{"log_x": log_x, "log_J": log_J} for log_x in (False, True) for log_J in (False, True)]
MOST = 2 * BUCKETS + 2


def trace_of(iteration: Array, J: Array) -> Trace:
    rows = len(J)
    return Trace(np.asarray(iteration, dtype=np.int64), np.zeros((rows, 1)), np.zeros(rows), np.asarray(J, dtype=np.float64))


def bucket_of(iteration: int, log_x: bool) -> int:
    """The finest bucket of an iteration, in whole numbers: k lies in part p of a doubling when 2^p ≤ k^PARTS < 2^(p + 1)."""
    return (iteration**PARTS).bit_length() - 1 if log_x else iteration


def by_hand(trace: Trace, log_x: bool, log_J: bool) -> list[tuple[float, float]]:
    """The envelope, bucket by bucket and row by row."""
    rows = [(int(k), float(J)) for k, J in zip(trace.iteration, trace.J, strict=True)]
    usable = [(k, J) for k, J in rows if np.isfinite(J) and (J > 0 or not log_J) and (k > 0 or not log_x)]
    inner = [row for row in usable if row[0] < trace.last]
    shift = 0
    while inner and bucket_of(inner[-1][0], log_x) >> shift >= BUCKETS:
        shift += 1
    buckets: dict[int, list[tuple[int, float]]] = {}
    for row in inner:
        buckets.setdefault(bucket_of(row[0], log_x) >> shift, []).append(row)
    kept = {usable[0], usable[-1]} if usable else set()
    for group in buckets.values():
        kept |= {min(group, key=lambda row: row[1]), max(group, key=lambda row: row[1])}
    return sorted(kept)


def pairs(points: tuple[Array, Array]) -> list[tuple[float, float]]:
    return list(zip(points[0].tolist(), points[1].tolist(), strict=True))


J_VALUES = st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0, 7.5, -1.0, np.inf, np.nan]) | st.floats(1e-6, 1e6)
PORTIONS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from([1, 1, 2, 7, 1000]), st.integers(0, 2**31), st.booleans()), max_size=8)


@given(portions=PORTIONS, special=st.lists(J_VALUES, max_size=5), kind=st.sampled_from(KINDS), max_rows=st.sampled_from([64, 300, 4000]))
def test_rows_that_come_in_portions_give_the_envelope_of_the_whole(
    portions: list[tuple[int, int, int, bool]], special: list[float], kind: dict[str, bool], max_rows: int
) -> None:
    """Exactly that, while the trace is not thinned; after that a curve of true rows that shows no less."""
    recorder = TraceRecorder(1, max_bytes=8 * 4 * max_rows)
    every_row: set[tuple[float, float]] = {(0.0, 1.0)}
    envelope = Envelope(**kind)
    iteration = 0
    recorder.append(0, np.zeros(1), 0.0, 1.0)
    for rows, gap, seed, changed in portions:
        rng = np.random.default_rng(seed)
        for J in [*rng.choice([0.5, 1.0, rng.uniform(), rng.uniform()], rows), *special]:
            iteration += int(rng.integers(1, gap + 1))
            recorder.append(iteration, np.zeros(1), 0.0, float(J))
            every_row.add((float(iteration), float(J)))
        if changed:
            recorder.replace_last_J(3.0)
            every_row.add((float(iteration), 3.0))
        trace = recorder.view()
        drawn, expected = pairs(envelope.points(trace)), by_hand(trace, **kind)
        if trace.stride == 1:
            assert drawn == expected
            continue
        assert set(drawn) <= every_row
        assert [k for k, _ in drawn] == sorted({k for k, _ in drawn})
        if expected:
            assert drawn[0][0] <= expected[0][0]
            assert drawn[-1] == expected[-1]
            assert min(J for _, J in drawn) <= min(J for _, J in expected)
            assert max(J for _, J in drawn) >= max(J for _, J in expected)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [1, 2, 3, 2 * BUCKETS, 2 * BUCKETS + 1, 5000, 100_003])
def test_both_ends_and_the_extremes_are_kept_in_their_order_and_in_few_points(rows: int, kind: dict[str, bool]) -> None:
    rng = np.random.default_rng(rows)
    J = 1.0 + rng.uniform(size=rows)
    J[rng.integers(1, rows) if rows > 1 else 0] = 9.0
    J[rng.integers(1, rows) if rows > 1 else 0] = 0.01
    trace = trace_of(np.arange(1, rows + 1) * 4, J)
    iteration, drawn = Envelope(**kind).points(trace)
    assert len(iteration) == len(drawn) <= MOST
    assert (iteration[0], iteration[-1]) == (4, trace.last)
    assert (drawn[0], drawn[-1]) == (J[0], J[-1])
    assert (drawn.min(), drawn.max()) == (J.min(), J.max())
    assert (np.diff(iteration) > 0).all()


@pytest.mark.parametrize("last", [1_000_000, 1_000_000_000])
def test_every_decade_of_a_long_run_has_its_share_of_a_logarithmic_axis(last: int) -> None:
    iteration = np.unique(
        np.concatenate([np.arange(2000), np.linspace(0, last, 500_000).astype(np.int64), np.geomspace(1, last, 500_000).astype(np.int64)])
    )
    drawn, _ = Envelope(log_x=True).points(trace_of(iteration, 1.0 / (1.0 + iteration)))
    for decade in range(1, 6):
        assert np.count_nonzero((drawn >= 10**decade) & (drawn < 10 ** (decade + 1))) > 40
    assert len(drawn) <= MOST


@pytest.mark.parametrize("at", [3, 170, 90_001])
def test_a_peak_of_a_single_row_is_seen_wherever_it_is_on_logarithmic_axes(at: int) -> None:
    J = 1.0 / (1.0 + np.arange(200_000.0))
    J[at] = 5.0
    drawn = pairs(Envelope(log_x=True, log_J=True).points(trace_of(np.arange(200_000), J)))
    assert (at, 5.0) in drawn


def test_the_envelope_of_a_falling_curve_falls() -> None:
    _, drawn = Envelope().points(trace_of(np.arange(50_000), 1 / (1 + np.arange(50_000.0))))
    assert (np.diff(drawn) < 0).all()


def test_only_new_rows_are_looked_at_when_the_run_goes_on() -> None:
    J = np.linspace(2.0, 1.0, 30_000)
    iteration, zeros = np.arange(30_000), np.zeros(30_000)
    envelope = Envelope()
    envelope.points(Trace(iteration[:20_000], zeros[:20_000, None], zeros[:20_000], J[:20_000]))
    J[5_000] = 100.0  # nobody does that to rows that were published; here it shows whether they are read again
    drawn = pairs(envelope.points(Trace(iteration, zeros[:, None], zeros, J)))
    assert max(J for _, J in drawn) == 2.0
    assert drawn[-1] == (29_999, 1.0)


def test_an_earlier_part_of_a_run_another_run_and_a_changed_last_row_are_taken_anew() -> None:
    recorder = TraceRecorder(1)
    for k in range(3000):
        recorder.append(k, np.zeros(1), 0.0, 1.0 + (k % 7))
    envelope = Envelope()
    whole = recorder.view()
    other = trace_of(np.arange(3000), np.linspace(4.0, 0.1, 3000))
    for trace in (whole, whole.until(1200), whole, other, whole, whole.thinned(500)):
        assert pairs(envelope.points(trace)) == by_hand(trace, False, False)
    recorder.replace_last_J(50.0)
    recorder.append(3000, np.zeros(1), 0.0, 1.0)
    trace = recorder.view()
    assert (2999, 50.0) in pairs(envelope.points(trace))
    assert pairs(envelope.points(trace)) == by_hand(trace, False, False)


def test_rows_without_a_number_leave_no_points() -> None:
    for kind in KINDS:
        iteration, J = Envelope(**kind).points(trace_of(np.arange(3), np.full(3, np.nan)))
        assert len(iteration) == len(J) == 0
