"""What a choice of columns would make of a table: how many rows become examples, and what is wrong with the others."""

from dataclasses import dataclass

from core.errors import DataError


@dataclass(frozen=True)
class Problem:
    """`count` cells of one column that cannot be used, for one reason.

    error: the sentence, about the first of them. fatal: the dataset is refused unless they are skipped; otherwise their rows are left out.
    """

    error: DataError
    count: int
    fatal: bool


@dataclass(frozen=True)
class Usable:
    """rows: how many of `total` would become examples."""

    rows: int
    total: int
    problems: tuple[Problem, ...]
