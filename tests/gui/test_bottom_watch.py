"""The bottom of J that views share: found after an edit, never of another J than the one in force, and never in the way of the hand."""

import threading
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import core.bottom
from core import kernels
from core.bottom import Why, find_bottom
from core.dataset import Dataset
from core.models import MODELS
from core.samples import make_sample
from gui import bottom_watch
from gui.session import Session
from tests.gui.conftest import MakeSession
from tests.gui.hands import LONG_MS, settled


@pytest.fixture
def clouds(qtbot: QtBot, make_session: MakeSession) -> Session:
    """Two clouds that overlap, their bottom known."""
    session = make_session(make_sample("blobs"))
    settled(qtbot, session)
    return session


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """The threads that looked for a bottom since."""
    seen: list[threading.Thread] = []
    monkeypatch.setattr(core.bottom, "find_bottom", lambda *given: (seen.append(threading.current_thread()), find_bottom(*given))[1])
    return seen


def test_the_bottom_of_two_clouds_is_that_of_the_classroom(clouds: Session) -> None:
    bottom = clouds.bottom.now
    assert bottom is not None and bottom.minimum is not None and bottom.curvature is not None and bottom.safe_alpha is not None
    assert pytest.approx(0.1649, abs=5e-5) == bottom.minimum.J
    assert bottom.curvature.edge == pytest.approx(28.07, abs=0.005)
    assert 0 < bottom.safe_alpha < bottom.curvature.edge
    assert clouds.bottom.raw is bottom, "nothing is scaled"


def test_separable_points_have_a_reason_instead(qtbot: QtBot, session: Session) -> None:
    settled(qtbot, session)
    assert session.bottom.now is not None
    assert (session.bottom.now.minimum, session.bottom.now.why) == (None, Why.SEPARABLE)


@pytest.mark.parametrize("change", [{"lambda_": 1.0}, {"model": "linear"}, {"degree": 2}, {"scaling": "zscore"}])
def test_an_edit_of_J_drops_it_at_once_and_it_is_found_again(qtbot: QtBot, clouds: Session, change: dict[str, Any]) -> None:
    seen: list[object] = []
    clouds.experiment_changed.connect(lambda: seen.append(clouds.bottom.now))
    before = clouds.bottom.now
    clouds.edit("J", **change)
    assert seen == [None], "whoever shows the experiment must not find the bottom of another one"
    settled(qtbot, clouds)
    assert clouds.bottom.now is not None and before is not None
    minimum = clouds.bottom.now.minimum
    assert minimum is not None
    experiment = clouds.experiment
    gradient = MODELS[experiment.model].gradient(experiment.columns(), experiment.dataset.y, minimum.w, minimum.b, experiment.lambda_)
    assert np.abs(np.append(*gradient)).max() < 1e-8
    clouds.undo_stack.undo()
    assert clouds.bottom.now is before, "what was found once is known at once"


def test_what_leaves_J_as_it_is_keeps_it_and_costs_nothing(qtbot: QtBot, clouds: Session, searches: list[threading.Thread]) -> None:
    before = clouds.bottom.now
    clouds.edit("α", alpha=3.0)
    clouds.edit("end", iterations=20)
    clouds.edit("start", start=(1.0, 1.0, 0.0))
    clouds.edit("names", dataset=clouds.experiment.dataset.renamed(features=("width", "height")))
    clouds.step(5)
    settled(qtbot, clouds)
    clouds.edit("α", alpha=0.3)
    clouds.restart()
    settled(qtbot, clouds)
    assert clouds.bottom.now is before and searches == []


def test_a_drag_costs_nothing_until_the_hand_rests(
    qtbot: QtBot, clouds: Session, searches: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bottom_watch, "WAIT_MS", 100_000)
    for step in range(30):
        clouds.edit_points("move", clouds.experiment.dataset.with_moved(0, [0.1 * step, 1.0]), merge="drag")
    qtbot.waitUntil(lambda: not clouds.live.busy, timeout=LONG_MS)
    assert clouds.bottom.waiting and clouds.computing and searches == []
    monkeypatch.setattr(bottom_watch, "WAIT_MS", 0)
    clouds.edit_points("move", clouds.experiment.dataset.with_moved(0, [0.0, 1.0]), merge="drag")
    settled(qtbot, clouds)
    assert len(searches) == 1 and searches[0] is not threading.main_thread()


def test_views_hear_of_each_change_once(qtbot: QtBot, clouds: Session) -> None:
    seen: list[tuple[bool, bool]] = []
    clouds.bottom.changed.connect(lambda: seen.append((clouds.bottom.now is not None, clouds.bottom.raw is not None)))
    clouds.edit("scaling", scaling="zscore")
    clouds.edit("λ", lambda_=1.0)
    settled(qtbot, clouds)
    assert seen == [(False, False), (True, False), (True, True)]
    assert clouds.bottom.raw is not None and clouds.bottom.raw.minimum is not None
    data = clouds.experiment.dataset
    alone = find_bottom(data.X, data.y, "logistic", 1.0).minimum
    assert alone is not None and pytest.approx(alone.J) == clouds.bottom.raw.minimum.J


def test_no_examples_and_numbers_too_large_are_reasons_too(qtbot: QtBot, session: Session) -> None:
    session.edit("none", dataset=Dataset(np.empty((0, 2)), np.empty(0)))
    settled(qtbot, session)
    assert session.bottom.now is not None and session.bottom.now.why is Why.NO_EXAMPLES
    session.edit("large", dataset=Dataset(np.array([[1e149, 1.0], [-1e149, 2.0], [1e140, -1e149]]), np.array([0.0, 1.0, 0.0])))
    settled(qtbot, session)
    assert session.bottom.now is not None and session.bottom.now.minimum is None


def test_many_examples_wait_for_the_compiled_kernel_where_it_may_still_come(
    qtbot: QtBot, make_session: MakeSession, searches: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    many = Dataset(rng.normal(size=(30_000, 2)), rng.integers(0, 2, 30_000).astype(float))
    compiled = kernels.slopes
    monkeypatch.setattr(kernels, "slopes", lambda: None)
    monkeypatch.setattr(kernels, "preparing", lambda: True)
    few = make_session()
    settled(qtbot, few)
    assert len(searches) == 1, "a few examples need not wait"
    session = make_session(many)
    turns: list[None] = []
    session.bottom._timer.timeout.connect(lambda: turns.append(None))
    qtbot.waitUntil(lambda: len(turns) > 3)
    assert len(searches) == 1 and session.bottom.now is None and session.bottom.waiting
    monkeypatch.setattr(kernels, "slopes", compiled)
    settled(qtbot, session)
    assert len(searches) == 2 and session.bottom.now is not None and session.bottom.now.minimum is not None


def test_it_stops_with_the_session(qtbot: QtBot, make_session: MakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bottom_watch, "WAIT_MS", 100_000)
    session = make_session()
    assert session.bottom.waiting
    session.close()
    assert not session.bottom.waiting and not session.computing
