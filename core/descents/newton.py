"""Newton's method: a step to the minimum of the parabola that fits J at w, b.

    (w, b) := (w, b) - alpha H⁻¹ ∇J          H (n + 1, n + 1), the Hessian of J: see core.conditioning

alpha is the share of the step that is made: 1 is Newton's method as it stands, less is damped. It does not depend on the units of the
features and needs about ten iterations, each with a linear system to solve; far from the minimum it may overshoot, and then a smaller alpha
helps. J must be convex: that of squared error with g(z) is not. Where H is flat in some direction the shortest step is taken.
Source: Nocedal, Wright 2006, section 3.3; Boyd, Vandenberghe 2004, section 9.5.
"""

import numpy as np

from core.conditioning import hessian
from core.dataset import Array
from core.descents.stateful import StatefulDescent


class Newton(StatefulDescent):
    """Newton's method with a constant share alpha of its step. No state."""

    compiled = False

    @staticmethod
    def wait_until_compiled() -> None:
        """Nothing is compiled."""

    def step(self, point: Array, state: Array, iteration: int) -> tuple[Array, Array]:
        H = hessian(self._X, point[:-1], float(point[-1]), self.model, self.lambda_)
        return point - self.alpha * _solve(H, self.gradient(point)), state


def _solve(H: Array, gradient: Array) -> Array:
    """The shortest s (n + 1,) with H s = gradient, in units in which H has ones on its diagonal; nan where H is not finite."""
    size = np.sqrt(np.diag(H))
    size = np.where(size > 0, size, 1.0)
    scaled = H / size[:, np.newaxis] / size
    if not np.isfinite(scaled).all():
        return np.full(len(gradient), np.nan)
    values, vectors = np.linalg.eigh(scaled)
    flat = values <= len(values) * np.finfo(np.float64).eps * values[-1]
    share = np.where(flat, 0.0, vectors.T @ (gradient / size)) / np.where(flat, 1.0, values)
    solution: Array = vectors @ share / size
    return solution
