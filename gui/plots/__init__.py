"""The registry of plots: key → where it stands, and its class. A new plot is one file here, and one function and one line below.

A class is imported when its plot is first asked for: the start does without views that are not shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from gui.actions import Actions
from gui.plots.base import Plot
from gui.session import Session

MIDDLE, SIDE = "middle", "side"


class PlotClass(Protocol):
    """A subclass of Plot: how it is made."""

    def __call__(self, session: Session, actions: Actions) -> Plot: ...


@dataclass(frozen=True)
class Place:
    """Where a plot stands, its share of the height in the middle, and whether it is seen unasked."""

    plot_class: Callable[[], PlotClass]
    region: str = SIDE
    stretch: int = 0
    shown_at_first: bool = False

    def make(self, session: Session, actions: Actions) -> Plot:
        """The plot itself."""
        return self.plot_class()(session, actions)


def _decision_boundary() -> PlotClass:
    from gui.plots.decision_boundary import DecisionBoundary

    return DecisionBoundary


def _update() -> PlotClass:
    from gui.plots.update import UpdateView

    return UpdateView


def _cost_curve() -> PlotClass:
    from gui.plots.cost_curve import CostCurve

    return CostCurve


def _landscape() -> PlotClass:
    from gui.plots.landscape import LandscapePlot

    return LandscapePlot


def _runs() -> PlotClass:
    from gui.plots.runs import RunsView

    return RunsView


def _surface() -> PlotClass:
    from gui.plots.surface import SurfacePlot

    return SurfacePlot


def _sigmoid() -> PlotClass:
    from gui.plots.sigmoid import SigmoidView

    return SigmoidView


def _loss() -> PlotClass:
    from gui.plots.loss import LossView

    return LossView


def _vectorization() -> PlotClass:
    from gui.plots.vectorization import VectorizationView

    return VectorizationView


def _roc() -> PlotClass:
    from gui.plots.roc import RocPlot

    return RocPlot


def _interpretation() -> PlotClass:
    from gui.plots.interpretation import Interpretation

    return Interpretation


def _scaling() -> PlotClass:
    from gui.plots.scaling import ScalingPlot

    return ScalingPlot


def _sklearn() -> PlotClass:
    from gui.plots.sklearn import SklearnView

    return SklearnView


PLOTS: dict[str, Place] = {
    "decision boundary": Place(_decision_boundary, MIDDLE, stretch=5, shown_at_first=True),
    "update": Place(_update, MIDDLE, shown_at_first=True),
    "cost curve": Place(_cost_curve, shown_at_first=True),
    "cost landscape": Place(_landscape, shown_at_first=True),
    "runs": Place(_runs),
    "cost surface": Place(_surface),
    "sigmoid": Place(_sigmoid),
    "loss": Place(_loss),
    "vectorization": Place(_vectorization),
    "roc": Place(_roc),
    "interpretation": Place(_interpretation),
    "scaling": Place(_scaling),
    "scikit-learn": Place(_sklearn),
}
