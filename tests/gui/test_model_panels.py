"""Degree, model, λ and the two boundaries: what the panels of the model show and change."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from core.comparison import fit_other
from core.dataset import Dataset, Source
from core.samples import make_sample
from gui.main_window import MainWindow
from gui.panels.base import Panel
from gui.panels.descent import DescentPanel
from gui.panels.features import FeaturesPanel
from tests.gui.conftest import MakeWindow
from tests.gui.hands import action, choose_directly, enter, key, message, plane, settled, stepped, train_to_the_end

SMALL = (1366, 768)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def features(window: MainWindow) -> FeaturesPanel:
    panel = window.panels["features"]
    assert isinstance(panel, FeaturesPanel)
    return panel


def descent(window: MainWindow) -> DescentPanel:
    panel = window.panels["descent"]
    assert isinstance(panel, DescentPanel)
    return panel


@pytest.mark.parametrize(("degree", "terms"), [("2", 5), ("3", 9), ("6", 27)])
def test_a_degree_that_is_entered_starts_again_and_says_how_many_terms_there_are(
    qtbot: QtBot, window: MainWindow, degree: str, terms: int
) -> None:
    stepped(qtbot, window.session, 10)
    enter(qtbot, features(window).degree.field, degree)
    assert window.session.experiment.degree == int(degree)
    assert window.session.frame_now.iteration == 0
    assert features(window).terms.text() == f"{terms} terms"
    action(window, "undo").trigger()
    assert (window.session.experiment.degree, window.session.frame_now.iteration) == (1, 10)
    assert features(window).terms.text() == "2 terms"


def test_the_terms_are_named_in_the_courses_order(qtbot: QtBot, window: MainWindow) -> None:
    enter(qtbot, features(window).degree.field, "3")
    assert features(window).terms.toolTip() == "x₁, x₂, x₁², x₁x₂, x₂², x₁³, x₁²x₂, x₁x₂², x₂³"


def test_the_buttons_and_arrow_keys_step_through_the_degrees_and_end_at_1_and_6(qtbot: QtBot, window: MainWindow) -> None:
    stepper = features(window).degree
    assert not stepper.less.isEnabled()
    for degree in range(2, 7):
        qtbot.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
        assert window.session.experiment.degree == degree
        assert stepper.field.text() == str(degree)
    assert not stepper.more.isEnabled()
    qtbot.keyClick(stepper.field, Qt.Key.Key_Up)
    assert window.session.experiment.degree == 6
    qtbot.keyClick(stepper.field, Qt.Key.Key_Down)
    assert window.session.experiment.degree == 5
    qtbot.mouseClick(stepper.less, Qt.MouseButton.LeftButton)
    assert window.session.experiment.degree == 4


@pytest.mark.parametrize("text", ["0", "7", "2.5", "two"])
def test_a_degree_that_cannot_be_used_is_one_sentence_and_changes_nothing(qtbot: QtBot, window: MainWindow, text: str) -> None:
    enter(qtbot, features(window).degree.field, text)
    assert text in message(window)
    assert window.session.experiment.degree == 1


def test_a_degree_whose_terms_are_no_numbers_is_one_sentence(qtbot: QtBot, window: MainWindow) -> None:
    X = np.array([[1e100, 1.0], [2e100, 2.0], [3e100, 0.0], [4e100, 1.0]])
    window.session.edit("Huge", dataset=Dataset(X, np.array([0.0, 1.0, 0.0, 1.0]), source=Source("Huge")))
    for _ in range(3):
        qtbot.mouseClick(features(window).degree.more, Qt.MouseButton.LeftButton)
    assert window.session.experiment.degree < 4
    assert "terms too large" in message(window)


def test_the_degree_of_many_examples_is_measured_in_the_background(qtbot: QtBot, window: MainWindow) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40_000, 2))
    window.session.edit("Many", dataset=Dataset(X, (X[:, 0] * X[:, 1] > 0).astype(float), source=Source("Many")))
    stepper = features(window).degree
    for _ in range(2):
        qtbot.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    assert window.session.experiment.degree == 1, "not here"
    qtbot.waitUntil(lambda: window.session.experiment.degree == 3, timeout=20_000)
    settled(qtbot, window)


def test_the_boundary_of_degree_2_goes_round_the_ring(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "ring", "--scaling", "zscore", "--alpha", "1", "--iterations", "500")
    enter(qtbot, features(window).degree.field, "2")
    train_to_the_end(qtbot, window)
    boundary = max(plane(window).lines.lines, key=lambda line: line.pen.widthF()).points
    radius = np.hypot(*boundary.T)
    assert boundary[0] == pytest.approx(boundary[-1]), "it is closed"
    assert ((radius > 1.0) & (radius < 1.5)).all()


@pytest.mark.parametrize(("text", "model"), [("Linear regression", "linear"), ("Squared error, g(z)", "squared")])
def test_a_model_that_is_chosen_starts_again_and_undo_brings_the_run_back(qtbot: QtBot, window: MainWindow, text: str, model: str) -> None:
    stepped(qtbot, window.session, 10)
    choose_directly(descent(window).model, text)
    assert (window.session.experiment.model, window.session.frame_now.iteration) == (model, 0)
    stepped(qtbot, window.session, 5)
    action(window, "undo").trigger()
    assert (window.session.experiment.model, window.session.frame_now.iteration) == ("logistic", 10)
    assert descent(window).model.currentText() == "Logistic regression"


def test_the_term_of_lambda_is_shown_with_its_share_of_the_cost(qtbot: QtBot, window: MainWindow) -> None:
    panel = descent(window)
    assert not panel.penalty.isVisible()
    window.session.edit("Change regularization", lambda_=2.0)
    frame = stepped(qtbot, window.session, 50)
    term = 2.0 / (2 * 6) * float(frame.w @ frame.w)
    assert panel.penalty.isVisible()
    assert panel.penalty.text() == f"λ/(2m) Σ wⱼ² = {term:.4g}, {term / frame.J:.1%} of J"
    window.session.edit("Change regularization", lambda_=0.0)
    assert not panel.penalty.isVisible()


# Both boundaries at once.


def test_the_boundary_of_the_other_model_is_drawn_as_a_dashed_line(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "outliers", "--iterations", "500")
    comparison = plane(window).comparison
    train_to_the_end(qtbot, window)
    assert comparison.layer.lines == []
    key(qtbot, window, Qt.Key.Key_B, SHIFT)
    assert descent(window).compare.isChecked()
    qtbot.waitUntil(lambda: comparison.fit is not None)
    expected = fit_other(window.session.experiment)
    assert expected is not None
    (line,) = comparison.layer.lines
    assert line.pen.style() is Qt.PenStyle.DashLine
    assert line.points @ expected.w + expected.b == pytest.approx([0.5, 0.5])
    assert comparison.layer.text == "Linear regression"
    qtbot.mouseClick(descent(window).compare, Qt.MouseButton.LeftButton)
    assert not action(window, "compare").isChecked()
    assert comparison.layer.lines == []


def test_it_follows_the_data_the_threshold_and_the_model(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "overlap")
    comparison = plane(window).comparison
    action(window, "compare").trigger()
    qtbot.waitUntil(lambda: comparison.fit is not None)
    first = comparison.fit
    window.session.edit("Other", dataset=make_sample("overlap", 3))
    qtbot.waitUntil(lambda: comparison.fit is not first and not window.session.computing)
    assert comparison.fit is not None
    window.session.edit("Change threshold", threshold=0.8)
    qtbot.waitUntil(lambda: not window.session.computing)
    fit = comparison.fit
    assert comparison.layer.lines[0].points @ fit.w + fit.b == pytest.approx([0.8, 0.8])
    assert descent(window).compare.text() == "compare with linear"
    window.session.edit("Change model", model="linear")
    assert descent(window).compare.text() == "compare with logistic"
    qtbot.waitUntil(lambda: comparison.layer.text == "Logistic regression")
    window.session.edit("Change degree", degree=3)
    qtbot.waitUntil(lambda: comparison.fit is not None and len(comparison.fit.w) == 9)
    assert len(comparison.layer.lines[0].points) > 2
    action(window, "new").trigger()
    qtbot.waitUntil(lambda: comparison.fit is None)
    assert comparison.layer.lines == []


# Folding.


def column(window: MainWindow) -> QScrollArea:
    (scroll,) = (area for area in window.findChildren(QScrollArea) if area.isAncestorOf(window.panels["data"]))
    return scroll


def folded(window: MainWindow) -> set[str]:
    return {name for name, panel in window.panels.items() if isinstance(panel, Panel) and panel.content.isHidden()}


def test_where_the_window_is_too_low_the_features_fold_to_a_line_that_says_what_they_are(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "breast-cancer", "--scaling", "zscore", size=(1366, 818))
    window.session.pointer.set_probe((15.0, 20.0))
    qtbot.waitUntil(lambda: folded(window) == {"features"})
    assert features(window).folded_summary.text() == "Z-score · degree 1 ·"
    assert column(window).verticalScrollBar().maximum() == 0
    window.session.edit("Change scaling", scaling="minmax")
    assert features(window).folded_summary.text() == "Min-max · degree 1 ·"
    window.session.pointer.set_probe(None)
    QApplication.processEvents()
    assert folded(window) == {"features"}, "a probe that comes and goes does not make the panels jump"
    window.resize(1440, 1000)
    qtbot.waitUntil(lambda: folded(window) == set())
    assert not features(window).folded_summary.isVisible()


def test_a_panel_folded_or_unfolded_by_hand_stays_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(size=(1440, 1000))
    fold = window.panels["descent"].fold  # type: ignore[attr-defined]
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert folded(window) == {"descent"}
    qtbot.keyClick(fold, Qt.Key.Key_Return)
    assert folded(window) == set()
    window.resize(1440, 640)
    qtbot.waitUntil(lambda: "features" in folded(window))
    qtbot.mouseClick(features(window).fold, Qt.MouseButton.LeftButton)
    window.resize(1440, 660)
    QApplication.processEvents()
    assert "features" not in folded(window)


def test_a_start_of_many_zeros_is_shown_in_short_and_entered_in_short(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "ring", "--degree", "6", "--scaling", "zscore")
    panel = window.panels["descent"]
    assert isinstance(panel, DescentPanel)
    assert panel.begin.text() == "0 (all)"
    enter(qtbot, panel.begin, ", ".join(["0"] * 27 + ["2"]))
    assert window.session.experiment.start == (0.0,) * 27 + (2.0,)
    assert panel.begin.text().startswith("0, 0, ")
    enter(qtbot, panel.begin, "0")
    assert window.session.experiment.start == (0.0,) * 28
    assert panel.begin.text() == "0 (all)"
