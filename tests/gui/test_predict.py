"""The predict panel: a new example, its probability and class, and the accuracy on all examples."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core import logistic
from gui.main_window import MainWindow
from gui.panels.predict import PredictPanel
from tests.gui.conftest import MakeWindow
from tests.gui.hands import (
    action,
    enter,
    message,
    train_to_the_end,
)


def predict_panel(window: MainWindow) -> PredictPanel:
    panel = window.panels["predict"]
    assert isinstance(panel, PredictPanel)
    return panel


def test_an_example_that_is_entered_is_predicted_with_the_models_probability(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    panel = predict_panel(window)
    enter(qtbot, panel.fields[0], "2.1")
    enter(qtbot, panel.fields[1], "0.8")
    frame = window.session.frame_now
    f = float(logistic.predict(np.array([[2.1, 0.8]]), frame.w, frame.b)[0])
    assert panel.probability.text() == f"P(y = 1) = {f:.1%}"
    assert panel.result.text() == ("y = 1" if f >= 0.5 else "y = 0")
    assert window.session.pointer.probe == (2.1, 0.8)


@pytest.mark.parametrize(("example", "name"), [(("1.5", "40"), "benign"), (("5.5", "80"), "malignant")])
def test_the_predicted_class_is_named_as_in_the_data(qtbot: QtBot, make_window: MakeWindow, example: tuple[str, str], name: str) -> None:
    window = make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "1")
    train_to_the_end(qtbot, window)
    panel = predict_panel(window)
    for field, text in zip(panel.fields, example, strict=True):
        enter(qtbot, field, text)
    assert panel.result.text() == name
    frame = window.session.frame_now
    w_raw, b_raw = frame.w_b_raw
    z = float(np.array([float(text) for text in example]) @ w_raw + b_raw)
    assert panel.probability.text() == f"P(y = 1) = {1 / (1 + np.exp(-z)):.1%}"


def test_the_prediction_follows_the_run(qtbot: QtBot, window: MainWindow) -> None:
    panel = predict_panel(window)
    window.session.pointer.set_probe((3.0, 3.0))
    assert panel.probability.text() == "P(y = 1) = 50.0%"
    train_to_the_end(qtbot, window)
    assert panel.probability.text() == "P(y = 1) = 100.0%"
    window.session.seek(0)
    assert panel.probability.text() == "P(y = 1) = 50.0%"


@pytest.mark.parametrize("text", ["big", "nan", "1e400"])
def test_an_example_that_is_no_number_is_one_sentence(qtbot: QtBot, window: MainWindow, text: str) -> None:
    panel = predict_panel(window)
    enter(qtbot, panel.fields[0], "1")
    enter(qtbot, panel.fields[1], text)
    assert message(window).startswith("x2")
    assert text in message(window)
    assert window.session.pointer.probe is None


def test_the_accuracy_is_the_share_of_examples_classified_right(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "overlap", "--alpha", "1", "--iterations", "300")
    train_to_the_end(qtbot, window)
    frame, dataset = window.session.frame_now, window.session.experiment.dataset
    right = np.count_nonzero((logistic.predict(dataset.X, frame.w, frame.b) >= 0.5) == dataset.y)
    assert predict_panel(window).accuracy.text() == f"{right / dataset.m:.1%}"
    assert 0.5 < right / dataset.m < 1.0
    action(window, "new").trigger()
    assert predict_panel(window).accuracy.text() == "—"


def test_a_prediction_keeps_every_digit_that_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    fields = predict_panel(window).fields
    enter(qtbot, fields[0], "123456")
    enter(qtbot, fields[1], "0.00123456")
    assert window.session.pointer.probe == (123456.0, 0.00123456)
    assert [field.text() for field in fields] == ["123456", "0.00123456"]


def test_emptying_a_field_takes_the_prediction_away(qtbot: QtBot, window: MainWindow) -> None:
    fields = predict_panel(window).fields
    enter(qtbot, fields[0], "1")
    enter(qtbot, fields[1], "2")
    enter(qtbot, fields[0], "")
    assert window.session.pointer.probe is None
    assert fields[1].text() == "2"


def test_other_data_take_the_prediction_away(qtbot: QtBot, window: MainWindow) -> None:
    window.session.pointer.set_probe((1.0, 2.0))
    window.opening.open_sample("tumors")
    qtbot.waitUntil(lambda: window.session.experiment.dataset.m == 90)
    assert window.session.pointer.probe is None
    assert [field.text() for field in predict_panel(window).fields] == ["", ""]


def test_what_is_wrong_with_one_field_stays_said_when_the_other_is_entered(qtbot: QtBot, window: MainWindow) -> None:
    panel = predict_panel(window)
    enter(qtbot, panel.fields[0], "abc")
    assert "abc" in message(window)
    enter(qtbot, panel.fields[1], "3")
    assert "abc" in message(window)
    enter(qtbot, panel.fields[0], "2")
    assert message(window) == ""
