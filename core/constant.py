"""Features that are the same in every example: the model learns nothing from them, and a scaling that centres leaves them at 0."""

from core.dataset import Array
from core.errors import Note

CENTRED = frozenset({"mean", "minmax", "zscore"})  # of core.scaling.SCALINGS


def constant_notes(X: Array, names: tuple[str, ...]) -> list[Note]:
    """A sentence about each such column of X (m, n) with n names; none about fewer than two examples."""
    if len(X) < 2:
        return []
    return [
        Note(
            "{column} is the same in every example ({value}): scaling leaves it at 0, except by max, and the model learns nothing from it",
            column=name,
            value=f"{X[0, j]:.12g}",
        )
        for j, name in enumerate(names)
        if X[:, j].min() == X[:, j].max()
    ]
