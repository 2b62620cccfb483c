"""Where a dataset out of a table came from. Apart from core.table, so that a window without a table starts without the reading of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.dataset import Dataset, Source
from core.errors import Note
from core.read_options import ReadOptions
from core.usable import Usable

NO_COLUMN = ""  # in the place of x2: the dataset has one feature. No column is called so


@dataclass(frozen=True)
class Columns:
    """The names of the columns that make a dataset, and the values of the label.

    x2: None for a dataset with one feature.
    one: the value that is y = 1; None: the second of two, sorted. zero: the one other value that is kept; None: all the rest is y = 0.
    """

    x1: str
    x2: str | None
    label: str
    one: str | None = None
    zero: str | None = None

    @property
    def features(self) -> tuple[str, ...]:
        """The columns that become features, one or two."""
        return (self.x1,) if self.x2 is None else (self.x1, self.x2)

    @property
    def second(self) -> str:
        """x2 as it is asked for: NO_COLUMN for none."""
        return NO_COLUMN if self.x2 is None else self.x2


class SourceTable(Protocol):
    """What can be asked of the table behind a dataset; core.table.Table says more about each."""

    @property
    def path(self) -> Path: ...
    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def notes(self) -> tuple[Note, ...]: ...
    @property
    def options(self) -> ReadOptions: ...
    @property
    def sheets(self) -> tuple[str, ...]: ...
    def numeric_names(self) -> tuple[str, ...]: ...
    def label_names(self) -> tuple[str, ...]: ...
    def class_column_names(self) -> tuple[str, ...]: ...
    def class_names(self, label: str) -> tuple[str, ...]: ...
    def preview(self, rows: int = 50) -> tuple[tuple[str, ...], ...]: ...
    def usable(self, columns: Columns, skip_bad_cells: bool = False) -> Usable: ...
    def to_dataset(
        self,
        x1: str | None = None,
        x2: str | None = None,
        label: str | None = None,
        *,
        one: str | None = None,
        zero: str | None = None,
        skip_bad_cells: bool = False,
    ) -> Dataset: ...


@dataclass(frozen=True, eq=False, kw_only=True)
class TableSource(Source):
    """A dataset's table and the columns chosen from it, so that others can be chosen.

    notes: how the file was understood and what of it was left out. left_out: how many rows of the file are no examples.
    """

    table: SourceTable
    columns: Columns
    skip_bad_cells: bool = False
    notes: tuple[Note, ...] = ()
    left_out: int = 0
