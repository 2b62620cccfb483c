"""Slopes: J, its gradient and its Hessian at one point, in a basis in which the examples are round.

    q = Tᵀ [(x - mu)/sigma, 1]        z = q·theta, so that w, b and theta (n + 1,) say the same        P = the λ term in the basis
    J = mean loss + ½ thetaᵀ P theta        gradient = 1/m Σ (f - y) q + P theta        H = 1/m Σ s q qᵀ + P

s = f (1 - f) for logistic, 1 for linear regression. T begins as the identity; where H is so ill-conditioned that solving with it would lose
digits, rebased() turns and stretches the axes until it is round: so the powers of one feature, and weights that span 1e20, do no harm.
X (m, n), y (m,) as in core.logistic. Everything here is work for a background thread.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core import kernels
from core.dataset import Array
from core.examples import BLOCK
from core.logistic import sigmoid
from core.progress import Progress

PRODUCTS_A_CALL = 20_000_000  # about 10 ms
ROWS_AT_ONCE = 4096  # of NumPy: arrays that need no fresh memory each time
PRODUCTS_AT_ONCE = 200_000  # of NumPy: more would have BLAS take all cores, and the window would wait for its turn
EPS = float(np.finfo(np.float64).eps)
ROUND = 1e-8  # least over greatest eigenvalue, from which on H need not be made rounder
FLAT = 1e-12  # a column that differs from a combination of others by less than this share follows from them
CLAMP = 100.0 * EPS  # eigenvalues below this share of the greatest are mostly rounding


@dataclass(frozen=True, eq=False)
class Basis:
    """mu, sigma (n,), T (n + 1, n + 1) and its inverse."""

    mu: Array
    sigma: Array
    T: Array
    inverse: Array
    rotated: bool = False

    @classmethod
    def standardized(cls, X: Array) -> "Basis | None":
        """The one of z-scored columns; None where numbers overflow."""
        with np.errstate(over="ignore", invalid="ignore"):
            mu, sigma = X.mean(axis=0), X.std(axis=0)
            sigma = np.where(sigma > 1e-12 * np.abs(mu), sigma, 1.0)
        if not (np.isfinite(mu).all() and np.isfinite(sigma).all()):
            return None
        identity = np.eye(X.shape[1] + 1)
        return cls(mu, sigma, identity, identity)

    def rebased(self, H: Array) -> "Basis":
        """The basis in which this H (n + 1, n + 1) would be the identity, as far as its digits go."""
        values, vectors = np.linalg.eigh(H)
        root = np.sqrt(np.maximum(values, CLAMP * values[-1]))
        return Basis(self.mu, self.sigma, self.T @ (vectors / root), (vectors * root).T @ self.inverse, rotated=True)

    def to_w_b(self, theta: Array) -> tuple[Array, float]:
        """w (n,) and b that say the same as theta (n + 1,)."""
        standard = self.T @ theta
        w = standard[:-1] / self.sigma
        return w, float(standard[-1] - w @ self.mu)

    def from_w_b(self, w: Array, b: float) -> Array:
        """The theta (n + 1,) that says the same as w (n,), b."""
        theta: Array = self.inverse @ np.append(w * self.sigma, b + w @ self.mu)
        return theta

    def penalty(self, lambda_: float, m: int) -> Array:
        """P (n + 1, n + 1): λ/m Σ w_j² without a share of b."""
        rows = self.T[:-1] / self.sigma[:, np.newaxis]
        P: Array = rows.T @ rows * (lambda_ / m)
        return P

    def root(self, H: Array, lambda_: float, m: int) -> Array:
        """R with RᵀR = the Hessian over w, b as they are; H is of the examples alone, without P."""
        n = len(self.mu)
        values, vectors = np.linalg.eigh(H)
        upwards = np.zeros((n + 1, n + 1))  # [x, 1] out of [(x - mu)/sigma, 1]
        upwards[:n, :n], upwards[:n, n], upwards[n, n] = np.diag(self.sigma), self.mu, 1.0
        # A balanced product: what is small in it stays exact to its own digits.
        root = (vectors * np.sqrt(np.maximum(values, 0.0))).T @ self.inverse @ upwards.T
        return np.concatenate([root, np.sqrt(lambda_ / m) * np.eye(n, n + 1)]) if lambda_ else root


@dataclass(frozen=True, eq=False)
class Slopes:
    """J, gradient (n + 1,), H (n + 1, n + 1) and the part of it that is the examples' in a basis, at theta.

    margin: the least z on its own side, negative where an example is on the wrong one; pull: the mean of |f - y| |q|, and standard_pull of
    the same where T is the identity. Those three of logistic regression only.
    """

    basis: Basis
    theta: Array
    J: float
    gradient: Array
    H: Array
    examples_H: Array
    margin: float
    pull: float
    standard_pull: float

    @cached_property
    def is_flat(self) -> bool:
        """Whether J has no curvature in some direction, as far as can be told."""
        return bool(np.linalg.cond(self.basis.T) * FLAT > 1)


class Passes:
    """X (m, n), y (m,) laid out for many passes, and the model and λ of J. `progress` is called often in each; what it raises ends it."""

    def __init__(self, X: Array, y: Array, model: str, lambda_: float, progress: Progress = lambda _: None) -> None:
        # Made here where need be, so that it is contiguous and can be written to: numba would compile other kernels for others.
        self._columns = np.require(X.T, requirements=["C", "W"])
        self._y = np.require(y, requirements=["C", "W"])
        self.model = model
        self.lambda_ = lambda_
        self._progress = progress

    @property
    def m(self) -> int:
        """Number of examples."""
        return len(self._y)

    def at(self, basis: Basis, theta: Array, *, per_length: bool = False) -> Slopes:
        """One pass over the examples: compiled when that is ready, NumPy until then. per_length: each share of H divided by its |q|."""
        made = kernels.slopes() or numpy_slopes
        n, m = self._columns.shape
        gradient, H = np.zeros(n + 1), np.zeros((n + 1, n + 1))
        scratch = np.empty((2 * (n + 1) + 5, BLOCK))
        place = basis.mu, 1.0 / basis.sigma, basis.T, basis.rotated, theta
        settings = *place, kernels.MODEL_CODES[self.model], per_length, scratch, gradient, H
        J, margin, pull, standard_pull = 0.0, np.inf, 0.0, 0.0
        part = max(BLOCK, PRODUCTS_A_CALL // (n + 1) ** 2 // BLOCK * BLOCK)
        for start in range(0, m, part):
            self._progress(0.0)
            part_J, part_margin, *pulls = made(self._columns, self._y, start, min(start + part, m), *settings)
            J, margin = J + part_J, min(margin, part_margin)
            pull, standard_pull = pull + pulls[0], standard_pull + pulls[1]
        H = (np.tril(H) + np.tril(H, -1).T) / m
        P = basis.penalty(self.lambda_, m)
        J = J / m + 0.5 * float(theta @ P @ theta)
        return Slopes(basis, theta, J, gradient / m + P @ theta, H + P, H, margin, pull / m, standard_pull / m)

    def rounded(self, slopes: Slopes) -> Slopes | None:
        """The same place in a basis in which H is round enough to solve with, or as round as can be had; None where numbers overflow."""
        while True:
            if not (np.isfinite(slopes.H).all() and np.isfinite(slopes.gradient).all() and np.isfinite(slopes.J)):
                return None
            values = np.linalg.eigvalsh(slopes.H)
            if not values[-1] > 0:
                return None
            if values[0] > ROUND * values[-1] or slopes.is_flat:
                return slopes
            basis = slopes.basis.rebased(slopes.H)
            slopes = self.at(basis, basis.inverse @ (slopes.basis.T @ slopes.theta))


def numpy_slopes(
    columns: Array,
    y: Array,
    begin: int,
    end: int,
    mu: Array,
    per_sigma: Array,
    T: Array,
    rotated: bool,
    theta: Array,
    model: int,
    per_length: bool,
    scratch: Array,
    gradient: Array,
    H: Array,
) -> tuple[float, float, float, float]:
    """Adds Σ (f - y) q to gradient (n + 1,) and Σ s q qᵀ to H (n + 1, n + 1), of columns (n, m), y (m,) from begin to end.

    Of H the lower half will do; per_length: each share of it is divided by |q|. Returns the sum of the losses, the least z on its own side,
    Σ |f - y| |q| and Σ |f - y| |[(x - mu)/sigma, 1]|.
    """
    n = len(columns)
    J, margin, pull, standard_pull = 0.0, np.inf, 0.0, 0.0
    rows = min(max(BLOCK, PRODUCTS_AT_ONCE // (n + 1) ** 2), ROWS_AT_ONCE)
    for start in range(begin, end, rows):
        stop = min(start + rows, end)
        x, labels = columns[:, start:stop], y[start:stop]
        standard = np.concatenate([(x - mu[:, np.newaxis]) * per_sigma[:, np.newaxis], np.ones((1, len(labels)))])
        q = T.T @ standard if rotated else standard
        z = theta @ q
        if model == kernels.MODEL_CODES["linear"]:
            error, s = z - labels, np.ones(len(labels))
            J += 0.5 * float(error @ error)
        else:
            signed = (2.0 * labels - 1.0) * z
            off = sigmoid(-signed)
            error, s = (1.0 - 2.0 * labels) * off, off * sigmoid(signed)
            J += float((np.maximum(-signed, 0.0) + np.log1p(np.exp(-np.abs(z)))).sum())
            margin = min(margin, float(signed.min()))
            lengths = np.sqrt((q * q).sum(axis=0))
            pull += float(off @ lengths)
            standard_pull += float(off @ np.sqrt((standard * standard).sum(axis=0)))
            s = s / lengths if per_length else s
        gradient += q @ error
        H += (q * s) @ q.T
    return J, margin, pull, standard_pull
