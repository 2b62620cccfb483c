"""Momentum: the heavy ball. w and b go on in the direction in which they were going, and the gradient only bends it.

    v := beta v - alpha dj_dw          w := w + v          and b in the same way; v = 0 at the start

With 0 ≤ beta < 1; beta = 0 is gradient descent. On a long even slope a step grows to 1/(1 - beta) times its size; across a ravine the steps
cancel out. J may rise for some iterations, when the ball rolls past the minimum.
Source: Polyak 1964, Some methods of speeding up the convergence of iteration methods, equation (9).
"""

from core.dataset import Array
from core.descents import codes
from core.descents.stateful import FullBatchDescent


class Momentum(FullBatchDescent):
    """The heavy ball. The state is v (n + 1,), of w_1 … w_n and b."""

    code = codes.MOMENTUM

    @classmethod
    def state_size(cls, n: int) -> int:
        return n + 1

    def step(self, point: Array, state: Array, iteration: int) -> tuple[Array, Array]:
        v = self.momentum * state - self.alpha * self.gradient(point)
        return point + v, v
