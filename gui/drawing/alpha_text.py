"""What J says about α, in the words of the course: up to where it is sure to fall, and what happens above the edge."""

from core.bottom import Bottom
from core.experiment import Experiment
from gui.text import number, tr

DIGITS = 3


def alpha_text(bottom: Bottom | None, experiment: Experiment) -> str:
    """In sentences, for a tooltip; empty while nothing is known."""
    if bottom is None or bottom.safe_alpha is None:
        return ""
    safe, edge = bottom.safe_alpha, edge_of(bottom)
    sentences = [tr("Green: with α below 2/L = {safe} J falls at every iteration, wherever w and b are.").format(safe=number(safe, DIGITS))]
    if edge is not None:
        sentences.append(_edge_text(edge, experiment))
    return " ".join(sentences)


def edge_of(bottom: Bottom | None) -> float | None:
    """2/λmax at the minimum, where there is one."""
    return bottom.curvature.edge if bottom is not None and bottom.curvature is not None else None


def _edge_text(edge: float, experiment: Experiment) -> str:
    if experiment.model == "linear":
        return tr("Amber and red: above 2/λmax = {edge} every step overshoots by more than the one before, and J diverges.").format(
            edge=number(edge, DIGITS)
        )
    text = tr(
        "Amber: at the minimum the edge is 2/λmax = {edge}. Red, above it: descent cannot settle there; J cycles between values. "
        "With logistic regression it stays bounded and does not diverge, though on features of large units it bounces high."
    ).format(edge=number(edge, DIGITS))
    if experiment.lambda_:
        end = 2.0 * experiment.dataset.training.m / experiment.lambda_
        text += " " + tr("Only above 2m/λ = {end} it diverges, because of λ.").format(end=number(end, DIGITS))
    return text
