"""Transport: the bar at the bottom, like a film player's. The slider follows the film's time, which gives early iterations more room."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from core.frame import Frame
from core.pace import FILM, Pace, film_iteration, film_time
from gui import theme
from gui.actions import Actions
from gui.controls.verdict_chip import VerdictChip
from gui.fields import Button, action_button, describe
from gui.icons import icon
from gui.judge import sentences
from gui.session import Session
from gui.text import cost_text, error_text, tr
from gui.text_clock import TextClock
from gui.verdict_card import VerdictCard

SLIDER_STEPS = 2_000
FIRST_ITERATIONS = 100  # the film shows them one by one, and so does the text
PLAY_ICON_PX = 18
CHIP_WIDTH_PX = 216  # for the longest verdict, so that nothing moves when it changes


class Transport(QFrame):
    """Restart, step back, play or pause, step; the slider; iteration, speed, J and the verdict."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self.session = session
        self._actions = actions
        self._text_clock = TextClock()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 16, 5)
        layout.setSpacing(8)
        self.play_button = self._round("play")
        for button in (self._round("restart"), self._round("step back"), self.play_button, self._round("step")):
            layout.addWidget(button)
        self.iteration = QLabel()
        self.iteration.setToolTip(tr("Iteration shown, and where the run ends; one iteration is one simultaneous update of w and b"))
        self.iteration.setMinimumWidth(150)
        layout.addSpacing(4)
        layout.addWidget(self.iteration)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, SLIDER_STEPS)
        self.slider.setSingleStep(1)
        describe(self.slider, tr("Run"), tr("Drag to look back through the run; early iterations get more room, as in the film"))
        layout.addWidget(self.slider, 1)
        layout.addSpacing(8)
        self.speed = QComboBox()
        for text, pace in speeds():
            self.speed.addItem(text, pace)
        describe(
            self.speed,
            tr("Speed"),
            tr("Iterations per second; the film shows the whole run in ten seconds, the first iterations one by one"),
        )
        caption = QLabel(tr("Speed"))
        caption.setProperty("dim", True)
        caption.setBuddy(self.speed)
        layout.addWidget(caption)
        layout.addWidget(self.speed)
        self.cost = QLabel()
        self.cost.setMinimumWidth(96)
        self.cost.setToolTip(tr("Cost J(w, b): the mean loss over the m examples"))
        layout.addSpacing(4)
        layout.addWidget(self.cost)
        self.state = VerdictChip(CHIP_WIDTH_PX)
        self.state.clicked.connect(actions["verdict"].trigger)
        self._verdict_card: VerdictCard | None = None
        layout.addWidget(self.state)
        self.slider.valueChanged.connect(self._scrub)
        self.speed.activated.connect(self._choose_speed)
        session.frame.connect(self._show_frame)
        session.status_changed.connect(self._show_status)
        session.experiment_changed.connect(self._show_status)
        session.judge.changed.connect(self._show_words)
        self.apply_theme()
        self._show_frame(session.frame_now)

    def _round(self, name: str) -> Button:
        button = action_button(self._actions[name], icon_only=True)
        button.setProperty("icon", False)
        button.setProperty("play" if name == "play" else "round", True)
        return button

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self._show_status()

    def change_speed(self, by: int) -> None:
        """Choose the next higher or lower speed."""
        index = min(max(self.speed.currentIndex() + by, 0), self.speed.count() - 1)
        self.session.set_speed(self.speed.itemData(index))

    def show_verdict(self, shown: bool) -> None:
        """Show or hide the whole verdict above its chip."""
        if shown and self._verdict_card is None:
            self._verdict_card = VerdictCard(self.session, self.parentWidget() or self, self)
        if self._verdict_card is not None:
            self._verdict_card.setVisible(shown)
            self._verdict_card.raise_()
            self.session.judge.quiet = shown
            if shown and self.session.judge.now and self.session.message == sentences(self.session.judge.now.notes):
                self.session.report("")

    def _show_frame(self, frame: Frame) -> None:
        total = _length(frame)
        share = film_time(frame.iteration, total) / film_time(total, total)
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(min(share, 1.0) * SLIDER_STEPS))
        if self._text_clock.due(self.session.training) or frame.iteration < FIRST_ITERATIONS:
            dim = theme.tokens().dim
            self.iteration.setText(f"<b>{frame.iteration:,}</b> <span style='color:{dim}'>/ {frame.experiment.iterations:,}</span>")
            self.cost.setText(f"J = <b>{cost_text(frame.J)}</b>")

    def _show_status(self) -> None:
        training = self.session.training
        play = self._actions["play"]
        play.setText(tr("Pause") if training else tr("Play"))
        self.play_button.setIcon(icon("pause" if training else "play", theme.tokens().on_accent, PLAY_ICON_PX, filled=True))
        self.play_button.setIconSize(QSize(PLAY_ICON_PX, PLAY_ICON_PX))
        self.play_button.setAccessibleName(play.text())
        with QSignalBlocker(self.speed):
            self.speed.setCurrentIndex(max(self.speed.findData(self.session.speed), 0))
        self._show_words()

    def _show_words(self) -> None:
        self.state.show_words(*state_in_words(self.session))

    def _scrub(self, value: int) -> None:
        total = _length(self.session.frame_now)
        self.session.seek(round(film_iteration(value / SLIDER_STEPS * film_time(total, total), total)))

    def _choose_speed(self, index: int) -> None:
        self.session.set_speed(self.speed.itemData(index))


def _length(frame: Frame) -> int:
    """Iterations that the slider spans: those asked for, or those made when that was lowered afterwards."""
    return max(frame.experiment.iterations, frame.trace.end)


def speeds() -> list[tuple[str, Pace]]:
    """What the speed box offers, from slow to fast."""
    rates = [(tr("{rate:,} it/s").format(rate=rate), float(rate)) for rate in (1, 10, 60, 1_000, 10_000)]
    return [*rates, (tr("Film, 10 s"), FILM), (tr("Fastest"), None)]


def state_in_words(session: Session) -> tuple[str, str, str]:
    """What the run has come to: text, tone of the chip, tooltip."""
    verdict = session.judge.now
    if not session.experiment.trainable:
        return tr("Needs both classes"), "", tr("Click on the plane to add at least one example of each class")
    if verdict is None and session.training:
        return tr("Training"), "accent", tr("Gradient descent is running")
    if verdict is None:
        return tr("Not started"), "", tr("Press Space to train, or → for one iteration")
    tip = sentences(verdict.notes)
    if session.looking_back:
        tip = tr("Looking back at iteration {k:,}: {verdict}").format(k=session.frame_now.iteration, verdict=tip)
    return error_text(verdict.short), verdict.tone.value, tip
