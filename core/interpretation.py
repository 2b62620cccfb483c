"""What the weights of logistic regression say: the odds ratio of each feature.

    odds = P(y = 1) / P(y = 0) = e^z,  z = w_raw·x + b_raw

One unit more of x_j adds w_raw_j to z, and so multiplies the odds by e^(w_raw_j), whatever the other features are.
"""

from dataclasses import dataclass

import numpy as np

from core.frame import Frame

PLURALS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds", "points")  # of which one is without s


@dataclass(frozen=True)
class OddsRatio:
    """`ratio` = e^w: the odds of y = 1 after one unit more of the feature, over those before. w in raw units."""

    feature: str
    w: float
    ratio: float


def odds_ratios(frame: Frame) -> tuple[OddsRatio, ...]:
    """One for each feature; none where z is not linear in the features, or e^z not the odds."""
    experiment = frame.experiment
    if experiment.model != "logistic" or experiment.degree != 1:
        return ()
    w_raw, _ = frame.w_b_raw
    with np.errstate(over="ignore"):
        ratios = np.exp(w_raw)
    names = experiment.dataset.feature_names
    return tuple(OddsRatio(name, float(w), float(ratio)) for name, w, ratio in zip(names, w_raw, ratios, strict=True))


def name_and_unit(feature: str) -> tuple[str, str]:
    """'Age (years)' → 'Age', 'year'; without a unit in brackets the unit is empty."""
    name, bracket, unit = feature.rpartition("(")
    if bracket and unit.endswith(")") and name.strip() and unit[:-1].strip():
        unit = unit[:-1].strip()
        return name.strip(), unit[:-1] if unit in PLURALS else unit
    return feature, ""
