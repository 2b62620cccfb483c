"""The text of the rows on screen: made a page at a time when it is painted, so that a million rows cost what thirty cost."""

from typing import NamedTuple

import numpy as np

from core.dataset import Array, Dataset
from core.frame import Frame
from core.models import gives_probability
from core.order import LABEL, LOSS, OUTPUT, Rows
from gui.data_table.columns import Column
from gui.text import class_text, cost_text, number, tr

PAGE_ROWS = 64
MOST_PAGES = 16
DIGITS = 6  # of a feature; the editor shows all


class Row(NamedTuple):
    """One example: its number, its label, and its text in each column."""

    example: int
    label: int
    texts: tuple[str, ...]


class Pages:
    """Rows of text, of which the latest are kept until clear()."""

    def __init__(self) -> None:
        self._pages: dict[int, list[Row]] = {}

    def clear(self) -> None:
        """Numbers are others now."""
        self._pages.clear()

    def row(self, row: int, frame: Frame, dataset: Dataset, rows: Rows | None, columns: tuple[Column, ...]) -> Row:
        """The row shown at `row`; `rows` (m,) are the examples as sorted, None: in the order of the file."""
        page_number, at = divmod(row, PAGE_ROWS)
        page = self._pages.get(page_number)
        if page is None:
            if len(self._pages) >= MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            first = page_number * PAGE_ROWS
            last = min(first + PAGE_ROWS, dataset.m)
            examples = np.arange(first, last) if rows is None else rows[first:last]
            page = self._pages[page_number] = _page(frame, dataset, examples, columns)
        return page[at]


def _page(frame: Frame, dataset: Dataset, examples: Rows, columns: tuple[Column, ...]) -> list[Row]:
    X, y = dataset.X[examples], dataset.y[examples]
    texts: list[list[str]] = []
    for column in columns:
        if isinstance(column.key, int):
            texts.append([number(value, DIGITS) for value in X[:, column.key].tolist()])
        elif column.key == LABEL:
            names = [class_text(name) for name in dataset.class_names]
            texts.append([names[int(label)] for label in y.tolist()])
        elif column.key == OUTPUT:
            texts.append(_outputs(frame.predict(X), frame.experiment.model))
        elif column.key == LOSS:
            texts.append([cost_text(loss) for loss in frame.losses(X, y).tolist()])
        else:
            kept_back = dataset.test[examples].tolist() if dataset.test is not None else []
            texts.append([tr("test") if test else tr("train") for test in kept_back])
    made = zip(examples.tolist(), y.astype(int).tolist(), zip(*texts, strict=True), strict=True)
    return [Row(example, label, row) for example, label, row in made]


def _outputs(f: Array, model: str) -> list[str]:
    if gives_probability(model):
        return ["—" if value != value else f"{value:.4f}" for value in f.tolist()]
    return [number(value) for value in f.tolist()]
