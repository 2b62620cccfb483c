"""The data table: a scroll step, opening it, selecting all, sorting, and a frame of training, at a thousand, 100,000 and a million rows."""

import time

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.data_table.dock import DataTable
from gui.main_window import MainWindow
from tests.benchmarks.scene import Clock, LongRun, application, judged, open_window, paint, settle, shut

SIZES = (1_000, 100_000, 1_000_000)
ROUNDS = 3
STEPS = 100
FRAMES = 60
TRACE_ROWS = 1_000
HEIGHT_PX = 560
SCROLL_MS, RATIO, STALL_MS = 16.0, 1.5, 50.0


def main() -> None:
    """Print a line for each figure; sizes take turns, so that other work on the machine strikes all of them."""
    application()
    scroll_ms: dict[int, list[float]] = {m: [] for m in SIZES}
    opened_ms: dict[int, list[float]] = {m: [] for m in SIZES}
    for number in range(ROUNDS):
        for m in SIZES:
            window = open_window(m)
            open_ms, table = _open(window)
            opened_ms[m].append(open_ms)
            scroll_ms[m] += _scroll(window, table)
            if number == ROUNDS - 1:
                print(f"{m:>9,} rows: opened and painted in {np.median(opened_ms[m]):.1f} ms; {_rest(window, table)}")
            window.actions_by_name["data table"].setChecked(False)
            shut(window)
    for m, values in scroll_ms.items():
        name = f"a scroll step at {m:,} rows, p95 {np.percentile(values, 95):.1f} ms, median"
        print(judged(name, float(np.median(values)), SCROLL_MS, "ms"))
    ratio = np.median(scroll_ms[SIZES[-1]]) / np.median(scroll_ms[SIZES[0]])
    print(f"scroll({SIZES[-1]:,}) / scroll({SIZES[0]:,}) = {ratio:.2f} (target ≤ {RATIO})")


def _open(window: MainWindow) -> tuple[float, DataTable]:
    began_s = time.perf_counter()
    window.actions_by_name["data table"].setChecked(True)
    paint(window)
    spent_ms = (time.perf_counter() - began_s) * 1000
    table = window.workspace.stage.table
    assert table is not None
    window.workspace.stage.resizeDocks([table], [HEIGHT_PX], Qt.Orientation.Vertical)
    settle(window)
    return spent_ms, table


def _scroll(window: MainWindow, table: DataTable) -> list[float]:
    """Milliseconds of each step to a page that was not seen before: all its rows are computed and painted."""
    bar = table.view.verticalScrollBar()
    pages = np.linspace(0, bar.maximum(), STEPS, dtype=int)[np.random.default_rng(0).permutation(STEPS)]
    times: list[float] = []
    for page in pages.tolist():
        rows = table.view.seen_rows()
        began_s = time.perf_counter()
        bar.setValue(page)
        paint(window)
        times.append((time.perf_counter() - began_s) * 1000)
        assert table.view.seen_rows() != rows
    return times


def _rest(window: MainWindow, table: DataTable) -> str:
    """All rows selected and every second one, sorted by loss without a stall, and frames of training with the table on screen."""
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
    run = LongRun(window, TRACE_ROWS, 2 * FRAMES)
    shown_ms = [run.draw() * 1000 for _ in range(FRAMES)]
    window.actions_by_name["data table"].setChecked(False)  # and so the next window opens without it
    paint(window)
    hidden_ms = [run.draw() * 1000 for _ in range(FRAMES)]
    return (
        f"all selected {all_ms:.1f} ms, every second {half_ms:.1f} ms; sorted by loss in {sorted_s:.2f} s, "
        f"longest stall {stall_ms:.1f} ms (target ≤ {STALL_MS:g} ms); "
        f"frame of training {np.median(shown_ms):.1f} ms, p95 {np.percentile(shown_ms, 95):.1f} ms, hidden {np.median(hidden_ms):.1f} ms"
    )
