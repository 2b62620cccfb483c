"""scikit-learn: its fits of the same columns beside the run, with the same λ and with its defaults, and why these differ."""

import time

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.against_sklearn import Figures, SklearnFits, figures, fit_with_sklearn, has_counterpart
from core.bottom import same_bottom
from core.errors import UserError
from core.experiment import Experiment
from core.frame import Frame
from core.sklearn_process import AbsentError, BrokenError
from gui.actions import Actions
from gui.drawing.sklearn_table import Lines, SklearnTable
from gui.drawing.sklearn_text import absent_text, broken_text, derivation_text, no_counterpart_text, one_class_text, warning_text
from gui.plots.base import Plot
from gui.session import Session
from gui.text import error_text, tr

PATIENCE_S = 0.2  # after the last edit: a drag does not fit at each of its places
NAP_S = 0.02
WIDEST_PX = 560  # of the table
LINES_PX = 52  # three lines


class SklearnView(Plot):
    """A table of the run and the two fits. `fits` are those of the experiment, once they are there; the plane draws them, too.

    They are computed once for each J, in another process; a frame writes the run's column 5 times a second.
    """

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("scikit-learn"), parent)
        self.fits: SklearnFits | None = None
        self._wanted: Experiment | None = None
        self._failed = False  # may go well the next time it is shown: scikit-learn can be installed meanwhile
        self._background = session.background()
        self._figures_background = session.background()
        self.table = self.area = SklearnTable()
        self.area.setAccessibleName(tr("This run and scikit-learn's two fits, side by side"))
        self.problem = Lines(tr("Why there is no comparison"), LINES_PX)
        self.warning = Lines(tr("What is the matter with the fits"), LINES_PX)
        self.warning.setProperty("dim", True)
        self.warning.setProperty("warn", True)
        room = self.warning.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # what comes and goes with the fits must not move the views beside it
        self.warning.setSizePolicy(room)
        self.derivation = Lines(tr("How the J of scikit-learn and ours go together"), LINES_PX)
        self.derivation.setProperty("dim", True)
        self.body.addWidget(self.problem)
        self._narrow = QWidget()
        self._narrow.setMaximumWidth(WIDEST_PX)
        inner = QVBoxLayout(self._narrow)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        for part in (self.area, self.derivation, self.warning):
            inner.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(0)
        row.addWidget(self._narrow, 1)
        row.addStretch(0)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self._show_problem("")
        self.warning.show_text("")
        self.start()

    # Showing.

    def show_experiment(self) -> None:
        experiment = self.session.experiment
        if self._wanted is not None and same_bottom(self._wanted, experiment) and not self._failed:
            return
        self._wanted, self._failed = experiment, False
        self._figures_background.cancel()
        self._take(None)
        self.derivation.show_text(derivation_text(experiment))
        if not has_counterpart(experiment.model) or not experiment.trainable:
            self._background.cancel()
            self._show_problem(one_class_text() if has_counterpart(experiment.model) else no_counterpart_text())
            return
        self._show_problem("")
        self._background.submit(lambda: self._compute(experiment), self._computed)

    def show_frame(self, frame: Frame) -> None:
        if not self.text_due() or self._narrow.isHidden():
            return
        self.table.show_run(frame)
        fits = self.fits
        if fits is None:
            return
        if frame.experiment.is_quick:
            self._figures_background.cancel()
            self.table.show_figures(figures(frame, fits))
        else:
            self._figures_background.submit(lambda: figures(frame, fits), self._show_figures)

    def apply_theme(self) -> None:
        self.area.update()

    def showEvent(self, event: QShowEvent) -> None:
        if self._failed:
            self._missed = True
        super().showEvent(event)
        self.session.sklearn.show(self.fits)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isHidden():  # and not the whole window
            self.session.sklearn.show(None)

    # Computing.

    def _compute(self, experiment: Experiment) -> "tuple[Experiment, SklearnFits | None, str]":
        """In the background: what was asked for, the fits, and a sentence where there are none. Given up when it is not wanted any more."""

        def go_on(_: float) -> None:
            if self._background.closed or self._wanted is not experiment:
                raise InterruptedError

        try:
            until_s = time.monotonic() + PATIENCE_S
            while time.monotonic() < until_s:
                go_on(0.0)
                time.sleep(NAP_S)
            return experiment, fit_with_sklearn(experiment, go_on), ""
        except InterruptedError:
            return experiment, None, ""
        except AbsentError:
            return experiment, None, absent_text()
        except BrokenError as error:
            return experiment, None, broken_text(str(error))
        except UserError as error:  # a polynomial term too large for a number
            return experiment, None, error_text(error)

    def _computed(self, made: "tuple[Experiment, SklearnFits | None, str]") -> None:
        experiment, fits, problem = made
        if experiment is not self._wanted:
            return
        self._failed = bool(problem)
        self._show_problem(problem)
        if fits is not None:
            self._take(fits)
            self.show_frame(self.session.frame_now)

    def _take(self, fits: "SklearnFits | None") -> None:
        self.fits = fits
        self.table.show_fits(fits)
        self.warning.show_text(warning_text(fits) if fits else "")
        if not self.isHidden():
            self.session.sklearn.show(fits)

    def _show_problem(self, problem: str) -> None:
        self.problem.show_text(problem)
        self._narrow.setVisible(not problem)

    def _show_figures(self, figures: "Figures") -> None:
        if self.fits is not None:
            self.table.show_figures(figures)
