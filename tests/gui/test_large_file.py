"""A very large file: all of it, or a random sample, is asked before it is read."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from core.file_size import TooLarge
from gui.dialogs.large_file import LargeFileDialog
from gui.main_window import MainWindow
from tests.gui.hands import LEFT, LONG_MS, enter, loaded, message

CLEAN = "height,weight,group\n1.5,50,cat\n1.6,55,cat\n1.9,80,dog\n1.8,90,dog\n"


@pytest.fixture(autouse=True)
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.file_size.too_large", lambda _path: TooLarge(3_200_000, 412_000_000))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_text(CLEAN)
    return path


def asked(qtbot: QtBot, window: MainWindow, path: Path) -> LargeFileDialog:
    window.opening.open_file(str(path))
    qtbot.waitUntil(lambda: window.findChild(LargeFileDialog) is not None)
    dialog = window.findChild(LargeFileDialog)
    assert dialog is not None
    return dialog


def closed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [], timeout=LONG_MS)
    loaded(qtbot, window)


def test_it_says_how_large_the_file_is_and_a_sample_of_it_is_read(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    path.write_text("a,b,y\n" + "".join(f"{k},{k % 13},{k % 2}\n" for k in range(0, 1000, 3)))
    dialog = asked(qtbot, window, path)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "3,200,000 rows" in said and "412 MB" in said
    assert dialog.rows.text() == "100,000"
    enter(qtbot, dialog.rows, "50")
    closed(qtbot, window)
    assert window.session.experiment.dataset.m == 50
    assert "sample" in message(window)


def test_all_rows_can_be_read(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    dialog = asked(qtbot, window, path)
    dialog.all.setFocus()
    qtbot.keyClick(dialog.all, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.open_button, LEFT)
    closed(qtbot, window)
    assert window.session.experiment.dataset.m == 4


@pytest.mark.parametrize("typed", ["many", "0", "2.5", ""])
def test_a_sample_needs_a_number_of_rows_and_cancel_leaves_the_old_data(qtbot: QtBot, window: MainWindow, path: Path, typed: str) -> None:
    before = window.session.experiment
    dialog = asked(qtbot, window, path)
    dialog.rows.setFocus()
    dialog.rows.selectAll()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Backspace)
    qtbot.keyClicks(dialog.rows, typed)
    assert not dialog.open_button.isEnabled()
    assert dialog.problem.text() != ""
    qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Escape)
    closed(qtbot, window)
    assert window.session.experiment is before


def test_named_columns_are_read_without_a_question(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.opening.open_file(str(path), x1="weight", x2="height", label="group")
    loaded(qtbot, window)
    assert window.findChild(QDialog) is None
    assert window.session.experiment.dataset.feature_names == ("weight", "height")
