"""Axis: ticks that people read easily, on linear and logarithmic scales. On a logarithmic one the view's values are powers of ten."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from gui import theme
from gui.text import number

MOST_LABELLED_DECADES = 3  # up to here 2 and 5 times a power of ten are labelled too
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 1000)  # powers of ten from one label to the next
DECADE_PX = 40  # at the least, between two powers of ten


class Axis(pg.AxisItem):
    """An axis without prefixes and minor ticks."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickFont=theme.font(11), tickLength=4, tickTextOffset=4, maxTickLevel=0, hideOverlappingLabels=30)
        self._log = False

    def updateAutoSIPrefix(self) -> None:
        """There are no prefixes. To look for one, pyqtgraph would lay the name out three times more while the axis is made."""

    def set_log(self, log: bool) -> None:
        """Read the view's values as powers of ten, or as they are."""
        self._log = log
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float | None, Sequence[float]]]:
        if not self._log:
            levels: list[tuple[float | None, Sequence[float]]] = super().tickValues(minVal, maxVal, size)[:1]
            return levels
        decades = maxVal - minVal
        least = decades * DECADE_PX / max(size, 1.0)
        step = next(step for step in STEPS if step >= least)
        powers = np.arange(np.ceil(minVal / step) * step, maxVal + 1e-9, step)
        if decades <= MOST_LABELLED_DECADES:
            between = np.add.outer(np.arange(np.floor(minVal), np.ceil(maxVal)), np.log10([2.0, 5.0])).ravel()
            powers = np.sort(np.concatenate([powers, between]))
        return [(None, [float(p) for p in powers if minVal - 1e-9 <= p <= maxVal + 1e-9])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float | None) -> list[str]:
        if self._log:
            return [_power_text(value) for value in values]
        largest = max((abs(value) for value in values), default=0.0)
        if largest >= 1e7 or (0 < largest < 1e-4):
            return [number(value, 3) for value in values]
        places = max(0, int(np.ceil(-np.log10(spacing) - 1e-9))) if spacing else 0
        return [f"{value:,.{places}f}".replace("-", "−") for value in values]


def _power_text(power: float) -> str:
    """10^power for people."""
    if -4 <= power < 6:  # 1,000,000 would be cut off at the right end
        return f"{10**power:,.6g}" if power < 3 else f"{10**power:,.0f}"
    return f"{10 ** (power - np.floor(power)):.0f}e{np.floor(power):.0f}".replace("-", "−")
