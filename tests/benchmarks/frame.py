"""A full frame, from the session's signal until every plot is painted: it costs the same whatever m and whatever the length of the run."""

import numpy as np

from gui.plots import PLOTS
from tests.benchmarks.scene import LARGE, SIZE, LongRun, Paints, application, open_window, settle, shut

FRAMES = 150
WARM_UP = 20
ROUNDS = 3
ROWS = 1_000
LEAST_VIEWS = ("decision boundary", "cost curve")
MEDIAN_MS, P95_MS = 12.0, 16.7
CASES = {  # name: examples, rows of the trace, axes
    "full": (1_000, 100_000, "linear"),
    "m 100": (100, ROWS, "linear"),
    "m 100k": (100_000, ROWS, "linear"),
    "m 1M": (1_000_000, ROWS, "linear"),
    "rows 1e3": (1_000, 1_000, "linear"),
    "rows 1e6": (1_000, 1_000_000, "linear"),
    "rows 1e6, log-log": (1_000, 1_000_000, "log-log"),
}
RATIOS = (("m 100k", "m 100", 1.5), ("m 1M", "m 100", 2.0), ("rows 1e6", "rows 1e3", 2.0), ("rows 1e6, log-log", "rows 1e3", 2.0))


def main() -> None:
    """Print a line for each case and each ratio; cases take turns, so that other work on the machine strikes all of them."""
    application()
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(ROUNDS):
        for name, (m, rows, axes) in CASES.items():
            times[name] += frames_ms(m, rows, axes, SIZE)
    large = frames_ms(1_000, 100_000, "linear", LARGE)
    for name, values in times.items():
        print(f"{name:<18} median {np.median(values):5.2f} ms, p95 {np.percentile(values, 95):5.2f} ms")
    print(f"{'full, 1920×1080':<18} median {np.median(large):5.2f} ms, p95 {np.percentile(large, 95):5.2f} ms")
    print(f"target for full: median ≤ {MEDIAN_MS} ms, p95 ≤ {P95_MS} ms")
    for title, views in (("plane and curve", LEAST_VIEWS), ("all views", tuple(PLOTS))):
        shown = frames_ms(1_000, 100_000, "linear", SIZE, views)
        print(f"{title:<18} median {np.median(shown):5.2f} ms, p95 {np.percentile(shown, 95):5.2f} ms")
    for name, peer, most in RATIOS:
        print(f"frame({name}) / frame({peer}) = {np.median(times[name]) / np.median(times[peer]):.2f} (target ≤ {most})")


def frames_ms(m: int, rows: int, axes: str, size: tuple[int, int], views: tuple[str, ...] | None = None) -> list[float]:
    """Milliseconds of each of FRAMES frames, with those views, or with those that are shown at first."""
    window = open_window(m, size)
    for key, place in PLOTS.items():
        window.workspace.show_plot(key, place.shown_at_first if views is None else key in views)
    settle(window)
    window.actions_by_name[f"axes {axes}"].trigger()
    run = LongRun(window, rows, WARM_UP + FRAMES)
    paints = Paints(window)
    for _ in range(WARM_UP):
        run.draw()
    assert paints.count >= WARM_UP * len(LEAST_VIEWS), "frames were not painted"
    for plot in paints.plots:
        plot.removeEventFilter(paints)
    made = [run.draw() * 1000 for _ in range(FRAMES)]
    shut(window)
    return made
