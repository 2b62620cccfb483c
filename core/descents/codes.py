"""Numbers that the readable methods and the compiled ones share."""

MOMENTUM, NESTEROV, ADAM = 0, 1, 2  # as core.compiled.stateful has them

# Of Adam, as its authors propose: the memory of the squares, and what keeps the divisor from 0.
BETA2 = 0.999
EPSILON = 1e-8
