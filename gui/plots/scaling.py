"""Scaling side by side: what descent meets on raw features and on scaled ones, in pictures and in numbers.

Both runs are made in the background when data or settings change. A frame only moves the two points along their paths, and w, b are those
of the run on screen, in both units. While nothing is scaled the comparison is with z-score.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from core.bottom import same_bottom
from core.errors import UserError
from core.experiment import Experiment
from core.frame import Frame
from core.scaling import SCALINGS
from core.side_by_side import MOST_IN_PICTURE, Side, raw_and_scaled, side_by_side
from gui.actions import Actions
from gui.drawing.bottom_text import bottom_text, why_text
from gui.drawing.condition_line import ConditionLine
from gui.drawing.ravine_picture import RavinePicture
from gui.fields import describe, dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import cost_text, number, parameter_text, tr

MOST_W = 5  # weights that have a line of their own
WIDEST_PX = 560  # of the table
NOTE_PX = 34  # two lines
WAITING = "…"

Sides = tuple[Side, Side]
Request = tuple[Experiment, bool]  # whether alpha is the safe one


class Note(QLabel):
    """Lines of a fixed height: one that followed from the width would make the column of plots give each all that it would like."""

    def hasHeightForWidth(self) -> bool:
        return False


class ScalingPlot(Plot):
    """Two landscapes and a table."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Scaling side by side"), parent)
        self.alpha = QComboBox()
        self.alpha.addItem(tr("α = 1/L"), True)
        self.alpha.addItem(tr("α as set"), False)
        describe(
            self.alpha,
            tr("Learning rate of the comparison"),
            tr("1/L on each side, with L the greatest curvature that J has anywhere: J then falls at every iteration. Or α as set."),
        )
        self.header.addWidget(self.alpha)
        self.titles = (QLabel(), QLabel())
        self.pictures = (RavinePicture(), RavinePicture())
        self.area = self.pictures[0]
        self.note = Note()
        self.note.setProperty("dim", True)
        self.note.setWordWrap(True)
        self.note.setFixedHeight(NOTE_PX)
        self.note.hide()
        self.rows: dict[str, tuple[QLabel, QLabel, QLabel]] = {}
        self._grid = QGridLayout()
        self._build()
        self._background = session.background()
        self._wanted: Request | None = None
        self._sides: Sides | None = None
        self._failed = False
        self.alpha.activated.connect(self._alpha_chosen)
        session.status_changed.connect(self._status_changed)
        self.apply_theme()
        self._missed = True  # until it is shown there is nothing to do

    def _build(self) -> None:
        grid = self._grid
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        pictures = QGridLayout()
        pictures.setHorizontalSpacing(8)
        for column, (title, picture) in enumerate(zip(self.titles, self.pictures, strict=True)):
            title.setProperty("strong", True)
            title.setTextFormat(Qt.TextFormat.PlainText)
            pictures.addWidget(title, 0, column, Qt.AlignmentFlag.AlignHCenter)
            pictures.addWidget(picture, 1, column)
            pictures.setColumnStretch(column, 1)
        pictures.setRowStretch(1, 1)
        self.pictures[0].setAccessibleName(tr("Landscape of J on raw features, with the path of descent"))
        self.pictures[1].setAccessibleName(tr("Landscape of J on scaled features, with the path of descent"))
        self.body.addLayout(pictures, 1)
        self._add_row("alpha", tr("Learning rate α"), tr("With which these two runs are made, by gradient descent; the choice is above"))
        self._add_row("condition", tr("Condition number"), tr("λmax / λmin of the Hessian at the minimum: how narrow the ravine is"))
        self._add_row("edge", tr("2/λmax"), tr("Near the minimum J goes on falling with a smaller α, and swings with a larger one"))
        self._add_row("within", tr("Within 1 % of minimum"), tr("The first iteration with J at most 1 % above its least value"))
        self._add_row("J", tr("J"), tr("The cost of each of the two runs at the iteration shown"))
        self._grid.addWidget(dim_label(tr("w, b of the run on screen, in both units")), self._grid.rowCount(), 0, 1, 3)
        for j in range(MOST_W):
            self._add_row(f"w{j}", "", tr("The weights of the run on screen, in both units: the same model"))
        self._add_row("b", tr("b"), tr("b of the run on screen, in both units: the same model"))
        table = QWidget()
        table.setLayout(grid)
        table.setMaximumWidth(WIDEST_PX)
        row = QHBoxLayout()
        row.addStretch(0)
        row.addWidget(table, 1)
        row.addStretch(0)
        self.body.addLayout(row)
        self.body.addWidget(self.note)
        self.body.addWidget(ConditionLine(self.session))

    def _add_row(self, key: str, text: str, tooltip: str) -> None:
        name, raw, scaled = dim_label(text), QLabel(), QLabel()
        row = self._grid.rowCount()
        for column, label in enumerate((name, raw, scaled)):
            label.setToolTip(tooltip)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("dim", column == 0)
            if column:
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._grid.addWidget(label, row, column)
        self.rows[key] = name, raw, scaled

    @property
    def safe(self) -> bool:
        """Whether each side has the largest alpha with which J is sure to fall."""
        return bool(self.alpha.currentData())

    @property
    def sides(self) -> Sides | None:
        """What is shown, once it is computed."""
        return self._sides

    # Showing.

    def show_experiment(self) -> None:
        experiment, request = self.session.experiment, (self.session.experiment, self.safe)
        if self._wanted is not None and _same_runs(self._wanted, request):
            return
        before, self._wanted = self._wanted, request
        scaled = raw_and_scaled(experiment)[1].scaling
        comparison = tr(" (for comparison)") if experiment.scaling == "none" else ""
        self.titles[0].setText(tr("Raw"))
        self.titles[1].setText(tr(SCALINGS[scaled].label) + comparison)
        if before is None or not experiment.is_quick or _other_columns(before[0], experiment):
            self._sides = None  # while points are dragged the numbers of a moment ago stay
            self._show_numbers()
        self._background.submit(lambda: self._compute(request), self._computed)

    def show_frame(self, frame: Frame) -> None:
        if self._sides is not None:
            for picture in self.pictures:
                picture.show_iteration(frame.iteration)
        if self.text_due():
            self._show_J(frame)
            self._show_w_b(frame)

    def apply_theme(self) -> None:
        for picture in self.pictures:
            picture.restyle()

    def _status_changed(self) -> None:
        if not self.session.training and not self.isHidden():
            for picture in self.pictures:
                picture.redraw_path()

    def _alpha_chosen(self) -> None:
        self.show_experiment()

    # Computing.

    def _compute(self, request: Request) -> tuple[Request, Sides | None, bool]:
        """In the background: what was asked for, the sides, and whether it was given up for something newer."""

        def go_on(_: float) -> None:
            if self._background.closed or self._wanted is not request:
                raise InterruptedError

        try:
            return request, side_by_side(request[0], safe=request[1], progress=go_on), False
        except InterruptedError:
            return request, None, True
        except UserError:  # a polynomial term too large for a number
            return request, None, False

    def _computed(self, made: tuple[Request, Sides | None, bool]) -> None:
        request, sides, given_up = made
        if given_up or request is not self._wanted:
            return
        self._sides = sides
        self._failed = sides is None
        self._show_numbers()
        if sides is not None:
            for picture, side in zip(self.pictures, sides, strict=True):
                picture.show_side(side)
                picture.show_iteration(self.session.frame_now.iteration)
        self._show_J(self.session.frame_now)
        self._show_w_b(self.session.frame_now)

    # Text.

    def _write(self, key: str, *texts: str) -> None:
        for label, text in zip(self.rows[key][1:], texts, strict=True):
            if label.text() != text:
                label.setText(text)

    def _show_numbers(self) -> None:
        sides = self._sides
        if sides is None:
            for key in ("alpha", "condition", "edge", "within", "J"):
                self._write(key, *2 * ["—" if self._failed else WAITING])
            self.note.setText("")
            return
        self._write("alpha", *(number(side.alpha, 3) for side in sides))
        self._write("condition", *(bottom_text(side.bottom) for side in sides))
        self._write("edge", *(number(side.bottom.curvature.edge, 4) if side.bottom.curvature else "—" for side in sides))
        self._write("within", *(_within_text(side) for side in sides))
        self.note.setText(why_text(sides[1].bottom))
        self.note.setVisible(bool(self.note.text()))

    def _show_J(self, frame: Frame) -> None:
        self.rows["J"][0].setText(tr("J after {k:,}").format(k=frame.iteration))
        if self._sides is not None:
            self._write("J", *(_J_text(side, frame.iteration) for side in self._sides))

    def _show_w_b(self, frame: Frame) -> None:
        n = len(frame.w)
        (w_raw, b_raw), (w, b) = frame.w_b_raw, (frame.w, frame.b)
        if frame.experiment.scaling == "none" and self._sides is not None and self._sides[1].features.n_terms == n:
            w, b = self._sides[1].features.from_raw(frame.w, frame.b)
        known = frame.experiment.scaling != "none" or self._sides is not None
        for j in range(MOST_W):
            name = self.rows[f"w{j}"][0]
            more = j == MOST_W - 1 and n > MOST_W
            for label in self.rows[f"w{j}"]:
                label.setVisible(j < n)
            if j < n:
                name.setText(tr("… {name}").format(name=parameter_text(n - 1, n)) if more else parameter_text(j, n))
                at = n - 1 if more else j
                self._write(f"w{j}", number(float(w_raw[at])), number(float(w[at])) if known else WAITING)
        self._write("b", number(b_raw), number(b) if known else WAITING)


def _within_text(side: Side) -> str:
    if side.bottom.minimum is None:
        return tr("no minimum")
    if side.approach.reached is not None:
        return tr("{n:,} iterations").format(n=side.approach.reached)
    return tr("diverges") if side.approach.diverged else tr("not in {n:,}").format(n=side.approach.looked)


def _J_text(side: Side, iteration: int) -> str:
    """J there, or at the last iteration of a run that ended before."""
    last, text = side.approach.trace.last, cost_text(side.at(iteration)[2])
    return text if iteration <= last else tr("{J} (at {k:,})").format(J=text, k=last)


def _other_columns(a: Experiment, b: Experiment) -> bool:
    return (a.scaling, a.n_terms, a.model) != (b.scaling, b.n_terms, b.model)


def _same_runs(a: Request, b: Request) -> bool:
    (one, safe), (other, other_safe) = a, b
    same_alpha = safe == other_safe and (safe or one.alpha == other.alpha)
    same_length = min(one.iterations, MOST_IN_PICTURE) == min(other.iterations, MOST_IN_PICTURE)
    return same_bottom(one, other) and same_alpha and same_length and one.start == other.start
