"""Table: a user's file as named columns, of which two become the features and one the label of a Dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.dataset import Dataset
from core.errors import DataError
from core.progress import Progress
from core.reading.column import Column
from core.reading.header import excerpt, listed
from core.reading.problems import check_feature, check_label, check_two_values
from core.reading.read import read_columns
from core.table_source import Columns, TableSource

LABEL_NAMES = {"label", "labels", "class", "target", "y", "diagnosis", "outcome"}
SHOWN_NAMES = 40


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
            names=listed(self.names, SHOWN_NAMES),
        )

    def suggest(self, x1: str | None = None, x2: str | None = None, label: str | None = None) -> Columns:
        """A choice of columns that keeps what is given.

        Raises DataError when a label or two features cannot be found, and about a column named like a label that cannot be one.
        """
        given = {name for name in (x1, x2, label) if name is not None}
        label = self._suggest_label(given) if label is None else label
        n_missing = (x1 is None) + (x2 is None)
        others = [column for column in self.columns if column.name not in given | {label}]
        free = [column for column in others if column.is_numeric and not self._is_failed_label(column)]
        taken = sorted(free, key=self._reluctance)[:n_missing]
        if len(taken) < n_missing or any(map(self._reluctance, taken)):
            # A row number must not stand in for a column of numbers that are only written in another way.
            self._check_nearly_numeric(others, least_share=0.5 if len(taken) == n_missing else 0.0)
        if len(taken) < n_missing:
            raise self._too_few_features(label, [column for column in others if column.is_numeric and self._is_failed_label(column)])
        features = [column.name for column in free if column in taken]
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
        check_label(label_column, self.lines, self.name)
        features = [self.column(chosen.x1), self.column(chosen.x2)]
        for column in features:
            check_feature(column, self.lines, self.name)
        source = TableSource(self.title or self.name, self.note, table=self, columns=chosen)
        return Dataset(
            X=np.array([column.numbers for column in features]).T,
            y=label_column.is_second_value(),
            feature_names=(chosen.x1, chosen.x2),
            class_names=(label_column.values[0], label_column.values[1]),
            source=source,
        )

    def _suggest_label(self, given: set[str]) -> str:
        free = [column for column in self.columns if column.name not in given]
        candidates = [column for column in free if column.is_label]
        named = [column for column in free if self._is_named_label(column)]
        words = [column for column in candidates if not column.is_numeric]
        best = [column for column in named if column.is_label] or named or words or candidates
        if not best:
            best = [column for column in free if column.is_label_but_for_case()]
        if not best:
            raise DataError(
                "{file}: no column can be the label, which needs exactly two different values (different values in {counts}); "
                "keep the rows of two classes, or add a column with the class of each row",
                file=self.name,
                counts=listed([f"{column.name}: {column.n_values}" for column in free]),
            )
        check_two_values(best[-1], self.name, chosen=best[-1] not in named)
        return best[-1].name

    def _is_named_label(self, column: Column) -> bool:
        name = column.name.lower()
        if name != "y" or column.is_label or not column.is_numeric:
            return name in LABEL_NAMES
        # Right after x it is a coordinate.
        at = self.columns.index(column)
        return at == 0 or self.columns[at - 1].name.lower() != "x"

    def _is_failed_label(self, column: Column) -> bool:
        return self._is_named_label(column) and not column.is_label

    def _reluctance(self, column: Column) -> int:
        """0 for a feature like any other; the higher, the later it is taken unasked."""
        is_id = column.has_id_name() or (column is self.columns[0] and column.counts_up())
        return 2 * is_id + self._is_named_label(column)

    def _check_nearly_numeric(self, columns: Sequence[Column], least_share: float) -> None:
        """Raises DataError about the first bad cell of the column that is nearest to numbers, if any has more than the least share."""
        shares = {column.name: column.share_of_numbers() for column in columns if not column.is_numeric and not self._reluctance(column)}
        nearest = max(shares, key=lambda name: shares[name], default=None)
        if nearest is not None and shares[nearest] > least_share:
            check_feature(self.column(nearest), self.lines, self.name)

    def _too_few_features(self, label: str, failed_labels: Sequence[Column]) -> DataError:
        failed = [column.name for column in failed_labels]
        names = [name for name in self.numeric_names() if name != label and name not in failed]
        template = (
            "{file}: two features are needed, but besides label {label} only {count} of the columns hold numbers ({names}); "
            "add a column of numbers, or choose another label"
        )
        if failed:
            template = (
                "{file}, column {column}: its name is that of a label, so it is no feature unasked, and besides it and label {label} only "
                "{count} of the columns hold numbers ({names}); choose it as x1 or x2, or add a column of numbers"
            )
        return DataError(
            template, file=self.name, column=failed[0] if failed else "", label=label, count=len(names), names=listed(names) or "-"
        )


def read_table(path: str | PathLike[str], progress: Progress | None = None) -> Table:
    """The table in a CSV or TSV file with a header row.

    `progress` is called with a fraction 0..1 every few thousand rows; what it raises passes, so that it can cancel. Raises DataError.
    """
    file = Path(path)
    columns, lines = read_columns(file, progress or _ignore)
    return Table(file, columns, lines)


def _ignore(fraction: float) -> None:
    pass
