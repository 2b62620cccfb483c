"""Table: a user's file as named columns, of which two become the features and one the label of a Dataset."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.column import Column
from core.dataset import Dataset, Source
from core.errors import DataError
from core.header import excerpt
from core.reading import Progress, read_columns

LABEL_NAMES = {"label", "labels", "class", "target", "y", "diagnosis", "outcome"}
SHOWN_NAMES = 40
EMPTY_CELL = (
    "{file}, line {line}, column {column}: the cell is empty (cells that cannot be used in this column: {count} of {m}); "
    "fill it in, delete the row, or choose another column"
)
LARGE_CELL = (
    "{file}, line {line}, column {column}: {cell} is too large (cells that cannot be used in this column: {count} of {m}); "
    "use numbers of at most 1e150 in size, or choose another column"
)
COMMA_CELL = (
    "{file}, line {line}, column {column}: {cell} has a decimal comma (cells that cannot be used in this column: {count} of {m}); "
    "write numbers with a decimal point"
)
TEXT_CELL = (
    "{file}, line {line}, column {column}: {cell} is not a number (cells that cannot be used in this column: {count} of {m}); "
    "write a number such as 0.5, delete the row, or choose another column"
)
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Columns:
    """The names of the columns that make a dataset."""

    x1: str
    x2: str
    label: str


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of m rows; lines (m,) is where each row starts in the file. `title` and `note` are for datasets; no title: the file name."""

    path: Path
    columns: tuple[Column, ...]
    lines: NDArray[np.int64]
    title: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The file name without its folder."""
        return self.path.name

    @property
    def names(self) -> tuple[str, ...]:
        """All column names, in the order of the file."""
        return tuple(column.name for column in self.columns)

    def numeric_names(self) -> tuple[str, ...]:
        """Columns to offer as features."""
        return tuple(column.name for column in self.columns if column.is_numeric)

    def label_names(self) -> tuple[str, ...]:
        """Columns to offer as the label: those with exactly two different values."""
        return tuple(column.name for column in self.columns if column.is_label)

    def column(self, name: str) -> Column:
        """The column of that name. Raises DataError that lists the columns there are."""
        for column in self.columns:
            if column.name == name:
                return column
        raise DataError(
            "{file} has no column {column}; choose one of {names}",
            file=self.name,
            column=excerpt(name),
            names=_listed(self.names, SHOWN_NAMES),
        )

    def suggest(self, x1: str | None = None, x2: str | None = None, label: str | None = None) -> Columns:
        """A choice of columns that keeps what is given. Raises DataError when a label or two features cannot be found."""
        given = {name for name in (x1, x2, label) if name is not None}
        label = self._suggest_label(given) if label is None else label
        free = [column for column in self.columns if column.is_numeric and column.name not in given | {label}]
        n_missing = (x1 is None) + (x2 is None)
        features = [column.name for column in free if not self._is_id(column)]
        if len(features) < n_missing:
            features = [column.name for column in free]
        if len(features) < n_missing:
            raise DataError(
                "{file}: two features are needed, but besides label {label} only {count} of the columns hold numbers ({names}); "
                "add a column of numbers, or choose another label",
                file=self.name,
                label=label,
                count=len(features) + 2 - n_missing,
                names=_listed([name for name in self.numeric_names() if name != label]) or "-",
            )
        x1 = features.pop(0) if x1 is None else x1
        x2 = features.pop(0) if x2 is None else x2
        return Columns(x1, x2, label)

    def to_dataset(self, x1: str | None = None, x2: str | None = None, label: str | None = None) -> Dataset:
        """Features x1, x2 and the label as a Dataset; the higher of the label's two values is class 1.

        Names that are left out are suggested. Raises DataError with file, line and column when a column cannot be used.
        """
        for name in (x1, x2, label):
            if name is not None:
                self.column(name)
        chosen = self.suggest(x1, x2, label)
        if len({chosen.x1, chosen.x2, chosen.label}) < 3:
            twice = chosen.x1 if chosen.x1 in (chosen.x2, chosen.label) else chosen.x2
            raise DataError(
                "{file}: column {column} is chosen twice; choose three different columns for x1, x2 and the label",
                file=self.name,
                column=twice,
            )
        label_column = self.column(chosen.label)
        self._check_label(label_column)
        features = [self.column(chosen.x1), self.column(chosen.x2)]
        for column in features:
            self._check_feature(column)
        source = TableSource(self.title or self.name, self.note, table=self, columns=chosen)
        return Dataset(
            X=np.array([column.numbers for column in features]).T,
            y=label_column.is_second_value(),
            feature_names=(chosen.x1, chosen.x2),
            class_names=(label_column.values[0], label_column.values[1]),
            source=source,
        )

    def _suggest_label(self, given: set[str]) -> str:
        candidates = [column for column in self.columns if column.is_label and column.name not in given]
        named = [column for column in candidates if column.name.lower() in LABEL_NAMES]
        words = [column for column in candidates if not column.is_numeric]
        best = named or words or candidates
        if not best:
            counts = [f"{column.name}: {column.n_values}" for column in self.columns if column.name not in given]
            raise DataError(
                "{file}: no column can be the label, which needs exactly two different values (different values in {counts}); "
                "keep the rows of two classes, or add a column with the class of each row",
                file=self.name,
                counts=_listed(counts),
            )
        return best[-1].name

    def _is_id(self, column: Column) -> bool:
        return column.has_id_name() or (column is self.columns[0] and column.counts_up())

    def _check_label(self, column: Column) -> None:
        if not column.is_label:
            raise DataError(
                "{file}, column {column}: a label needs exactly two different values, but this column has {count} ({values}); "
                "keep the rows of two classes, or choose another label",
                file=self.name,
                column=column.name,
                count=column.n_values,
                values=_listed(column.values, more=column.n_values > len(column.values)) or "-",
            )
        empty = column.empty_rows()
        if len(empty):
            raise DataError(
                "{file}, line {line}, column {column}: the label is empty (empty cells in this column: {count}); "
                "fill it in or delete the row",
                file=self.name,
                line=int(self.lines[empty[0]]),
                column=column.name,
                count=len(empty),
            )

    def _check_feature(self, column: Column) -> None:
        rows = column.unusable()
        if len(rows) == 0:
            return
        cell = column.cell(int(rows[0]))
        if not cell:
            template = EMPTY_CELL
        elif not np.isnan(column.numbers[rows[0]]):
            template = LARGE_CELL
        else:
            template = COMMA_CELL if _DECIMAL_COMMA.fullmatch(cell) else TEXT_CELL
        raise DataError(
            template,
            file=self.name,
            line=int(self.lines[rows[0]]),
            column=column.name,
            cell=excerpt(cell),
            count=len(rows),
            m=len(self.lines),
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class TableSource(Source):
    """A dataset's table and the columns chosen from it, so that others can be chosen."""

    table: Table
    columns: Columns


def read_table(path: str | PathLike[str], progress: Progress | None = None) -> Table:
    """The table in a CSV or TSV file with a header row.

    `progress` is called with a fraction 0..1 every few thousand rows; what it raises passes, so that it can cancel. Raises DataError.
    """
    file = Path(path)
    columns, lines = read_columns(file, progress or _ignore)
    return Table(file, columns, lines)


def _ignore(fraction: float) -> None:
    pass


def _listed(texts: Iterable[str], most: int = 8, more: bool = False) -> str:
    shown = [excerpt(text) for text in texts]
    return ", ".join(shown[:most]) + (", …" if more or len(shown) > most else "")
