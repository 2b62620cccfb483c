"""From something that can be read to a dataset, or to a table about which a person must decide."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.dataset import Dataset
from core.errors import DataError
from core.progress import Progress
from core.read_options import ReadOptions
from core.reading.suggestion import LABEL_NAMES
from core.table import Table
from core.table_source import Columns, SourceTable

Read = Callable[[Progress, ReadOptions], Table]  # raises DataError


@dataclass(frozen=True, eq=False)
class Draft:
    """A table to decide about, and the columns to begin with; None: none can be suggested.

    refused: why it can be read only without some of its rows, which are bad_rows. stuck: why it makes no dataset as it is.
    """

    table: SourceTable
    columns: Columns | None
    refused: DataError | None = None
    stuck: DataError | None = None
    skip_bad_cells: bool = False
    bad_rows: int = 0


def read_draft(read: Read, options: ReadOptions, progress: Progress) -> Draft:
    """The table; without the rows that cannot be split into columns if there are any. Raises DataError when there is nothing to show."""
    return _draft(*_read(read, options, progress))


def read_or_ask(read: Read, options: ReadOptions, progress: Progress, *, ask: bool = True) -> Dataset | Draft:
    """The dataset, or else what must be decided first; without `ask` only where no dataset can be made.

    Raises DataError when there is nothing that a person could decide to make one.
    """
    table, refused = _read(read, options, progress)
    if refused or (ask and table.decisions()):
        return _draft(table, refused)
    try:
        return table.to_dataset()
    except DataError:
        if not table.decisions():
            raise
        return _draft(table, None)


def _read(read: Read, options: ReadOptions, progress: Progress) -> tuple[Table, DataError | None]:
    try:
        return read(progress, options), None
    except DataError as error:
        if error.offer != "skip rows" or options.skip_bad_rows:
            raise
        try:
            return read(progress, replace(options, skip_bad_rows=True)), error
        except DataError:
            raise error from None  # nothing is left without those rows


def _draft(table: Table, refused: DataError | None) -> Draft:
    try:
        columns = table.suggest()
        problems = table.usable(columns).problems
    except DataError as error:
        first, stuck = _first_choice(table, error)
        return Draft(table, first, refused, stuck, bad_rows=table.content.bad_rows)
    fatal = next((problem.error for problem in problems if problem.fatal), None)
    return Draft(table, columns, refused, fatal, bad_rows=table.content.bad_rows)


def _to_choose(table: Table) -> DataError:
    return DataError("{file}: choose which columns are the features and the label, and which of its values is y = 1", file=table.name)


def _first_choice(table: Table, error: DataError) -> tuple[Columns | None, DataError]:
    """Columns to begin with where none are plainly right, and what is to be decided or `error`.

    The label is the one that is plain; else the last of words, or the one that is named so. Numbers that are only written in another
    way are a feature to mend and no label, so then the columns to begin with have one that cannot be chosen yet.
    """
    plain = table.plain_label()
    if plain is not None:
        return table.wanted(plain), error
    numeric = table.numeric_names()
    names = [column.name for column in table.columns if column.is_class_column and not column.is_nearly_numeric()]
    names.sort(key=lambda name: (name.lower() in LABEL_NAMES, name not in numeric, table.names.index(name)), reverse=True)
    failed: tuple[Columns, DataError] | None = None
    for name in names:
        try:
            return table.suggest(label=name), _to_choose(table)
        except DataError as why:
            failed = failed or (table.wanted(name), why)
    return failed or (None, error)
