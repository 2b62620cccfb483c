"""The arithmetic of one prediction, term by term: z = w_1 x_1 + … + w_n x_n + b in raw units, and f from it."""

from dataclasses import dataclass

import numpy as np

from core.dataset import Array
from core.features import exponents, polynomial_terms
from core.frame import Frame


@dataclass(frozen=True, eq=False)
class Arithmetic:
    """Of one example: w and terms (n_terms,) and b in raw units, the power of each feature in each term, z, f and the predicted class."""

    w: Array
    terms: Array
    b: float
    powers: tuple[tuple[int, ...], ...]
    z: float
    f: float
    label: int


def arithmetic(frame: Frame, example: Array) -> Arithmetic:
    """Predict one example (n,) in raw units, and keep what it is made of."""
    experiment = frame.experiment
    X = np.asarray(example, dtype=np.float64)[np.newaxis]
    with np.errstate(over="ignore", invalid="ignore"):
        w, b = frame.w_b_raw
        terms = polynomial_terms(X, experiment.degree)[0]
        # By the scaled columns, as the model itself does it: in raw units large terms may cancel.
        z = float((experiment.features.apply(X) @ frame.w)[0] + frame.b)
    f = float(frame.predict(X)[0])
    return Arithmetic(w, terms, b, exponents(experiment.dataset.n, experiment.degree), z, f, int(z >= frame.z_threshold))
