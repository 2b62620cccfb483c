"""When text may change: numbers that run at 60 Hz cannot be read and cost a layout each time, so it is 5 Hz while it trains."""

import time

INTERVAL_S = 0.2


class TextClock:
    """Keeps the time of one view's text."""

    def __init__(self) -> None:
        self._shown_s = -INTERVAL_S

    def due(self, training: bool) -> bool:
        """Whether to write the text of this frame; always while nothing moves by itself."""
        now_s = time.monotonic()
        if training and now_s - self._shown_s < INTERVAL_S:
            return False
        self._shown_s = now_s
        return True
