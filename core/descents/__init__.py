"""The methods that can make a run, by name. Full-batch gradient descent is the default; the others are there to be compared with it.

Each is a class with the interface of core.descent.Descent. Its `settings` are the fields of Experiment that it takes beside X, y, alpha,
lambda_, model, start and trace; an iteration is one update of w and b, whatever the method.

    gradient      w := w - alpha dj_dw, from all examples                                     core.descent
    stochastic    the same from one example at a time                                         batches
    mini-batch    the same from batch_size examples at a time                                 batches
    momentum      heavy ball, Polyak 1964                                                     momentum
    nesterov      accelerated gradient, Nesterov 1983                                         nesterov
    adam          Kingma, Ba 2015                                                             adam
    newton        w := w - alpha H⁻¹ dj_dw                                                    newton

`stateful` is what they have in common, `numpy_advance` and `machine` make the updates, the one readable, the other compiled.
"""

from core.descent import Descent
from core.descents.adam import Adam
from core.descents.batches import MiniBatch, Stochastic
from core.descents.momentum import Momentum
from core.descents.nesterov import Nesterov
from core.descents.newton import Newton

GRADIENT, NEWTON = "gradient", "newton"

METHODS: dict[str, type[Descent]] = {
    GRADIENT: Descent,
    "stochastic": Stochastic,
    "mini-batch": MiniBatch,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adam": Adam,
    NEWTON: Newton,
}


def usual_alpha(method: str | None) -> float | None:
    """The alpha to begin with where it means another thing than in gradient descent; None where it does not."""
    return 1.0 if method == NEWTON else None


def passes(method: str, m: int, batch_size: int) -> int | None:
    """Iterations that make one pass over m examples; None where every iteration is one, or there are no examples."""
    size = {"stochastic": 1, "mini-batch": batch_size}.get(method)
    return -(-m // size) if size and m else None
