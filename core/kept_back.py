"""The column of a saved table that marks the examples which are kept back to test on.

As core.writing writes it: the last column before the label, which is the last of all, headed set, with train or test in every row and test
in one at least.
"""

import re
from collections.abc import Sequence

from core.reading.column import Column

SET = "set"
SETS = ("train", "test")
_NAME = re.compile(rf"{SET}( \([0-9]+\))?")  # set (2) where a feature is called set


def mark_column(columns: Sequence[Column]) -> Column | None:
    """The column of marks; None: the table has none."""
    if len(columns) < 3:
        return None
    column = columns[-2]
    marks = not column.is_numeric and _NAME.fullmatch(column.name) and SETS[1] in column.texts and set(column.texts) <= set(SETS)
    return column if marks else None
