"""The application: a QApplication set up for the house, the window, and what the command line asks of it."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from gui import plain_imports
from gui.garbage import kept_for_good

plain_imports.restore()
with kept_for_good():
    from PySide6.QtGui import QPixmapCache
    from PySide6.QtWidgets import QApplication

    from core import kernels
    from core.command_line import DEFAULT_SAMPLE, Arguments, parse
    from core.dataset import Dataset
    from core.errors import UserError
    from core.read_options import ReadOptions
    from core.samples import make_sample
    from gui import theme
    from gui.loading import CancelledError, Reached, as_user_error
    from gui.main_window import MainWindow
    from gui.opening import file_origin
    from gui.text import error_text, tr

if TYPE_CHECKING:  # the start does without the reading of tables
    from core.importing import Draft

PIXMAP_CACHE_KB = 131_072  # Qt's default of 10 MB switches caching off for a large or finely scaled window
SWITCH_INTERVAL_S = 0.0003  # how long the worker may hold the interpreter while NumPy steps
SCREENSHOT_SIZE = (1440, 900)
PATIENCE_S = 0.3  # before there is a window that could freeze, a small file is waited for
TICK_MS = 30
BAD_INPUT = 2
PROGRAM_NAMES = ("", "main.py", "__main__.py", "descent-lab", "descent-lab.exe")


def create_window(argv: Sequence[str] = ()) -> MainWindow:
    """The window for these arguments. Needs a QApplication; does not enter the event loop.

    A leading name of the program, as in sys.argv, is passed over. A large FILE is still being read when the window is there.
    Raises UserError for arguments or a small file that cannot be used.
    """
    named = bool(argv) and Path(argv[0]).name in PROGRAM_NAMES
    return window_for(parse(argv[1:] if named else argv))


def window_for(arguments: Arguments) -> MainWindow:
    """The window for parsed arguments."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    # Qt shares large fills out to threads of its own, and the painting waits for them while the cores are busy training.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    QPixmapCache.setCacheLimit(PIXMAP_CACHE_KB)
    theme.load_fonts()
    reading = _Reading(partial(_first_data, arguments))
    found = reading.wait(PATIENCE_S)
    window = MainWindow(arguments.experiment(found if isinstance(found, Dataset) else make_sample(DEFAULT_SAMPLE)))
    window.first_painted.connect(kernels.prepare)
    if arguments.file is not None:
        origin = file_origin(arguments.file)
        if found is None:
            window.settings.add_recent(arguments.file)
            window.opening.take(origin, reading.follow)
        elif isinstance(found, Dataset):
            window.opening.opened(origin, found)
        else:
            window.first_painted.connect(partial(window.opening.ask, origin, found))
    if arguments.play:
        _when_loaded(window, window.session.play)
    return window


def run(arguments: Arguments) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Descent Lab")
    app.setStyle("Fusion")
    try:
        window = window_for(arguments)
    except UserError as error:
        print(f"descent-lab: {error_text(error)}", file=sys.stderr)
        return BAD_INPUT
    sys.excepthook = _reporter(window)
    if arguments.screenshot:
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*SCREENSHOT_SIZE)
        _when_loaded(window, lambda: _train_and_photograph(window, str(arguments.screenshot)))
    _close_on_interrupt(window)
    window.first_painted.connect(window.garbage.settle)
    window.show()
    code = app.exec()
    if not kernels.abandon():
        _end_now(code)
    return code


def _first_data(arguments: Arguments, progress: Callable[[float], None]) -> "Dataset | Draft":
    """The data asked for; of a file of which no dataset can be made without asking, what must be decided. Raises UserError."""
    if arguments.file is None or arguments.screenshot or arguments.says_how_to_read:
        return arguments.dataset(progress)
    from core.importing import read_or_ask  # in the thread: the start does without it

    return read_or_ask(file_origin(arguments.file).read, ReadOptions(), progress, ask=False)


def _close_on_interrupt(window: MainWindow) -> None:
    """Ctrl+C in the terminal closes the window, as a click on its cross does."""

    def close(number: int, where: FrameType | None) -> None:
        window.close()

    signal.signal(signal.SIGINT, close)


def _end_now(code: int) -> None:
    """numba is still being imported and cannot be cut short: do not wait for it. All is saved, and every other thread has ended."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


class _Reading:
    """Data that is being read in a thread from before there is a window."""

    def __init__(self, read: Callable[[Callable[[float], None]], "Dataset | Draft"]) -> None:
        self._read = read
        self._reached = Reached()
        self._found: Dataset | Draft | None = None
        self._error: UserError | None = None
        self._thread = threading.Thread(target=self._run, name="first-data", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found = self._read(self._reached)
        except CancelledError:
            pass
        except Exception as error:  # said, never swallowed
            self._error = as_user_error(error)

    def wait(self, patience_s: float) -> "Dataset | Draft | None":
        """What was found, or None when it takes longer. Raises UserError."""
        self._thread.join(patience_s)
        if self._error:
            raise self._error
        return self._found

    def follow(self, progress: Callable[[float], None]) -> "Dataset | Draft":
        """Wait for it in the loader's thread; a cancel there reaches the reading."""
        try:
            while (found := self.wait(TICK_MS / 1000)) is None:
                progress(self._reached.fraction)
        except CancelledError:
            self._reached.cancelled = True
            self._thread.join()
            raise
        return found


def _when_loaded(window: MainWindow, then: Callable[[], None]) -> None:
    """Call `then` once, as soon as no data is being read."""
    timer = QTimer(window)
    timer.setInterval(TICK_MS)

    def look() -> None:
        if not window.session.loader.active:
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start()


def _train_and_photograph(window: MainWindow, path: str) -> None:
    """Train to the end, save a picture of the window, and quit; exit code 2 when the picture cannot be written."""
    session = window.session
    session.set_speed(None)
    session.play()
    timer = QTimer(window)
    timer.setInterval(TICK_MS)

    def look() -> None:
        if session.training or session.computing:
            return
        timer.stop()
        saved = window.grab().save(path, "PNG")
        if not saved:
            print(f"descent-lab: the picture cannot be written to {path}; check the folder and its permissions", file=sys.stderr)
        window.close()
        QApplication.exit(0 if saved else BAD_INPUT)

    timer.timeout.connect(look)
    timer.start()


def _reporter(window: MainWindow) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """For errors that nobody foresaw: the details on stderr, one sentence in the window."""

    def report(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        traceback.print_exception(kind, error, where)
        window.session.report(tr("Something went wrong in Descent Lab ({error}); your data is still there").format(error=error))

    return report
