"""A click that adds a point to many: from the press of the button until the window shows it, by the real mouse on the real window."""

import time

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest

from core import kernels
from core.dataset import Dataset, Source
from gui.app import create_window
from gui.drawing.plot_area import PlotArea
from gui.drawing.points_layer import PointsLayer
from tests.benchmarks.figures import judged
from tests.benchmarks.scene import SIZE, application, arrays, plane, points, shut, wait_until

LIMIT_MS = 30
LIMIT_FOR = 100_000  # examples
SIZES = (LIMIT_FOR, 900_000)  # by hand there is room for a million
CLICKS = 12


def main() -> None:
    """Print the median click for each size; the limit is for 100,000."""
    kernels.wait()
    for m in SIZES:
        for scaling in ("none", "zscore"):
            edit_ms, total_ms = _measure(m, scaling)
            name = f"a click into {m:,} points, scaling {scaling}, to repainted"
            figure = judged(name, total_ms, LIMIT_MS, "ms") if m == LIMIT_FOR else f"{name}: {total_ms:,.2f} ms"
            print(f"{figure}; edit {edit_ms:.1f} ms")


def _measure(m: int, scaling: str) -> tuple[float, float]:
    """Milliseconds until the click has been handled, and until the plane has been painted again."""
    app = application()
    window = create_window(["--scaling", scaling])
    window.resize(*SIZE)
    window.show()
    X, y = arrays(m)
    window.session.edit("Load", dataset=Dataset(X, y, source=Source(f"{m:,} points")))
    wait_until(app, lambda: not window.session.live.busy)
    area = plane(window).area
    painted = _when_painted(area, points(window))
    edits_ms, totals_ms = [], []
    for i in range(CLICKS):
        at = area.mapFromScene(area.view.mapViewToScene(QPointF(0.1 * i - 0.6, 0.3)))
        made = points(window).pictures_made
        began_s = time.perf_counter()
        QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        edits_ms.append((time.perf_counter() - began_s) * 1000)
        wait_until(app, lambda made=made: made + 1 in painted)
        totals_ms.append((painted[made + 1] - began_s) * 1000)
        wait_until(app, lambda: not window.session.live.busy)
        assert window.session.experiment.dataset.m == m + i + 1
    shut(window)
    return float(np.median(edits_ms)), float(np.median(totals_ms))


def _when_painted(area: PlotArea, layer: PointsLayer) -> dict[int, float]:
    """When each picture of the examples was first on the plot; the event loop may do other things before it comes back."""
    times_s: dict[int, float] = {}
    paint = area.paintEvent

    def paint_and_note(event: QPaintEvent) -> None:
        paint(event)
        times_s.setdefault(layer.pictures_made, time.perf_counter())

    setattr(area, "paintEvent", paint_and_note)  # noqa: B010  Qt calls what the object has
    return times_s
