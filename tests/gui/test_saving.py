"""Saving the dataset: Ctrl+S, a dialog, and a file that Open reads again exactly; what happens when it cannot be written."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.table import read_table
from gui.main_window import MainWindow
from gui.saving import file_name
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LONG_MS, key, loaded, message


def saved_as(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """The next dialog ends with this path; returns what it suggested."""
    suggested: list[str] = []

    def ask(_parent: object, _title: str, name: str, _filters: str) -> tuple[str, str]:
        suggested.append(name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return suggested


def save(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not window.saving.active, timeout=LONG_MS)


def test_what_is_saved_is_read_again_exactly(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("--sample", "moons")
    before = window.session.experiment
    suggested = saved_as(monkeypatch, tmp_path / "moons.csv")
    save(qtbot, window)
    assert Path(suggested[0]).name == "Two moons.csv"
    assert message(window) == f"200 examples are saved in {tmp_path / 'moons.csv'}"
    assert window.session.experiment is before
    window.opening.open_file(str(tmp_path / "moons.csv"))
    loaded(qtbot, window)
    after = window.session.experiment.dataset
    assert after is not before.dataset
    assert after.X.tobytes() == before.dataset.X.tobytes()
    assert after.y.tolist() == before.dataset.y.tolist()


def test_a_saved_file_is_the_first_of_the_recent_ones(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_as(monkeypatch, tmp_path / "mine.csv")
    save(qtbot, window)
    assert window.settings.recent == [str(tmp_path / "mine.csv")]
    assert window.settings.folder == str(tmp_path)


def test_a_dialog_that_is_cancelled_writes_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_as(monkeypatch, "")
    save(qtbot, window)
    assert message(window) == ""
    assert window.settings.recent == []


def test_a_name_without_suffix_becomes_csv_and_never_replaces_a_file_unasked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_as(monkeypatch, tmp_path / "mine")
    save(qtbot, window)
    first = (tmp_path / "mine.csv").read_text()
    window.session.edit_points("Add point", window.session.experiment.dataset.with_point([1, 1], 0))
    save(qtbot, window)
    assert (tmp_path / "mine.csv").read_text() == first
    assert "mine.csv is there already; " in message(window)


def test_a_failure_is_one_sentence_with_path_and_reason_and_the_old_file_is_whole(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("precious")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    saved_as(monkeypatch, path)
    save(qtbot, window)
    assert message(window).startswith(f"{path} cannot be saved (No space left on device); ")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("mine.csv", "precious")]
    assert window.settings.recent == []


def test_the_window_stays_usable_while_it_writes_and_closing_waits_for_the_file(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    may_write, began = threading.Event(), threading.Event()
    real = __import__("os").fsync

    def slow(number: int) -> None:
        began.set()
        may_write.wait()
        real(number)

    monkeypatch.setattr("os.fsync", slow)
    saved_as(monkeypatch, tmp_path / "mine.csv")
    key(qtbot, window, Qt.Key.Key_S, CONTROL)
    assert began.wait(LONG_MS / 1000)
    window.session.edit_points("Erase", window.session.experiment.dataset.without([0]))
    assert window.saving.active
    threading.Timer(0.05, may_write.set).start()
    window.close()
    assert read_table(tmp_path / "mine.csv").to_dataset().m == 6, "what was there when Ctrl+S was pressed"


def test_two_saves_at_once_both_arrive(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.saving.save(str(tmp_path / "a.csv"))
    window.saving.save(str(tmp_path / "b.csv"))
    qtbot.waitUntil(lambda: not window.saving.active, timeout=LONG_MS)
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}


def test_a_dataset_without_examples_and_one_with_examples_kept_back_can_be_saved(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.opening.new_dataset()
    window.saving.save(str(tmp_path / "empty.csv"))
    kept = Dataset([[1.0, 2.0], [3.0, 4.0]], [0, 1], source=Source("Kept"), test=np.array([False, True]))
    window.session.edit("Kept", dataset=kept)
    window.saving.save(str(tmp_path / "kept.csv"))
    qtbot.waitUntil(lambda: not window.saving.active, timeout=LONG_MS)
    assert (tmp_path / "empty.csv").read_text() == "x1,x2,y\n"
    assert (tmp_path / "kept.csv").read_text() == "x1,x2,set,y\n1,2,train,0\n3,4,test,1\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [("animals.csv", "animals"), ("v1.2 results", "v1.2 results"), ("a/b: c?", "a-b- c-"), ("", "dataset"), ("..", "dataset")],
)
def test_the_suggested_name_is_one_that_any_system_takes(qapp: object, title: str, name: str) -> None:
    assert file_name(title) == name
