"""The mathematics of core.logistic, core.linear and core.squared at machine speed. These are the files that import numba; core.kernels
loads them in the background, after the first paint, and calls them only when they are ready.

    exponential  e^-a, log and Σ log(1 + t)
    block        J and the gradient of up to 512 examples
    borrow       arrays without their reference counts
    atomic       loads, stores and counters that several threads share
    evaluate     J and the gradient of all examples, by one thread or a team
    advance      the updates, and the rows they leave
    slopes       J, its gradient and its Hessian in one pass
    landscape    J at every node of a plane of two parameters
    surface      the landscape as a surface, with a depth for each pixel
    signed       sums of logistic regression on two columns, by one formula for both labels
    two          the updates of logistic regression on two columns, several times as fast on few examples
"""

from numba.extending import register_jitable

from core.recording import is_change, keep_turn, write_row, write_turns

# They stay plain Python for NumPy, and are compiled where a compiled function calls them.
for function in (is_change, keep_turn, write_row, write_turns):
    register_jitable(function)
