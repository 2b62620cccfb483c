"""The line of the condition number: how much rounder the bottom of J is with the scaling chosen, computed in the background."""

from dataclasses import dataclass

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel

from core.bottom import Bottom, bottoms, same_bottom
from core.errors import UserError
from core.experiment import Experiment
from core.side_by_side import raw_and_scaled
from gui.drawing.bottom_text import bottom_text, why_text
from gui.session import Session
from gui.text import tr


@dataclass(frozen=True, eq=False)
class Found:
    """The bottom of J raw and as trained, of an experiment; None where numbers overflow."""

    experiment: Experiment
    both: tuple[Bottom, Bottom] | None


class ConditionLine(QLabel):
    """“Condition number 4.6e6 → 42”: of J at its minimum, raw and with the scaling chosen. Nothing is computed while it is not seen."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Condition number"))
        self.setProperty("dim", True)
        self._session = session
        self._background = session.background()
        self._wanted: Experiment | None = None
        session.experiment_changed.connect(self._refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        experiment = self._session.experiment
        if not self.isVisible() or (self._wanted is not None and same_bottom(self._wanted, experiment)):
            return
        self._wanted = experiment
        if not experiment.is_quick:
            self.setText(tr("Condition number …"))
        self._background.submit(lambda: self._find(experiment), self._show)

    def _find(self, experiment: Experiment) -> Found | None:
        """In the background."""

        def go_on(_: float) -> None:
            if self._background.closed or self._wanted is not experiment:
                raise InterruptedError  # something newer is wanted, or the session ends

        raw = experiment if experiment.scaling == "none" else raw_and_scaled(experiment)[0]
        try:
            return Found(experiment, bottoms(experiment, raw, go_on))
        except InterruptedError:
            return None
        except UserError:  # a polynomial term too large for a number
            return Found(experiment, None)

    def _show(self, found: Found | None) -> None:
        if found is None or found.experiment is not self._wanted:
            return
        if found.both is None:
            text, why = tr("Condition number: too large"), ""
        else:
            raw, scaled = (bottom_text(bottom) for bottom in found.both)
            number = raw if found.experiment.scaling == "none" or raw == scaled else f"{raw} → {scaled}"
            text = tr("Condition number {number}").format(number=number)
            why = why_text(found.both[1])
            if found.both[1].minimum is None and number == tr("no minimum"):
                text = tr("Condition number: J has no minimum")
        self.setText(text)
        meaning = tr(
            "How much steeper J is in its steepest direction than in its flattest, at its minimum: raw → with this scaling. "
            "1 is a round bowl; the larger the number, the narrower the ravine and the more iterations descent takes."
        )
        self.setToolTip(f"{meaning} {why}".strip())
