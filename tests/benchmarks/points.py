"""A million points: from arrays to the first picture, and a frame of zooming, which makes the density picture anew."""

import time

import numpy as np

from core.dataset import Dataset, Source
from tests.benchmarks.figures import judged
from tests.benchmarks.scene import LARGE, SIZE, application, arrays, open_window, paint, plane, points, settle, shut

M = 1_000_000
ROUNDS = 5
ZOOMS = 40
FIRST_PAINT_S, ZOOM_MS = 0.5, 35.0


def main() -> None:
    """Print first paint and zoom at two sizes of the window."""
    application()
    X, y = arrays(M)
    for size in (SIZE, LARGE):
        window = open_window(6, size)
        layer, view = points(window), plane(window).area.view
        first_s: list[float] = []
        for number in range(ROUNDS):
            made = layer.pictures_made
            began_s = time.perf_counter()
            window.session.edit("Load", dataset=Dataset(X, y, source=Source(f"round {number}")))
            while layer.pictures_made == made:
                paint(window)
            first_s.append(time.perf_counter() - began_s)
            settle(window)
        zoom_ms: list[float] = []
        for step in range(ZOOMS):
            made = layer.pictures_made
            began_s = time.perf_counter()
            view.scaleBy((0.93, 0.93) if step % ZOOMS < ZOOMS // 2 else (1 / 0.93, 1 / 0.93))
            paint(window)
            zoom_ms.append((time.perf_counter() - began_s) * 1000)
            assert layer.pictures_made == made + 1
        print(judged(f"{size[0]}×{size[1]}: first paint, worst of {ROUNDS}", max(first_s), FIRST_PAINT_S, "s"))
        print(judged(f"{size[0]}×{size[1]}: zoom frame, median", float(np.median(zoom_ms)), ZOOM_MS, "ms"))
        print(judged(f"{size[0]}×{size[1]}: zoom frame, p95", float(np.percentile(zoom_ms, 95)), ZOOM_MS, "ms"))
        shut(window)
