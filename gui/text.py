"""Every string that a person reads goes through tr()."""

import html

from PySide6.QtCore import QCoreApplication

from core.errors import Note, UserError

CONTEXT = "DescentLab"
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


def error_text(error: UserError | Note) -> str:
    """The sentence of an error or a note in the user's language."""
    return tr(error.template).format(**error.values)


def exact(value: float) -> str:
    """All digits that a number needs, and no more."""
    return number(value, 12) if abs(value) < 1e-4 or abs(value) >= 1e7 else f"{value:.12g}".replace("-", "−")


def feature_text(name: str) -> str:
    """The name of a feature; x1 and x2 in the way the course sets them."""
    return {"x1": "x₁", "x2": "x₂"}.get(name, name)


def parameter_text(index: int, n: int) -> str:
    """The name of a parameter of (w_1, …, w_n, b) by its index."""
    return "b" if index == n else "w" + str(index + 1).translate(_SUBSCRIPTS)


def shortened(text: str, most: int) -> str:
    """At most so many characters, with … at the end of a longer text."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def for_label(text: str) -> str:
    """A user's text where & would underline a letter."""
    return text.replace("&", "&&")


def for_tooltip(text: str) -> str:
    """A user's text where <b> would be taken for formatting."""
    return html.escape(text).replace("\n", "<br>")


def class_text(name: str) -> str:
    """The name of a class where it stands alone: a bare 0 or 1 says too little."""
    return f"y = {name}" if name in ("0", "1") else name


def number(value: float, digits: int = 4) -> str:
    """A number for people: `digits` significant, a true minus sign, no trailing zeros; an em dash for nan."""
    if value != value:
        return "—"
    return _short_exponent(f"{value:.{digits}g}").replace("inf", "∞")


def cost_text(J: float) -> str:
    """J with four decimals, or in scientific notation when that would hide it."""
    if J != J:
        return "—"
    return f"{J:.4f}" if 1e-3 <= J < 1e4 or J == 0 else _short_exponent(f"{J:.3e}").replace("inf", "∞")


def _short_exponent(text: str) -> str:
    """1e+05 as 1e5, with a true minus sign."""
    mantissa, e, exponent = text.partition("e")
    return (f"{mantissa}e{int(exponent)}" if e else text).replace("-", "−")
