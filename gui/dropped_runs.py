"""Dropped runs: what undo commands keep of them, at most 2 MB each."""

from core.experiment import Experiment
from core.pinned import rows_kept
from core.trace import Trace
from gui.background import Background
from gui.edit_command import Run


class DroppedRuns:
    """Makes runs short: at once, or in the background where an edit would be held up by it."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._long: list[Run] = []

    def keep(self, experiment: Experiment, trace: Trace) -> Run:
        """The run of `experiment` with these rows; of a long one all of them for a moment, and then as many as are kept."""
        rows = rows_kept(trace)
        if sum(len(lane) for lane in (trace, *trace.lanes)) <= rows:
            return Run(experiment, trace.thinned(rows))
        run = Run(experiment, trace)
        self._long.append(run)
        self._background.submit(lambda: [(run, run.trace.thinned(rows_kept(run.trace))) for run in tuple(self._long)], self._shorten)
        return run

    def _shorten(self, made: list[tuple[Run, Trace]]) -> None:
        for run, trace in made:
            if run in self._long:  # and not made short by the work before this one
                run.trace = trace
                self._long.remove(run)
