"""The data table: a scroll step, opening it, selecting all, sorting, and a frame of training, at a thousand, 100,000 and a million rows."""

import time
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.data_table.dock import DataTable
from gui.main_window import MainWindow
from tests.benchmarks.figures import judged
from tests.benchmarks.scene import Clock, LongRun, application, open_window, paint, settle, shut

SIZES = (1_000, 100_000, 1_000_000)
STEPS = 300
FRAMES = 60
TRACE_ROWS = 1_000
HEIGHT_PX = 560
SCROLL_MS, RATIO, STALL_MS = 16.0, 1.5, 50.0


def main() -> None:
    """Print a line for each figure; sizes take turns at scrolling, so that other work on the machine strikes all of them."""
    application()
    windows = {m: open_window(m) for m in SIZES}
    opened_ms = {m: _open(window) for m, window in windows.items()}
    scroll_ms = _scroll(windows)
    for m, window in windows.items():
        print(f"{m:>9,} rows: opened and painted in {opened_ms[m]:.1f} ms; {_select_and_sort(window)}; {_train(window)}")
        shut(window)
    for m, values in scroll_ms.items():
        name = f"a scroll step at {m:,} rows, p95 {np.percentile(values, 95):.1f} ms, median"
        print(judged(name, float(np.median(values)), SCROLL_MS, "ms"))
    ratio = np.median(scroll_ms[SIZES[-1]]) / np.median(scroll_ms[SIZES[0]])
    print(f"scroll({SIZES[-1]:,}) / scroll({SIZES[0]:,}) = {ratio:.2f} (target ≤ {RATIO})")


def _table(window: MainWindow) -> DataTable:
    table = window.workspace.stage.table
    assert table is not None
    return table


def _open(window: MainWindow) -> float:
    """Milliseconds from the command until the window is painted; the plots are smaller then, and painted anew too."""
    began_s = time.perf_counter()
    window.actions_by_name["data table"].setChecked(True)
    paint(window)
    spent_ms = (time.perf_counter() - began_s) * 1000
    window.workspace.stage.resizeDocks([_table(window)], [HEIGHT_PX], Qt.Orientation.Vertical)
    settle(window)
    return spent_ms


def _scroll(windows: dict[int, MainWindow]) -> dict[int, list[float]]:
    """Milliseconds of each step to a page that was not seen before: all its rows are computed and painted."""
    times: dict[int, list[float]] = {m: [] for m in windows}
    shares = np.random.default_rng(0).permutation(STEPS) / STEPS
    for before, share in pairwise([*shares]):
        for m, window in windows.items():
            view = _table(window).view
            bar = view.verticalScrollBar()
            bar.setValue(round(before * bar.maximum()))
            paint(window)
            rows = view.seen_rows()
            began_s = time.perf_counter()
            bar.setValue(round(share * bar.maximum()))
            paint(window)
            times[m].append((time.perf_counter() - began_s) * 1000)
            assert view.seen_rows() != rows
    return times


def _select_and_sort(window: MainWindow) -> str:
    """All rows selected, then every second one; sorted by loss without a stall."""
    table = _table(window)
    began_s = time.perf_counter()
    table.view.selectAll()
    paint(window)
    all_ms = (time.perf_counter() - began_s) * 1000
    began_s = time.perf_counter()
    window.session.selection.select(np.arange(0, window.session.experiment.dataset.m, 2))
    paint(window)
    half_ms = (time.perf_counter() - began_s) * 1000
    window.session.selection.clear()
    settle(window)
    clock = Clock()
    began_s = time.perf_counter()
    titles = table.view.titles
    QTest.mouseClick(titles.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(titles.length() - 20, 10))
    settle(window)
    sorted_s = time.perf_counter() - began_s
    stall_ms = clock.stop()
    assert table.model.order is not None
    return (
        f"all selected {all_ms:.1f} ms, every second {half_ms:.1f} ms; "
        f"sorted by loss in {sorted_s:.2f} s, longest stall {stall_ms:.1f} ms (target ≤ {STALL_MS:g} ms)"
    )


def _train(window: MainWindow) -> str:
    """Frames of training with the table on screen, and without."""
    run = LongRun(window, TRACE_ROWS, 2 * FRAMES)
    shown_ms = [run.draw() * 1000 for _ in range(FRAMES)]
    window.actions_by_name["data table"].setChecked(False)  # and so the next window opens without it
    paint(window)
    hidden_ms = [run.draw() * 1000 for _ in range(FRAMES)]
    longest = f"p95 {np.percentile(shown_ms, 95):.1f} ms"
    return f"frame of training {np.median(shown_ms):.1f} ms, {longest}, hidden {np.median(hidden_ms):.1f} ms"
