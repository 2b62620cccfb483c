"""Landscape: J over a plane of two parameters, the others held.

The parameters are (w_1, …, w_n, b); index n is b, whose column is all ones. With p and q in the place of two of them

    logistic   J = 1/m Σ (max(t, 0) + log(1 + e^-|t|)),  t = (1 - 2y) z,  z = X w + b      (y is folded into the columns once)
    linear     J = 1/2 of a quadratic form in p and q: exact from the moments of residual and columns
    all        + lambda_/(2m) Σ w_j²

t is taken relative to the middle of the plane, so that float32 is enough: what is rounded is the way across the plane, not z itself.
Equal to core.logistic.cost and core.linear.cost to 1e-5, and ten times faster. The compiled form, once it is ready, is twice as fast again,
exact to 1e-12, and lets go of the interpreter, so that the window can be drawn meanwhile.
"""

from dataclasses import dataclass

import numpy as np

from core import kernels
from core.dataset import Array
from core.models import MODELS

BLOCK = 512  # examples at once: what is made of them on the way stays in the processor's cache
LARGEST_FLOAT32 = 1e30
MOST_MOVING = 2_000  # examples, while something moves


@dataclass(frozen=True)
class Plane:
    """Which two of the parameters (w_1, …, w_n, b) span the landscape, by index: `first` to the right, `second` upwards."""

    first: int
    second: int

    def of(self, w: Array, b: Array | float) -> Array:
        """The two parameters out of w (n,), b: (2,); or out of rows w (r, n), b (r,): (r, 2)."""
        n = w.shape[-1]
        return np.stack([b if index == n else w[..., index] for index in (self.first, self.second)], axis=-1)

    def put(self, w: Array, b: float, p: float, q: float) -> tuple[Array, float]:
        """w (n,) and b with p and q in the place of the two."""
        theta = np.append(w, b)
        theta[[self.first, self.second]] = p, q
        return theta[:-1], float(theta[-1])


def planes(n: int) -> list[Plane]:
    """Every plane of n weights and b: w_1 w_2 first, b always upwards."""
    return [Plane(first, second) for first in range(n + 1) for second in range(first + 1, n + 1)]


class Landscape:
    """J of examples X (m, n), y (m,) over any plane."""

    def __init__(self, X: Array, y: Array, model: str = "logistic", lambda_: float = 0.0) -> None:
        self.m, self.n = X.shape
        self.model = model
        self.lambda_ = lambda_
        self._lambda_m = self.m  # a sample has the λ/m of all examples
        self._y = y
        self._columns = np.ascontiguousarray(np.vstack([X.T, np.ones(self.m)]))  # each column in one piece
        if model == "logistic":
            self._columns *= 1.0 - 2.0 * y

    @property
    def is_fast(self) -> bool:
        """Whether its model has a fast form here; with another, J is computed node by node."""
        return self.model in ("logistic", "linear")

    def sample(self, most: int = MOST_MOVING) -> "Landscape":
        """The landscape of at most so many examples drawn from these, always the same ones."""
        if self.m <= most:
            return self
        # One of every m / most that follow each other: in the order of a table, which often is that of the classes.
        rows = ((np.arange(most) + np.random.default_rng(0).random(most)) * (self.m / most)).astype(np.intp)
        made = object.__new__(Landscape)
        made.m, made.n, made.model, made.lambda_, made._lambda_m = most, self.n, self.model, self.lambda_, self._lambda_m
        made._y, made._columns = self._y[rows], np.ascontiguousarray(self._columns[:, rows])
        return made

    def scales(self) -> Array:
        """How far z moves, as a root mean square, when a parameter moves by 1: (n + 1,)."""
        with np.errstate(over="ignore"):
            scales: Array = np.sqrt((self._columns**2).mean(axis=1))
        return scales

    def grid(self, plane: Plane, w: Array, b: float, p: Array, q: Array) -> Array:
        """J (len(q), len(p)) at w, b with p and q in the place of the plane's two. Not finite where numbers overflow."""
        middle = plane.put(w, b, 0.5 * (p[0] + p[-1]), 0.5 * (q[0] + q[-1]))
        centre = np.append(*middle)
        dp, dq = p - centre[plane.first], q - centre[plane.second]
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            at_centre = centre @ self._columns
            one, other = self._columns[plane.first], self._columns[plane.second]
            if self.model == "logistic":
                J = (kernels.log_loss_grid() or _mean_log_loss)(at_centre, one, other, dp, dq)
            elif self.model == "linear":
                J = _half_mean_square(at_centre - self._y, one, other, dp, dq)
            else:
                J = self._node_by_node(plane, w, b, p, q)
            if self.lambda_:
                J += self.lambda_ / (2 * self._lambda_m) * self._squares(plane, centre, p, q)
        return J

    def _node_by_node(self, plane: Plane, w: Array, b: float, p: Array, q: Array) -> Array:
        """J without λ of a model that has no fast form here."""
        X, cost = self._columns[:-1].T, MODELS[self.model].cost
        return np.array([[cost(X, self._y, *plane.put(w, b, one, other)) for one in p] for other in q])

    def _squares(self, plane: Plane, centre: Array, p: Array, q: Array) -> Array:
        """Σ w_j² (len(q), len(p))."""
        held = np.delete(centre, [plane.first, plane.second, self.n])
        squares: Array = np.full((len(q), len(p)), held @ held)
        if plane.first < self.n:
            squares += p**2
        if plane.second < self.n:
            squares += (q**2)[:, np.newaxis]
        return squares


def _mean_log_loss(t: Array, one: Array, other: Array, dp: Array, dq: Array) -> Array:
    """Mean of log(1 + e^t) over the examples, with t + dp one + dq other for t: (len(dq), len(dp))."""
    reach = np.abs(t).max() + np.abs(dp).max() * np.abs(one).max() + np.abs(dq).max() * np.abs(other).max()
    kind = np.float32 if reach < LARGEST_FLOAT32 else np.float64
    total = np.zeros((len(dq), len(dp)))
    for start in range(0, len(t), BLOCK):
        block = slice(start, start + BLOCK)
        along = np.multiply.outer(dp, one[block]).astype(kind)
        begin, upwards = t[block], other[block]
        z, tail = np.empty_like(along), np.empty_like(along)
        for row, step in enumerate(dq):
            np.add(along, (begin + step * upwards).astype(kind), out=z)
            np.abs(z, out=tail)
            np.negative(tail, out=tail)
            np.exp(tail, out=tail)
            np.log1p(tail, out=tail)
            np.maximum(z, 0, out=z)
            z += tail
            total[row] += z.sum(axis=1)
    return total / len(t)


def _half_mean_square(error: Array, one: Array, other: Array, dp: Array, dq: Array) -> Array:
    """Half the mean of (error + dp one + dq other)²: (len(dq), len(dp))."""
    rows = np.stack([error, one, other])
    moments = rows @ (rows / len(error)).T
    dq = dq[:, np.newaxis]
    square = moments[1, 1] * dp**2 + moments[2, 2] * dq**2 + 2 * moments[1, 2] * dp * dq
    J: Array = 0.5 * (moments[0, 0] + 2 * moments[0, 1] * dp + 2 * moments[0, 2] * dq + square)
    return J
