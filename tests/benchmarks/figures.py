"""How a benchmark says what it measured: the figure, its ratio to the limit, and the limit."""


def judged(name: str, value: float, limit: float, unit: str, *, at_least: bool = False) -> str:
    """A figure that is to be at most, or at least, this limit, on one line."""
    ratio = value / limit
    digits = 2 if value < 1000 else 0
    return f"{name}: {value:,.{digits}f} {unit}, {ratio:.2f} of the limit (target {'≥' if at_least else '≤'} {limit:g} {unit})"
