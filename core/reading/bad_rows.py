"""Rows that cannot be split into the columns: counted, and refused or left out."""

from core.errors import DataError, Note
from core.reading import notes
from core.reading.header import excerpt
from core.reading.records import BadRow


class BadRows:
    """Takes what is wrong with one row after another; check() and note() tell of them all."""

    def __init__(self, file: str, *, skip: bool) -> None:
        self._file = file
        self._skip = skip
        self.first: BadRow | None = None
        self.count = 0

    def __call__(self, row: BadRow) -> None:
        self.first = self.first or row
        self.count += 1

    def check(self) -> None:
        """Raises DataError about the first of them unless they are skipped."""
        if self.first is not None and not self._skip:
            raise self.error(self.first, offer="skip rows")

    def error(self, row: BadRow, offer: str = "") -> DataError:
        """What is wrong with this row, how many there are, and what to do."""
        what, remedy = row.template.split("; ", 1)
        template = "{file}, line {line}: " + what + " (rows that cannot be read: {rows}); " + remedy
        return DataError(template, offer=offer, file=self._file, line=row.line, rows=self.count, **row.values)

    def check_all(self) -> None:
        """Raises DataError about the first of them, if there are any, also when they are skipped: nothing else is left."""
        if self.first is not None:
            raise self.error(self.first)

    def check_before(self, line: int) -> None:
        """Raises DataError when there is one before this first row, which then is not the one that was meant for names."""
        if self.first is not None and self.first.line < line:
            raise self.error(self.first)

    def note(self) -> list[Note]:
        """What was left out, if anything."""
        return [] if self.first is None else [notes.bad_rows(self._file, self.count, self.first.line)]


def check_cells(cells: list[str], names: tuple[str, ...], n_needed: int, line: int) -> list[str] | BadRow:
    """As many cells as there are columns; a row may end early after `n_needed`, and with separators too many."""
    if len(cells) == len(names):
        return cells
    if len(cells) < n_needed:
        return BadRow(
            line,
            "the row ends before column {column}, after {found} of {expected} cells; add what is missing or delete the row",
            {"column": excerpt(names[len(cells)]), "found": len(cells), "expected": len(names)},
        )
    # A separator at the end of each row adds nothing but empty cells.
    if any(cells[len(names) :]):
        return BadRow(
            line,
            "the row has {found} cells, but the first row ends with column {column} after {expected}; "
            "delete the cells that are too many, or put a cell that contains a separator in quotes",
            {"found": len(cells), "column": excerpt(names[-1]), "expected": len(names)},
        )
    return (cells + [""] * len(names))[: len(names)]
