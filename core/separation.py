"""Separation: proofs that J of logistic regression has a minimum, or that it has none; without λ. Nothing is guessed from the size of w.

With a_i = [x_i, 1] where y = 1 and -[x_i, 1] where y = 0, exactly one of these holds, unless columns depend on each other:

    separable      some v has a_i·v > 0 for all i      J falls towards 0 and |w| grows for ever
    touching       some v has a_i·v ≥ 0 for all i, 0 for some of them      J falls for ever, but not to 0: the examples on the line cost
    overlapping    no v ≠ 0 has a_i·v ≥ 0 for all i    one finite minimum

A v found and tested is a proof of the first two. Of the third, the residuals are: µ_i = |f_i - y_i| > 0 with Σ µ_i a_i = 0 forbid such
a v, as Σ µ_i (a_i·v) would be positive. On a computer a gradient g is never quite 0, and need not be. Let

    G = 1/m Σ µ_i (1 - µ_i) a_i a_iᵀ / |a_i|

    Σ µ_i (a_i·v) ≥ Σ µ_i (1 - µ_i) (a_i·v)² / (|a_i| |v|) = m vᵀGv / |v| ≥ m √(vᵀGv) √λmin(G)        and        Σ µ_i (a_i·v) = -m g·v

so that √(gᵀ G⁻¹ g) < √λmin(G) is a proof that the classes overlap, at any w, b.
Source: Albert, Anderson 1984 (the three cases); Stiemke 1915 (the alternative that the residuals prove).
"""

from collections.abc import Iterator

import numpy as np

from core.dataset import Array, Mask
from core.progress import Progress
from core.slopes import EPS, Basis, Slopes

ROWS_AT_ONCE = 4_096
NEAR = 1e-6  # of the length of an example: what is nearer to the line than this may be on it
INDEPENDENT = 1e-9  # singular values below this share of the greatest are none
SOME = 4  # times as many examples as there are directions
SLACK = 16.0  # times the bound on rounding: what lies on the line was computed as well


def separates(X: Array, y: Array, w: Array, b: float) -> bool:
    """Whether w, b has every example on its side, whatever rounding does: a proof that the classes can be separated."""
    with np.errstate(over="ignore", invalid="ignore"):
        z = (2.0 * y - 1.0) * (X @ w + b)
        # Higham 2002, section 3.1: the sum of n + 1 products is off by at most (n + 1) ε times the sum of their sizes.
        return bool((z > (len(w) + 4) * EPS * (np.abs(X) @ np.abs(w) + abs(b))).all())


def separates_in(basis: Basis, X: Array, y: Array, theta: Array, progress: Progress) -> bool:
    """The same of theta in a basis: there means much larger than deviations cost no digits."""
    v = basis.T @ theta
    return all(separates(standard, labels, v[:-1], float(v[-1])) for standard, labels in _blocks(basis, X, y, progress))


def overlap(weighed: Slopes, m: int) -> bool:
    """Whether these slopes, with an H per length, prove that the classes overlap: then J has one finite minimum. With room for rounding."""
    n, G, g = len(weighed.theta) - 1, weighed.H, weighed.gradient
    values, vectors = np.linalg.eigh(G)
    sums = n + 70 + m / 512  # roundings on the way of an example into a sum
    lowest = values[0] - sums * EPS * values.sum()
    if not lowest > 0:
        return False
    # Of the gradient: from adding up, and from turning each example into the basis.
    noise = EPS * (sums * weighed.pull + (n + 3) * np.linalg.norm(weighed.basis.T, 2) * weighed.standard_pull)
    left = np.sqrt((((vectors.T @ g) ** 2) / np.maximum(values, lowest)).sum())
    return bool(left + noise / np.sqrt(lowest) < np.sqrt(lowest))


def touching(basis: Basis, X: Array, y: Array, towards: Array, progress: Progress) -> Mask | None:
    """Which of the examples (m,) lie on a line that has all others on their sides, if there is one near `towards` (n + 1,); None: no proof.

    On the line is what cannot be told from it by more than rounding.
    """
    v = basis.T @ towards
    lengths, z = _lengths_and_z(basis, X, y, v, progress)
    for near in (NEAR, NEAR**2):
        on_line = np.abs(z) <= near * lengths * np.sqrt(v @ v)
        if not on_line.any() or on_line.all():
            continue
        polished = _without(v, _signed((X[on_line] - basis.mu) / basis.sigma, y[on_line]))
        if polished is None:
            continue
        error = SLACK * (len(v) + 2) * EPS * lengths * np.sqrt(polished @ polished)
        _, at = _lengths_and_z(basis, X, y, polished, progress)
        if (np.abs(at[on_line]) <= error[on_line]).all() and (at[~on_line] > error[~on_line]).all():
            found: Mask = on_line
            return found
    return None


def _without(v: Array, A: Array) -> Array | None:
    """v without its share in the span of the rows of A (k, n + 1); None where they span everything."""
    A = A / np.sqrt((A * A).sum(axis=1, keepdims=True))
    few = A[:: -(-len(A) // (SOME * len(v)))]
    while True:
        # Of few rows, and of those that turn out to matter: a line may have thousands of examples.
        _, values, directions = np.linalg.svd(few, full_matrices=False)
        spanned = directions[values > INDEPENDENT * values[0]]
        if len(spanned) == len(v):
            return None
        left = v
        for _ in range(3):  # again, for what rounding left
            left = left - spanned.T @ (spanned @ left)
        off = np.abs(A @ left)
        if len(few) > (SOME + 1) * len(v) or off.max() <= SLACK * len(v) * EPS * np.sqrt(left @ left):
            return left
        few = np.concatenate([few, A[[int(off.argmax())]]])


def _lengths_and_z(basis: Basis, X: Array, y: Array, v: Array, progress: Progress) -> tuple[Array, Array]:
    """|a_i| and a_i·v (m,) of standardized examples."""
    lengths, z = [], []
    for standard, labels in _blocks(basis, X, y, progress):
        lengths.append(np.sqrt(1.0 + (standard * standard).sum(axis=1)))
        z.append(_signed(standard, labels) @ v)
    return np.concatenate(lengths), np.concatenate(z)


def _signed(standard: Array, y: Array) -> Array:
    A: Array = np.column_stack([standard, np.ones(len(y))]) * (2.0 * y - 1.0)[:, np.newaxis]
    return A


def _blocks(basis: Basis, X: Array, y: Array, progress: Progress) -> Iterator[tuple[Array, Array]]:
    """Standardized examples and y, a block at a time."""
    for start in range(0, len(y), ROWS_AT_ONCE):
        progress(0.0)
        yield (X[start : start + ROWS_AT_ONCE] - basis.mu) / basis.sigma, y[start : start + ROWS_AT_ONCE]
