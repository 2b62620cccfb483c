"""Table: a user's file as named columns, of which one or two become the features and one the label of a Dataset."""

from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

import numpy as np

from core.constant import constant_notes
from core.dataset import Dataset, Mask
from core.errors import DataError, Note
from core.formula_guard import unguarded
from core.kept_back import SETS, mark_column
from core.progress import Progress
from core.read_options import AS_FOUND, ReadOptions
from core.reading import notes
from core.reading.column import Column
from core.reading.content import Content, Lines
from core.reading.header import excerpt, listed
from core.reading.label_check import Classes, classes_of, noted_only_class, noted_value
from core.reading.problems import feature_problems, good_feature, good_label, label_problems
from core.reading.read import read_file, read_string
from core.reading.suggestion import Suggestion
from core.table_source import NO_COLUMN, Columns, TableSource
from core.usable import Problem, Usable

SHOWN_NAMES = 40
DECISIONS = ("sheet", "header", "decimal", "label", "classes", "features", "problems")


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of m rows; lines (m,) is where each row starts in the file. `title` and `note` are for datasets; no title: the file name."""

    path: Path
    content: Content
    title: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The file name without its folder."""
        return self.path.name

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order of the file."""
        return self.content.columns

    @property
    def lines(self) -> Lines:
        """The physical line (m,) in which each row begins."""
        return self.content.lines

    @property
    def options(self) -> ReadOptions:
        """How the file was understood."""
        return self.content.options

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets of a workbook; of a text there are none."""
        return self.content.sheets

    @property
    def notes(self) -> tuple[Note, ...]:
        """How the file was understood where it could be otherwise, and which rows could not be read."""
        return self.content.notes

    @property
    def names(self) -> tuple[str, ...]:
        """All column names, in the order of the file."""
        return tuple(column.name for column in self.columns)

    def numeric_names(self) -> tuple[str, ...]:
        """Columns to offer as features."""
        return tuple(column.name for column in self.columns if column.is_numeric)

    def label_names(self) -> tuple[str, ...]:
        """Columns that can be the label as they are: those with exactly two different values."""
        return tuple(column.name for column in self.columns if column.is_label)

    def class_column_names(self) -> tuple[str, ...]:
        """Columns that can be the label when one of their values is chosen: those with at most 50 different ones."""
        return tuple(column.name for column in self.columns if column.is_class_column)

    def class_names(self, label: str) -> tuple[str, ...]:
        """Different values of a column, sorted, numbers by size; at most 50. Raises DataError when there is no such column."""
        return self.column(label).values

    def preview(self, rows: int = 50) -> tuple[tuple[str, ...], ...]:
        """The first rows (at most 200) as text, a cell for each column."""
        return self.content.first_rows[:rows]

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

    def suggest(
        self, x1: str | None = None, x2: str | None = None, label: str | None = None, one: str | None = None, zero: str | None = None
    ) -> Columns:
        """A choice of columns that keeps what is given.

        x2: NO_COLUMN for one feature; left out, there is one where the table has no other.
        Raises DataError when a label or a feature cannot be found, and about a column named like a label that cannot be one.
        """
        chosen = self._suggestion().columns(x1, x2, label, one, zero)
        if self.content.classes and one is None and zero is None:
            return replace(chosen, one=noted_value(self.column(chosen.label), self.content.classes))
        return chosen

    def plain_label(self) -> str | None:
        """The label that is taken unasked; None where there is none."""
        try:
            return self._suggestion().label(set())
        except DataError:
            return None

    def wanted(self, label: str) -> Columns:
        """What suggest() would take if it did not raise: among the features is a column of text, or x1 is NO_COLUMN. Only to begin with."""
        return self._suggestion().wanted(label)

    def decisions(self) -> tuple[str, ...]:
        """Why a person should be asked before a dataset is made, of DECISIONS; empty for a clean file with one or two features and a label.

        Also empty where nobody could help: then to_dataset() says what is wrong.
        """
        asked = set(self.content.doubts)
        suggestion = self._suggestion()
        if suggestion.has_features() and self.class_column_names():
            asked |= suggestion.questions()
            if self.content.bad_rows or self._has_problems():
                asked.add("problems")
        return tuple(name for name in DECISIONS if name in asked)

    def usable(self, columns: Columns, skip_bad_cells: bool = False) -> Usable:
        """How many rows would become examples, and what is wrong with the others. Raises DataError when the columns cannot be chosen."""
        selected = self._selected(columns, skip_bad_cells)
        return Usable(int(np.count_nonzero(selected.kept)), len(selected.kept), selected.problems)

    def to_dataset(
        self,
        x1: str | None = None,
        x2: str | None = None,
        label: str | None = None,
        *,
        one: str | None = None,
        zero: str | None = None,
        skip_bad_cells: bool = False,
    ) -> Dataset:
        """Features x1, x2 and the label as a Dataset.

        x2: NO_COLUMN makes a dataset with one feature.
        one: the value of the label that is y = 1; None: the second of two, sorted. zero: the one other value whose rows are kept; None: all
        the rest is y = 0. Names that are left out are suggested. Rows with a missing, infinite or too large cell are left out and noted.
        Raises DataError with file, line and column when a column cannot be used, as for a text in a feature without `skip_bad_cells`.
        """
        for name in (x1, None if x2 == NO_COLUMN else x2, label):
            if name is not None:
                self.column(name)
        chosen = self.suggest(x1, x2, label, one, zero)
        selected = self._selected(chosen, skip_bad_cells)
        kept = selected.kept
        for problem in selected.problems:
            if problem.fatal:
                raise problem.error
        if not kept.any():
            raise DataError(
                "{file}: no row can be used, as each has a missing cell or one that is no usable number in column {features} or {label}; "
                "fill them in, or choose other columns",
                file=self.name,
                features=listed(chosen.features),
                label=excerpt(chosen.label),
            )
        X = np.array([self.column(name).numbers for name in chosen.features]).T
        y, said = selected.classes.y, list(self.notes)
        if not kept.all():
            X, y = X[kept], y[kept]
        if selected.problems:
            said.append(notes.left_out(selected.left_out, len(kept), selected.problems))
        said += constant_notes(X, chosen.features)
        test = self._kept_back(chosen)
        if test is not None:
            test = test[kept]
            said.append(notes.kept_back(self.name, excerpt(self.columns[-2].name), int(np.count_nonzero(test)), len(test)))
        class_names = unguarded(selected.classes.names[0]), unguarded(selected.classes.names[1])
        source = TableSource(
            self.title or self.name,
            "\n".join(map(str, filter(None, [self.note, *said]))),
            table=self,
            columns=chosen,
            skip_bad_cells=skip_bad_cells,
            notes=tuple(said),
            left_out=selected.left_out + self.content.bad_rows,
        )
        return Dataset(X=X, y=y, feature_names=chosen.features, class_names=class_names, source=source, test=test)

    def _kept_back(self, chosen: Columns) -> Mask | None:
        mark = mark_column(self.columns)
        return None if mark is None or chosen.label != self.names[-1] else mark.has_value(SETS[1])

    def _selected(self, chosen: Columns, skip_bad_cells: bool) -> "_Selected":
        if len({*chosen.features, chosen.label}) <= len(chosen.features):
            twice = chosen.x1 if chosen.x1 in (chosen.x2, chosen.label) else chosen.label
            raise DataError(
                "{file}: column {column} is chosen twice; choose different columns for x1, x2 and the label",
                file=self.name,
                column=excerpt(twice),
            )
        label = self.column(chosen.label)
        noted = noted_only_class(label, self.content.classes) if self.content.classes else None
        classes = noted or classes_of(label, chosen.one, chosen.zero, self.name)
        problems = label_problems(label, self.lines, self.name)
        kept = good_label(label)
        for name in chosen.features:
            problems += feature_problems(self.column(name), self.lines, self.name)
            kept &= good_feature(self.column(name))
        if skip_bad_cells:
            problems = [replace(problem, fatal=False) for problem in problems]
        left_out = len(kept) - int(np.count_nonzero(kept))
        if classes.kept is not None:
            kept &= classes.kept
        return _Selected(kept, classes, tuple(problems), left_out)

    def _suggestion(self) -> Suggestion:
        mark = mark_column(self.columns)
        return Suggestion([column for column in self.columns if column is not mark], self.lines, self.name)

    def _has_problems(self) -> bool:
        try:
            return bool(self.usable(self.suggest()).problems)
        except DataError:
            return False  # about the columns, which is another question


@dataclass(frozen=True, eq=False)
class _Selected:
    """kept (m,): the rows that become examples. left_out: how many do not because of their cells, and not because of the classes chosen."""

    kept: Mask
    classes: Classes
    problems: tuple[Problem, ...]
    left_out: int


def read_table(path: str | PathLike[str], progress: Progress | None = None, options: ReadOptions = AS_FOUND) -> Table:
    """The table in a file: delimited text (CSV, TSV …) or a workbook (.xlsx, .xls, .ods).

    `progress` is called with a fraction 0..1 every few milliseconds; what it raises passes, so that it can cancel. Raises DataError.
    """
    file = Path(path)
    return Table(file, read_file(file, progress or _ignore, options))


def read_text(text: str, name: str, progress: Progress | None = None, options: ReadOptions = AS_FOUND) -> Table:
    """The table in a text such as that of the clipboard; `name` stands for the file in messages. Raises DataError."""
    return Table(Path(name), read_string(text, name, progress or _ignore, options))


def _ignore(fraction: float) -> None:
    pass
