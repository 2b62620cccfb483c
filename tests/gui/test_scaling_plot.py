"""Scaling side by side: the numbers are core's, the figures those of the classroom, and nothing is computed that nobody sees."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import gui.drawing.condition_line
import gui.plots.scaling
from core.dataset import Dataset, Source
from core.experiment import Experiment
from core.samples import make_sample
from core.side_by_side import side_by_side
from gui.drawing.bottom_text import condition_text
from gui.drawing.condition_line import ConditionLine
from gui.main_window import MainWindow
from gui.plots.scaling import ScalingPlot
from gui.text import cost_text, number
from tests.gui.conftest import MakeWindow
from tests.gui.hands import SHIFT, choose, key, settled, stepped


def card(window: MainWindow) -> ScalingPlot:
    plot = window.plots["scaling"]
    assert isinstance(plot, ScalingPlot)
    return plot


def line(window: MainWindow) -> str:
    found = window.findChild(ConditionLine)
    assert found is not None
    return found.text()


def texts(window: MainWindow, row: str) -> tuple[str, str]:
    _, raw, scaled = card(window).rows[row]
    return raw.text(), scaled.text()


def opened(qtbot: QtBot, window: MainWindow, *, own_alpha: bool = False) -> ScalingPlot:
    """The card, shown by its key, with its numbers."""
    key(qtbot, window, Qt.Key.Key_Z, SHIFT)
    plot = card(window)
    assert plot.isVisible()
    if own_alpha:
        choose(qtbot, plot.alpha, "α as set")
    settled(qtbot, window)
    return plot


def test_the_unscaled_ravine_shows_the_figures_of_the_classroom(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "exams", "--scaling", "none", "--alpha", "0.0005")
    opened(qtbot, window, own_alpha=True)
    assert texts(window, "condition") == ("4.6e6", "42")
    assert texts(window, "within")[0] == "not in 100,000"
    for alpha, iterations in ((1.0, "356 iterations"), (10.0, "31 iterations")):
        window.session.edit("Scale", scaling="zscore", alpha=alpha)
        settled(qtbot, window)
        assert texts(window, "condition") == ("4.6e6", "42")
        assert texts(window, "within")[1] == iterations
        assert texts(window, "alpha") == (number(alpha), number(alpha))
    assert line(window) == "Condition number 4.6e6 → 42"


@pytest.mark.parametrize("scaling", ["none", "zscore", "minmax"])
@pytest.mark.parametrize(("model", "degree"), [("logistic", 1), ("logistic", 2), ("linear", 1)])
@pytest.mark.parametrize("safe", [True, False])
def test_every_number_shown_is_cores(qtbot: QtBot, make_window: MakeWindow, scaling: str, model: str, degree: int, safe: bool) -> None:
    window = make_window("--sample", "tumors")
    alpha = 1e-4 if model == "linear" else 0.01
    window.session.edit("Settings", scaling=scaling, model=model, degree=degree, alpha=alpha, iterations=300, lambda_=0.5)
    plot = opened(qtbot, window, own_alpha=not safe)
    frame = stepped(qtbot, window.session, 70)
    sides = side_by_side(window.session.experiment, safe=safe)
    assert sides is not None
    for column, side in enumerate(sides):
        assert side.bottom.curvature is not None
        assert texts(window, "alpha")[column] == number(side.alpha, 3)
        assert texts(window, "condition")[column] == condition_text(side.bottom.curvature.condition_number)
        assert texts(window, "edge")[column] == number(side.bottom.curvature.edge, 4)
        reached = side.approach.reached
        assert texts(window, "within")[column] == ("not in 100,000" if reached is None else f"{reached:,} iterations")
        assert texts(window, "J")[column] == cost_text(float(side.approach.trace.J[70]))
        w, b = side.features.from_raw(*frame.w_b_raw)
        assert texts(window, "b")[column] == number(b)
        assert [texts(window, f"w{j}")[column] for j in range(len(w))] == [number(value) for value in w]
        assert plot.pictures[column].relief.isVisible()
        now = plot.pictures[column].marks.now
        assert now is not None and now.tolist() == side.plane.of(*side.at(70)[:2]).tolist()
    assert not plot.note.isVisible()


def test_with_alpha_as_set_the_path_of_the_own_side_is_that_of_the_run(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "0.3")
    plot = opened(qtbot, window, own_alpha=True)
    for iterations in (1, 40, 90):
        window.session.step(iterations)
        settled(qtbot, window)
        frame = window.session.frame_now
        assert plot.sides is not None
        w, b, J = plot.sides[1].at(frame.iteration)
        assert ([*w, b], J) == ([*frame.w, frame.b], frame.J)
    window.session.seek(5)
    assert plot.rows["J"][0].text() == "J after 5"
    assert plot.pictures[1].marks.now is not None


def test_separable_classes_are_said_to_have_no_minimum(qtbot: QtBot, window: MainWindow) -> None:
    plot = opened(qtbot, window)
    assert texts(window, "condition") == texts(window, "within") == ("no minimum", "no minimum")
    assert texts(window, "edge") == ("—", "—")
    assert plot.note.isVisible() and "separated" in plot.note.text()
    assert line(window) == "Condition number: J has no minimum"
    window.session.edit("λ", lambda_=1.0)
    settled(qtbot, window)
    assert not plot.note.isVisible()
    assert texts(window, "condition")[0] != "no minimum"


def test_one_class_repeated_columns_and_no_examples_are_told_apart(qtbot: QtBot, window: MainWindow) -> None:
    opened(qtbot, window)
    window.session.edit("One class", dataset=Dataset([[0.0, 0.0], [1.0, 2.0]], [1, 1], source=Source("One class")))
    settled(qtbot, window)
    assert "one class" in card(window).note.text()
    X = np.arange(6.0)
    window.session.edit("Repeated", dataset=Dataset(np.column_stack([X, 2 * X]), [0, 1, 0, 1, 0, 1], source=Source("Repeated")))
    settled(qtbot, window)
    assert texts(window, "condition") == ("∞", "∞")
    assert line(window) == "Condition number ∞"
    window.opening.new_dataset()
    settled(qtbot, window)
    assert texts(window, "condition") == ("—", "—")
    assert line(window) == "Condition number —"


def test_more_weights_than_have_room_end_with_the_last(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "ring", "--degree", "3", "--scaling", "zscore")
    plot = opened(qtbot, window)
    frame = stepped(qtbot, window.session, 3)
    assert [plot.rows[f"w{j}"][0].text() for j in range(5)] == ["w₁", "w₂", "w₃", "w₄", "… w₉"]
    assert texts(window, "w4")[1] == number(float(frame.w[8]))
    window.session.edit("Line", degree=1)
    settled(qtbot, window)
    assert [plot.rows[f"w{j}"][0].isVisible() for j in range(5)] == [True, True, False, False, False]


def test_a_run_that_diverges_is_said_to(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "exams", "--model", "linear", "--alpha", "0.1")
    opened(qtbot, window, own_alpha=True)
    assert texts(window, "within") == ("diverges", "29 iterations")


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[Experiment]:
    """What the card was computed of."""
    seen: list[Experiment] = []

    def noted(experiment: Experiment, **settings: Any) -> Any:
        seen.append(experiment)
        return side_by_side(experiment, **settings)

    monkeypatch.setattr(gui.plots.scaling, "side_by_side", noted)
    return seen


def test_hidden_it_costs_nothing_and_shown_again_it_makes_up_for_it(qtbot: QtBot, window: MainWindow, computed: list[Experiment]) -> None:
    window.session.edit("Blobs", dataset=make_sample("blobs"))
    stepped(qtbot, window.session, 20)
    assert computed == []
    opened(qtbot, window)
    assert computed == [window.session.experiment]
    key(qtbot, window, Qt.Key.Key_Z, SHIFT)
    window.session.edit("Scale", scaling="zscore")
    settled(qtbot, window)
    assert len(computed) == 1
    opened(qtbot, window)
    assert computed[1:] == [window.session.experiment]
    assert card(window).titles[1].text() == "Z-score"


def test_nothing_is_computed_while_it_trains_or_for_an_alpha_that_is_not_used(
    qtbot: QtBot, make_window: MakeWindow, computed: list[Experiment]
) -> None:
    window = make_window("--sample", "blobs")
    plot = opened(qtbot, window)
    stepped(qtbot, window.session, 500)
    window.session.edit("α", alpha=0.7)
    settled(qtbot, window)
    assert len(computed) == 1
    choose(qtbot, plot.alpha, "α as set")
    settled(qtbot, window)
    window.session.edit("α", alpha=0.8)
    settled(qtbot, window)
    assert len(computed) == 3
    assert texts(window, "alpha") == ("0.8", "0.8")


def test_old_numbers_do_not_stand_beside_other_columns(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors")
    plot = opened(qtbot, window)
    assert plot.sides is not None
    window.session.edit("Degree", degree=2)
    assert plot.sides is None
    assert texts(window, "condition") == ("…", "…")
    settled(qtbot, window)
    assert plot.sides is not None and texts(window, "condition")[0] != "…"


# The line of the features panel.


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--sample", "exams", "--scaling", "none"), "Condition number 4.6e6"),
        (("--sample", "exams", "--scaling", "zscore"), "Condition number 4.6e6 → 42"),
        (("--sample", "tumors", "--scaling", "zscore"), "Condition number 2.5e5 → 6.2"),
        (("--sample", "exams", "--model", "linear", "--scaling", "zscore"), "Condition number 2.3e5 → 1.1"),
        (("--sample", "exams", "--degree", "2", "--scaling", "zscore"), "Condition number 9.3e11 → 11,900"),
    ],
)
def test_a_line_says_what_the_scaling_does(qtbot: QtBot, make_window: MakeWindow, arguments: tuple[str, ...], text: str) -> None:
    window = make_window(*arguments)
    window.workspace.show_plot("scaling")
    settled(qtbot, window)
    assert line(window) == text


def test_the_line_follows_data_and_lambda_and_not_alpha(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "exams", "--scaling", "zscore")
    window.workspace.show_plot("scaling")
    settled(qtbot, window)
    before = line(window)
    window.session.edit("α", alpha=3.0)
    assert line(window) == before
    window.session.edit("λ", lambda_=10.0)
    assert line(window) == "Condition number …", "never the number of another J"
    settled(qtbot, window)
    assert line(window) not in (before, "Condition number …")
    window.session.undo_stack.undo()
    settled(qtbot, window)
    assert line(window) == before


def test_the_features_panel_says_it_too(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "exams", "--scaling", "zscore")
    settled(qtbot, window)
    condition = window.panels["features"].findChild(ConditionLine)
    assert condition is not None and condition.isVisible()
    assert condition.text() == condition.accessibleName() == "Condition number 4.6e6 → 42"
    assert "narrower the ravine" in condition.toolTip()
    height = window.panels["features"].height()
    window.session.edit("Scaling", scaling="none")
    settled(qtbot, window)
    assert condition.text() == "Condition number 4.6e6"
    assert window.panels["features"].height() == height


@pytest.mark.parametrize(("value", "text"), [(2.5987, "2.6"), (9.96, "10"), (42.11, "42"), (1874.2, "1,870"), (4577218.0, "4.6e6")])
def test_a_condition_number_has_the_digits_that_matter(value: float, text: str) -> None:
    assert condition_text(value) == text
