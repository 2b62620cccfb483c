"""The numbers: data, features, cost, descent and its trace. Knows no GUI; imports only numpy and the standard library at start."""

import os

# Read when NumPy is first imported. The threads of its linear algebra go on spinning for 0.1 s after each product of some size, on the
# cores that the training and the window need.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
