"""Optimum: the w, b of the least cost J, by Newton's method with a line search, or why there is none, proved as core.separation says.

Newton's step is that of the basis of core.slopes, in which nothing is ill-conditioned; where classes can be separated it comes by a w, b
that does so within a few steps, however narrow the gap.

X (m, n), y (m,) as in core.logistic. Source: Boyd, Vandenberghe 2004, algorithm 9.5 (Newton with backtracking).
"""

import math
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from core.dataset import Array
from core.models import MODELS
from core.progress import Progress
from core.separation import overlap, separates_in, touching
from core.slopes import CLAMP, FLAT, Basis, Passes, Slopes

CONVEX = ("logistic", "linear")  # the models whose J is a bowl
MOST_STEPS = 100
CLOSE = 1e-10  # Newton's decrement: J is less than its square above the least, and the last step leaves less than a rounding
LEAST_FALL = 1e-4  # of what the gradient promises, or the step is halved
ROUNDING = 1e-12  # of J, where z is a difference of large numbers
SMALLEST_STEP = 1e-10
TOUCH_FROM, TOUCH_EVERY = 12, 4  # steps without an answer, until a line is looked for that the classes only touch


class Why(Enum):
    """Why there is no minimum to speak of."""

    NO_EXAMPLES = "no examples"
    ONE_CLASS = "one class"
    FLAT = "flat"  # a column is constant or follows from others: a whole line of w, b has the least J
    SEPARABLE = "separable"  # J falls towards 0 for ever as w grows
    TOUCHING = "touching"  # the same with examples on the line itself, so that J stays above 0
    UNDECIDED = "undecided"  # the classes all but touch: there may be a minimum, but rounding hides it
    TOO_LARGE = "too large"  # for numbers
    NOT_CONVEX = "not convex"  # J has bumps and plains: there may be many minima


@dataclass(frozen=True, eq=False)
class Optimum:
    """w (n,) and b of the least J."""

    w: Array
    b: float
    J: float


@dataclass(frozen=True, eq=False)
class Search:
    """`minimum` with its slopes `end`, or `why` there is none; `start`: slopes at w = 0, b = 0.

    infimum: what J comes as near to as one likes. near: w, b where the search ended, to draw a boundary with: the minimum, one of many
    where J is flat, or, where classes can be separated, a line that does so.
    """

    minimum: Optimum | None = None
    why: Why | None = None
    infimum: float | None = None
    near: tuple[Array, float] | None = None
    start: Slopes | None = None
    end: Slopes | None = None


def find_minimum(X: Array, y: Array, model: str = "logistic", lambda_: float = 0.0, progress: Progress = lambda _: None) -> Optimum | None:
    """The minimum of J on X (m, n), y (m,); None when there is no finite one, or none that can be told from its surroundings.

    Takes about ten passes over the examples. `progress` is called often; what it raises ends the work.
    """
    return search(X, y, model, lambda_, progress).minimum


def search(X: Array, y: Array, model: str = "logistic", lambda_: float = 0.0, progress: Progress = lambda _: None) -> Search:
    """The minimum of J on X (m, n), y (m,), or why there is none. `progress` is called often; what it raises ends the work."""
    if not len(y):
        return Search(why=Why.NO_EXAMPLES)
    basis = Basis.standardized(X)
    if basis is None:
        return Search(why=Why.TOO_LARGE)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        passes = Passes(X, y, model if model in CONVEX else "logistic", lambda_, progress)
        start = passes.rounded(passes.at(basis, np.zeros(X.shape[1] + 1)))
        if start is None:
            return Search(why=Why.TOO_LARGE)
        found = Search(start=start)
        if model not in CONVEX:
            return replace(found, why=Why.NOT_CONVEX)
        if model == "logistic" and y.min() == y.max():
            return replace(found, why=Why.ONE_CLASS, infimum=0.0)
        if not lambda_ and start.is_flat:
            chosen = _independent(start)
            rest = search(X[:, chosen], y, model, lambda_, progress)
            if rest.near is not None:
                w = np.zeros(X.shape[1])
                w[chosen] = rest.near[0]
                found = replace(found, near=(w, rest.near[1]))
            lost = rest.why in (Why.SEPARABLE, Why.TOUCHING, Why.TOO_LARGE, Why.UNDECIDED)
            return replace(found, why=rest.why if lost else Why.FLAT, infimum=rest.infimum)
        return _newton(X, y, passes, found, start, progress)


