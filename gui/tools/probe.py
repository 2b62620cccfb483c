"""Probe: a click or a drag gives the example to predict."""

from gui.tools.base import Gesture, Tool


class ProbeTool(Tool):
    """Puts the probe where the pointer is."""

    def click(self, gesture: Gesture) -> None:
        self._probe(gesture)

    def follow(self, gesture: Gesture) -> None:
        self._probe(gesture)

    def _probe(self, gesture: Gesture) -> None:
        # Four digits are finer than a pixel, and can be read out.
        self.session.pointer.set_probe(tuple(float(f"{value:.4g}") for value in gesture.at[: self.dataset.n]))
