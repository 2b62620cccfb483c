"""Where a dataset out of a table came from. Apart from core.table, so that a window without a table starts without the reading of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.dataset import Source

if TYPE_CHECKING:
    from core.table import Table


@dataclass(frozen=True)
class Columns:
    """The names of the columns that make a dataset."""

    x1: str
    x2: str
    label: str


@dataclass(frozen=True, eq=False, kw_only=True)
class TableSource(Source):
    """A dataset's table and the columns chosen from it, so that others can be chosen."""

    table: "Table"
    columns: Columns
