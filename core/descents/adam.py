"""Adam: a step of its own size for each parameter, from the mean of its last derivatives d and of their squares.

    p := beta p + (1 - beta) d          q := beta2 q + (1 - beta2) d²          p = q = 0 at the start
    w := w - alpha p' / (√q' + epsilon)          with p' = p / (1 - beta^t), q' = q / (1 - beta2^t) after t updates, and b in the same way

beta is the momentum of the experiment, 0.9 unless set; beta2 = 0.999, epsilon = 1e-8. A step is about alpha, however steep or flat J is,
and so Adam hardly needs scaled features; with a constant alpha it circles the minimum at a distance of about that size.
Source: Kingma, Ba 2015, Adam: a method for stochastic optimization, algorithm 1 (there m, v for p, q and beta_1 for beta).
"""

import numpy as np

from core.dataset import Array
from core.descents import codes
from core.descents.codes import BETA2, EPSILON
from core.descents.stateful import FullBatchDescent


class Adam(FullBatchDescent):
    """Adam on all examples. The state is p (n + 1,), q (n + 1,) and t."""

    code = codes.ADAM

    @classmethod
    def state_size(cls, n: int) -> int:
        return 2 * (n + 1) + 1

    def step(self, point: Array, state: Array, iteration: int) -> tuple[Array, Array]:
        k, beta = len(point), self.momentum
        d, t = self.gradient(point), state[-1] + 1.0
        p = beta * state[:k] + (1.0 - beta) * d
        q = BETA2 * state[k : 2 * k] + (1.0 - BETA2) * d * d
        step = self.alpha * (p / (1.0 - beta**t)) / (np.sqrt(q / (1.0 - BETA2**t)) + EPSILON)
        return point - step, np.concatenate([p, q, [t]])
