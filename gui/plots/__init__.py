"""The registry of plots: key → class. A new plot is one file here and one line below."""

from collections.abc import Callable

from gui.actions import Actions
from gui.plots.base import Plot
from gui.plots.cost_curve import CostCurve
from gui.plots.decision_boundary import DecisionBoundary
from gui.plots.scaling import ScalingPlot
from gui.session import Session

PLOTS: dict[str, Callable[[Session, Actions], Plot]] = {
    "decision boundary": DecisionBoundary,
    "cost curve": CostCurve,
    "scaling": ScalingPlot,
}
