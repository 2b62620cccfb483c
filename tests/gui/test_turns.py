"""While it trains views show a frame in turn, and the event loop goes round between two of them; what a hand does is shown at once."""

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.experiment import MAX_ITERATIONS
from core.frame import Frame
from gui.session import Session
from gui.turns import Turns
from gui.view import View
from tests.gui.conftest import MakeSession
from tests.gui.hands import iterated, train_to_the_end


class Probe(View):
    """Keeps what it is shown."""

    def __init__(self, session: Session, log: list[tuple[str, Frame]], name: str) -> None:
        super().__init__(session, name)
        self.log, self.name = log, name

    def show_frame(self, frame: Frame) -> None:
        self.log.append((self.name, frame))


def end(probes: list[Probe]) -> None:
    for probe in probes:
        probe.deleteLater()


@pytest.fixture
def turns() -> Iterator[Turns]:
    made = Turns()
    yield made
    made.close()


def test_a_timer_that_comes_due_meanwhile_goes_before_the_next_in_turn(qtbot: QtBot, turns: Turns) -> None:
    log: list[str] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: log.append("timer"))

    def show(name: str) -> None:
        timer.start(1)
        log.append(name)
        time.sleep(0.005)

    def first() -> None:
        show("first")

    def second() -> None:
        show("second")

    a, b = QObject(), QObject()
    turns.ask(a, first)
    turns.ask(b, second)
    turns.ask(a, first)
    assert log == []
    qtbot.waitUntil(lambda: "second" in log)
    assert log[:3] == ["first", "timer", "second"]
    timer.stop()
    assert log.count("first") == 1


def test_one_that_is_gone_or_fails_does_not_keep_the_others_waiting(qtbot: QtBot, turns: Turns) -> None:
    log: list[str] = []

    def fail() -> None:
        raise ValueError("of a view")

    gone, failing, last = QObject(), QObject(), QObject()
    turns.ask(gone, lambda: log.append("gone"))
    turns.ask(failing, fail)
    turns.ask(last, lambda: log.append("last"))
    delete(gone)
    with qtbot.captureExceptions() as exceptions:
        qtbot.waitUntil(lambda: "last" in log)
    assert log == ["last"]
    assert [str(exception) for _, exception, _ in exceptions] == ["of a view"]


def test_a_frame_of_training_waits_for_its_turn(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=MAX_ITERATIONS)
    log: list[tuple[str, Frame]] = []
    probes = [Probe(session, log, name) for name in ("a", "b")]
    session.set_speed(None)
    session.play()
    iterated(qtbot, session, 1000)
    log.clear()
    shown_already: list[bool] = []
    session.frame.connect(lambda frame: shown_already.append(any(frame is seen for _, seen in log)))
    qtbot.waitUntil(lambda: len(log) >= 6)
    assert not any(shown_already)
    first = "ab".index(log[0][0])
    assert [name for name, _ in log[:6]] == ["ab"[(first + i) % 2] for i in range(6)]
    end(probes)


def test_an_edit_is_shown_at_once_even_while_views_wait(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=MAX_ITERATIONS)
    log: list[tuple[str, Frame]] = []
    probes = [Probe(session, log, "a")]
    session.set_speed(None)
    session.play()
    iterated(qtbot, session, 1000)
    edited: list[Frame] = []

    def edit() -> None:
        if not edited:
            edited.append(session.frame_now)
            session.edit("Degree", degree=2)
            edited.append(session.frame_now)
            assert log[-1][1] is session.frame_now

    session.frame.connect(edit)
    qtbot.waitUntil(lambda: len(edited) == 2)
    iterated(qtbot, session, 1000)
    shown = [frame for _, frame in log]
    assert edited[0] not in shown  # it waited, and was overtaken
    assert edited[1] in shown
    assert all(before is not after for before, after in pairwise(shown))
    end(probes)


def test_the_end_of_a_run_is_shown_at_once(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session()
    log: list[tuple[str, Frame]] = []
    probes = [Probe(session, log, "a")]
    at_once: list[bool] = []
    session.frame.connect(lambda frame: at_once.append(log[-1][1] is frame) if not session.training else None)
    train_to_the_end(qtbot, session)
    assert at_once
    assert all(at_once)
    end(probes)