def _newton(X: Array, y: Array, passes: Passes, found: Search, now: Slopes, progress: Progress) -> Search:
    unbounded = passes.model == "logistic" and not passes.lambda_  # as far as is known
    for count in range(MOST_STEPS):
        found = replace(found, near=now.basis.to_w_b(now.theta))
        if unbounded and now.margin > 0 and separates_in(now.basis, X, y, now.theta, progress):
            return replace(found, why=Why.SEPARABLE, infimum=0.0)
        step = _solve(now.H, -now.gradient)
        decrement = math.sqrt(max(float(-now.gradient @ step), 0.0))
        if decrement <= CLOSE:
            if unbounded and not overlap(passes.at(now.basis, now.theta, per_length=True), passes.m):
                break
            return _made(X, y, passes, found, _better(now, passes.at(now.basis, now.theta + step)))
        if unbounded and count >= TOUCH_FROM and count % TOUCH_EVERY == 0:
            on_line = touching(now.basis, X, y, step, progress)
            if on_line is not None:
                rest = search(X[on_line], y[on_line], passes.model, 0.0, progress)
                infimum = None if rest.infimum is None else rest.infimum * float(on_line.mean())
                return replace(found, why=Why.TOUCHING, infimum=infimum)
        made = passes.rounded(_descended(passes, now, step))
        if made is None:
            return replace(found, why=Why.TOO_LARGE)
        now = made
    return replace(found, why=Why.UNDECIDED)


def _made(X: Array, y: Array, passes: Passes, found: Search, end: Slopes) -> Search:
    w, b = end.basis.to_w_b(end.theta)
    J = float(MODELS[passes.model].cost(X, y, w, b, passes.lambda_))
    if not np.isfinite([*w, b, J]).all():
        return replace(found, why=Why.TOO_LARGE)
    return replace(found, minimum=Optimum(w, b, J), infimum=J, near=(w, b), end=end)


def _descended(passes: Passes, now: Slopes, step: Array) -> Slopes:
    """The slopes where J is enough lower, at a share of the step."""
    slope = float(now.gradient @ step)
    share = 1.0
    while True:
        made = passes.at(now.basis, now.theta + share * step)
        enough = now.J + LEAST_FALL * share * slope + ROUNDING * abs(now.J)
        if enough >= made.J or share < SMALLEST_STEP:
            return made
        share /= 2


def _better(now: Slopes, last: Slopes) -> Slopes:
    return last if last.J <= now.J * (1 + ROUNDING) else now


def _solve(H: Array, target: Array) -> Array:
    """The solution of a symmetric positive system."""
    values, vectors = np.linalg.eigh(H)
    solution: Array = vectors @ ((vectors.T @ target) / np.maximum(values, CLAMP * values[-1]))
    return solution


def _independent(start: Slopes) -> list[int]:
    """Columns of which none is constant or follows from the others, as many as there are; Gram-Schmidt with pivots."""
    values, vectors = np.linalg.eigh(start.examples_H)
    # A root of the products of standardized columns and ones stands in for them: as long, and at the same angles.
    root = (vectors * np.sqrt(np.maximum(values, 0.0))).T @ start.basis.inverse
    root = root / np.sqrt((root[:, -1] ** 2).sum())
    chosen = [root.shape[1] - 1]
    while True:
        direction = root[:, chosen[-1]] / np.sqrt((root[:, chosen[-1]] ** 2).sum())
        for _ in range(2):
            root = root - np.outer(direction, direction @ root)
        root[:, chosen] = 0.0
        lengths = np.sqrt((root * root).sum(axis=0))
        best = int(lengths.argmax())
        if lengths[best] <= FLAT or len(chosen) == len(root) - 1:  # not all of them: that would be the same columns again
            return sorted(chosen[1:])
        chosen.append(best)
