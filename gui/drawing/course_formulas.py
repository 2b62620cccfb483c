"""The course's formulas, ready to be painted: the derivatives of J, the update, the terms of a polynomial.

Each is built once, so that what it measures is known when it is painted again.
"""

from functools import lru_cache

from gui.drawing.formula import Box, Row, Scripted, Sum, Word, fraction, letter, row
from gui.text import number

F, Y, ALPHA, LAMBDA, M = (letter(name) for name in ("f", "y", "α", "λ", "m"))

Powers = tuple[tuple[int, ...], ...]  # of each feature in each term, as core.features.exponents gives them


@lru_cache(maxsize=256)
def weight(j: int, n: int) -> Box:
    """w_j, j from 0; b where j is n."""
    return letter("b") if j == n else letter("w", str(j + 1))


@lru_cache(maxsize=256)
def term(powers: tuple[int, ...]) -> Row:
    """A product of features: x₁, x₁², x₁x₂."""
    return row(*(letter("x", str(j + 1), str(power) if power > 1 else "") for j, power in enumerate(powers) if power))


@lru_cache(maxsize=256)
def derivative(j: int, n: int) -> Box:
    """∂J/∂w_j or ∂J/∂b."""
    return fraction(row(Word("∂"), letter("J")), row(Word("∂"), weight(j, n)))


@lru_cache(maxsize=256)
def slope(model: str) -> Row:
    """How the loss of an example changes with its z: f − y; with squared error behind a sigmoid the slope of that is a factor."""
    error = row("(", F, " − ", Y, ")")
    return row(error, " ", F, "(1 − ", F, ")") if model == "squared" else error


@lru_cache(maxsize=256)
def derivative_formula(j: int, powers: Powers, model: str, regularized: bool) -> Row:
    """∂J/∂w_j = 1/m Σ (f − y) x_j + λ/m w_j."""
    n = len(powers)
    parts: list[Box | str] = [derivative(j, n), " = ", fraction("1", M), " ", Sum(), slope(model)]
    if j < n:
        parts += [" ", term(powers[j])]
        if regularized:
            parts += [" + ", fraction(LAMBDA, M), " ", weight(j, n)]
    return row(*parts)


@lru_cache(maxsize=256)
def update_formula(j: int, n: int) -> Row:
    """w_j := w_j − α ∂J/∂w_j."""
    return row(weight(j, n), " := ", weight(j, n), " − ", ALPHA, " ", derivative(j, n))


@lru_cache(maxsize=256)
def loss_formula(model: str) -> Row:
    """The loss of one example: the course's simplified form, which joins both curves, or half the squared error."""
    head = row(letter("L"), "(", F, ", ", Y, ") = ")
    if model == "logistic":
        return row(head, "−", Y, " log ", F, " − (1 − ", Y, ") log (1 − ", F, ")")
    return row(head, "½ (", F, " − ", Y, Scripted(Word(")"), None, Word("2")))


def loss_numbers(model: str, f: float, y: int, loss: float) -> Row:
    """The same with the numbers of an example."""
    result = Word(number(loss), bold=True)
    if model == "logistic":
        return row(f"= −{y} · log {number(f)} − (1 − {y}) · log (1 − {number(f)}) = ", result)
    return row(f"= ½ ({number(f)} − {y}", Scripted(Word(")"), None, Word("2")), " = ", result)
