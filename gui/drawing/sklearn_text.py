"""What is said of scikit-learn's fits: how its J goes with ours, what is the matter with a fit, and how to get scikit-learn."""

from typing import TYPE_CHECKING

from core.experiment import Experiment
from gui.text import number, tr

if TYPE_CHECKING:  # it comes with numbers that the start does without
    from core.against_sklearn import SklearnFits


def derivation_text(experiment: Experiment) -> str:
    """Why the defaults give another w, b: what scikit-learn minimises, turned into our J."""
    if experiment.model == "linear":
        return tr(
            "LinearRegression minimises Σ (f − y)², Ridge adds alpha Σ wⱼ². Divided by 2m that is our J with λ = 0, and with λ = alpha: "
            "the default has no λ."
        )
    same = tr("as here") if experiment.lambda_ == 1.0 else tr("here λ = {value}").format(value=number(experiment.lambda_))
    return tr(
        "LogisticRegression minimises C Σ loss + ½ Σ wⱼ². Divided by C m that is our J, 1/m Σ loss + λ/(2m) Σ wⱼ², with λ = 1/C. "
        "So its default, C = 1, is λ = 1; {same}."
    ).format(same=same)


def warning_text(fits: "SklearnFits") -> str:
    """What is the matter with the fits, empty when nothing is."""
    from core.bottom import Why

    if fits.problems:
        return tr("scikit-learn could not fit these columns: {reason}").format(reason=fits.problems[0])
    if fits.why is Why.SEPARABLE:
        return tr(
            "The classes can be separated and λ = 0: J has no minimum, it falls for ever as w grows. "
            "The w, b with the same λ are only where scikit-learn stopped."
        )
    if fits.why is Why.FLAT:
        return tr("J is flat in one direction, as a column is constant or follows from the others: many w, b are equally good.")
    if fits.why is Why.TOO_LARGE:
        return tr("The numbers are too large for a sure minimum; choose a lower degree or another scaling.")
    if fits.same is not None and not fits.same.finished:
        return tr("With the same λ scikit-learn stopped before the minimum; another scaling helps.")
    if fits.default is not None and not fits.default.finished:
        return tr("Its defaults stopped after {steps} steps, before the minimum; another scaling helps.").format(steps=fits.default.steps)
    return ""


def absent_text() -> str:
    """How to get scikit-learn."""
    return tr("scikit-learn is not installed: to compare with it, run “pip install scikit-learn” and show this view again.")


def no_counterpart_text() -> str:
    """For the squared error of a sigmoid."""
    return tr("scikit-learn has no squared error with a sigmoid to compare with: choose logistic or linear regression as the model.")


def one_class_text() -> str:
    """While there is nothing to fit."""
    return tr("To compare, there must be at least one example of each class among those trained on.")


def broken_text(reason: str) -> str:
    """For an installation that does not work."""
    return tr("scikit-learn is installed but cannot be used ({reason}); install it again and show this view again.").format(reason=reason)
