"""Data from files: the dialog, a drop, the recent files, the command line; and what happens with a file that cannot be used."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.errors import UserError
from gui.app import create_window
from gui.main_window import MainWindow
from gui.notices import MessageBar, ProgressBar
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LEFT, action, iterated, key, loaded, message, plane, settled, train_to_the_end

TABLE = "id,height,weight,group\n1,1.5,50,cat\n2,1.6,55,cat\n3,1.9,80,dog\n4,1.8,90,dog\n"
WIDE = "id,height,weight,pulse,group\n1,1.5,50,61,cat\n2,1.6,55,64,cat\n3,1.9,80,70,dog\n4,1.8,90,72,dog\n"
BAD = "height,weight,group\n1.5,50,cat\n1.6,heavy,dog\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "animals.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD)
    return path


def chosen_in_the_dialog(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    """The next file dialog ends with this file."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_kinds: (str(path), ""))


def drop(window: MainWindow, path: Path) -> tuple[bool, bool]:
    """Drag a file onto the window and drop it; returns whether each of the two was accepted."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, mime, LEFT, keys)
    QApplication.sendEvent(window, enter)
    fall = QDropEvent(QPointF(300, 300), copy, mime, LEFT, keys)
    QApplication.sendEvent(window, fall)
    return enter.isAccepted(), fall.isAccepted()


def shows_the_animals(window: MainWindow) -> bool:
    dataset = window.session.experiment.dataset
    return dataset.feature_names == ("height", "weight") and dataset.class_names == ("cat", "dog") and dataset.y.tolist() == [0, 0, 1, 1]


# Ways in.


def test_a_file_chosen_in_the_dialog_is_shown(qtbot: QtBot, window: MainWindow, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen_in_the_dialog(monkeypatch, table)
    key(qtbot, window, Qt.Key.Key_O, CONTROL)
    loaded(qtbot, window)
    assert shows_the_animals(window)
    assert window.session.experiment.dataset.X.tolist() == [[1.5, 50], [1.6, 55], [1.9, 80], [1.8, 90]]
    assert "animals.csv" in window.header.caption.text()
    assert "4 examples" in window.header.caption.text()
    assert message(window) == ""


def test_a_dialog_that_is_cancelled_changes_nothing(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    before = window.session.experiment
    chosen_in_the_dialog(monkeypatch, "")
    key(qtbot, window, Qt.Key.Key_O, CONTROL)
    loaded(qtbot, window)
    assert window.session.experiment is before
    assert window.settings.recent == []


def test_opening_a_file_can_be_undone(qtbot: QtBot, window: MainWindow, table: Path) -> None:
    before = window.session.experiment.dataset
    window.opening.open_file(str(table))
    loaded(qtbot, window)
    assert window.session.undo_stack.undoText() == "Open animals.csv"
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment.dataset is before


def test_a_file_dropped_on_the_window_is_shown(qtbot: QtBot, window: MainWindow, table: Path) -> None:
    assert drop(window, table) == (True, True)
    loaded(qtbot, window)
    assert shows_the_animals(window)


def test_a_table_dropped_as_text_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText(TABLE)
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, mime, LEFT, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, mime, LEFT, keys))
    loaded(qtbot, window)
    assert shows_the_animals(window)
    assert window.session.experiment.dataset.title == "Dropped text"
    assert window.settings.recent == []


def test_text_that_is_no_table_is_refused(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("no file")
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_recent_files_are_listed_the_latest_first_and_open(qtbot: QtBot, window: MainWindow, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(TABLE.replace("cat", "cow"))
    for path in (table, other):
        window.opening.open_file(str(path))
        loaded(qtbot, window)
    window.menus.recent.aboutToShow.emit()
    entries = [entry.text() for entry in window.menus.recent.actions() if entry.data()]
    assert entries[:2] == ["other.csv", "animals.csv"]
    next(entry for entry in window.menus.recent.actions() if entry.text() == "animals.csv").trigger()
    loaded(qtbot, window)
    assert shows_the_animals(window)


def test_recent_files_are_remembered_by_the_next_window_until_cleared(qtbot: QtBot, make_window: MakeWindow, table: Path) -> None:
    make_window(str(table))
    second = make_window()
    assert second.settings.recent == [str(table)]
    action(second, "clear recent").trigger()
    assert make_window().settings.recent == []


def test_a_recent_file_that_is_gone_is_one_sentence(qtbot: QtBot, window: MainWindow, table: Path) -> None:
    window.opening.open_file(str(table))
    loaded(qtbot, window)
    table.unlink()
    window.opening.open_file(str(table))
    loaded(qtbot, window)
    assert "animals.csv" in message(window)
    assert shows_the_animals(window)


@pytest.mark.parametrize("name", ["moons", "iris", "breast-cancer"])
def test_a_sample_chosen_from_the_menu_is_shown(qtbot: QtBot, window: MainWindow, name: str) -> None:
    next(entry for entry in window.menus.samples.actions() if entry.data() == name).trigger()
    loaded(qtbot, window)
    assert window.header.caption.text().startswith(window.session.experiment.dataset.title)
    assert window.session.experiment.dataset.m > 50


# Files that cannot be used.


def test_a_bad_file_is_one_sentence_and_the_old_data_and_run_stay(qtbot: QtBot, window: MainWindow, bad: Path) -> None:
    window.session.step(20)
    settled(qtbot, window)
    before, frame = window.session.experiment, window.session.frame_now
    window.opening.open_file(str(bad))
    loaded(qtbot, window)
    assert message(window).startswith("bad.csv")
    assert "\n" not in message(window)
    assert "Traceback" not in message(window)
    assert window.session.experiment is before
    assert window.session.frame_now.iteration == frame.iteration
    assert window.session.undo_stack.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("picture.csv", bytes(range(256)) * 8), ("three.csv", b"a,b,c\n1,2,x\n3,4,y\n5,6,z\n"), ("line.csv", b"one line")],
)
def test_a_strange_file_is_named_in_one_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str, content: bytes) -> None:
    before = window.session.experiment
    (tmp_path / name).write_bytes(content)
    window.opening.open_file(str(tmp_path / name))
    loaded(qtbot, window)
    assert name in message(window)
    assert window.session.experiment is before


def test_a_folder_dropped_on_the_window_is_one_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, tmp_path)
    loaded(qtbot, window)
    assert tmp_path.name in message(window)


def test_the_message_goes_when_it_is_closed_and_when_something_is_edited(qtbot: QtBot, window: MainWindow, bad: Path) -> None:
    bar = window.findChild(MessageBar)
    window.opening.open_file(str(bad))
    loaded(qtbot, window)
    assert bar is not None and bar.isVisible()
    qtbot.mouseClick(bar._close, LEFT)
    assert not bar.isVisible()
    window.opening.open_file(str(bad))
    loaded(qtbot, window)
    assert bar.isVisible()
    window.session.edit("Change learning rate", alpha=0.3)
    assert not bar.isVisible()


# Reading takes its time.


def slow_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read as slowly as if they were very large, until somebody cancels."""

    def read_table(path: str, progress: Callable[[float], object]) -> NoReturn:
        k = 0
        while True:
            progress(k / (k + 10_000))
            k += 1
            time.sleep(0.002)

    monkeypatch.setattr("core.table.read_table", read_table)


