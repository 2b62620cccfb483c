"""Start: from the process to the first painted window, against a bare pyqtgraph window, and what is imported at that moment."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 7
MOST = 1.6
_settings = tempfile.TemporaryDirectory()
HEAVY = ("numba", "sklearn", "scipy", "pandas", "contourpy", "llvmlite", "OpenGL", "matplotlib")

BARE = """
import sys
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication
app = QApplication([])
window = pg.PlotWidget()
window.plot([1, 2, 3], [3, 1, 2])
window.resize(1280, 720)
window.show()
app.processEvents()
window.grab()
print("[]", flush=True)
sys.stdout.flush()
import os
os._exit(0)
"""
OURS = f"""
import json, sys
from PySide6.QtWidgets import QApplication
from gui.app import create_window
app = QApplication([])
window = create_window([])
painted = []
window.first_painted.connect(lambda: painted.append(sorted(set({HEAVY!r}) & set(sys.modules))))
window.show()
while not painted:
    app.processEvents()
print(json.dumps(painted[0]), flush=True)
import os
os._exit(0)
"""


def main() -> None:
    """Print both times, the ratio, and the heavy modules found."""
    seconds: dict[str, list[float]] = {"bare": [], "ours": []}
    heavy: list[str] = []
    for _ in range(ROUNDS):
        seconds["bare"].append(_run(BARE)[0])
        spent_s, heavy = _run(OURS)
        seconds["ours"].append(spent_s)
    bare_s, ours_s = min(seconds["bare"]), min(seconds["ours"])
    print(f"first painted window {ours_s:.2f} s, bare pyqtgraph window {bare_s:.2f} s: {ours_s / bare_s:.2f}× (target ≤ {MOST}×)")
    print(f"heavy modules at that moment: {', '.join(heavy) or 'none'} (target none)")


def _run(code: str) -> tuple[float, list[str]]:
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    # With settings of its own: the views that somebody has opened are not those of a first start.
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": _settings.name}
    began_s = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    line = process.stdout.readline()
    spent_s = time.perf_counter() - began_s
    process.stdout.close()
    process.wait()
    return spent_s, json.loads(line)
