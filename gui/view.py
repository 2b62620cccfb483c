"""View: what plots and panels have in common, a card that shows the session."""

from PySide6.QtWidgets import QWidget

from core.frame import Frame
from gui.fields import Card
from gui.session import Session
from gui.text_clock import TextClock


class View(Card):
    """Override show_frame, show_experiment and apply_theme where there is something to do; call start() at the end of __init__."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.session = session
        self._text_clock = TextClock()
        session.experiment_changed.connect(self._experiment_changed)
        session.frame.connect(self._frame_is_there)

    def start(self) -> None:
        """Show the state the session is in."""
        self.show_experiment()
        self.show_frame(self.session.frame_now)

    def show_experiment(self) -> None:
        """Data or settings are others now; a frame follows."""

    def show_frame(self, frame: Frame) -> None:
        """Show one moment of the run."""

    def text_due(self) -> bool:
        """Whether the text of this frame is to be written, 5 times a second while it trains. Ask once a frame."""
        return self._text_clock.due(self.session.training)

    # The signals end here, so that they reach an override of a subclass as well.

    def _experiment_changed(self) -> None:
        self.show_experiment()

    def _frame_is_there(self, frame: Frame) -> None:
        turns = self.session.turns
        if turns.in_turn:
            turns.ask(self, self._take_turn)
        else:
            turns.drop(self)
            self._frame_came(frame)

    def _take_turn(self) -> None:
        self._frame_came(self.session.frame_now)

    def _frame_came(self, frame: Frame) -> None:
        self.show_frame(frame)
