"""Copy and save as Python: by key and menu, the run as it is shown, and a sentence where there is nothing to copy."""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.code.data import MOST_INLINE
from core.dataset import Dataset, Source
from core.features import FeatureMap
from gui.main_window import MainWindow
from gui.scripts import LOOPS, kinds
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LONG_MS, SHIFT, action, key, message, settled, stepped
from tests.script_runs import assert_same, result

ALT_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: object) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def copied(qtbot: QtBot, window: MainWindow, keys: Qt.KeyboardModifier = CONTROL) -> str:
    key(qtbot, window, Qt.Key.Key_P, keys)
    settled(qtbot, window)
    return QGuiApplication.clipboard().text()


def test_ctrl_p_copies_a_script_of_the_iteration_shown_that_makes_it_again(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "0.3")
    stepped(qtbot, window.session, 148)
    window.session.seek(100)
    script = copied(qtbot, window)
    assert "clipboard: NumPy." in message(window)
    assert "num_iters = 100\n" in script
    assert_same(result(script, tmp_path), window.session.frame_now)


def test_each_kind_has_its_key(qtbot: QtBot, window: MainWindow) -> None:
    assert "X @ w + b" in copied(qtbot, window)
    assert "for i in range(m):" in copied(qtbot, window, CONTROL | SHIFT)
    assert "LogisticRegression(C=np.inf" in copied(qtbot, window, ALT_CONTROL)


def test_a_change_on_the_way_is_told_in_the_script(qtbot: QtBot, window: MainWindow) -> None:
    stepped(qtbot, window.session, 50)
    action(window, "alpha up").trigger()
    window.session.step(20)
    settled(qtbot, window)
    script = copied(qtbot, window).replace("\n# ", " ")
    assert "NOT THE SAME RUN" in script
    assert "at iteration 50: Change learning rate" in script


def test_many_examples_are_said_to_be_read_from_a_file(qtbot: QtBot, window: MainWindow) -> None:
    X = np.random.default_rng(1).normal(size=(MOST_INLINE + 1, 2))
    dataset = Dataset(X, X[:, 0] > 0, source=Source("Many"))
    FeatureMap.of(dataset)
    window.session.edit("Many", dataset=dataset)
    script = copied(qtbot, window)
    assert "np.loadtxt(\n    'Many.csv'" in script
    assert "Many.csv: save them beside it with Ctrl+S" in message(window)


def test_without_examples_there_is_a_sentence_and_the_clipboard_stays(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("mine")
    window.opening.new_dataset()
    assert copied(qtbot, window) == "mine"
    assert "no examples" in message(window)


def test_scikit_learn_has_no_squared_error_with_a_sigmoid(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Model", model="squared")
    assert copied(qtbot, window, ALT_CONTROL) == ""
    assert "scikit-learn has no squared error" in message(window)


def test_save_as_python_writes_the_kind_that_was_chosen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, name: str, filters: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "mine"), next(text for text in filters.split(";;") if text.startswith(kinds()[LOOPS]))

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    key(qtbot, window, Qt.Key.Key_S, ALT_CONTROL)
    qtbot.waitUntil(lambda: not window.scripts.active, timeout=LONG_MS)
    assert Path(asked[0]).name == "The course's six points.py"
    script = (tmp_path / "mine.py").read_text(encoding="utf-8")
    assert "for i in range(m):" in script
    ast.parse(script)
    assert message(window) == f"The script is saved in {tmp_path / 'mine.py'}."


def test_a_folder_that_cannot_be_written_to_is_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "a.py"), ""))
    action(window, "save code").trigger()
    qtbot.waitUntil(lambda: not window.scripts.active, timeout=LONG_MS)
    assert "cannot be saved" in message(window)
