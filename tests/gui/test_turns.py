"""While it trains views show a frame in turn, and the event loop goes round between two of them; what a hand does is shown at once."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from core.experiment import MAX_ITERATIONS
from core.frame import Frame
from gui.session import Session
from gui.turns import Turns
from gui.view import View
from tests.gui.conftest import MakeSession
from tests.gui.hands import iterated, settled


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

    turns.ask(first)
    turns.ask(second)
    turns.ask(first)
    assert log == []
    qtbot.waitUntil(lambda: "second" in log)
    assert log[:3] == ["first", "timer", "second"]
    timer.stop()
    qtbot.wait(20)
    assert log.count("first") == 1


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


def test_an_edit_while_it_trains_and_the_end_of_a_run_are_shown_at_once(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session()
    log: list[tuple[str, Frame]] = []
    probes = [Probe(session, log, "a")]
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, session, 20)
    session.edit("Degree", degree=2)
    assert session.training
    assert log[-1][1].experiment is session.experiment
    iterated(qtbot, session, 20)
    session.pause()
    settled(qtbot, session)
    assert log[-1][1] is session.frame_now
    end(probes)
