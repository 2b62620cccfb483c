"""When text may change: numbers that run at 60 Hz cannot be read and cost a layout each time, so it is 5 Hz while it trains."""

import time
from itertools import count

INTERVAL_S = 0.2
GOLDEN = 0.618034  # of an interval from one view to the next: however many there are, they keep apart

_made = count()


class TextClock:
    """Keeps the time of one view's text. Each has its own moments, so that no frame has the layouts of all of them to make."""

    def __init__(self) -> None:
        self._phase = next(_made) * GOLDEN % 1.0
        self._shown = -1  # the interval whose text has been written

    def due(self, training: bool) -> bool:
        """Whether to write the text of this frame; always while nothing moves by itself."""
        interval = int(time.monotonic() / INTERVAL_S + self._phase)
        if training and interval == self._shown:
            return False
        self._shown = interval
        return True
