"""What the other methods have in common: a state beside w and b, which the trace keeps with every row, and updates that NumPy or the
compiled kernel makes.

A method is its step(): point (n + 1,) = (w_1, …, w_n, b) and state (s,) of one iteration → those of the next. That is the specification;
what is compiled must equal it. A run goes on from any of its rows as if it had never stopped, since all a step needs is in the row or is a
function of the iteration. Where w and b are moved by hand the state begins anew.
"""

from typing import Any

import numpy as np

from core.dataset import Array
from core.descent import Descent
from core.descents import machine
from core.descents.numpy_advance import numpy_advance
from core.descents.order import Indices
from core.kernels import MODEL_CODES, Made
from core.models import MODELS


class StatefulDescent(Descent):
    """A descent by another method. `every`: J is taken at each iteration that this divides, and where a call of advance() ends."""

    settings: tuple[str, ...] = ()
    compiled = True
    most_rows: int | None = None

    def __init__(self, X: Array, y: Array, **settings: Any) -> None:
        for name in self.settings:
            setattr(self, name, settings.pop(name))
        if self.compiled:
            machine.prepare()
        super().__init__(X, y, **settings)
        if self.most_rows is not None:
            self._recorder.keep_at_most(self.most_rows)

    @staticmethod
    def wait_until_compiled() -> None:
        machine.wait()

    def _evaluate(self, X: Array, y: Array, lambda_: float) -> None:
        self._X, self._y = X, y
        super()._evaluate(X, y, lambda_)

    @property
    def every(self) -> int:
        """A power of two; 1 where J comes with the update."""
        return 1

    def step(self, point: Array, state: Array, iteration: int) -> tuple[Array, Array]:
        """The next point (n + 1,) and state (s,)."""
        raise NotImplementedError

    def gradient(self, point: Array, examples: Indices | slice = slice(None)) -> Array:
        """dj_dw_1 … dj_dw_n, dj_db at a point (n + 1,), of all examples or of these; the λ term is whole in both."""
        X, y = self._X[examples], self._y[examples]
        w, b, m = point[:-1], float(point[-1]), len(self._y)
        dj_dw, dj_db = MODELS[self.model].gradient(X, y, w, b, self.lambda_ / m * len(y))
        return np.append(dj_dw, dj_db)

    def cost(self, point: Array) -> float:
        """J at a point (n + 1,), over all examples."""
        return float(MODELS[self.model].cost(self._X, self._y, point[:-1], float(point[-1]), self.lambda_))

    def _make_updates(self, updates: int) -> Made:
        recorder = self._recorder
        recorder.stride = max(recorder.stride, self.every)
        plan = self.iteration, updates, recorder.stride, recorder.window, recorder.buffers, recorder.rows
        ready = machine.current() if self.compiled else None
        if ready:
            return self._by_machine(ready, plan)
        made = numpy_advance(self.step, self.cost, self.every, self._point, len(self._w), self._scalars, *plan)
        if self.compiled:
            self._gradient_at_point()
        return made

    def _by_machine(self, ready: machine.Machine, plan: machine.Plan) -> Made:
        """The same, compiled; for a method that is."""
        raise NotImplementedError

    def _gradient_at_point(self) -> None:
        """The compiled methods begin with the gradient that the call before ended with."""
        with np.errstate(over="ignore", invalid="ignore"):
            gradient = self.gradient(np.append(self._w, self.b))
        self._dj_dw[:], self._scalars[2] = gradient[:-1], gradient[-1]


class FullBatchDescent(StatefulDescent):
    """A method that takes all examples for each update and remembers where it was going; compiled under its `code`."""

    settings = ("momentum",)
    code: int
    momentum: float

    def _by_machine(self, ready: machine.Machine, plan: machine.Plan) -> Made:
        state = self._point, self._dj_dw, self._scalars, float(self.alpha), self.lambda_
        return ready.advance_with_state(self._examples, *state, MODEL_CODES[self.model], self.code, float(self.momentum), plan)
