"""Closing the window while it trains: 30 processes, each from the close to its exit."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.figures import judged

ROOT = Path(__file__).resolve().parent.parent.parent
CLOSES = 30
MOST_S = 0.5

TRAIN_AND_CLOSE = """
import sys
from PySide6.QtCore import QTimer
from core.command_line import parse
from gui import app
made = app.window_for
def window_for(arguments):
    window = made(arguments)
    def close():
        assert window.session.training, window.session.status
        print("closing", flush=True)
        window.close()
    QTimer.singleShot(int(sys.argv[1]), close)
    return window
app.window_for = window_for
sys.exit(app.run(parse(["--iterations", "1000000000", "--play"])))
"""


def main() -> None:
    """Print the longest of the closes, and any exit code that is not 0."""
    spent_s, codes = [], []
    for i in range(CLOSES):
        seconds, code = _close_after(100 + 60 * (i % 15))
        spent_s.append(seconds)
        codes.append(code)
    bad = [code for code in codes if code]
    print(judged(f"{CLOSES} closes while training, the longest", max(spent_s), MOST_S, "s"))
    print(f"exit codes other than 0: {bad or 'none'} (target none)")


def _close_after(wait_ms: int) -> tuple[float, int]:
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", TRAIN_AND_CLOSE, str(wait_ms)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    line = process.stdout.readline()
    began_s = time.perf_counter()
    code = process.wait()
    process.stdout.close()
    return time.perf_counter() - began_s, code if line == "closing\n" else code or -1
