"""The model of the table of runs: the run under way first, then the lanes of its race, then the pinned runs."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from core.run_facts import RunFacts, Within, facts_of
from gui import theme
from gui.drawing.bottom_text import why_text
from gui.pinned_runs import LIVE, Row
from gui.run_names import scaling_text
from gui.run_verdicts import RunVerdicts
from gui.session import Session
from gui.text import cost_text, error_text, for_tooltip, number, tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
SWATCH_PX = (30, 14)
NAME, COST, OTHER, WITHIN, VERDICT, ALPHA, SCALING, DEGREE, LAMBDA, ITERATIONS, LEAST = range(11)


@dataclass(frozen=True)
class Column:
    """Title, tooltip of it, and the longest text that its cells usually have."""

    title: str
    tip: str
    longest: str
    numeric: bool = True


def columns() -> tuple[Column, ...]:
    """In the user's language."""
    return (
        Column(tr("Run"), tr("A double click or F2 renames it; the box shows or hides it in the plots"), "α 0.001 · z-score", False),
        Column(tr("J"), tr("The cost at the iteration shown; of a pinned run, at its end"), "0.00000"),
        Column(
            tr("J of"),
            tr("What makes J of this run another function than J of the run under way: do not compare the two"),
            "other λ",
            False,
        ),
        Column(tr("Within 1 %"), tr("The first iteration with J at most 1 % above the minimum of its own J"), tr("Within 1 %")),
        Column(tr("Verdict"), tr("What the run has come to"), tr("Stopped · 1.11 × minimum"), False),
        Column(tr("α"), tr("Learning rate"), "0.001"),
        Column(tr("Scaling"), tr("Of the features"), tr("mean normalization"), False),
        Column(tr("Degree"), tr("Polynomial degree of the features"), tr("Degree")),
        Column(tr("λ"), tr("Regularization"), "0.001"),
        Column(tr("Iterations"), tr("Made so far"), tr("Iterations")),
        Column(tr("Minimum"), tr("The least value of J of this run, where there is one"), "0.00000"),
    )


class RunsModel(QAbstractTableModel):
    """Rows are runs. `renamed` comes with key and text, `shown` with key and whether it is to be seen."""

    renamed = Signal(object, str)
    shown = Signal(object, bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.columns = columns()
        self.verdicts = RunVerdicts(session, self)
        self.rows: list[Row] = session.runs.rows()
        self._within: dict[Hashable, Within] = {}
        self._facts: dict[Hashable, RunFacts] = {}
        self._swatches: dict[tuple[int | None, float], QPixmap] = {}
        self._ratio = 1.0

    # What is shown.

    def show_runs(self, ratio: float, *, moving: bool = False) -> None:
        """The runs as they are now; `ratio` is that of the screen's pixels, `moving`: nothing but iterations have been made."""
        rows = self._session.runs.rows()
        self._ratio = ratio
        self._facts.clear()
        self.verdicts.look(rows)
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            last = max((number for number, row in enumerate(rows) if not row.is_pinned or not moving), default=0)
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self._within = {row.key: self._within.get(row.key) or Within() for row in rows}
        self.endResetModel()

    def forget_colours(self) -> None:
        """The theme is another."""
        self._swatches.clear()

    def facts(self, row: Row) -> RunFacts:
        """What there is to tell of a run."""
        if row.key not in self._facts:
            bottom, now = self._session.runs.bottoms.of(row.experiment), self._session.experiment
            within = self._within.setdefault(row.key, Within())
            self._facts[row.key] = facts_of(row.experiment, row.trace, row.iteration, now, bottom, within)
        return self._facts[row.key]

    @property
    def any_other(self) -> bool:
        """Whether J of some run is another function."""
        return any(self.facts(row).other for row in self.rows)

    def number_of(self, key: Hashable) -> int:
        """The row of a run; the first when there is none."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), 0)

    # What Qt asks.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == NAME and self.rows[index.row()].key != LIVE:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role in (Role.DisplayRole, Role.EditRole):
            return self._text(row, column)
        if role == Role.DecorationRole and column == NAME:
            return self._swatch(row.slot)
        if role == Role.CheckStateRole and column == NAME and row.key != LIVE:
            return Qt.CheckState.Checked if row.shown else Qt.CheckState.Unchecked
        if role == Role.ForegroundRole and not row.shown:
            return QColor(theme.tokens().dim)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[column].numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole:
            return self._tip(row, column)
        if role == Role.AccessibleTextRole:
            return tr("{column} of run {name}: {text}").format(
                column=self.columns[column].title, name=row.name, text=self._text(row, column)
            )
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        key = self.rows[index.row()].key
        if role == Role.EditRole:
            self.renamed.emit(key, str(value))
        elif role == Role.CheckStateRole:
            self.shown.emit(key, Qt.CheckState(value) == Qt.CheckState.Checked)
        return role in (Role.EditRole, Role.CheckStateRole)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            return column.tip
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft)
        return None

    def _text(self, row: Row, column: int) -> str:
        experiment = row.experiment
        match column:
            case 0:
                return row.name
            case 5:
                return number(experiment.alpha)
            case 6:
                return scaling_text(experiment.scaling)
            case 7:
                return str(experiment.degree)
            case 8:
                return number(experiment.lambda_)
            case 9:
                return f"{row.iteration:,}"
        if column == VERDICT:
            verdict = self.verdicts.of(row)
            return error_text(verdict.short) if verdict is not None else "…"
        facts = self.facts(row)
        match column:
            case 1:
                return cost_text(facts.J)
            case 2:
                return other_text(facts.other)
            case 3:
                return "—" if facts.within is None else f"{facts.within:,}"
            case _:
                return "—" if facts.least_J is None else cost_text(facts.least_J)

    def _tip(self, row: Row, column: int) -> str:
        facts = self.facts(row)
        if column in (WITHIN, LEAST) and facts.bottom is not None and facts.bottom.why is not None:
            return why_text(facts.bottom)
        if column == WITHIN and facts.within is None and facts.least_J:
            return tr("Not yet: J is {share:.0%} above its minimum").format(share=facts.J / facts.least_J - 1)
        if column == VERDICT:
            verdict = self.verdicts.of(row)
            return "\n".join(f"{error_text(note)}." for note in verdict.notes) if verdict is not None else ""
        if column == OTHER and facts.other:
            return self.columns[OTHER].tip
        if column == NAME and row.key == LIVE:
            return tr("The run under way; P pins it")
        return for_tooltip(row.name) if column == NAME else ""

    def _swatch(self, slot: int | None) -> QPixmap:
        """A piece of the line as it is drawn in the plots."""
        if (slot, self._ratio) not in self._swatches:
            width, height = SWATCH_PX
            made = QPixmap(round(width * self._ratio), round(height * self._ratio))
            made.setDevicePixelRatio(self._ratio)
            made.fill(QColor(Qt.GlobalColor.transparent))
            painter = QPainter(made)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(theme.tokens().accent), 2.5) if slot is None else theme.run_pen(slot, 2.0))
                painter.drawLine(1, height // 2, width - 2, height // 2)
            finally:
                painter.end()
            self._swatches[slot, self._ratio] = made
        return self._swatches[slot, self._ratio]


def other_text(other: str) -> str:
    """What makes J another function."""
    return {
        "data": tr("other data"),
        "model": tr("other model"),
        "λ": tr("other λ"),
        "features": tr("other features"),
    }.get(other, "")
