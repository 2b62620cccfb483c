"""Vectorization: one iteration as Python loops, as NumPy and as the compiled kernel, timed on the data in the window."""

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from core.dataset import Dataset
from core.frame import Frame
from core.vectorization import KERNEL, LOOPS, NUMPY, WAYS, Problem, Timing, measure, problem_of
from gui import theme
from gui.actions import Actions
from gui.drawing.bench_rows import Bar, BenchRows
from gui.fields import action_button, dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import tr


class VectorizationView(Plot):
    """A bench: a press of the button measures one way after the other, in a thread."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Vectorization"), parent)
        self._measure = actions["measure"]
        self.iterations = dim_label()
        button = action_button(self._measure)
        button.setProperty("small", True)
        self.header.addStrut(theme.CONTROL_HEIGHT + 2)
        self.header.addWidget(self.iterations)
        self.header.addSpacing(8)
        self.header.addWidget(button)
        self.caption = dim_label()
        self.area = BenchRows()
        self.area.setAccessibleName(tr("Time of one iteration in three ways"))
        self.body.addWidget(self.caption)
        self.body.addWidget(self.area)
        self.body.addStretch(1)
        self._background = session.background()
        self._timings: dict[str, Timing | None] = {}
        self._problem: Problem | None = None
        self._waiting: tuple[str, ...] = ()  # the ways still to be measured, the first of them now
        self._of: tuple[Dataset, int, str] | None = None
        self._measure.triggered.connect(self._begin)
        self.start()

    @property
    def measuring(self) -> bool:
        """Whether results are still to come."""
        return bool(self._waiting)

    def show_experiment(self) -> None:
        experiment = self.session.experiment
        of = experiment.dataset, experiment.degree, experiment.model
        if self._of is None or self._of[0] is not of[0] or self._of[1:] != of[1:]:
            # What was measured, or is being measured, was other data.
            self._of = of
            self._background.cancel()
            self._timings, self._waiting = {}, ()
        self._enable()
        m, n = experiment.dataset.training.m, experiment.n_terms
        self.caption.setText(tr("One iteration on {m:,} examples with {n:,} columns").format(m=m, n=n))
        self._show_bars()

    def show_frame(self, frame: Frame) -> None:
        if self.text_due():
            self.iterations.setText(tr("iteration {k:,} → {next:,}").format(k=frame.own_iteration, next=frame.own_iteration + 1))

    def apply_theme(self) -> None:
        self.area.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._enable()

    def _enable(self) -> None:
        """The button and its key work while there is something to measure and somebody would see it."""
        self._measure.setEnabled(self.session.experiment.dataset.training.m > 0 and not self._waiting and not self.isHidden())

    def _begin(self) -> None:
        self._timings, self._waiting = {}, WAYS
        self._problem = None
        self._enable()
        self._measure_next()

    def _measure_next(self) -> None:
        self._show_bars()
        if not self._waiting:
            self._problem = None
            self._enable()
            return
        way, problem, frame = self._waiting[0], self._problem, self.session.frame_now

        def work() -> tuple[Problem | None, Timing | None]:
            made = problem or problem_of(frame)
            return made, measure(way, made) if made else None

        self._background.submit(work, self._measured)

    def _measured(self, result: tuple[Problem | None, Timing | None]) -> None:
        self._problem, timing = result
        self._timings[self._waiting[0]] = timing
        self._waiting = self._waiting[1:]
        self._measure_next()

    def _show_bars(self) -> None:
        names = {LOOPS: tr("Python loops, as in the course's lab"), NUMPY: tr("NumPy: whole arrays"), KERNEL: tr("Compiled kernel")}
        self.area.show_bars([self._bar(way, names[way]) for way in WAYS])

    def _bar(self, way: str, name: str) -> Bar:
        if way not in self._timings:
            now = bool(self._waiting) and self._waiting[0] == way
            return Bar(name, note=tr("measuring…") if now else "")
        timing = self._timings[way]
        if timing is None:
            return Bar(name, note=tr("still being compiled; measure again in a moment"))
        if way == NUMPY:
            return Bar(name, timing.elapsed_s, tr("the two others are compared with this one"))
        note = tr("w, b equal to 1e-12") if timing.equal else tr("w, b differ by more than 1e-12")
        if timing.examples < timing.m:
            note += " · " + tr("extrapolated from {k:,} examples").format(k=timing.examples)
        return Bar(name, timing.elapsed_s, note, timing.equal)
