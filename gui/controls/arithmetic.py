"""The arithmetic of the entered example in two lines: z = w₁·x₁ + w₂·x₂ + b with its numbers, and f. A part of the predict panel."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from core.arithmetic import Arithmetic
from core.models import gives_probability
from gui.text import number, power_text, tr

MOST_TERMS = 3
EXAMPLE_DIGITS = 4  # as many as the probe tool fills in


def arithmetic_text(of: Arithmetic, model: str, digits: int = 3) -> str:
    """z term by term for up to MOST_TERMS terms, else how many there are; then f."""
    z, f = number(of.z, digits), number(of.f, digits)
    if len(of.terms) <= MOST_TERMS:
        made = " + ".join(f"{number(w, digits)}·{_bracketed(number(x, EXAMPLE_DIGITS))}" for w, x in zip(of.w, of.terms, strict=True))
        made = f"{made} + {number(of.b, digits)}".replace("+ −", "− ")
    else:
        made = tr("… ({n} terms)").format(n=len(of.terms))
    return f"z = {made} = {z}\nf = {f'g({z})' if gives_probability(model) else 'z'} = {f}"


def terms_text(of: Arithmetic, digits: int = 4) -> str:
    """Every term on a line of its own."""
    lines = [
        f"{number(w, digits)} · {number(x, digits)}  ({power_text(powers)})" for w, x, powers in zip(of.w, of.terms, of.powers, strict=True)
    ]
    return "\n".join(["z =", *lines, f"{number(of.b, digits)}  (b)", f"= {number(of.z, digits)}"])


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


class ArithmeticLines(QLabel):
    """Hidden while there is no example."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("dim", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def show_arithmetic(self, of: Arithmetic | None, model: str) -> None:
        """Show these numbers, or nothing."""
        if of is not None:
            self.setText(arithmetic_text(of, model))
            self.setToolTip(terms_text(of))
        self.setVisible(of is not None)