def test_a_large_file_shows_its_progress_and_cancel_keeps_the_old_data(
    qtbot: QtBot, window: MainWindow, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_reading(monkeypatch)
    before = window.session.experiment
    progress = window.findChild(ProgressBar)
    assert progress is not None and not progress.isVisible()
    window.opening.open_file(str(table))
    qtbot.waitUntil(lambda: progress.isVisible() and progress.bar.value() > 0)
    qtbot.mouseClick(progress.cancel, LEFT)
    assert not window.session.loader.active
    assert not progress.isVisible()
    assert window.session.experiment is before
    assert message(window) == ""


def test_a_run_goes_on_while_a_large_file_is_read(qtbot: QtBot, window: MainWindow, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_reading(monkeypatch)
    window.session.play()
    window.opening.open_file(str(table))
    iterated(qtbot, window, 2)
    assert window.session.loader.active
    assert window.session.training


def test_another_file_takes_the_place_of_the_one_being_read(
    qtbot: QtBot, window: MainWindow, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow_reading(slow)
        window.opening.open_file("slow.csv")
        assert window.session.loader.active
    window.opening.open_file(str(table))
    loaded(qtbot, window)
    assert shows_the_animals(window)


def test_the_window_closes_while_a_large_file_is_read(
    qtbot: QtBot, make_window: MakeWindow, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    slow_reading(monkeypatch)
    window.opening.open_file(str(table))
    assert window.session.loader.active
    window.close()
    assert not window.session.loader.active


def test_a_real_file_of_80000_rows_is_read_in_the_background_and_trains(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80_000, 2)).round(3)
    rows = [f"{a},{b},{'up' if a + b > 0 else 'down'}" for a, b in X.tolist()]
    path = tmp_path / "large.csv"
    path.write_text("a,b,way\n" + "\n".join(rows))
    window.opening.open_file(str(path))
    assert window.session.loader.active, "it was read at once"
    loaded(qtbot, window)
    assert window.session.experiment.dataset.m == 80_000
    assert window.session.experiment.dataset.class_names == ("down", "up")
    window.session.play()
    iterated(qtbot, window, 2)


# The command line.


def test_a_file_on_the_command_line_is_shown(make_window: MakeWindow, table: Path) -> None:
    assert shows_the_animals(make_window(str(table)))


def test_columns_on_the_command_line_are_used(make_window: MakeWindow, table: Path) -> None:
    table.write_text(WIDE)
    window = make_window(str(table), "--x1", "pulse", "--x2", "height", "--label", "group")
    assert window.session.experiment.dataset.feature_names == ("pulse", "height")
    assert window.session.experiment.dataset.X[:, 0].tolist() == [61, 64, 70, 72]
    assert window.panels["data"].columns["x1"].currentText() == "pulse"


def test_settings_on_the_command_line_are_used(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(
        "--sample", "tumors", "--scaling", "zscore", "--alpha", "0.7", "--lambda", "0.2", "--iterations", "30", "--start", "-1,2,0.5"
    )  # fmt: skip
    experiment = window.session.experiment
    assert (experiment.scaling, experiment.alpha, experiment.lambda_, experiment.iterations) == ("zscore", 0.7, 0.2, 30)
    assert experiment.start == (-1.0, 2.0, 0.5)
    train_to_the_end(qtbot, window)
    assert window.session.frame_now.iteration == 30


def test_play_on_the_command_line_begins_to_train(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--play")
    iterated(qtbot, window, 1)
    assert window.session.training


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["no such file.csv"], "no such file.csv"),
        (["--alpha", "-1"], "Learning rate"),
        (["--alpha", "fast"], "fast"),
        (["--sample", "nothing"], "nothing"),
        (["--iterations", "0"], "Iterations"),
        (["--x1", "a"], "FILE"),
        (["--what"], "--what"),
    ],
)
def test_arguments_that_cannot_be_used_raise_before_there_is_a_window(qapp: QApplication, argv: list[str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        create_window(argv)


def test_a_bad_file_on_the_command_line_raises_with_line_and_column(qapp: QApplication, bad: Path) -> None:
    with pytest.raises(UserError, match=r"bad\.csv, line 3, column weight"):
        create_window([str(bad), "--x1", "height", "--x2", "weight"])


def test_a_file_on_the_command_line_that_takes_long_is_read_while_the_window_is_there(
    qtbot: QtBot, make_window: MakeWindow, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.app.PATIENCE_S", 0.0)
    window = make_window(str(table))
    loaded(qtbot, window)
    assert shows_the_animals(window)
    assert plane(window).isVisible()


@pytest.mark.parametrize("program", ["main.py", "/somewhere/descent-lab"])
def test_a_leading_name_of_the_program_is_passed_over(make_window: MakeWindow, program: str) -> None:
    window = make_window(program, "--sample", "moons")
    assert window.session.experiment.dataset.title == "Two moons"
