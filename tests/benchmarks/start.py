"""Start: from the process to the first painted window, against a bare pyqtgraph window, and what is imported at that moment.

Beside it, with no target, the same with PySide's hook on imports, which gui.plain_imports sets aside.
Every start but the first one ever finds its modules compiled: PYTHONDONTWRITEBYTECODE does not count here, and a round is run unmeasured.
Medians, in turn: of a machine whose speed changes by the minute, the least of either is from another minute than that of the other.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 15
MOST = 1.6
HEAVY = ("numba", "sklearn", "scipy", "pandas", "contourpy", "llvmlite", "OpenGL", "matplotlib")

BARE = """
import os
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication
class Window(pg.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("[]", flush=True)
        os._exit(0)
app = QApplication([])
window = Window()
window.plot([1, 2, 3], [3, 1, 2])
window.resize(1280, 720)
window.show()
app.exec()
"""
OURS = f"""
import json, os, sys
from PySide6.QtWidgets import QApplication
from gui.app import create_window
app = QApplication([])
window = create_window([])
def painted():
    print(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))), flush=True)
    os._exit(0)
window.first_painted.connect(painted)
window.show()
app.exec()
"""
WITH_HOOK = f"""
from gui import plain_imports
plain_imports.restore = lambda: None
{OURS}"""


def main() -> None:
    """Print the medians of both times, their ratio, and the heavy modules found."""
    programs = {"bare": BARE, "ours": OURS, "with hook": WITH_HOOK}
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    heavy: list[str] = []
    with tempfile.TemporaryDirectory() as settings:
        for round_ in range(1 + ROUNDS):
            for name, code in programs.items():
                spent_s, found = _run(code, settings)
                heavy = found if name == "ours" else heavy
                if round_:
                    seconds[name].append(spent_s)
    bare_s, ours_s, hook_s = (statistics.median(seconds[name]) for name in programs)
    print(f"first painted window {ours_s:.2f} s, bare pyqtgraph window {bare_s:.2f} s: {ours_s / bare_s:.2f}× (target ≤ {MOST}×)")
    print(f"heavy modules at that moment: {', '.join(heavy) or 'none'} (target none)")
    print(f"with PySide's hook on imports {hook_s:.2f} s: {hook_s / ours_s:.2f}× of that without it")


def _run(code: str, settings: str) -> tuple[float, list[str]]:
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    # With settings of their own: the views that somebody has opened are not those of a first start.
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began_s = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    line = process.stdout.readline()
    spent_s = time.perf_counter() - began_s
    process.stdout.close()
    process.wait()
    return spent_s, json.loads(line)
