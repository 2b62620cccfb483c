"""Panel: a card of controls. A new panel is one file with a subclass, and one line in the registry PANELS."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.frame import Frame
from gui.fields import Card, NumberField, not_a_number, parse_number
from gui.session import Session

TEXT_INTERVAL_S = 0.2


class Panel(Card):
    """Override show_experiment; show_frame where it shows numbers of the run."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.session = session
        session.experiment_changed.connect(self._experiment_changed)
        session.frame.connect(self._frame_came)
        self._shown_s = 0.0

    def start(self) -> None:
        """Show the state the session is in; called once when the panel is built."""
        self.show_experiment()
        self.show_frame(self.session.frame_now)

    def show_experiment(self) -> None:
        """Data or settings are others now."""

    def show_frame(self, frame: Frame) -> None:
        """Show one moment of the run."""

    def read_numbers(self, field: NumberField, text: str, use: Callable[[list[float]], Any]) -> None:
        """Hand the numbers in `text`, separated by commas or semicolons, to `use`; say what is wrong when that cannot be done."""
        try:
            values = [parse_number(part) for part in _parts(text)]
        except ValueError:
            self._refuse(field, not_a_number(field.accessibleName(), text))
            return
        try:
            use(values)
        except UserError as error:
            self._refuse(field, error)
            return
        field.mark_invalid(False)
        self.show_experiment()

    def _refuse(self, field: NumberField, message: str | UserError) -> None:
        field.mark_invalid(True)
        self.session.report(message)

    def _frame_came(self, frame: Frame) -> None:
        # Numbers that run at 60 Hz cannot be read: 5 Hz while it trains.
        now_s = time.monotonic()
        if not self.session.training or now_s - self._shown_s >= TEXT_INTERVAL_S:
            self._shown_s = now_s
            self.show_frame(frame)

    def _experiment_changed(self) -> None:
        self.show_experiment()


def _parts(text: str) -> list[str]:
    """A single number with its thousands grouped stays whole."""
    try:
        parse_number(text)
    except ValueError:
        return text.replace(";", ",").strip(", ").split(",")
    return [text]
