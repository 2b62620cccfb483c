"""The registry of plots: key → class. A new plot is one file here and one line below."""

from typing import Protocol

from gui.actions import Actions
from gui.plots.base import Plot
from gui.plots.cost_curve import CostCurve
from gui.plots.decision_boundary import DecisionBoundary
from gui.plots.interpretation import Interpretation
from gui.plots.landscape import LandscapePlot
from gui.plots.loss import LossView
from gui.plots.roc import RocPlot
from gui.plots.runs import RunsView
from gui.plots.scaling import ScalingPlot
from gui.plots.sigmoid import SigmoidView
from gui.plots.sklearn import SklearnView
from gui.plots.surface import SurfacePlot
from gui.plots.update import UpdateView
from gui.plots.vectorization import VectorizationView
from gui.session import Session


class PlotClass(Protocol):
    """A subclass of Plot: what it says of its place, and how it is made."""

    region: str
    stretch: int
    shown_at_first: bool

    def __call__(self, session: Session, actions: Actions) -> Plot: ...


PLOTS: dict[str, PlotClass] = {
    "decision boundary": DecisionBoundary,
    "update": UpdateView,
    "cost curve": CostCurve,
    "cost landscape": LandscapePlot,
    "runs": RunsView,
    "cost surface": SurfacePlot,
    "sigmoid": SigmoidView,
    "loss": LossView,
    "vectorization": VectorizationView,
    "roc": RocPlot,
    "interpretation": Interpretation,
    "scaling": ScalingPlot,
    "scikit-learn": SklearnView,
}
