"""The first rows of a table as they were understood, with the chosen columns marked."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from core.table_source import Columns, SourceTable
from gui import theme
from gui.drawing.markers import marker_pixmap
from gui.fields import Card, describe, dim_label
from gui.text import for_tooltip, shortened, tr

ROWS = 50
X1, X2, Y = "x₁", "x₂", "y"
MOST_CHARACTERS = 24  # of a name in a header
MOST_COLUMN_PX = 220
MARK_PX = 36  # room for x₁ before a name, or for a marker before a cell
MEASURED_ROWS = 10
MOST_SHOWN = 200  # characters of a cell
MARKER_PX = 4.5

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
Role = Qt.ItemDataRole


class PreviewModel(QAbstractTableModel):
    """Cells as text; `columns` marks those chosen, and shows the class of each row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._names: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._numeric: frozenset[str] = frozenset()
        self._columns: Columns | None = None
        self._markers: tuple[QPixmap, ...] = ()

    def show_table(self, table: SourceTable | None) -> None:
        """Other rows, with nothing chosen yet."""
        self.beginResetModel()
        self._names = table.names if table else ()
        self._rows = table.preview(ROWS) if table else ()
        self._numeric = frozenset(table.numeric_names()) if table else frozenset()
        self._columns = None
        self.endResetModel()

    def mark(self, columns: Columns | None) -> None:
        """Other columns are chosen."""
        self._columns = columns
        ratio = self._parent.devicePixelRatioF()
        self._markers = tuple(marker_pixmap(y, ratio, MARKER_PX) for y in (0, 1))
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._names) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._names) - 1)

    def texts(self, column: int) -> list[str]:
        """The name and the first cells of a column."""
        return [shortened(self._names[column], MOST_CHARACTERS), *(row[column][:MOST_SHOWN] for row in self._rows[:MEASURED_ROWS])]

    def chosen(self) -> list[int]:
        """The numbers of the chosen columns, in the order x1, x2, label."""
        return [self._names.index(name) for name in self._roles() if name in self._names]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        name, cell = self._names[index.column()], self._rows[index.row()][index.column()]
        mark = self._roles().get(name, "")
        if role == Role.DisplayRole:
            return " ".join(cell[:MOST_SHOWN].split())
        if role == Role.ToolTipRole:
            return for_tooltip(shortened(cell, 10 * MOST_SHOWN)) if len(cell) > MOST_CHARACTERS else None
        if role == Role.TextAlignmentRole:
            return self._alignment(name)
        if role == Role.BackgroundRole and mark:
            return _tint()
        if role == Role.ForegroundRole and not mark:
            return QColor(theme.tokens().dim)
        if role == Role.DecorationRole and mark == Y:
            return self._marker(cell)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        name = self._names[section]
        mark = self._roles().get(name, "")
        if role == Role.DisplayRole:
            text = shortened(name, MOST_CHARACTERS)
            return f"{mark}  {text}" if mark else text
        if role == Role.ToolTipRole:
            return for_tooltip(name)
        if role == Role.TextAlignmentRole:
            return self._alignment(name)
        if role == Role.ForegroundRole:
            return QColor(theme.tokens().accent if mark else theme.tokens().dim)
        if role == Role.FontRole:
            return theme.font(theme.SMALL_PX, QFont.Weight.DemiBold if mark else QFont.Weight.Normal)
        return None

    def _alignment(self, name: str) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if name in self._numeric else Qt.AlignmentFlag.AlignLeft)

    def _roles(self) -> dict[str, str]:
        chosen = self._columns
        return {**dict(zip(chosen.features, (X1, X2), strict=False)), chosen.label: Y} if chosen else {}

    def _marker(self, cell: str) -> object:
        chosen = self._columns
        if chosen is None or chosen.one is None:
            return None
        if cell == chosen.one:
            return self._markers[1]
        return self._markers[0] if cell and chosen.zero in (None, cell) else None


class PreviewCard(Card):
    """The table, and a word on what it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Preview"), parent)
        self.model = PreviewModel(self)
        self.view = QTableView()
        self.view.setObjectName("preview")
        self.view.setModel(self.model)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setCornerButtonEnabled(False)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme.CONTROL_HEIGHT - 2)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        describe(self.view, tr("The first rows"), tr("The first rows as they were understood; chosen columns are marked x₁, x₂ and y"))
        self._note = dim_label()
        self.header.addWidget(self._note)
        self.body.addWidget(self.view, 1)

    def show_table(self, table: SourceTable | None) -> None:
        """Show its first rows."""
        self.model.show_table(table)
        rows = self.model.rowCount()
        self._make_room()
        self._note.setText(tr("first {n} rows").format(n=rows) if rows == ROWS else "")

    def mark(self, columns: Columns | None) -> None:
        """Mark the chosen columns, and bring one that is new into view."""
        before = self.model.chosen()
        self.model.mark(columns)
        new = [column for column in self.model.chosen() if column not in before]
        if new and before and self.model.rowCount():
            self.view.scrollTo(self.model.index(max(self.view.rowAt(0), 0), new[0]))

    def _make_room(self) -> None:
        """For the name, a mark, and the first cells of each column. Qt's own way asks for every cell, which takes long for many columns."""
        header = self.view.horizontalHeader()
        metrics = self.view.fontMetrics()
        for column in range(self.model.columnCount()):
            widest = max(map(metrics.horizontalAdvance, self.model.texts(column)), default=0)
            header.resizeSection(column, min(widest + MARK_PX, MOST_COLUMN_PX))


def _tint() -> QColor:
    colour = QColor(theme.tokens().accent)
    colour.setAlphaF(0.10)
    return colour
