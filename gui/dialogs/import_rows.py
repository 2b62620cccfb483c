"""How many rows can be used, what is wrong with the others, and whether they are left out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.errors import Note, UserError
from core.usable import Usable
from gui.fields import Card, describe, dim_label
from gui.text import error_text, tr

SKIP_CELLS = "skip cells"
LEAST_HEIGHT_PX, MOST_HEIGHT_PX = 20, 172


class RowsCard(Card):
    """`changed` tells that rows are to be left out, or no longer."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Rows"), parent)
        self._refused_rows = 0
        self.count = QLabel()
        self.count.setProperty("strong", True)
        self.header.addWidget(self.count)
        self._refused, self._fatal = _text(), _text()
        self._left_out = _text(dim=True)
        self.skip_rows = QCheckBox(tr("Leave these rows out"))
        self.skip_cells = QCheckBox(tr("Leave these rows out"))
        describe(self.skip_rows, tr("Leave out the rows that cannot be split into columns"), tr("Open the file without these rows"))
        describe(self.skip_cells, tr("Leave out the rows with such cells"), tr("Open the file without the rows that have such cells"))
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 4, 0)
        lines.setSpacing(4)
        for widget in (self._refused, self.skip_rows, self._fatal, self.skip_cells, self._left_out):
            lines.addWidget(widget)
        self._inside = inside = QWidget()
        inside.setLayout(lines)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._scroll)
        for box in (self.skip_rows, self.skip_cells):
            box.toggled.connect(self.changed)

    def show_refused(self, error: UserError | None, rows: int) -> None:
        """So many rows cannot be split into columns, if there are any."""
        self._refused_rows = rows
        self._show(self._refused, [error] if error else [])
        self.skip_rows.setVisible(error is not None)

    def show_usable(self, usable: Usable | None, notes: Sequence[Note] = ()) -> None:
        """What the chosen columns would make of the rows; None while that is not known."""
        problems = usable.problems if usable else ()
        self.count.setText(
            tr("Usable: {rows:,} of {total:,} rows").format(rows=usable.rows, total=usable.total + self._refused_rows) if usable else ""
        )
        offered = [problem.error for problem in problems if problem.error.offer == SKIP_CELLS]
        refused = [problem.error for problem in problems if problem.fatal and problem.error.offer != SKIP_CELLS]
        self._show(self._fatal, [*refused, *offered])
        self.skip_cells.setVisible(bool(offered))
        left_out = [problem.error for problem in problems if not problem.fatal and problem.error.offer != SKIP_CELLS]
        self._show(self._left_out, [*notes, *left_out])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the text, within limits."""
        needed = self._inside.heightForWidth(self._scroll.viewport().width())
        self._scroll.setFixedHeight(min(max(needed, LEAST_HEIGHT_PX), MOST_HEIGHT_PX))

    def _show(self, label: QLabel, errors: Sequence[UserError | Note]) -> None:
        label.setText("\n".join(map(error_text, errors)))
        label.setVisible(bool(errors))


def _text(*, dim: bool = False) -> QLabel:
    label = dim_label() if dim else QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label
