"""How a run is called while nobody has given it a name: by its settings."""

from core.descents import GRADIENT, METHODS
from core.experiment import Experiment
from core.lanes import LAMBDA, METHOD, SCALING
from core.models import LABELS
from core.scaling import SCALINGS
from core.update_rules import SIMULTANEOUS
from gui.text import number, tr


def run_name(experiment: Experiment) -> str:
    """Learning rate and scaling; of degree, λ, model, method and update rule what is not as at the start."""
    parts = [f"α {number(experiment.alpha)}"]
    if experiment.scaling != "none":
        parts.append(scaling_text(experiment.scaling))
    if experiment.degree > 1:
        parts.append(tr("degree {degree}").format(degree=experiment.degree))
    if experiment.lambda_:
        parts.append(f"λ {number(experiment.lambda_)}")
    if experiment.model != "logistic":
        parts.append(tr(LABELS[experiment.model]).lower())
    if experiment.method != GRADIENT:
        parts.append(tr(METHODS[experiment.method].label).lower())
    elif experiment.update != SIMULTANEOUS:
        parts.append(tr("one after the other"))
    return " · ".join(parts)


def lane_name(experiment: Experiment, raced: str) -> str:
    """The setting in which the runs of a race differ."""
    if raced == SCALING:
        return scaling_text(experiment.scaling)
    if raced == METHOD:
        return tr(METHODS[experiment.method].label).lower()
    return f"λ {number(experiment.lambda_)}" if raced == LAMBDA else f"α {number(experiment.alpha)}"


def scaling_text(scaling: str) -> str:
    """The name of a scaling within a line."""
    return tr("no scaling") if scaling == "none" else tr(SCALINGS[scaling].label).lower()
