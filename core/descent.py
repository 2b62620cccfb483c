"""Descent: the algorithm. One iteration updates every w_j and b simultaneously,

    w_j := w_j - alpha dj_dw_j        b := b - alpha dj_db,

with all derivatives taken before any parameter is overwritten; or one after the other, to show the difference: see core.update_rules.
X (m, n) are the columns as trained: after terms and scaling.
Source: Coursera, Machine Learning Specialization, course 1 week 3 (gradient descent for logistic regression).
"""

import numpy as np
from numpy.typing import ArrayLike

from core import kernels
from core.dataset import Array
from core.errors import DataError, SettingError
from core.examples import lay_out
from core.models import MODELS, check_model
from core.recording import ROWS_AN_ITERATION
from core.stop_rule import first_small_fall
from core.trace import MAX_BYTES, Mark, Trace, TraceRecorder
from core.update_rules import SIMULTANEOUS


class Descent:
    """A run in progress: w, b, J and the gradient at them, and the trace so far.

    Goes on from the last row of `trace` when one is given, else from w, b. Needs at least one example.
    `settings` are the fields of Experiment that a method of core.descents takes beside those that all take.
    """

    settings: tuple[str, ...] = ("update",)

    def __init__(
        self,
        X: Array,
        y: Array,
        *,
        alpha: float,
        lambda_: float = 0.0,
        model: str = "logistic",
        update: str = SIMULTANEOUS,
        stop_below: float | None = None,
        w: ArrayLike | None = None,
        b: float = 0.0,
        trace: Trace | None = None,
    ) -> None:
        self.alpha = float(alpha)
        self.model = model
        self.update = update
        self.stop_below = stop_below
        self.diverged = False
        self.stopped = False  # by the stop rule
        n = X.shape[1]
        size = self.state_size(n)
        self._point = np.zeros(n + size)  # w, and the state of a method that has one: what a row keeps
        self._w = self._point[:n]
        if trace is not None:
            self.iteration, w, b = trace.last, trace.w[-1], float(trace.b[-1])
            self._recorder = TraceRecorder.continuing(trace, size)
            self._point[n:] = self._recorder.last_state
        else:
            self.iteration = 0
            self._recorder = TraceRecorder(n + size)
            self._recorder.state_size = size
        if w is not None:
            self._w[:] = w
        self._scalars = np.array([float(b), 0.0, 0.0, 0.0])  # b, J, dj_db, the last change of J
        self._evaluate(X, y, lambda_)
        self._recorder.append(self.iteration, self._point, b, self.J)
        self._recorder.replace_last_J(self.J)

    @staticmethod
    def wait_until_compiled() -> None:
        """Wait until the updates of this method are as fast as they get."""
        kernels.wait()

    @classmethod
    def state_size(cls, n: int) -> int:
        """How many numbers beside w (n,) and b the next update depends on."""
        return 0

    @property
    def portion(self) -> int:
        """Updates that are worth a call of advance(), which costs about as much as they do."""
        return 1

    @property
    def every(self) -> int:
        """J is taken at each iteration that this divides, and where a call of advance() ends; a power of two."""
        return 1

    @property
    def w(self) -> Array:
        """w (n,) now, a copy."""
        return self._w.copy()

    @property
    def b(self) -> float:
        """b now."""
        return float(self._scalars[0])

    @property
    def J(self) -> float:
        """Cost at w, b."""
        return float(self._scalars[1])

    def _evaluate(self, X: Array, y: Array, lambda_: float) -> None:
        self.lambda_ = float(lambda_)
        self._examples = lay_out(X, y)
        math = MODELS[self.model]
        with np.errstate(over="ignore", invalid="ignore"):
            self._dj_dw, dj_db = math.gradient(X, y, self._w, self.b, lambda_)
            self._scalars[1:] = math.cost(X, y, self._w, self.b, lambda_), dj_db, 0.0

    def rebase(self, X: Array, y: Array, lambda_: float) -> None:
        """Go on with other examples or another lambda_: w and b stay, J and the gradient are taken anew."""
        self.diverged = self.stopped = False
        self._evaluate(X, y, lambda_)
        self._recorder.replace_last_J(self.J)

    def share_memory(self, runs: int) -> None:
        """Keep as many rows as one of `runs` that go side by side may: all of them take what one alone would."""
        self._recorder.keep_at_most(self._recorder.max_rows // runs)

    def mark(self, text: str) -> None:
        """Leave a mark at this iteration."""
        mark = Mark(self.iteration, text)
        if mark not in self._recorder.marks[-1:]:
            self._recorder.marks = (*self._recorder.marks, mark)

    @property
    def behind(self) -> int:
        """None, as there is no other run beside it: see core.race."""
        return 0

    @property
    def ended(self) -> bool:
        """Whether there are no more iterations to make: diverged, or stopped by the stop rule."""
        return self.diverged or self.stopped

    def advance(self, updates: int) -> int:
        """Make up to `updates` iterations and record them; fewer when w, b or J would not be finite, or the stop rule says so.

        Returns how many were made.
        """
        made = 0
        recorder = self._recorder
        while made < updates and not self.ended:
            recorder.make_room(ROWS_AN_ITERATION)
            make = self._make_updates if self.stop_below is None else self._make_updates_by_rule
            done, recorder.rows, self.diverged = make(updates - made)
            made += done
            self.iteration += done
        recorder.append(self.iteration, self._point, self.b, self.J)
        return made

    def _make_updates(self, updates: int) -> kernels.Made:
        recorder = self._recorder
        return kernels.for_update(self.update)(
            self._examples,
            self._w,
            self._dj_dw,
            self._scalars,
            float(self.alpha),
            self.lambda_,
            kernels.MODEL_CODES[self.model],
            self.iteration,
            updates,
            recorder.stride,
            recorder.window,
            recorder.buffers,
            recorder.rows,
        )

    def _make_updates_by_rule(self, updates: int) -> kernels.Made:
        """The same, up to the iteration at which the stop rule ends the run; as fast, as it is looked for when they have been made."""
        if self.every > 1:
            J, made = self.J, self._make_updates(1)
            self.stopped = made[0] > 0 and first_small_fall(np.array([J, self.J]), self.stop_below or 0.0) is not None
            return made
        recorder, state = self._recorder, (self._point, self._dj_dw, self._scalars)
        before, J = [values.copy() for values in state], self.J
        if recorder.stride > 1:
            # Not every iteration leaves a row any more: try it with rows of its own.
            self._recorder = every = TraceRecorder(recorder.buffers.w.shape[1], MAX_BYTES // 16)
            every.append(self.iteration, self._point, self.b, self.J)
            made = self._make_updates(updates)
            self._recorder = recorder
            rows = every.buffers.J[1 : made[1]]
        else:
            made = self._make_updates(updates)
            rows = recorder.buffers.J[recorder.rows : made[1]]
        last = first_small_fall(np.append(J, rows), self.stop_below or 0.0)
        if last is None and recorder.stride == 1:
            return made
        for values, value in zip(state, before, strict=True):
            values[:] = value
        self.stopped = last is not None
        done, row, diverged = self._make_updates(made[0] if last is None else last)
        return done, row, diverged or (made[2] and not self.stopped)

    def trace(self) -> Trace:
        """The rows so far."""
        return self._recorder.view()


def descend(
    X: ArrayLike,
    y: ArrayLike,
    *,
    alpha: float,
    iterations: int,
    w: ArrayLike | None = None,
    b: float = 0.0,
    lambda_: float = 0.0,
    model: str = "logistic",
) -> Trace:
    """Run gradient descent from w (zeros when not given), b on X (m, n), y (m,) and return its trace.

    Ends early, at the last finite row, when the descent diverges. The first call waits for the compiled kernel.
    Raises DataError when the shapes do not fit or there is no example or no column, SettingError for another model or number of iterations.
    """
    X, y = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if X.ndim != 2 or y.shape != (len(X),) or not X.size:
        raise DataError("X must be m rows of features and y m labels, but their shapes are {X} and {y}", X=X.shape, y=y.shape)
    if w is not None and np.shape(w) != X.shape[1:]:
        raise DataError("w must have a weight for each of the {n} columns of X, but its shape is {w}", n=X.shape[1], w=np.shape(w))
    check_model(model)
    if not float(iterations).is_integer() or iterations < 0:
        raise SettingError("Iterations {value} is not possible; give a whole number from 0 on", value=iterations)
    kernels.wait()
    descent = Descent(X, y, alpha=alpha, lambda_=lambda_, model=model, w=w, b=b)
    descent.advance(int(iterations))
    return descent.trace()
