"""The whole program in processes of its own: exit codes, what stands on stderr, pictures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
LONG_S = 60

# Opens the window as main.py does, and closes it as soon as it has trained a little.
CLOSE_WHILE_TRAINING = """
import sys
from PySide6.QtCore import QTimer
from core.command_line import parse
from gui import app

make = app.window_for

def window_for(arguments):
    window = make(arguments)
    window.session.set_speed(None)
    timer = QTimer(window)
    timer.timeout.connect(lambda: window.session.frame_now.iteration > 1000 and window.session.training and window.close())
    timer.start(5)
    return window

app.window_for = window_for
sys.exit(app.run(parse(["--play", "--iterations", "1000000000", *sys.argv[1:]])))
"""


def run(*arguments: str, code: str = "", **environment: str | None) -> subprocess.CompletedProcess[str]:
    """main.py, or the Python `code`, with these arguments; an environment variable of None is taken away."""
    variables: dict[str, str | None] = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **environment}
    kept = {name: value for name, value in variables.items() if value is not None}
    program = ["-c", code] if code else ["main.py"]
    return subprocess.run(
        [sys.executable, *program, *arguments], cwd=ROOT, env=kept, capture_output=True, text=True, timeout=LONG_S, check=False
    )


def colours(image: QImage) -> int:
    """How many different colours a grid of the picture's pixels has."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})


def test_screenshot_trains_to_the_end_saves_a_picture_of_the_window_and_exits_0(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    ran = run("--sample", "tumors", "--scaling", "zscore", "--alpha", "1", "--iterations", "500", "--screenshot", str(path))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1440, 900)
    assert colours(image) > 50
    start = tmp_path / "start.png"
    run("--sample", "tumors", "--scaling", "zscore", "--alpha", "1", "--iterations", "1", "--screenshot", str(start))
    assert QImage(str(start)) != image, "it did not train"


def test_a_screenshot_that_cannot_be_written_exits_2_with_one_line() -> None:
    ran = run("--iterations", "5", "--screenshot", "/no such folder/picture.png")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert "/no such folder/picture.png" in ran.stderr


@pytest.mark.parametrize("more", [["--headless"], []], ids=["headless", "window"])
def test_a_bad_file_exits_2_with_one_line_on_stderr_and_nothing_on_stdout(tmp_path: Path, more: list[str]) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("height,weight,group\n1.5,50,cat\n1.6,heavy,dog\n")
    ran = run(str(path), "--x1", "height", "--x2", "weight", *more)
    assert ran.returncode == 2
    assert ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert line.startswith("descent-lab: bad.csv, line 3, column weight")


@pytest.mark.parametrize("arguments", [["--alpha", "-1"], ["--what"], ["nothing.csv"], ["--sample", "nothing"]], ids=" ".join)
def test_arguments_that_cannot_be_used_exit_2_with_one_line(arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize("time", range(3))
def test_closing_the_window_while_it_trains_exits_0(time: int) -> None:
    ran = run(code=CLOSE_WHILE_TRAINING)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_closing_the_window_while_100000_examples_train_exits_0(tmp_path: Path) -> None:
    code = CLOSE_WHILE_TRAINING.replace("> 1000", "> 3")
    path = tmp_path / "large.csv"
    path.write_text("a,b,y\n" + "".join(f"{k % 317},{k % 211},{k % 2}\n" for k in range(100_000)))
    ran = run(str(path), code=code)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_without_a_display_it_says_so_and_exits_2() -> None:
    ran = run(DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)
    assert (ran.returncode, ran.stdout) == (2, "")
    (line,) = ran.stderr.splitlines()
    assert "no display" in line
    assert "--headless" in line


def test_without_qts_libraries_it_says_what_to_install_and_exits_2() -> None:
    code = "import sys; sys.modules['PySide6.QtWidgets'] = None; import main; sys.exit(main.main([]))"
    ran = run(code=code)
    assert ran.returncode == 2
    (line,) = ran.stderr.splitlines()
    assert "apt install" in line


def test_headless_needs_neither_qt_nor_a_display() -> None:
    code = "import sys; sys.modules['PySide6'] = None; import main; sys.exit(main.main(sys.argv[1:]))"
    ran = run("--headless", "--sample", "course", code=code, DISPLAY=None, QT_QPA_PLATFORM=None)
    assert (ran.returncode, ran.stderr) == (0, "")
    report = json.loads(ran.stdout)
    assert report["b"] == pytest.approx(-14.222409982019837, rel=1e-12)
    assert report["iterations"] == 10_000


def test_the_first_window_does_not_import_what_starts_slowly() -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
from gui.app import create_window
app = QApplication([])
window = create_window([])
print(*sorted({"sklearn", "pandas", "numba", "scipy", "matplotlib", "OpenGL"} & set(sys.modules)))
window.close()
"""
    ran = run(code=code)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == ""


def test_an_error_that_nobody_foresaw_is_on_stderr_and_the_window_lives_on() -> None:
    code = """
import sys
from PySide6.QtCore import QTimer
from core.command_line import parse
from gui import app

make = app.window_for

def window_for(arguments):
    window = make(arguments)
    def fail():
        QTimer.singleShot(0, look)
        raise RuntimeError("nobody foresaw this")
    def look():
        print(window.session.message)
        window.close()
    QTimer.singleShot(0, fail)
    return window

app.window_for = window_for
sys.exit(app.run(parse([])))
"""
    ran = run(code=code)
    assert ran.returncode == 0
    assert "nobody foresaw this" in ran.stdout
    assert "Traceback" not in ran.stdout
    assert "RuntimeError" in ran.stderr


def test_a_window_that_goes_right_after_its_first_picture_leaves_no_word_on_stderr() -> None:
    code = """
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gui.app import create_window
app = QApplication([])
window = create_window([])
window.show()
window.grab()
window.close()
window.deleteLater()
QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
QTest.qWait(0)
"""
    done = run(code=code)
    assert (done.returncode, done.stderr) == (0, "")
