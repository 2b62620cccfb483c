"""Stochastic and mini-batch gradient descent: each update takes its derivatives from a few examples only.

    w := w - alpha (1/|B| Σ_{i in B} (f_i - y_i) x_i + lambda_/m w)          b := b - alpha 1/|B| Σ_{i in B} (f_i - y_i)

B is one example (stochastic) or batch_size of them; core.descents.order says which. m / batch_size updates make one pass over the examples,
the last batch of a pass may be smaller. On average over a pass this is the gradient of J, the λ term included. With a constant alpha w, b
do not come to rest at the minimum but wander about it, the closer the smaller alpha is.

J in the trace is that of all m examples. As that would cost m times the work of an update, it is taken at every `every`-th iteration only,
so often that it costs about as much as the updates do; these are the rows of the trace, and where a call ends, be it after a single step.
Source: Robbins, Monro 1951, A stochastic approximation method; Bottou, Curtis, Nocedal 2018, section 3 (reshuffled passes: section 4.2).
"""

from core.dataset import Array
from core.descents import machine
from core.descents.order import Order
from core.descents.stateful import StatefulDescent
from core.kernels import MODEL_CODES, Made

EXAMPLES_A_COST = 32  # of m examples taken in order, in the time that one takes out of order
NUMPY_UPDATE = 64  # updates of the compiled method, in the time of one by NumPy


class MiniBatch(StatefulDescent):
    """batch_size examples for each update. No state: the order is a function of seed and iteration."""

    settings: tuple[str, ...] = ("batch_size", "seed")
    most_rows = 100_000  # nearly all are turning points of J, among which thinning has to choose
    batch_size = 1
    seed: int

    def _evaluate(self, X: Array, y: Array, lambda_: float) -> None:
        super()._evaluate(X, y, lambda_)
        self.order = Order(len(y), self.batch_size, self.seed)

    @property
    def every(self) -> int:
        least = len(self._y) // (EXAMPLES_A_COST * self.order.batch_size)
        return 1 << (least - 1).bit_length() if least > 1 else 1

    @property
    def portion(self) -> int:
        return self.every if machine.current() else max(1, self.every // NUMPY_UPDATE)

    def step(self, point: Array, state: Array, iteration: int) -> tuple[Array, Array]:
        new: Array = point - self.alpha * self.gradient(point, self.order.batch(iteration))
        return new, state

    def _by_machine(self, ready: machine.Machine, plan: machine.Plan) -> Made:
        state = self._w, self._dj_dw, self._scalars, float(self.alpha), self.lambda_
        chosen = self.order.batch_size, int(self.seed), self.every
        return ready.advance_by_batches(self._examples, *state, MODEL_CODES[self.model], *chosen, plan)


class Stochastic(MiniBatch):
    """One example for each update."""

    settings = ("seed",)
