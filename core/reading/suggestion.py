"""Which columns of a table are taken unasked as features and label, and whether somebody should be asked."""

from collections.abc import Sequence

import numpy as np

from core.errors import DataError
from core.reading.column import Column
from core.reading.content import Lines
from core.reading.header import excerpt, listed
from core.reading.label_check import check_two_values
from core.reading.problems import check_feature
from core.table_source import NO_COLUMN, Columns

LABEL_NAMES = {"label", "labels", "class", "target", "y", "diagnosis", "outcome"}


class Suggestion:
    """Chooses among the columns of one file."""

    def __init__(self, columns: Sequence[Column], lines: Lines, file: str) -> None:
        self._columns = columns
        self._lines = lines
        self._file = file

    def columns(self, x1: str | None, x2: str | None, label: str | None, one: str | None, zero: str | None) -> Columns:
        """A choice that keeps what is given.

        x2: NO_COLUMN for one feature; None: a second one if there is any.
        Raises DataError when a label or a feature cannot be found, and about a column named like a label that cannot be one.
        """
        given = {name for name in (x1, x2, label) if name is not None and name != NO_COLUMN}
        label = self.label(given, one, zero) if label is None else label
        n_missing = (x1 is None) + (x2 is None)
        others = [column for column in self._columns if column.name not in given | {label}]
        free = self.features(given | {label})
        taken = sorted(free, key=self._reluctance)[:n_missing]
        if len(taken) < n_missing or any(map(self._reluctance, taken)):
            # A row number must not stand in for a column of numbers that are only written in another way.
            self._check_nearly_numeric(others, least_share=0.5 if len(taken) == n_missing else 0.0)
        failed = [column for column in others if column.is_numeric and self._is_failed_label(column)]
        if len(taken) < n_missing and (failed or x2 is not None or (x1 is None and not taken)):
            raise self._too_few_features(label, failed)
        features = [column.name for column in free if column in taken]
        x1 = features.pop(0) if x1 is None else x1
        if x2 is None:
            x2 = features.pop(0) if features else NO_COLUMN
        return Columns(x1, None if x2 == NO_COLUMN else x2, label, one, zero)

    def label(self, given: set[str], one: str | None = None, zero: str | None = None) -> str:
        """The label, not one of those `given` as features, that has the values one and zero. Raises DataError."""
        free = [column for column in self._columns if column.name not in given]
        asked = [value for value in (one, zero) if value is not None]
        if asked:
            having = [column for column in free if column.is_class_column and all(column.value(value) is not None for value in asked)]
            best = [column for column in having if self._is_named_label(column)] or [c for c in having if not c.is_numeric] or having
            if best:
                return best[-1].name
        candidates = [column for column in free if column.is_label]
        named = [column for column in free if self._is_named_label(column)]
        words = self._words(candidates)
        best = [column for column in named if column.is_label] or named or words or candidates
        if not best:
            best = [column for column in free if column.is_label_but_for_case()]
        if not best:
            raise DataError(
                "{file}: no column can be the label, which needs exactly two different values (different values in {counts}); "
                "keep the rows of two classes, or add a column with the class of each row",
                file=self._file,
                counts=listed([f"{column.name}: {column.n_values}" for column in free]),
            )
        check_two_values(best[-1], self._file, chosen=best[-1] not in named)
        return best[-1].name

    def features(self, given: set[str]) -> list[Column]:
        """Columns of numbers that are free to be features."""
        return [
            column
            for column in self._columns
            if column.name not in given and column.is_numeric and column.n_values and not self._is_failed_label(column)
        ]

    def wanted(self, label: str) -> Columns:
        """What columns() would take with this label if the column of text that is nearest to numbers were one; x1 is NO_COLUMN for none."""
        free = sorted(self.features({label}), key=self._reluctance)
        nearest = self._nearest_to_numbers([column for column in self._columns if column.name != label])
        best = free[:2] if nearest is None else [nearest, *free[:1]]
        x1, x2, *_ = [*(column.name for column in self._columns if column in best), NO_COLUMN, NO_COLUMN]
        return Columns(x1, None if x2 == NO_COLUMN else x2, label)

    def questions(self) -> set[str]:
        """What of "features", "label" and "classes" is not plain."""
        asked = set()
        named = [column for column in self._columns if self._is_named_label(column)]
        two_valued = [column for column in self._columns if column.is_label]
        words = self._words(two_valued)
        candidates = [column for column in named if column.is_label] or named or words or two_valued
        if len(candidates) != 1:
            asked.add("label")
        label = candidates[-1] if candidates else None
        if label is None or label.n_values > 2:
            asked.add("classes")
        numeric = self.features({label.name} if label else set())
        free = [column for column in numeric if not self._reluctance(column)]
        # One feature is plain where nothing else could have been meant.
        if len(free) != 2 and not (len(numeric) == 1 and not numeric[0].has_id_name() and not self._nearly_numeric(label)):
            asked.add("features")
        return asked

    def has_features(self) -> bool:
        """Whether there are columns of numbers besides any label, so that a choice of columns can make a dataset."""
        numeric = [column for column in self._columns if column.is_numeric]
        return len(numeric) > 1 or not all(map(self._is_named_label, numeric))

    def _words(self, two_valued: Sequence[Column]) -> list[Column]:
        """Those of text; where the last column is one of 0 and 1, without numbers that are only written in another way."""
        last = self._columns[-1]
        zero_one = last in two_valued and last.only_numbers and bool((np.isin(last.numbers, (0.0, 1.0)) | np.isnan(last.numbers)).all())
        return [column for column in two_valued if not column.is_numeric and not (zero_one and column.is_nearly_numeric())]

    def _nearly_numeric(self, label: Column | None) -> bool:
        """Whether a column of text has numbers in it."""
        others = [column for column in self._columns if column is not label and not column.is_numeric]
        return any(column.share_of_numbers() > 0 and not self._reluctance(column) for column in others)

    def _is_named_label(self, column: Column) -> bool:
        name = column.name.lower()
        if name != "y" or column.is_label or not column.is_numeric:
            return name in LABEL_NAMES
        # Right after x it is a coordinate.
        at = self._columns.index(column)
        return at == 0 or self._columns[at - 1].name.lower() != "x"

    def _is_failed_label(self, column: Column) -> bool:
        return self._is_named_label(column) and not column.is_label

    def _reluctance(self, column: Column) -> int:
        """0 for a feature like any other; the higher, the later it is taken unasked."""
        is_id = column.has_id_name() or (column is self._columns[0] and column.counts_up())
        return 2 * is_id + self._is_named_label(column)

    def _check_nearly_numeric(self, columns: Sequence[Column], least_share: float) -> None:
        """Raises DataError about the first bad cell of the column that is nearest to numbers, if any has more than the least share."""
        nearest = self._nearest_to_numbers(columns)
        if nearest is not None and nearest.share_of_numbers() > least_share:
            check_feature(nearest, self._lines, self._file)

    def _nearest_to_numbers(self, columns: Sequence[Column]) -> Column | None:
        """The column of text, with any numbers in it, that has the most; None: there is none."""
        nearly = [column for column in columns if not column.is_numeric and not self._reluctance(column) and column.share_of_numbers() > 0]
        return max(nearly, key=Column.share_of_numbers, default=None)

    def _too_few_features(self, label: str, failed_labels: Sequence[Column]) -> DataError:
        failed = [column.name for column in failed_labels]
        names = [column.name for column in self._columns if column.is_numeric and column.name != label and column.name not in failed]
        if failed:
            template = (
                "{file}, column {column}: its name is that of a label, so it is no feature unasked, and besides it and label {label} "
            )
            template += "only {count} of the columns hold numbers ({names})" if names else "none of the columns holds numbers"
            template += "; choose it as x1 or x2, or add a column of numbers"
        else:
            template = "{file}: no column of numbers is left for a feature besides label {label}"
            template += " (columns of numbers: {names})" if names else ", as none of the other columns holds numbers"
            template += "; add a column of numbers, or choose another label"
        return DataError(
            template,
            file=self._file,
            column=excerpt(failed[0]) if failed else "",
            label=excerpt(label),
            count=len(names),
            names=listed(names),
        )
