"""SklearnTable: the run, scikit-learn with the same λ and with its defaults, a column each; below, how far the run is from both."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from core.frame import Frame
from gui.drawing.sklearn_ghost import DEFAULT_LINE, SAME_LINE, line_pen
from gui.fields import dim_label
from gui.text import cost_text, number, parameter_text, tr

if TYPE_CHECKING:  # they come with numbers that the start does without
    from core.against_sklearn import Apart, Figures, SklearnFit, SklearnFits

MOST_W = 4  # weights that have a line of their own
NUMBER_PX = 74  # fixed, so that nothing shakes while the numbers run
SAMPLE = QSize(18, 12)
WAITING, NOTHING = "…", "—"


class LineSample(QWidget):
    """A piece of the line that a column has on the plane."""

    def __init__(self, style: Qt.PenStyle) -> None:
        super().__init__()
        self._style = style
        self.setFixedSize(SAMPLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(self._style))
        painter.drawLine(QPointF(1, self.height() / 2), QPointF(self.width() - 1, self.height() / 2))
        painter.end()


class Lines(QLabel):
    """Lines of a fixed height: one that followed from the width would make the column of plots give each all that it would like."""

    def __init__(self, name: str, height_px: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFixedHeight(height_px)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def hasHeightForWidth(self) -> bool:
        return False

    def show_text(self, text: str) -> None:
        """Show a text, or nothing at all when it is empty."""
        self.setText(text)
        self.setVisible(bool(text))


class SklearnTable(QWidget):
    """Write a column with show_run and show_fits, the differences with show_figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, tuple[QLabel, ...]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.heads = [_head(text) for text in (tr("this run"), tr("same λ"), tr("defaults"))]
        above = dim_label(tr("scikit-learn"))
        above.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._grid.addWidget(above, 0, 2, 1, 2)
        for column, (head, style) in enumerate(zip(self.heads, (Qt.PenStyle.SolidLine, SAME_LINE, DEFAULT_LINE), strict=True), start=1):
            both = QHBoxLayout()
            both.setSpacing(4)
            both.addStretch(1)
            both.addWidget(LineSample(style))
            both.addWidget(head)
            self._grid.addLayout(both, 1, column)
        self._add("lambda", "λ = 1/C", tr("The λ of J; scikit-learn's C is 1/λ, ∞ for none"))
        for j in range(MOST_W):
            self._add(f"w{j}", "", tr("The weights as trained, on the same columns"))
        self._add("b", "b", tr("b as trained"))
        self._add("J", "J", tr("Our J with our λ at the w, b of each column, so that they can be compared"))
        self._add("accuracy", tr("accuracy"), tr("Share of the examples trained on that are classified right at the threshold"))
        gap = dim_label(tr("this run minus scikit-learn"))
        self._grid.addWidget(gap, self._grid.rowCount(), 0, 1, 4)
        self._add("dw", tr("largest |Δw|"), tr("The weight that differs most, by how much"))
        self._add("dJ", "ΔJ", tr("J of this run minus J there, both with our λ"))
        self._add("differ", tr("predicted otherwise"), tr("How many examples the run and scikit-learn put into different classes"))
        self.show_fits(None)

    def _add(self, key: str, text: str, tooltip: str) -> None:
        name = dim_label(text)
        row = self._grid.rowCount()
        labels = (name, *(QLabel() for _ in range(3)))
        for column, label in enumerate(labels):
            label.setToolTip(tooltip)
            label.setTextFormat(Qt.TextFormat.PlainText)
            if column:
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                label.setMinimumWidth(NUMBER_PX)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._grid.addWidget(label, row, column)
        self.rows[key] = labels

    def show_run(self, frame: Frame) -> None:
        """The column of the run."""
        n = len(frame.w)
        self._name_parameters(n)
        self._write(0, "lambda", "λ" if frame.experiment.model == "linear" else "λ = 1/C")
        self._write(1, "lambda", number(frame.experiment.lambda_))
        for j in range(min(n, MOST_W)):
            self._write(1, f"w{j}", number(float(frame.w[_shown(j, n)])))
        self._write(1, "b", number(frame.b))
        self._write(1, "J", cost_text(frame.J))

    def show_fits(self, fits: "SklearnFits | None") -> None:
        """The two columns of scikit-learn; None: they are still to come, and so is what depends on them."""
        for column, fit in ((2, fits.same if fits else None), (3, fits.default if fits else None)):
            self.heads[column - 1].setToolTip(fit.call if fit else "")
            self._show_fit(column, fit, NOTHING if fits else WAITING)
        if fits is None:
            self.show_figures(None)

    def show_figures(self, figures: "Figures | None") -> None:
        """Accuracies and differences; None: still to come."""
        self._write(1, "accuracy", f"{figures.accuracy:.1%}" if figures else WAITING)
        for column, apart in ((2, figures.same if figures else None), (3, figures.default if figures else None)):
            self._show_apart(column, apart, NOTHING if figures else WAITING)

    def _show_fit(self, column: int, fit: "SklearnFit | None", without: str) -> None:
        n = len(fit.w) if fit else MOST_W
        self._write(column, "lambda", number(fit.lambda_) if fit else without)
        for j in range(min(n, MOST_W)):
            self._write(column, f"w{j}", number(float(fit.w[_shown(j, n)])) if fit else without)
        self._write(column, "b", number(fit.b) if fit else without)
        self._write(column, "J", cost_text(fit.J) if fit else without)

    def _show_apart(self, column: int, apart: "Apart | None", without: str) -> None:
        self._write(column, "accuracy", f"{apart.accuracy:.1%}" if apart else without)
        self._write(column, "dw", number(apart.dw, 3) if apart else without)
        self._write(column, "dJ", number(apart.dJ, 3) if apart else without)
        self._write(column, "differ", f"{apart.predictions:,}" if apart else without)

    def _name_parameters(self, n: int) -> None:
        for j in range(MOST_W):
            last = j == MOST_W - 1 and n > MOST_W
            labels = self.rows[f"w{j}"]
            if labels[0].isHidden() == (j < n):
                for label in labels:
                    label.setVisible(j < n)
            text = parameter_text(_shown(j, n), n) if j < n else ""
            labels[0].setText(tr("… {name}").format(name=text) if last else text)

    def _write(self, column: int, key: str, text: str) -> None:
        label = self.rows[key][column]
        if label.text() != text:
            label.setText(text)


def _shown(row: int, n: int) -> int:
    """Which weight stands in a row: the last of many in the last."""
    return n - 1 if row == MOST_W - 1 else row


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("strong", True)
    return label
