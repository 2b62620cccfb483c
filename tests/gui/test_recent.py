"""The menu of recent files: one that is gone stays, greyed, and says where it was and why it cannot be opened."""

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.recent import reason_against

TABLE = "height,weight,group\n1.5,50,cat\n1.9,80,dog\n"


@pytest.fixture
def files(window: MainWindow, tmp_path: Path) -> list[Path]:
    """Two recent files, of which the second is gone."""
    paths = [tmp_path / "here.csv", tmp_path / "gone.csv"]
    for path in reversed(paths):
        path.write_text(TABLE)
        window.settings.add_recent(str(path))
    paths[1].unlink()
    return paths


def entries(window: MainWindow) -> dict[str, QAction]:
    return {action.text(): action for action in window.menus.recent.actions() if action.data()}


def test_a_file_that_is_gone_stays_greyed_with_path_and_reason(qtbot: QtBot, window: MainWindow, files: list[Path]) -> None:
    window.menus.recent.aboutToShow.emit()
    qtbot.waitUntil(lambda: not entries(window)["gone.csv"].isEnabled())
    assert list(entries(window)) == ["here.csv", "gone.csv"]
    assert entries(window)["here.csv"].isEnabled()
    assert entries(window)["here.csv"].toolTip() == str(files[0])
    assert str(files[1]) in entries(window)["gone.csv"].toolTip()
    assert "No such file or directory" in entries(window)["gone.csv"].toolTip()
    assert window.menus.recent.toolTipsVisible()


def test_a_file_that_is_back_can_be_opened_again(qtbot: QtBot, window: MainWindow, files: list[Path]) -> None:
    window.menus.recent.aboutToShow.emit()
    qtbot.waitUntil(lambda: not entries(window)["gone.csv"].isEnabled())
    files[1].write_text(TABLE)
    window.menus.recent.aboutToShow.emit()
    qtbot.waitUntil(lambda: entries(window)["gone.csv"].isEnabled())


def test_a_drive_that_does_not_answer_holds_up_neither_the_menu_nor_the_other_files(
    qtbot: QtBot, window: MainWindow, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()

    def ask(path: str) -> str:
        if path.endswith("here.csv"):
            answer.wait()
        return reason_against(path)

    monkeypatch.setattr("gui.recent.reason_against", ask)
    for _ in range(3):
        window.menus.recent.aboutToShow.emit()
    qtbot.waitUntil(lambda: not entries(window)["gone.csv"].isEnabled())
    assert entries(window)["here.csv"].isEnabled(), "what is not known yet can be tried"
    waiting = lambda: sum(thread.name == "recent-file" for thread in threading.enumerate())  # noqa: E731
    qtbot.waitUntil(lambda: waiting() <= 1)
    assert waiting() == 1, "it asks the drive that does not answer once"
    answer.set()


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(TABLE)
    assert reason_against(str(path)) == ""
    monkeypatch.setattr("os.access", lambda *_asked: False)
    assert reason_against(str(path)) == "Permission denied"
    assert "null" in reason_against("nul\0.csv")
