"""The methods that can make a run, by name. Full-batch gradient descent is the default; the others are there to be compared with it.

Each has a class with the interface of core.descent.Descent. Its `settings` are the fields of Experiment that it takes beside X, y, alpha,
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

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.dataset import Array
    from core.descent import Descent


@dataclass(frozen=True)
class Method:
    """A method for people: label, formula, and the settings it takes. Its class is imported when it first makes a run, not at the start."""

    label: str
    formula: str
    settings: tuple[str, ...]
    module: str
    name: str

    def load(self) -> "type[Descent]":
        """The class."""
        made: type[Descent] = getattr(import_module(self.module), self.name)
        return made

    def __call__(self, X: "Array", y: "Array", **settings: Any) -> "Descent":
        """A run by this method."""
        return self.load()(X, y, **settings)


GRADIENT, NEWTON = "gradient", "newton"

METHODS: dict[str, Method] = {
    GRADIENT: Method(
        "Gradient descent", "w := w − α ∂J/∂w, b := b − α ∂J/∂b, with all examples in each update", ("update",), "core.descent", "Descent"
    ),
    "stochastic": Method(
        "Stochastic",
        "w := w − α ∂loss/∂w, b := b − α ∂loss/∂b, with the loss of one example, another one for each update",
        ("seed",),
        "core.descents.batches",
        "Stochastic",
    ),
    "mini-batch": Method(
        "Mini-batch",
        "w := w − α ∂J/∂w, b := b − α ∂J/∂b, with the derivatives taken from a batch of the examples, another one for each update",
        ("batch_size", "seed"),
        "core.descents.batches",
        "MiniBatch",
    ),
    "momentum": Method(
        "Momentum",
        "v := βv − α ∂J/∂w,  w := w + v,  b in the same way (Polyak 1964)",
        ("momentum",),
        "core.descents.momentum",
        "Momentum",
    ),
    "nesterov": Method(
        "Nesterov",
        "v := βv − α ∂J/∂w taken at w + βv,  w := w + v,  b in the same way (Nesterov 1983)",
        ("momentum",),
        "core.descents.nesterov",
        "Nesterov",
    ),
    "adam": Method(
        "Adam",
        "w := w − α p/(√q + ε), with p and q the running means of ∂J/∂w and of its square, b in the same way (Kingma, Ba 2015)",
        ("momentum",),
        "core.descents.adam",
        "Adam",
    ),
    NEWTON: Method(
        "Newton",
        "(w, b) := (w, b) − α H⁻¹ ∇J, with H the second derivatives of J: α = 1 is the whole step",
        (),
        "core.descents.newton",
        "Newton",
    ),
}


def usual_alpha(method: str | None) -> float | None:
    """The alpha to begin with where it means another thing than in gradient descent; None where it does not."""
    return 1.0 if method == NEWTON else None


def passes(method: str, m: int, batch_size: int) -> int | None:
    """Iterations that make one pass over m examples; None where every iteration is one, or there are no examples."""
    size = {"stochastic": 1, "mini-batch": batch_size}.get(method)
    return -(-m // size) if size and m else None
