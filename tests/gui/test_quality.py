"""Threshold, confusion matrix, precision and recall, the arithmetic of a prediction, ROC curve and odds ratios, as people use them."""

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.metrics import confusion
from core.quality import frame_confusion
from gui.main_window import MainWindow
from gui.panels.predict import PredictPanel
from gui.plots.interpretation import Interpretation
from gui.plots.roc import RocPlot
from tests.gui.conftest import MakeWindow
from tests.gui.hands import action, click, drag, enter, key, message, plane, settled, stepped, train_to_the_end, visible_text

SHIFT = Qt.KeyboardModifier.ShiftModifier


def predict_panel(window: MainWindow) -> PredictPanel:
    panel = window.panels["predict"]
    assert isinstance(panel, PredictPanel)
    return panel


def roc(qtbot: QtBot, window: MainWindow) -> RocPlot:
    key(qtbot, window, Qt.Key.Key_R, SHIFT)
    plot = window.plots["roc"]
    assert isinstance(plot, RocPlot)
    assert plot.isVisible()
    return plot


@pytest.fixture
def rare(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    """The rare class after its run, with the threshold unfolded."""
    window = make_window("--sample", "rare", "--seed", "7", "--alpha", "0.3", "--iterations", "2000")
    train_to_the_end(qtbot, window)
    qtbot.mouseClick(predict_panel(window).quality.more, Qt.MouseButton.LeftButton)
    return window


def thick_line(window: MainWindow) -> np.ndarray:
    return max(plane(window).lines.lines, key=lambda line: line.pen.widthF()).points


def test_scenario_11_by_hand_with_the_threshold_field(qtbot: QtBot, rare: MainWindow) -> None:
    panel = predict_panel(rare)
    assert panel.accuracy.text() == "96.0%"
    assert panel.quality.precision_recall.text() == "0.67 · 0.40"
    enter(qtbot, panel.quality.threshold.field, "0.1")
    assert panel.quality.precision_recall.text() == "0.33 · 0.75"
    assert panel.quality.more.text().startswith("Precision · recall at 0.1")
    counts = panel.quality.matrix.counts
    assert counts is not None
    assert (counts.true_negative, counts.false_positive, counts.false_negative, counts.true_positive) == (350, 30, 5, 15)
    assert panel.quality.f1.text() == f"{2 * 15 / (2 * 15 + 30 + 5):.2f}"
    frame = rare.session.frame_now
    w_raw, b_raw = frame.w_b_raw
    assert thick_line(rare) @ w_raw + b_raw == pytest.approx(np.log(0.1 / 0.9)), "the boundary is where f is the threshold"


def test_a_drag_of_the_threshold_is_one_undo_step_and_keeps_the_run(qtbot: QtBot, rare: MainWindow) -> None:
    slider = predict_panel(rare).quality.threshold.slider
    count, run = rare.session.undo_stack.count(), rare.session.frame_now.trace
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider).center()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=handle)
    for step in range(1, 9):
        at = handle.__class__(handle.x() - 10 * step, handle.y())
        qtbot.mouseMove(slider, at)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at)
    threshold = rare.session.experiment.threshold
    assert 0.05 < threshold < 0.4
    assert rare.session.undo_stack.count() == count + 1
    assert rare.session.frame_now.trace is run
    qtbot.keyClick(slider, Qt.Key.Key_Down)
    assert rare.session.experiment.threshold == pytest.approx(threshold - 0.01)
    assert rare.session.undo_stack.count() == count + 2
    action(rare, "undo").trigger()
    action(rare, "undo").trigger()
    assert rare.session.experiment.threshold == 0.5
    assert slider.value() == 50


@pytest.mark.parametrize("text", ["0", "1", "-0.1", "half"])
def test_a_threshold_that_cannot_be_used_is_one_sentence_and_changes_nothing(qtbot: QtBot, rare: MainWindow, text: str) -> None:
    enter(qtbot, predict_panel(rare).quality.threshold.field, text)
    assert "hreshold" in message(rare)
    assert text in message(rare)
    assert rare.session.experiment.threshold == 0.5


def test_the_predicted_class_of_an_example_follows_the_threshold(qtbot: QtBot, window: MainWindow) -> None:
    stepped(qtbot, window.session, 100)
    window.session.pointer.set_probe((1.5, 1.5))
    f = float(window.session.frame_now.predict(np.array([[1.5, 1.5]]))[0])
    panel = predict_panel(window)
    window.session.edit("Change threshold", threshold=f - 0.01)
    assert panel.result.text() == "y = 1"
    window.session.edit("Change threshold", threshold=f + 0.01)
    assert panel.result.text() == "y = 0"


