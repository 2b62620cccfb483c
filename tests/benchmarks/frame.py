"""A full frame, from the session's signal until every plot is painted: it costs the same whatever m and whatever the length of the run."""

import numpy as np
from numpy.typing import ArrayLike

from gui.plots import PLOTS
from tests.benchmarks.figures import judged
from tests.benchmarks.scene import LARGE, SIZE, LongRun, Paints, application, open_window, settle, shut

FRAMES = 150
FRAMES_OF_A_VIEW = 40
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
    for name, values in times.items():
        _print(name, values)
    _print("full, 1920×1080", frames_ms(1_000, 100_000, "linear", LARGE))
    _print("plane and curve", frames_ms(1_000, 100_000, "linear", SIZE, LEAST_VIEWS))
    by_view = every_view_ms(1_000, 100_000, SIZE)
    _print("every view open", [value for values in by_view.values() for value in values])
    slowest = max(by_view, key=lambda key: float(np.median(by_view[key])))
    _print(f"  at {slowest}", by_view[slowest])
    for name, peer, most in RATIOS:
        print(f"frame({name}) / frame({peer}) = {np.median(times[name]) / np.median(times[peer]):.2f} (target ≤ {most})")


def _print(name: str, values: list[float]) -> None:
    print(f"{name:<22} {judged_frames(values)}")


def judged_frames(frames: ArrayLike) -> str:
    """Median and 95th percentile of frames in ms, against those of a full frame."""
    median, p95 = float(np.median(frames)), float(np.percentile(frames, 95))
    return f"{judged('median', median, MEDIAN_MS, 'ms')}; {judged('p95', p95, P95_MS, 'ms')}"


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


def every_view_ms(m: int, rows: int, size: tuple[int, int]) -> dict[str, list[float]]:
    """Milliseconds of frames while every view is open, with the column at the side scrolled to one after the other."""
    window = open_window(m, size)
    for key in PLOTS:
        window.workspace.show_plot(key)
        settle(window)
    run = LongRun(window, rows, len(PLOTS) * (WARM_UP + FRAMES_OF_A_VIEW))
    made: dict[str, list[float]] = {}
    for key, plot in window.plots.items():
        window.workspace.show_plot(key)
        settle(window)
        for _ in range(WARM_UP):
            run.draw()
        assert not plot.visibleRegion().isEmpty(), f"{key} was not painted"
        made[key] = [run.draw() * 1000 for _ in range(FRAMES_OF_A_VIEW)]
    shut(window)
    return made
