"""The verdict on each of several runs: that on the run under way is the session's, the others are found in the background."""

import time
from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal

from core.bottom import Bottom
from core.diagnosis import diagnose
from core.errors import UserError
from core.verdict import Ending, Verdict
from gui.pinned_runs import LIVE, Row
from gui.session import Session

INTERVAL_S = 1.0  # between two looks at the lanes of a race while it goes on: each takes some milliseconds
Of = tuple[object, ...]


class RunVerdicts(QObject):
    """`changed` comes when some are others than before."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = session.background()
        self._known: dict[Hashable, tuple[Of, Verdict | None]] = {}
        self._looked_s = 0.0

    def of(self, row: Row) -> Verdict | None:
        """None while it is not known, or there is none."""
        if row.key == LIVE:
            return self._session.judge.now
        known = self._known.get(row.key)
        return known[1] if known is not None else None

    def look(self, rows: list[Row]) -> None:
        """Find those of runs that have come farther, or whose minimum has become known; while it trains not more often than needed."""
        if self._background.busy:
            return
        bottoms = self._session.runs.bottoms
        ghosts = [(row, bottoms.of(row.experiment)) for row in rows if row.key != LIVE]
        self._known = {row.key: self._known[row.key] for row, _ in ghosts if row.key in self._known}
        wanted = [(row, bottom) for row, bottom in ghosts if self._known.get(row.key, ((), None))[0] != _of(row, bottom)]
        now_s = time.monotonic()
        if not wanted or (self._session.training and now_s - self._looked_s < INTERVAL_S):
            return
        self._looked_s = now_s
        self._background.submit(lambda: [(row.key, _of(row, bottom), _verdict(row, bottom)) for row, bottom in wanted], self._found)

    def _found(self, found: list[tuple[Hashable, Of, Verdict | None]]) -> None:
        for key, of, verdict in found:
            self._known[key] = of, verdict
        self.changed.emit()


def _of(row: Row, bottom: Bottom | None) -> Of:
    """What the verdict on a run depends on; experiments and bottoms are compared by identity."""
    return row.experiment, row.trace.run or len(row.trace), row.iteration, bottom


def _verdict(row: Row, bottom: Bottom | None) -> Verdict | None:
    """In the background."""
    try:
        trace, at_end = row.trace, row.iteration >= row.trace.last
        ended = Ending.LIMIT if row.iteration >= row.experiment.iterations else Ending.RULE if trace.stopped and at_end else None
        diverged = trace.diverged and at_end
        return diagnose(row.experiment, trace, bottom, row=trace.row_at(row.iteration), stopped=ended, diverged=diverged)
    except UserError:  # a polynomial term too large for a number, which has been told
        return None
