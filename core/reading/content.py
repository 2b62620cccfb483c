"""Content: what reading makes of a file, before it becomes a Table."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import Note
from core.read_options import ReadOptions
from core.reading.column import Column

Lines = NDArray[np.int64]
FirstRows = tuple[tuple[str, ...], ...]

PREVIEW_ROWS = 200


@dataclass(frozen=True, eq=False)
class Content:
    """Columns of m rows, and the physical line (m,) in which each begins.

    options: as the file was understood. first_rows: the first of them as text. notes: how it was understood, and what of it was left out.
    doubts: what a person should be asked, of "header", "decimal" and "sheet". bad_rows: how many rows were left out because they do not
    fit the columns. sheets: of a workbook. classes: the names of y = 0 and y = 1, where the file says so (core.class_note).
    """

    columns: tuple[Column, ...]
    lines: Lines
    options: ReadOptions
    first_rows: FirstRows
    notes: tuple[Note, ...] = ()
    doubts: frozenset[str] = frozenset()
    bad_rows: int = 0
    sheets: tuple[str, ...] = ()
    classes: tuple[str, str] | None = None
