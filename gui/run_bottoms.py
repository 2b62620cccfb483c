"""The bottom of J of each of several runs: J of another λ, model or dataset is another function, with a minimum of its own."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.bottom import Bottom, Why, bottom_of, same_bottom
from core.errors import UserError
from core.experiment import Experiment

if TYPE_CHECKING:
    from gui.session import Session

Known = tuple[Experiment, Bottom]


class RunBottoms(QObject):
    """Those of the session's own J come from session.bottom; the others are found one after the other. Signal: changed."""

    changed = Signal()

    def __init__(self, session: "Session", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = session.background()
        self._wanted: list[Experiment] = []
        self._known: list[Known] = []
        session.bottom.changed.connect(self._own_changed)

    def of(self, experiment: Experiment) -> Bottom | None:
        """The bottom of J of a run; None while it is not known."""
        if same_bottom(experiment, self._session.experiment):
            return self._session.bottom.now
        return next((bottom for known, bottom in self._known if same_bottom(known, experiment)), None)

    def look_for(self, experiments: Iterable[Experiment]) -> None:
        """Find those of these experiments, and forget others."""
        self._wanted = list(experiments)
        self._known = [known for known in self._known if any(same_bottom(known[0], wanted) for wanted in self._wanted)]
        self._search()

    def _search(self) -> None:
        # While the session's own is not known the hand has not come to rest, or there is better work for the machine.
        if self._background.busy or self._session.bottom.now is None:
            return
        experiment = next((wanted for wanted in self._wanted if self.of(wanted) is None), None)
        if experiment is not None:
            self._background.submit(lambda: (experiment, self._find(experiment)), self._found)

    def _find(self, experiment: Experiment) -> Bottom | None:
        """In the background."""

        def go_on(_: float) -> None:
            if self._background.closed:
                raise InterruptedError

        try:
            return bottom_of(experiment, go_on)
        except InterruptedError:
            return None
        except UserError:  # a polynomial term too large for a number
            return Bottom(why=Why.TOO_LARGE)

    def _found(self, made: tuple[Experiment, Bottom | None]) -> None:
        experiment, bottom = made
        if bottom is not None:
            self._known.append((experiment, bottom))
            self.changed.emit()
            self._search()

    def _own_changed(self) -> None:
        self._search()
        self.changed.emit()
