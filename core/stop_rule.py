"""The stop rule of the course: J fell by less than ε in one iteration, so declare convergence and stop.

    stop after the first iteration k with  J(k-1) - J(k) < ε          (in which J rose, it has not fallen by ε either)

It looks at how fast J falls and not at where the minimum is: with a small alpha it stops far above it (two clouds, ε = 1e-3: 320 % with
α = 0.001, 9 % with α = 1), and where J bounces it stops at the first rise.
Source: Coursera, Machine Learning Specialization, course 1 week 2 ("automatic convergence test", ε = 10^-3).
"""

import numpy as np

from core.dataset import Array

COURSE_EPSILON = 1e-3


def first_small_fall(J: Array, epsilon: float) -> int | None:
    """Index of the first of consecutive costs J (r,) that is less than ε below the one before; None where there is none."""
    small = np.flatnonzero(J[:-1] - J[1:] < epsilon)
    return int(small[0]) + 1 if len(small) else None
