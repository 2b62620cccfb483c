"""From X_train to the columns X that are trained on, in a script: polynomial terms, then scaling, as core.features and core.scaling do it.

A scaling is written as its formula where that gives the numbers of the run, and else as the numbers: they were measured on the examples
that the run began with, and a column that is the same in every example is not divided by its spread of 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.code.quoting import WIDTH, comment, numbers
from core.dataset import Array
from core.experiment import Experiment
from core.features import exponents, polynomial_terms

SAME = 1e-13


@dataclass(frozen=True)
class ScalingCode:
    """Lines of NumPy, the name in sklearn.preprocessing, and what the lines take for shift (n,) and scale (n,)."""

    numpy: tuple[str, ...]
    sklearn: str
    measure: Callable[[Array], tuple[Array, Array]]


SPREAD = "np.max(X, axis=0) - np.min(X, axis=0)"
CODE: dict[str, ScalingCode] = {
    "max": ScalingCode(("X = X / np.max(np.abs(X), axis=0)",), "MaxAbsScaler", lambda X: (np.zeros(X.shape[1]), np.abs(X).max(axis=0))),
    "mean": ScalingCode(
        ("mu = np.mean(X, axis=0)", f"X = (X - mu) / ({SPREAD})"), "", lambda X: (X.mean(axis=0), X.max(axis=0) - X.min(axis=0))
    ),
    "minmax": ScalingCode(
        (f"X = (X - np.min(X, axis=0)) / ({SPREAD})",),
        "MinMaxScaler",
        lambda X: (X.min(axis=0), X.max(axis=0) - X.min(axis=0)),
    ),
    "zscore": ScalingCode(
        ("mu, sigma = np.mean(X, axis=0), np.std(X, axis=0)", "X = (X - mu) / sigma"),
        "StandardScaler",
        lambda X: (X.mean(axis=0), X.std(axis=0)),
    ),
}


def terms_function(experiment: Experiment) -> list[str]:
    """The definition of polynomial_terms(); nothing for degree 1."""
    if experiment.degree == 1:
        return []
    n = experiment.dataset.n
    names = [f"x{j + 1}" for j in range(n)]
    taken = [f"X[:, {j}]" for j in range(n)]
    terms = [_term(powers) for powers in exponents(n, experiment.degree)]
    stacked = f"    return np.column_stack([{', '.join(terms)}])"
    lines = [stacked] if len(stacked) <= WIDTH else ["    return np.column_stack([", *_wrapped(terms), "    ])"]
    return [
        "def polynomial_terms(X):",
        f'    """All products of features up to degree {experiment.degree}, a column each."""',
        f"    {', '.join(names)} = {', '.join(taken)}",
        *lines,
    ]


def numpy_columns(experiment: Experiment) -> list[str]:
    """Lines that make X of X_train."""
    lines = ["X = X_train" if experiment.degree == 1 else "X = polynomial_terms(X_train)"]
    return [*lines, *_scaling(experiment, lambda code: code.numpy)]


def sklearn_columns(experiment: Experiment) -> tuple[list[str], list[str]]:
    """What to import from sklearn.preprocessing, and lines that make X of X_train."""
    imports, lines = [], ["X = X_train"]
    if experiment.degree > 1:
        imports.append("PolynomialFeatures")
        lines = [f"X = PolynomialFeatures(degree={experiment.degree}, include_bias=False).fit_transform(X_train)"]
    code = CODE.get(experiment.scaling)
    if code is not None and code.sklearn and _gives_the_same(experiment, code):
        imports.append(code.sklearn)
        return imports, [*lines, f"X = {code.sklearn}().fit_transform(X)"]
    return imports, [*lines, *_scaling(experiment, lambda code: code.numpy)]


def _scaling(experiment: Experiment, written: Callable[[ScalingCode], tuple[str, ...]]) -> list[str]:
    code = CODE.get(experiment.scaling)
    if experiment.scaling == "none":
        return []
    if code is not None and _gives_the_same(experiment, code):
        return list(written(code))
    scaler = experiment.features.scaler
    return [
        *comment("Scaling as it was measured when the run began; a column without spread is divided by 1."),
        f"shift = {numbers(scaler.shift)}",
        f"scale = {numbers(scaler.scale)}",
        "X = (X - shift) / scale",
    ]


def _gives_the_same(experiment: Experiment, code: ScalingCode) -> bool:
    scaler = experiment.features.scaler
    with np.errstate(all="ignore"):
        shift, scale = code.measure(polynomial_terms(experiment.dataset.training.X, experiment.degree))
        same = (np.abs(scale - scaler.scale) <= SAME * scaler.scale) & (np.abs(shift - scaler.shift) <= SAME * scaler.scale)
    return bool(same.all())


def _term(powers: tuple[int, ...]) -> str:
    return " * ".join(f"x{j + 1}" + (f"**{power}" if power > 1 else "") for j, power in enumerate(powers) if power)


def _wrapped(terms: list[str], on_a_line: int = 6) -> list[str]:
    return [f"        {', '.join(terms[k : k + on_a_line])}," for k in range(0, len(terms), on_a_line)]
