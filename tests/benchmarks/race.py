"""A frame while six runs race, or lie pinned: it keeps the budget of a full frame, as ghosts are drawn from pictures."""

import time
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from core.experiment import Experiment
from core.frame import Frame
from core.lanes import ALPHA, SCALING, Lane
from core.race import runner
from core.trainer import Status
from gui.main_window import MainWindow
from tests.benchmarks.frame import judged_frames
from tests.benchmarks.scene import SIZE, application, open_window, paint, settle, shut

FRAMES = 300
WARM_UP = 20
M = 1_000
AT_FIRST = ("decision boundary", "cost curve", "runs")
ALL_OF_THEM = (*AT_FIRST, "cost landscape", "update")
ALPHAS = (0.001, 0.01, 0.3, 3.0, 10.0)
RACES = {
    "six α": tuple(Lane(ALPHA, alpha, slot) for slot, alpha in enumerate(ALPHAS)),
    "five scalings": tuple(Lane(SCALING, scaling, slot) for slot, scaling in enumerate(("none", "max", "mean", "minmax"))),
}
CASES = {  # name: race, degree, iterations a frame, pinned runs, views
    "alone": ((), 1, 1, 0, ALL_OF_THEM),
    "alone, degree 4": ((), 4, 10, 0, ALL_OF_THEM),
    "six α, one iteration a frame": (RACES["six α"], 1, 1, 0, ALL_OF_THEM),
    "six α, 1,000 iterations a frame": (RACES["six α"], 1, 1_000, 0, ALL_OF_THEM),
    "six α, plane, curve and table": (RACES["six α"], 1, 10, 0, AT_FIRST),
    "five scalings": (RACES["five scalings"], 1, 10, 0, ALL_OF_THEM),
    "six α, degree 4": (RACES["six α"], 4, 10, 0, ALL_OF_THEM),
    "one and six pinned": ((), 1, 10, 6, ALL_OF_THEM),
    "six α and six pinned": (RACES["six α"], 1, 10, 6, ALL_OF_THEM),
}


def main() -> None:
    """Print a line for each case."""
    application()
    for name, (lanes, degree, iterations, pinned, views) in CASES.items():
        window = open_window(M, SIZE)
        for key in window.plots:
            window.workspace.show_plot(key, key in views)
        window.session.edit("Degree", degree=degree)
        for alpha in ALPHAS[:pinned] + (1.0,) * (pinned > len(ALPHAS)):
            window.session.edit("Change learning rate", alpha=alpha)
            window.session.step(2_000)
            settle(window)
            window.session.runs.pin()
            window.session.restart()
        window.session.edit("Race", alpha=1.0, rivals=lanes)
        settle(window)
        times = np.array(frames_ms(window, iterations))
        shut(window)
        print(f"{name:<34} {judged_frames(times[:, 0])}; of the processor in the median {np.median(times[:, 1]):.2f} ms")


def frames_ms(window: MainWindow, iterations: int) -> list[tuple[float, float]]:
    """Milliseconds, and those of the processor, of each of FRAMES frames of a race that goes on by so many iterations a frame."""
    session = window.session
    session.live.timer.stop()
    session.live.status = Status.TRAINING  # so that text is written as in training, 5 times a second
    experiment: Experiment = replace(session.experiment)
    running = runner(experiment)
    session.experiment = experiment
    times = []
    for _ in range(WARM_UP + FRAMES):
        running.advance(iterations)
        trace = running.trace()
        began_s, began_cpu_s = time.perf_counter(), time.thread_time()
        session.live.trace = trace
        session.frame_now = Frame(experiment, trace, trace.last)
        session.frame.emit(session.frame_now)
        paint(window)
        times.append(((time.perf_counter() - began_s) * 1000, (time.thread_time() - began_cpu_s) * 1000))
        QCoreApplication.processEvents()
    return times[WARM_UP:]
