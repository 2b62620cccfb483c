"""One iteration made in three ways, and how long each takes: Python loops as in the course's lab, NumPy, and the compiled kernel.

An iteration is the derivatives at w, b, the simultaneous update, and the cost J. X (m, n) are the columns as trained, y (m,), w (n,).
Source of the loops: Coursera, Machine Learning Specialization, course 1 week 3, optional lab "Gradient descent for logistic regression".
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core import kernels
from core.dataset import Array
from core.descent import Descent
from core.frame import Frame
from core.models import MODELS
from core.update_rules import simultaneous

LOOPS, NUMPY, KERNEL = "loops", "numpy", "kernel"
WAYS = (LOOPS, NUMPY, KERNEL)
MOST_LOOPED = 100_000  # examples; of more, loops go through a part
MOST_LOOPED_NUMBERS = 400_000
EQUAL = 1e-12  # of a value, or of 1
LEAST_S = 0.02  # that a measurement lasts; what is quicker is repeated
MOST_REPEATS = 1_000_000
TRIES = 3

Next = tuple[Array, float]


@dataclass(frozen=True, eq=False)
class Problem:
    """What one iteration starts from."""

    X: Array
    y: Array
    w: Array
    b: float
    alpha: float
    lambda_: float
    model: str

    def part(self, m: int) -> "Problem":
        """The same on the first m examples."""
        return Problem(self.X[:m], self.y[:m], self.w, self.b, self.alpha, self.lambda_, self.model)


@dataclass(frozen=True, eq=False)
class Timing:
    """How long one iteration takes, and the w (n,), b it leads to.

    `examples` were gone through; where they are a part of all m, elapsed_s is what all of them would take. `equal`: w and b are those of
    NumPy on the same examples, to 1e-12 of their size or of 1.
    """

    way: str
    elapsed_s: float
    w: Array
    b: float
    examples: int
    m: int
    equal: bool


def problem_of(frame: Frame) -> Problem | None:
    """The iteration that comes after this frame; None without examples."""
    experiment = frame.experiment
    training = experiment.dataset.training
    if not training.m:
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        X = experiment.features.apply(training.X)
    return Problem(X, training.y, frame.w, frame.b, experiment.alpha, experiment.lambda_, experiment.model)


def measure(way: str, problem: Problem) -> Timing | None:
    """Make and time the iteration; None for the kernel while it is not compiled. Takes well under a second: ask for it in a thread."""
    m, n = problem.X.shape
    if way == LOOPS:
        part = problem.part(min(m, MOST_LOOPED, max(1, MOST_LOOPED_NUMBERS // n)))
        return _timing(way, part, m, looped(part), _seconds(lambda: looped(part)))
    if way == NUMPY:
        return _timing(way, problem, m, vectorized(problem), _seconds(lambda: vectorized(problem)))
    if kernels.current() is kernels.numpy_advance:
        return None
    return _timing(way, problem, m, compiled(problem), _kernel_seconds(problem))


def looped(problem: Problem) -> Next:
    """The next w and b, example by example and feature by feature."""
    X, y, w, b = problem.X, problem.y, problem.w, problem.b
    m, n = X.shape
    linear, logistic, J = problem.model == "linear", problem.model == "logistic", 0.0
    dj_dw, dj_db = np.zeros(n), 0.0
    for i in range(m):
        z_i = b
        for j in range(n):
            z_i += X[i, j] * w[j]
        f_i = z_i if linear else _sigmoid(z_i)
        err_i = f_i - y[i]
        J += _log_loss(z_i, y[i]) if logistic else 0.5 * err_i**2
        if not linear and not logistic:
            err_i *= f_i * _sigmoid(-z_i)
        for j in range(n):
            dj_dw[j] += err_i * X[i, j]
        dj_db += err_i
    J /= m
    for j in range(n):
        dj_dw[j] = dj_dw[j] / m + problem.lambda_ / m * w[j]
        J += problem.lambda_ / (2 * m) * w[j] ** 2
    new_w = np.zeros(n)
    for j in range(n):
        new_w[j] = w[j] - problem.alpha * dj_dw[j]
    return new_w, float(b - problem.alpha * dj_db / m)


def vectorized(problem: Problem) -> Next:
    """The next w and b by whole arrays: the specification."""
    model = MODELS[problem.model]
    with np.errstate(over="ignore", invalid="ignore"):
        model.cost(problem.X, problem.y, problem.w, problem.b, problem.lambda_)
        return simultaneous(model, problem.X, problem.y, problem.w, problem.b, problem.alpha, problem.lambda_)


def compiled(problem: Problem) -> Next:
    """The next w and b by the kernel that is ready."""
    descent = _descent(problem)
    descent.advance(1)  # with alpha 0: the derivatives it leaves are the kernel's own, those of its making are NumPy's
    descent.alpha = problem.alpha
    descent.advance(1)
    return descent.w, descent.b


def _descent(problem: Problem) -> Descent:
    return Descent(problem.X, problem.y, alpha=0.0, lambda_=problem.lambda_, model=problem.model, w=problem.w, b=problem.b)


def _seconds(work: Callable[[], object]) -> float:
    """The shortest time of one call."""
    shortest_s, spent_s = math.inf, 0.0
    while spent_s < LEAST_S:
        began_s = time.perf_counter()
        work()
        now_s = time.perf_counter() - began_s
        shortest_s, spent_s = min(shortest_s, now_s), spent_s + now_s
    return shortest_s


def _kernel_seconds(problem: Problem) -> float:
    """Seconds of one iteration among many: that is how a run makes them, and one alone is too short to be timed."""
    descent, repeats, shortest_s, long_enough = _descent(problem), 1, math.inf, 0
    while long_enough < TRIES:
        began_s = time.perf_counter()
        made = descent.advance(repeats)
        spent_s = time.perf_counter() - began_s
        if made < repeats:
            return spent_s / max(made, 1)
        if spent_s >= LEAST_S or repeats >= MOST_REPEATS:
            # The first of them still takes the memory for its rows.
            shortest_s, long_enough = min(shortest_s, spent_s / made), long_enough + 1
        else:
            repeats *= 4
    return shortest_s


def _timing(way: str, problem: Problem, m: int, result: Next, elapsed_s: float) -> Timing:
    w, b = result
    reference_w, reference_b = vectorized(problem)
    found, wanted = np.append(w, b), np.append(reference_w, reference_b)
    with np.errstate(invalid="ignore"):
        equal = bool((np.abs(found - wanted) <= EQUAL * np.maximum(1.0, np.abs(wanted))).all())
    examples = len(problem.y)
    return Timing(way, elapsed_s * m / examples, w, b, examples, m, equal)


def _sigmoid(z: float) -> float:
    t = math.exp(-abs(z))
    return (1.0 if z >= 0 else t) / (1.0 + t)


def _log_loss(z: float, y: float) -> float:
    return max(z, 0.0) - y * z + math.log1p(math.exp(-abs(z)))
