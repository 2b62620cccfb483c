"""The path of the other rule is there while the run updates one parameter after the other, and goes when it does not."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.descent import descend
from core.samples import blobs
from gui.other_path import OtherPath
from gui.session import Session
from tests.gui.conftest import MakeSession


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    """Scenario 9."""
    return make_session(blobs(1, 200, 1, 1.2), alpha=3.0, iterations=500)


def test_the_simultaneous_path_comes_with_the_other_rule_and_goes_with_it(qtbot: QtBot, session: Session) -> None:
    other = OtherPath(session)
    with qtbot.waitSignal(other.changed) as came:
        session.edit("Rule", update="sequential")
    w, b, label = came.args
    data = session.experiment.dataset
    run = descend(data.X, data.y, alpha=3.0, iterations=500)
    np.testing.assert_array_equal(w, run.w)
    np.testing.assert_array_equal(b, run.b)
    assert label == "simultaneous"
    with qtbot.waitSignal(other.changed) as gone:
        session.undo_stack.undo()
    assert len(gone.args[1]) == 0


def test_another_alpha_makes_another_path(qtbot: QtBot, session: Session) -> None:
    other = OtherPath(session)
    with qtbot.waitSignal(other.changed) as first:
        session.edit("Rule", update="sequential")
    with qtbot.waitSignal(other.changed) as second:
        session.edit("Alpha", alpha=0.1)
    assert not np.allclose(first.args[0][1], second.args[0][1])


def test_without_examples_there_is_no_path(qtbot: QtBot, session: Session) -> None:
    other = OtherPath(session)
    with qtbot.waitSignal(other.changed):
        session.edit("Rule", update="sequential")
    with qtbot.waitSignal(other.changed) as gone:
        session.edit("Erase", dataset=session.experiment.dataset.without(range(200)))
    assert len(gone.args[1]) == 0
