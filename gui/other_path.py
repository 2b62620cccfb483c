"""The path of the other update rule: while the run updates one parameter after the other, what simultaneous updates would have done."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.dataset import Array
from core.experiment import Experiment
from core.other_path import other_path
from core.trace import Trace
from core.update_rules import SEQUENTIAL
from gui.session import Session
from gui.text import tr

MOST_ITERATIONS = 10_000
MOST_NUMBERS = 50_000_000  # examples × columns × iterations: well under a second


class OtherPath(QObject):
    """Computes it in a thread. `changed` comes with `path`: w (r, n), b (r,) and a label; no rows when there is none to be shown."""

    changed = Signal(object, object, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = session.background()
        self._of: Experiment | None = None
        self.path: tuple[Array, Array, str] = (np.empty((0, 2)), np.empty(0), "")
        session.experiment_changed.connect(self._experiment_changed)

    def _experiment_changed(self) -> None:
        experiment = self._session.experiment
        if experiment is self._of:
            return
        shown, self._of = self._of is not None, None
        self._background.cancel()
        if experiment.update == SEQUENTIAL and experiment.trainable:
            self._of = experiment
            size = max(1, experiment.dataset.m * experiment.n_terms)
            iterations = max(1, min(experiment.iterations, MOST_ITERATIONS, MOST_NUMBERS // size))
            self._background.submit(lambda: other_path(experiment, iterations), self._computed)
        elif shown:
            self._show((np.empty((0, experiment.n_terms)), np.empty(0), ""))

    def _computed(self, trace: Trace) -> None:
        self._show((trace.w, trace.b, tr("simultaneous")))

    def _show(self, path: tuple[Array, Array, str]) -> None:
        self.path = path
        self.changed.emit(*path)
