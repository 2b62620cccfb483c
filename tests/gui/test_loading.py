"""The loader: what comes of work that fails."""

import threading
from collections.abc import Callable
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import courtesy
from core.dataset import Dataset
from core.errors import DataError, UserError
from core.samples import make_sample
from gui.app import create_window
from gui.main_window import MainWindow
from gui.session import Session
from tests.gui.conftest import MakeWindow
from tests.gui.hands import LONG_MS, key, loaded, message


def failing(error: Exception) -> Callable[[Callable[[float], None]], object]:
    """Work that ends with this error."""

    def work(progress: Callable[[float], None]) -> object:
        progress(0.5)
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "said", "traced"),
    [
        (DataError("data.csv is empty; take another"), "data.csv is empty; take another", False),
        (MemoryError(), "not enough memory", False),
        (RuntimeError("a {brace} nobody foresaw"), "because of an error (a {brace} nobody foresaw); ", True),
        (KeyError(), "because of an error (KeyError); ", True),
    ],
)
def test_any_failure_is_one_sentence_and_is_not_taken_for_a_result(
    qtbot: QtBot, session: Session, capfd: pytest.CaptureFixture[str], error: Exception, said: str, traced: bool
) -> None:
    results: list[object] = []
    with qtbot.waitSignal(session.loader.failed, timeout=LONG_MS):
        session.loader.start(failing(error), results.append)
    assert said in session.message
    assert "\n" not in session.message
    assert results == []
    assert not session.loader.active
    assert ("Traceback" in capfd.readouterr().err) == traced


def test_what_is_being_read_gives_the_interpreter_away_now_and_then(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks: list[int] = []
    monkeypatch.setattr(courtesy.Breaks, "take_when_due", lambda _self: breaks.append(threading.get_ident()))

    def work(progress: Callable[[float], None]) -> int:
        for step in range(5):
            progress(step / 5)
        return threading.get_ident()

    results: list[int] = []
    session.loader.start(work, results.append)
    qtbot.waitUntil(lambda: bool(results), timeout=LONG_MS)
    assert breaks == 5 * results


def test_an_unforeseen_failure_of_a_large_first_file_is_one_sentence_in_the_window(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shown = threading.Event()

    def read_table(*_given: object) -> NoReturn:
        shown.wait()
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("gui.app.PATIENCE_S", 0.0)
    monkeypatch.setattr("core.table.read_table", read_table)
    window = make_window("data.csv")
    shown.set()
    loaded(qtbot, window)
    assert "because of an error (unforeseen); " in message(window)
    assert "Traceback" in capfd.readouterr().err


def test_an_unforeseen_failure_of_a_small_first_file_is_raised_before_there_is_a_window(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def read_table(*_given: object) -> NoReturn:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("gui.app.PATIENCE_S", LONG_MS / 1000)
    monkeypatch.setattr("core.table.read_table", read_table)
    with pytest.raises(UserError, match=r"because of an error \(unforeseen\); "):
        create_window(["data.csv"])
    assert "Traceback" in capfd.readouterr().err


def test_escape_cancels_what_is_being_read_after_it_has_ended_the_selection(qtbot: QtBot, window: MainWindow) -> None:
    held = threading.Event()
    session, before = window.session, window.session.experiment.dataset

    def work(_progress: Callable[[float], None]) -> Dataset:
        held.wait()
        return make_sample("blobs")

    session.selection.select([1])
    session.load("Open", work)
    key(qtbot, window, Qt.Key.Key_Escape)
    assert (session.loader.active, len(session.selection)) == (True, 0)
    key(qtbot, window, Qt.Key.Key_Escape)
    assert not session.loader.active
    held.set()
    session.loader.close()
    assert session.experiment.dataset is before
