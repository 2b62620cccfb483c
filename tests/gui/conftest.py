"""Windows for the GUI tests, made as the program makes them and closed after the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import kernels
from core.dataset import Dataset
from core.descents import machine
from core.experiment import Experiment
from core.samples import make_sample
from gui import background, bottom_watch, judge
from gui.app import create_window
from gui.drawing.plot_area import PlotArea
from gui.main_window import MainWindow
from gui.session import Session

MakeWindow = Callable[..., MainWindow]
MakeSession = Callable[..., Session]
SIZE = (1440, 900)


@pytest.fixture(scope="session", autouse=True)
def _kernel_ready() -> None:
    """The compiled kernel, once: its loader is a thread that the first window starts and that may outlive the first test."""
    kernels.wait()
    machine.wait()


@pytest.fixture(autouse=True)
def _every_move_counts() -> Iterator[None]:
    """pyqtgraph drops moves of the mouse that follow each other within 10 ms; a test's hand is faster than that."""
    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", 0)
    yield
    pg.setConfigOption("mouseRateLimit", before)


@pytest.fixture(autouse=True)
def _the_bottom_is_looked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's hand does not come to rest between two edits for as long as a person's."""
    monkeypatch.setattr(background, "REST_S", 0.0)
    monkeypatch.setattr(judge, "INTERVAL_MS", 0)
    monkeypatch.setattr(bottom_watch, "WAIT_MS", 0)
    monkeypatch.setattr(bottom_watch, "TRAINING_WAIT_MS", 0)


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication) -> Iterator[MakeWindow]:
    """make_window("--sample", "blobs") → a window on screen, with the focus on its plane."""
    qapp.setStyle("Fusion")
    made: list[MainWindow] = []

    def make(*argv: str, size: tuple[int, int] = SIZE) -> MainWindow:
        window = create_window(argv)
        made.append(window)
        window.resize(*size)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if "--sample" in argv:  # on a busy machine its table is still being read
            qtbot.waitUntil(lambda: not window.session.loader.active)
        return window

    yield make
    for window in made:
        window.close()
        for area in window.findChildren(PlotArea):
            # WORKAROUND pyqtgraph: a plot's menu has no parent, and pytest keeps the window until after the check for leftovers.
            area.plotItem.ctrlMenu.deleteLater()
        window.deleteLater()


@pytest.fixture
def make_session(qapp: QApplication) -> Iterator[MakeSession]:
    """make_session(alpha=0.3) → a session without a window, on the course's six points unless a dataset is given."""
    made: list[Session] = []

    def make(dataset: Dataset | None = None, **settings: Any) -> Session:
        session = Session(Experiment(dataset or make_sample("course"), **settings))
        made.append(session)
        return session

    yield make
    for session in made:
        session.close()


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    """A session with the course's six points."""
    return make_session()


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """A window with the course's six points."""
    return make_window()
