"""Background: work in a thread, the newest request wins, and nothing is left behind."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from gui.background import Background
from gui.main_window import MainWindow
from gui.panels.predict import PredictPanel
from tests.gui.conftest import MakeSession
from tests.gui.hands import settled


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def idle(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: not background.busy)


def test_the_work_is_done_in_a_thread_and_its_result_delivered_in_the_one_of_the_window(qtbot: QtBot, background: Background) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    background.submit(threading.current_thread, lambda worker: seen.append((worker, threading.current_thread())))
    assert seen == [] and background.busy
    idle(qtbot, background)
    [(worker, receiver)] = seen
    assert worker is not receiver is threading.main_thread()


def test_of_the_requests_made_while_one_runs_only_the_newest_is_run(qtbot: QtBot, background: Background) -> None:
    began, go_on = threading.Event(), threading.Event()
    run: list[int] = []
    shown: list[int] = []

    def work(number: int) -> int:
        run.append(number)
        began.set()
        assert go_on.wait(10)
        return number

    background.submit(lambda: work(0), shown.append)
    qtbot.waitUntil(began.is_set)
    for number in range(1, 50):
        background.submit(lambda number=number: work(number), shown.append)  # type: ignore[misc]
    go_on.set()
    idle(qtbot, background)
    assert run == [0, 49]
    assert shown[-1] == 49 and set(shown) <= {0, 49}


def test_what_was_cancelled_is_not_delivered_and_what_comes_after_is(qtbot: QtBot, background: Background) -> None:
    began, go_on = threading.Event(), threading.Event()
    shown: list[str] = []

    def work() -> str:
        began.set()
        assert go_on.wait(10)
        return "old"

    background.submit(work, shown.append)
    qtbot.waitUntil(began.is_set)
    background.cancel()
    assert not background.busy
    background.submit(lambda: "new", shown.append)
    go_on.set()
    idle(qtbot, background)
    assert shown == ["new"]


def test_an_error_of_the_work_is_raised_in_the_event_loop_and_the_next_work_is_done(qtbot: QtBot, background: Background) -> None:
    shown: list[int] = []
    with capture_exceptions() as errors:
        background.submit(lambda: 1 // 0, shown.append)
        idle(qtbot, background)
    assert [kind for kind, *_ in errors] == [ZeroDivisionError]
    background.submit(lambda: 7, shown.append)
    idle(qtbot, background)
    assert shown == [7]


def test_there_is_no_thread_when_there_is_no_work_for_a_while_and_none_after_close(qtbot: QtBot, background: Background) -> None:
    def threads() -> int:
        return sum(thread.name == "background" for thread in threading.enumerate())

    assert threads() == 0
    background.submit(lambda: time.sleep(0.05), lambda _: None)
    assert threads() == 0  # the window is painted first
    qtbot.waitUntil(lambda: threads() == 1)
    idle(qtbot, background)
    qtbot.waitUntil(lambda: threads() == 0)
    shown: list[int] = []
    background.submit(lambda: time.sleep(0.05), shown.append)
    qtbot.waitUntil(lambda: threads() == 1)
    background.close()
    qtbot.waitUntil(lambda: threads() == 0)
    background.submit(lambda: 1, shown.append)
    assert not background.busy and shown == []


def test_a_session_ends_the_threads_of_its_views(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session()
    background = session.background()
    began, ended = threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        time.sleep(0.05)
        ended.set()

    background.submit(work, lambda _: None)
    assert session.computing
    qtbot.waitUntil(began.is_set)
    session.close()
    assert ended.is_set() and not session.computing


# The accuracy of many examples.


def halves(m: int, share: float, title: str) -> Dataset:
    """Examples of which the untrained model, f = 0.5 and so class 1, gets this share right."""
    y = (np.arange(m) < share * m).astype(float)
    X = np.column_stack([np.linspace(-1, 1, m), np.linspace(1, -1, m)])
    return Dataset(X, y, source=Source(title))


def accuracy(window: MainWindow) -> str:
    panel = window.panels["predict"]
    assert isinstance(panel, PredictPanel)
    return panel.accuracy.text()


def test_the_accuracy_of_many_examples_is_never_that_of_others(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=halves(50_000, 0.25, "a"))
    assert accuracy(window) == "…"
    qtbot.waitUntil(lambda: accuracy(window) == "25.0%")
    shown: list[str] = []
    window.session.frame.connect(lambda _: shown.append(accuracy(window)))
    window.session.edit("Others", dataset=halves(60_000, 0.75, "b"))
    assert accuracy(window) == "…"
    qtbot.waitUntil(lambda: not window.session.computing, timeout=20_000)
    assert accuracy(window) == "75.0%"
    assert "25.0%" not in shown
    window.session.edit("Few", dataset=halves(8, 0.5, "c"))
    assert accuracy(window) == "50.0%"


def test_the_accuracy_of_many_examples_follows_the_run_without_a_gap(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=halves(50_000, 0.5, "a"), alpha=1.0)
    qtbot.waitUntil(lambda: accuracy(window) == "50.0%")
    seen: set[str] = set()
    window.session.frame.connect(lambda _: seen.add(accuracy(window)))
    window.session.step(50)
    settled(qtbot, window)
    qtbot.waitUntil(lambda: not window.session.computing, timeout=20_000)
    assert accuracy(window) == f"{window.session.frame_now.accuracy():.1%}" == "100.0%"
    assert "…" not in seen
