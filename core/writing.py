"""Dataset → the text of a table, that read_table() makes the very same dataset of again: every number to the last bit.

One header row: the features, which examples are kept back (only if any are; core.kept_back reads it), the label. Numbers are the shortest
text that gives them back.
The label is the name of the class; where reading could not tell which of the two is y = 1, core.class_note says it above the header. White
space around and in runs inside a name is not kept, as no table has it; a class without a name is called by its label. Text that a
spreadsheet would run as a formula is defused by core.formula_guard, which says how it is read again.
"""

import math
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import ArrayLike

from core.class_note import class_note
from core.dataset import Dataset
from core.formula_guard import guarded
from core.kept_back import SET, SETS
from core.progress import Progress
from core.reading.cells import parse_numbers
from core.replacing import replace_file
from core.table_source import TableSource

ROWS_AT_ONCE = 1000  # about a millisecond: other threads get their turn
LABEL = "y"


def table_text(dataset: Dataset, rows: ArrayLike | None = None, *, delimiter: str = ",") -> Iterator[str]:
    """The table in portions of whole lines, the header first; `rows` (k,) are numbers of examples, all when left out."""
    features, marks, label = column_names(dataset)
    yield _line([guarded(name) for name in (*features, *marks, label)], delimiter)
    classes = [_quoted(guarded(name), delimiter) for name in class_texts(dataset)]
    chosen = np.arange(dataset.m) if rows is None else np.asarray(rows, dtype=np.intp)
    for start in range(0, len(chosen), ROWS_AT_ONCE):
        portion = chosen[start : start + ROWS_AT_ONCE]
        columns: list[Iterable[str]] = [map(number_text, dataset.X[portion, j].tolist()) for j in range(dataset.n)]
        if marks and dataset.test is not None:
            columns.append(SETS[mark] for mark in dataset.test[portion].tolist())
        columns.append(classes[int(y)] for y in dataset.y[portion].tolist())
        yield "".join(f"{delimiter.join(cells)}\n" for cells in zip(*columns, strict=True))


def save_csv(dataset: Dataset, path: str, progress: Progress | None = None) -> None:
    """Write the table to a file; one that is there stays whole until the new one is.

    `progress` is called with a fraction 0..1; what it raises passes. Raises DataError with path and reason.
    """
    replace_file(path, _portions(dataset, progress or _ignore))


def column_names(dataset: Dataset) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The header: features, the mark of examples that are kept back (none or one), label. No two are equal."""
    taken: set[str] = set()
    features = tuple(_free(" ".join(name.split()) or f"column {j}", taken) for j, name in enumerate(dataset.feature_names, start=1))
    source = dataset.source
    label = _free(source.columns.label if isinstance(source, TableSource) else LABEL, taken)
    return features, () if dataset.test is None else (_free(SET, taken),), label


def class_texts(dataset: Dataset) -> tuple[str, str]:
    """What stands in the label's cells for y = 0 and y = 1: two texts that no reader takes for the same."""
    zero, one = (name.strip() or str(y) for y, name in enumerate(dataset.class_names))
    numbers = parse_numbers([zero, one])
    return (zero, f"{one} (2)") if zero == one or numbers[0] == numbers[1] else (zero, one)


def number_text(value: float) -> str:
    """The shortest text that gives this number back: 50, 0.1, 1e-07."""
    text = repr(value).removesuffix(".0")
    return text if math.isfinite(value) else ""


def needs_note(dataset: Dataset) -> bool:
    """Whether the table alone does not tell which class is which."""
    if dataset.class_names == ("0", "1"):
        return False
    zero, one = (guarded(name) for name in class_texts(dataset))
    numbers = parse_numbers([zero, one])
    in_order = zero < one if np.isnan(numbers).any() else numbers[0] < numbers[1]
    return not in_order or 0 in dataset.class_counts()


def _portions(dataset: Dataset, progress: Callable[[float], object]) -> Iterator[bytes]:
    if needs_note(dataset):
        yield f"{class_note(class_texts(dataset))}\n".encode()
    for number, text in enumerate(table_text(dataset)):
        progress(min(1.0, number * ROWS_AT_ONCE / max(dataset.m, 1)))
        # "replace": half a surrogate pair is no text that could be written.
        yield text.encode("utf-8", "replace")


def _line(cells: Iterable[str], delimiter: str) -> str:
    texts = [_quoted(cell, delimiter) for cell in cells]
    if texts[0].startswith("#"):
        texts[0] = f'"{texts[0]}"'  # otherwise the line is a comment
    return delimiter.join(texts) + "\n"


def _quoted(text: str, delimiter: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in (delimiter, '"', "\n", "\r", "\t", ";", "|")) else text


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    taken.add(free)
    return free


def _ignore(fraction: float) -> None:
    pass
