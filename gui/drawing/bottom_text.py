"""The bottom of J in words: its condition number, or why there is none."""

import math

from core.bottom import Bottom, Why
from gui.text import number, tr


def condition_text(value: float) -> str:
    """A condition number for people: 2.6, 42, 1,870, 4.6e6."""
    if math.isinf(value):
        return "∞"
    if value < 9.95:
        return number(value, 2)
    if value < 99_950:
        return f"{float(f'{value:.3g}'):,.0f}"
    return number(value, 2)


def bottom_text(bottom: Bottom) -> str:
    """The condition number at the minimum, or in two words why there is none."""
    if bottom.curvature is not None:
        return condition_text(bottom.curvature.condition_number)
    if bottom.why is Why.FLAT:
        return "∞"
    return {Why.TOO_LARGE: tr("too large"), Why.NO_EXAMPLES: "—", Why.UNDECIDED: "—", Why.NOT_CONVEX: tr("no bowl")}.get(
        bottom.why or Why.TOO_LARGE, tr("no minimum")
    )


def condition_line_text(raw: Bottom | None, scaled: Bottom | None, *, is_raw: bool) -> str:
    """“Condition number 4.6e6 → 42”: raw, and with the scaling chosen; None: not known yet. is_raw: nothing is scaled."""
    before, after = (bottom_text(bottom) if bottom is not None else "…" for bottom in (raw, scaled))
    if scaled is not None and scaled.minimum is None and after == before == tr("no minimum"):
        return tr("Condition number: J has no minimum")
    return tr("Condition number {number}").format(number=after if is_raw or before == after else f"{before} → {after}")


def condition_tip(scaled: Bottom | None) -> str:
    """What the number means, and why there is none."""
    meaning = tr(
        "How much steeper J is in its steepest direction than in its flattest, at its minimum: raw → with this scaling. "
        "1 is a round bowl; the larger the number, the narrower the ravine and the more iterations descent takes."
    )
    return f"{meaning} {why_text(scaled) if scaled is not None else ''}".strip()


def floor_text(bottom: Bottom) -> str:
    """What the least J, or what J falls towards, is called on a curve."""
    if bottom.why in (None, Why.FLAT):
        return tr("minimum J*")
    if bottom.why is Why.TOUCHING:
        return tr("J falls towards this and never gets there")
    return tr("separable: J → 0, no minimum") if bottom.why is Why.SEPARABLE else tr("one class: J → 0, no minimum")


def no_distance_text(bottom: Bottom) -> str:
    """Why J − J* cannot be shown on a logarithmic axis, in a sentence; empty where it can."""
    if bottom.infimum:
        return ""
    if bottom.infimum == 0:
        return tr("J − J*: J falls towards J* = 0 and never gets there, so J − J* is J itself; see log J. {why}").format(
            why=why_text(bottom)
        )
    return tr("J − J*: no minimum J* is known. {why}").format(why=why_text(bottom)).strip()


def why_text(bottom: Bottom) -> str:
    """Why there is no minimum, in a sentence; empty where there is one."""
    if bottom.why is None:
        return ""
    return {
        Why.NO_EXAMPLES: "",
        Why.ONE_CLASS: tr("J has no minimum: all examples are of one class, so b grows for ever."),
        Why.FLAT: tr("J is flat in one direction: a column is constant, or follows from the others."),
        Why.SEPARABLE: tr("J has no minimum: the classes can be separated, so w grows for ever. λ > 0 gives it one."),
        Why.TOUCHING: tr("J has no minimum: the classes only touch on a line, so w grows for ever. λ > 0 gives it one."),
        Why.UNDECIDED: tr("The classes all but touch: whether J has a minimum is hidden by rounding. λ > 0 gives it one."),
        Why.NOT_CONVEX: tr(
            "With a sigmoid the squared error is no bowl: it has bumps and plains, so no one condition number describes it."
        ),
        Why.TOO_LARGE: tr("The numbers are too large to find a minimum; choose a lower degree or another scaling."),
    }[bottom.why]
