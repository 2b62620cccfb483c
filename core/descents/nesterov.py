"""Nesterov's accelerated gradient: momentum that looks ahead. The gradient is taken where v alone would lead.

    v := beta v - alpha dj_dw(w + beta v, b + beta v_b)          w := w + v          and b in the same way; v = 0 at the start

With 0 ≤ beta < 1; beta = 0 is gradient descent. It brakes earlier than the heavy ball does, and so swings less.
Source: Nesterov 1983, A method of solving a convex programming problem with convergence rate O(1/k²), with a constant beta; in this form
Sutskever, Martens, Dahl, Hinton 2013, equations (3) and (4).
"""

from core.dataset import Array
from core.descents import codes
from core.descents.momentum import Momentum


class Nesterov(Momentum):
    """Momentum that looks ahead. The state is v (n + 1,), of w_1 … w_n and b."""

    code = codes.NESTEROV

    def step(self, point: Array, state: Array, iteration: int) -> tuple[Array, Array]:
        v = self.momentum * state - self.alpha * self.gradient(point + self.momentum * state)
        return point + v, v
