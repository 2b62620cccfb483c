"""Garbage is collected in the GUI thread only, while there is a window; windows come and go while numba is loaded in the background."""

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from gui import garbage
from gui.main_window import MainWindow
from tests.gui.conftest import MakeSession

ROOT = Path(__file__).resolve().parent.parent.parent
MANY_WINDOWS = """
import threading
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import gc, sys
from gui.app import create_window
app = QApplication([])
elsewhere, windows = [], []
gc.callbacks.append(lambda phase, info: windows and threading.current_thread() is not threading.main_thread() and elsewhere.append(phase))
for _ in range(6):
    window = create_window(["--play", "--iterations", "1000000"])
    windows.append(window)
    window.show()
    QTest.qWait(60)
    windows.clear()
    window.close()
    window.deleteLater()
    if not gc.isenabled():
        sys.exit("closing gives the collector back")
    gc.disable()
    QTest.qWait(5)
print(len(elsewhere))
"""
INTERRUPTED = """
import sys, os, signal
from PySide6.QtCore import QTimer
from core.command_line import parse
from gui import app
QTimer.singleShot(0, lambda: None)
made = app.window_for
def window_for(arguments):
    window = made(arguments)
    QTimer.singleShot(300, lambda: os.kill(os.getpid(), signal.SIGINT))
    return window
app.window_for = window_for
sys.exit(app.run(parse(["--play"])))
"""


def python(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_the_collector_is_off_while_there_is_a_window_and_on_again_after(make_window: Callable[..., MainWindow]) -> None:
    first, second = make_window(), make_window()
    assert not gc.isenabled()
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()


def test_cycles_are_collected_by_the_timer_in_the_gui_thread(make_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    make_window()
    threads: list[threading.Thread] = []

    class Cycle:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            threads.append(threading.current_thread())

    for _ in range(garbage.YOUNG + 10):
        Cycle()
    qtbot.waitUntil(lambda: len(threads) > garbage.YOUNG, timeout=5000)
    assert set(threads) == {threading.main_thread()}


def test_windows_may_come_and_go_while_the_kernel_is_loaded() -> None:
    run = python(MANY_WINDOWS)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "0\n", "no collection in another thread"


def test_an_interrupt_in_the_terminal_closes_the_window() -> None:
    run = python(INTERRUPTED)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_session_that_is_closed_leaves_no_command_to_be_collected(make_session: MakeSession) -> None:
    # Collected before the stack that has it, a command would be deleted twice, which takes the process down.
    session = make_session()
    for alpha in (0.2, 0.3, 0.4):
        session.edit("Learning rate", alpha=alpha)
    session.undo_stack.undo()
    assert session.undo_stack.count() == 3
    session.close()
    assert session.undo_stack.count() == 0
