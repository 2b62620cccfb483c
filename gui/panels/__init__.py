"""The registry of panels: key → class, in the order in which they are used. A new panel is one file here and one line below."""

from collections.abc import Callable

from gui.panels.base import Panel
from gui.panels.data import DataPanel
from gui.panels.descent import DescentPanel
from gui.panels.features import FeaturesPanel
from gui.panels.predict import PredictPanel
from gui.session import Session

PANELS: dict[str, Callable[[Session], Panel]] = {
    "data": DataPanel,
    "features": FeaturesPanel,
    "descent": DescentPanel,
    "predict": PredictPanel,
}
