"""How w and b are updated: simultaneously, as the course does it, or one after the other, which is a common mistake.

    simultaneous   all derivatives at w, b;  then w_j := w_j - alpha dj_dw_j for every j,  b := b - alpha dj_db
    sequential     for j = 1 … n:  w_j := w_j - alpha dj_dw_j, with dj_dw_j taken at the w that has w_1 … w_{j-1} new already;
                   last b := b - alpha dj_db, with dj_db taken at the new w

X (m, n), y (m,), w (n,), b a number; `math` is a model of core.models. Both have the same fixed points, and so the same end where they
converge. Source: Coursera, Machine Learning Specialization, course 1 week 1 ("simultaneous update").
"""

from collections.abc import Callable
from types import ModuleType

from core.dataset import Array

SIMULTANEOUS, SEQUENTIAL = "simultaneous", "sequential"

Rule = Callable[[ModuleType, Array, Array, Array, float, float, float], tuple[Array, float]]


def simultaneous(math: ModuleType, X: Array, y: Array, w: Array, b: float, alpha: float, lambda_: float) -> tuple[Array, float]:
    """The next w (n,) and b. Needs at least one example."""
    dj_dw, dj_db = math.gradient(X, y, w, b, lambda_)
    return w - alpha * dj_dw, float(b - alpha * dj_db)


def sequential(math: ModuleType, X: Array, y: Array, w: Array, b: float, alpha: float, lambda_: float) -> tuple[Array, float]:
    """The next w (n,) and b when every derivative already sees what was updated before it. Needs at least one example."""
    w = w.copy()
    for j in range(len(w)):
        dj_dw, _ = math.gradient(X, y, w, b, lambda_)
        w[j] -= alpha * dj_dw[j]
    _, dj_db = math.gradient(X, y, w, b, lambda_)
    return w, float(b - alpha * dj_db)


UPDATES: dict[str, Rule] = {SIMULTANEOUS: simultaneous, SEQUENTIAL: sequential}


def other_update(update: str) -> str:
    """The rule that `update` is not."""
    return SEQUENTIAL if update == SIMULTANEOUS else SIMULTANEOUS
