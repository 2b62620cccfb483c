"""What undo keeps of a run: few rows of a long one, found without holding up the edit, and the run's end and its turns among them."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.lanes import METHOD, Lane
from core.pinned import KEPT_ROWS
from core.trace import Trace
from core.trainer import Status
from gui.session import Session
from tests.gui.conftest import MakeSession
from tests.gui.hands import settled, train_to_the_end

ROWS = 300_000


def test_a_long_run_comes_back_thin_with_its_end(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=ROWS)
    train_to_the_end(qtbot, session)
    end = session.frame_now
    session.restart()
    settled(qtbot, session)
    assert session.frame_now.trace.last == 0
    session.undo_stack.undo()
    settled(qtbot, session)
    now = session.frame_now
    assert len(now.trace) <= KEPT_ROWS
    assert (now.trace.iteration[0], now.iteration, now.J) == (0, ROWS, pytest.approx(end.J, rel=1e-12))
    np.testing.assert_array_equal(now.w, end.w)


def brought_back(qtbot: QtBot, session: Session) -> Trace:
    """A run that was made to its end, dropped, and got back with undo."""
    train_to_the_end(qtbot, session)
    session.restart()
    settled(qtbot, session)
    session.undo_stack.undo()
    settled(qtbot, session)
    return session.frame_now.trace


@pytest.mark.parametrize("method", ["gradient", "adam"])
def test_undo_keeps_at_most_2_MB_of_a_run_however_many_columns_it_has(qtbot: QtBot, make_session: MakeSession, method: str) -> None:
    trace = brought_back(qtbot, make_session(iterations=40_000, degree=6, method=method, alpha=0.001))
    assert n_bytes(trace) <= 2_000_000
    assert trace.last == 40_000


def test_undo_keeps_at_most_2_MB_of_a_race_whose_methods_need_more_than_the_first(qtbot: QtBot, make_session: MakeSession) -> None:
    rivals = tuple(Lane(METHOD, method, slot) for slot, method in enumerate(("adam", "momentum")))
    trace = brought_back(qtbot, make_session(iterations=20_000, degree=6, alpha=0.001, rivals=rivals))
    assert len(trace.lanes) == 2
    assert sum(map(n_bytes, (trace, *trace.lanes))) <= 2_000_000


def n_bytes(trace: Trace) -> int:
    """Of the rows of a trace without its lanes."""
    return sum(array.nbytes for array in (trace.iteration, trace.w, trace.b, trace.J, trace.state) if array is not None)


def test_undo_at_once_brings_a_long_run_back_as_well(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=ROWS)
    train_to_the_end(qtbot, session)
    J = session.frame_now.J
    session.restart()
    session.undo_stack.undo()
    settled(qtbot, session)
    assert (session.frame_now.iteration, session.frame_now.J) == (ROWS, pytest.approx(J, rel=1e-12))
    assert session.status in (Status.PAUSED, Status.FINISHED)


def test_runs_dropped_while_another_is_made_thin_are_made_thin_once(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=ROWS)
    train_to_the_end(qtbot, session)
    for _ in range(6):
        session.restart()
        qtbot.wait(18)
        session.undo_stack.undo()
        qtbot.wait(12)
    settled(qtbot, session)
    assert session.frame_now.iteration == ROWS


def test_long_runs_that_are_dropped_one_after_the_other_are_all_made_thin(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=ROWS)
    ends = []
    for alpha in (0.1, 0.2):
        session.edit("α", alpha=alpha)
        train_to_the_end(qtbot, session)
        ends.append(session.frame_now.J)
        session.restart()
    settled(qtbot, session)
    for J in reversed(ends):
        session.undo_stack.undo()
        settled(qtbot, session)
        assert len(session.frame_now.trace) <= KEPT_ROWS
        assert pytest.approx(J, rel=1e-12) == session.frame_now.J
        session.undo_stack.undo()
