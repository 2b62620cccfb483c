"""Plot: a card that shows frames. A new plot is one file with a subclass, and one line in the registry PLOTS."""

from PySide6.QtWidgets import QWidget

from core.frame import Frame
from gui.fields import Card
from gui.session import Session


class Plot(Card):
    """Override show_frame; show_experiment and apply_theme where there is something to do."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.session = session
        session.experiment_changed.connect(self._experiment_changed)
        session.frame.connect(self.show_frame)

    def start(self) -> None:
        """Show the state the session is in; called once when the plot is built."""
        self.show_experiment()
        self.show_frame(self.session.frame_now)

    def show_frame(self, frame: Frame) -> None:
        """Show one moment of the run."""

    def show_experiment(self) -> None:
        """Data or settings are others now; a frame follows."""

    def _experiment_changed(self) -> None:
        self.show_experiment()