@pytest.mark.parametrize("model", ["logistic", "linear", "squared"])
def test_the_arithmetic_stands_under_the_example_and_adds_up(qtbot: QtBot, make_window: MakeWindow, model: str) -> None:
    window = make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "0.3", "--model", model)
    stepped(qtbot, window.session, 200)
    lines = predict_panel(window).arithmetic
    assert not lines.isVisible()
    window.session.pointer.set_probe((3.5, 57.0))
    assert lines.isVisible()
    number = r"(−?[\d.e−]+)"
    found = re.fullmatch(rf"z = {number}·{number} ([+−]) {number}·{number} ([+−]) {number} = {number}\nf = (.*) = {number}", lines.text())
    assert found, lines.text()
    parts = [float(part.replace("−", "-")) if part not in "+−" and "g" not in part and part != "z" else part for part in found.groups()]
    w1, x1, plus, w2, x2, plus_b, b, z, how, f = parts
    signs = {"+": 1.0, "−": -1.0}
    assert (x1, x2) == (3.5, 57.0)
    assert w1 * x1 + signs[plus] * w2 * x2 + signs[plus_b] * b == pytest.approx(z, abs=0.1)  # type: ignore[operator,index]
    frame = window.session.frame_now
    assert f == pytest.approx(float(frame.predict(np.array([[3.5, 57.0]]))[0]), rel=5e-3)
    assert str(how).startswith("z" if model == "linear" else "g(")


def test_for_polynomial_terms_their_number_is_said_and_each_is_in_the_tooltip(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Change degree", degree=2)
    stepped(qtbot, window.session, 20)
    window.session.pointer.set_probe((1.0, 2.0))
    lines = predict_panel(window).arithmetic
    assert lines.text().startswith("z = … (5 terms) = ")
    assert lines.toolTip().count("\n") == 7
    assert "x₁x₂" in lines.toolTip()


def test_the_numbers_of_many_examples_are_counted_in_the_background(qtbot: QtBot, window: MainWindow) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60_000, 2))
    y = (X[:, 0] + rng.logistic(size=60_000) > 0).astype(float)
    plot = roc(qtbot, window)
    window.session.edit("Many", dataset=Dataset(X, y, source=Source("Many")))
    panel = predict_panel(window)
    assert panel.quality.precision_recall.text() == "…"
    stepped(qtbot, window.session, 30)
    qtbot.waitUntil(lambda: not window.session.computing, timeout=20_000)
    counts = confusion(window.session.frame_now.predict(X), y)
    assert panel.quality.precision_recall.text() == f"{counts.precision:.2f} · {counts.recall:.2f}"
    assert plot.curve is not None
    assert 0.5 < plot.curve.auc < 1.0
    action(window, "new").trigger()
    assert panel.quality.precision_recall.text() == "—"
    qtbot.waitUntil(lambda: plot.curve is None)
    settled(qtbot, window)


def test_the_roc_curve_shows_the_point_of_the_threshold_and_its_area(qtbot: QtBot, rare: MainWindow) -> None:
    plot = roc(qtbot, rare)
    assert plot.curve is not None
    assert plot.auc.text() == f"AUC {plot.curve.auc:.3f}"
    for threshold in (0.5, 0.1, 0.9):
        rare.session.edit("Change threshold", threshold=threshold)
        counts = frame_confusion(rare.session.frame_now)
        assert plot.dot.at == (counts.false_positive_rate, counts.recall)
        assert plot.dot.text == f"threshold {threshold}"
    curve = plot.curve
    rare.session.seek(3)
    assert plot.curve is not curve, "it is the curve of the iteration shown"


def test_a_drag_along_the_roc_curve_sets_the_threshold_as_one_undo_step(qtbot: QtBot, rare: MainWindow) -> None:
    plot = roc(qtbot, rare)
    count = rare.session.undo_stack.count()
    drag(qtbot, plot.area, (0.0, 0.3), (0.05, 0.75), (0.3, 0.95))
    assert plot.dot.at is not None
    assert plot.dot.at == pytest.approx((0.3, 0.95), abs=0.06)
    assert rare.session.experiment.threshold < 0.1
    assert rare.session.undo_stack.count() == count + 1
    counts = frame_confusion(rare.session.frame_now)
    assert (counts.false_positive_rate, counts.recall) == plot.dot.at
    click(qtbot, plot.area, (0.0, 0.1))
    assert rare.session.undo_stack.count() == count + 2
    assert rare.session.experiment.threshold > 0.3
    assert predict_panel(rare).quality.threshold.field.text() == f"{rare.session.experiment.threshold:.12g}"


def test_the_odds_ratio_of_each_feature_is_shown_in_its_unit(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "1", "--iterations", "2000")
    key(qtbot, window, Qt.Key.Key_T, SHIFT)
    plot = window.plots["interpretation"]
    assert isinstance(plot, Interpretation)
    train_to_the_end(qtbot, window)
    w_raw, _ = window.session.frame_now.w_b_raw
    assert [name.text() for name in plot.names] == ["per +1 cm: Tumor size", "per +1 year: Age"]
    assert [ratio.text() for ratio in plot.ratios] == [f"odds × {np.exp(w):.4g}" for w in w_raw]
    assert [visible_text(weight) for weight in plot.weights] == [f"e{w:.4g}" for w in w_raw]
    assert "malignant" in plot.sentence.text()
    window.session.edit("Change degree", degree=2)
    assert not plot.area.isVisible()
    assert "degree 1" in plot.sentence.text()
