"""The panels: each control as a user works it, with what it refuses."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core import logistic
from core.dataset import Dataset
from core.trainer import Status
from gui.fields import LogSlider, NumberField, parse_number
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.panels.descent import DescentPanel
from gui.panels.features import FeaturesPanel
from gui.panels.predict import PredictPanel
from tests.gui.conftest import MakeWindow
from tests.gui.hands import (
    CONTROL,
    LEFT,
    SHIFT,
    action,
    choose_directly,
    click,
    enter,
    iterated,
    key,
    loaded,
    message,
    plane,
    settled,
    train_to_the_end,
)


def data_panel(window: MainWindow) -> DataPanel:
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    return panel


def features_panel(window: MainWindow) -> FeaturesPanel:
    panel = window.panels["features"]
    assert isinstance(panel, FeaturesPanel)
    return panel


def descent_panel(window: MainWindow) -> DescentPanel:
    panel = window.panels["descent"]
    assert isinstance(panel, DescentPanel)
    return panel


def predict_panel(window: MainWindow) -> PredictPanel:
    panel = window.panels["predict"]
    assert isinstance(panel, PredictPanel)
    return panel


# Learning rate.


def test_alpha_is_entered_exactly(qtbot: QtBot, window: MainWindow) -> None:
    enter(qtbot, descent_panel(window).alpha, "0.0123456789")
    assert window.session.experiment.alpha == 0.0123456789
    assert descent_panel(window).alpha.text() == "0.0123456789"
    assert window.session.undo_stack.undoText() == "Change learning rate"


def test_undo_works_while_the_focus_is_still_in_the_field(qtbot: QtBot, window: MainWindow) -> None:
    field = descent_panel(window).alpha
    enter(qtbot, field, "0.3")
    assert field.hasFocus()
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment.alpha == 0.1
    assert field.text() == "0.1"
    key(qtbot, window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.session.experiment.alpha == 0.3
    assert field.text() == "0.3"


@pytest.mark.parametrize(("text", "alpha"), [("1e-6", 1e-6), ("1000", 1000.0), ("1e3", 1000.0), (" 0.5 ", 0.5), ("1,000", 1000.0)])
def test_alpha_is_read_as_people_write_it(qtbot: QtBot, window: MainWindow, text: str, alpha: float) -> None:
    enter(qtbot, descent_panel(window).alpha, text)
    assert window.session.experiment.alpha == alpha
    assert message(window) == ""


@pytest.mark.parametrize("text", ["fast", "0", "-1", "1e9", "nan", "inf", "0.1 0.2", "0.1; 0.2", "0,1,2", "１"])
def test_an_alpha_that_cannot_be_used_is_one_sentence_and_changes_nothing(qtbot: QtBot, window: MainWindow, text: str) -> None:
    before = window.session.experiment
    field = descent_panel(window).alpha
    enter(qtbot, field, text)
    assert window.session.experiment is before
    assert window.session.undo_stack.count() == 0
    assert message(window).startswith("Learning rate α")
    assert "nan is not possible" not in message(window) or text == "nan", "it names a value that nobody typed"
    assert field.property("invalid")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0.1"
    assert not field.property("invalid")


def test_the_alpha_slider_shows_and_sets_alpha_on_a_logarithmic_scale(qtbot: QtBot, window: MainWindow) -> None:
    panel = descent_panel(window)
    slider = panel.alpha_slider
    assert slider.value() / slider.maximum() == pytest.approx(5 / 9)  # 0.1 in 1e-6 … 1e3
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert window.session.experiment.alpha == pytest.approx(0.32)
    assert panel.alpha.text() == "0.32"
    slider.setValue(slider.maximum())
    assert window.session.experiment.alpha == 1000.0
    slider.setValue(0)
    assert window.session.experiment.alpha == 1e-6
    enter(qtbot, panel.alpha, "10")
    assert slider.value() / slider.maximum() == pytest.approx(7 / 9)


def drag_slider(qtbot: QtBot, slider: LogSlider, *to: float) -> None:
    """Drag the handle to these shares of the slider's length."""
    room, middle = slider.width() - 16, slider.height() // 2

    def at(share: float) -> QPoint:
        return QPoint(8 + round(share * room), middle)

    qtbot.mousePress(slider, LEFT, pos=at(slider.value() / slider.maximum()))
    for share in to:
        qtbot.mouseMove(slider, at(share))
    qtbot.mouseRelease(slider, LEFT, pos=at(to[-1]))


def test_a_drag_of_the_alpha_slider_is_one_undo_step_and_the_next_drag_another(qtbot: QtBot, window: MainWindow) -> None:
    slider = descent_panel(window).alpha_slider
    drag_slider(qtbot, slider, 0.6, 0.65, 0.7)
    after_first = window.session.experiment.alpha
    assert after_first > 0.5
    assert window.session.undo_stack.count() == 1
    drag_slider(qtbot, slider, 0.6, 0.5, 0.4)
    assert window.session.experiment.alpha < 0.05
    assert window.session.undo_stack.count() == 2
    action(window, "undo").trigger()
    assert window.session.experiment.alpha == after_first
    action(window, "undo").trigger()
    assert window.session.experiment.alpha == 0.1
    assert slider.value() / slider.maximum() == pytest.approx(5 / 9)


def test_alpha_dragged_while_training_takes_effect_at_once_and_the_run_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, window, 50)
    alpha_before = session.experiment.alpha
    drag_slider(qtbot, descent_panel(window).alpha_slider, 0.6, 0.65)
    trainer, asked = session.live.trainer, session.live.trainer.posted
    qtbot.waitUntil(lambda: trainer.published.handled >= asked)
    iterated(qtbot, window, trainer.published.trace.last + 50)
    assert session.training
    session.pause()
    settled(qtbot, window)
    trace = session.frame_now.trace
    X, y = session.experiment.dataset.X, session.experiment.dataset.y

    def alpha_of_update(k: int) -> float:
        _, dj_db = logistic.gradient(X, y, trace.w[k], trace.b[k])
        return (trace.b[k] - trace.b[k + 1]) / dj_db

    assert alpha_of_update(trace.marks[-1].iteration - 1) == pytest.approx(alpha_before, rel=1e-6)
    assert alpha_of_update(trace.marks[-1].iteration) != pytest.approx(alpha_before, rel=1e-2)
    assert alpha_of_update(trace.last - 1) == pytest.approx(session.experiment.alpha, rel=1e-6)


def test_the_bracket_keys_change_alpha_by_notches_as_one_undo_step(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(3):
        key(qtbot, window, Qt.Key.Key_BracketRight)
    assert window.session.experiment.alpha == pytest.approx(0.2, abs=0.02)
    for _ in range(10):
        key(qtbot, window, Qt.Key.Key_BracketLeft)
    assert window.session.experiment.alpha == pytest.approx(0.02, abs=0.003)
    action(window, "undo").trigger()
    assert window.session.experiment.alpha == 0.1


# Iterations, regularization, start.


@pytest.mark.parametrize(
    ("text", "iterations", "shown"),
    [("10,000", 10_000, "10,000"), ("1e9", 1_000_000_000, "1,000,000,000"), ("1", 1, "1"), ("2 500 000", 2_500_000, "2,500,000")],
)
def test_iterations_are_read_as_people_write_them(qtbot: QtBot, window: MainWindow, text: str, iterations: int, shown: str) -> None:
    window.session.edit("Other", iterations=5)
    enter(qtbot, descent_panel(window).iterations, text)
    assert window.session.experiment.iterations == iterations
    assert descent_panel(window).iterations.text() == shown
    assert message(window) == ""


@pytest.mark.parametrize("text", ["0", "-5", "1.5", "1e10", "1,000,000,001", "many", "1,2", ""])
def test_iterations_that_cannot_be_used_are_one_sentence_and_change_nothing(qtbot: QtBot, window: MainWindow, text: str) -> None:
    before = window.session.experiment
    field = descent_panel(window).iterations
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.experiment is before
    assert message(window).startswith("Iterations")
    assert "nan is not possible" not in message(window), "it names a value that nobody typed"


def test_lambda_is_added_to_the_cost_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.session.step(500)
    settled(qtbot, window)
    J = window.session.frame_now.J
    enter(qtbot, descent_panel(window).lambda_, "2")
    settled(qtbot, window)
    frame = window.session.frame_now
    assert frame.iteration == 500
    assert pytest.approx(J + 2 / (2 * 6) * float(frame.w @ frame.w)) == frame.J


@pytest.mark.parametrize("text", ["-1", "1e10", "some", "0.1; 0.2"])
def test_a_lambda_that_cannot_be_used_is_one_sentence_and_changes_nothing(qtbot: QtBot, window: MainWindow, text: str) -> None:
    before = window.session.experiment
    enter(qtbot, descent_panel(window).lambda_, text)
    assert window.session.experiment is before
    assert message(window).startswith("Regularization λ")


@pytest.mark.parametrize("text", ["1, 2, -3", "1;2;-3", "1 2 -3", "1 , 2 , −3", "1,2,-3"])
def test_the_start_is_three_numbers_and_begins_there(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.session.step(20)
    settled(qtbot, window)
    enter(qtbot, descent_panel(window).begin, text)
    settled(qtbot, window)
    frame = window.session.frame_now
    assert frame.iteration == 0
    assert [*frame.w.tolist(), frame.b] == [1.0, 2.0, -3.0]
    assert pytest.approx(logistic.cost(frame.experiment.dataset.X, frame.experiment.dataset.y, np.array([1.0, 2.0]), -3.0)) == frame.J
    assert descent_panel(window).begin.text() == "1, 2, −3"


@pytest.mark.parametrize("text", ["1, 2", "1, 2, 3, 4", "a, b, c", "1, 2, nan", "1e101, 0, 0"])
def test_a_start_that_cannot_be_used_is_one_sentence_and_changes_nothing(qtbot: QtBot, window: MainWindow, text: str) -> None:
    before = window.session.experiment
    enter(qtbot, descent_panel(window).begin, text)
    assert window.session.experiment is before
    assert message(window).startswith("Start")


def test_a_value_is_taken_when_the_focus_leaves_the_field(qtbot: QtBot, window: MainWindow) -> None:
    field = descent_panel(window).iterations
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "123")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert window.session.experiment.iterations == 123


def test_a_number_that_is_being_typed_is_not_overwritten_by_the_run(qtbot: QtBot, window: MainWindow) -> None:
    field = descent_panel(window).iterations
    window.session.set_speed(1000.0)
    window.session.play()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "77")
    window.session.edit("Change learning rate", alpha=0.2)
    iterated(qtbot, window, window.session.frame_now.iteration + 20)
    assert field.text() == "77"


def test_space_in_a_field_plays(qtbot: QtBot, window: MainWindow) -> None:
    field = descent_panel(window).alpha
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Space)
    iterated(qtbot, window, 1)
    assert field.text() == "0.1"


def test_space_belongs_to_the_text_while_several_numbers_are_typed(qtbot: QtBot, window: MainWindow) -> None:
    field = descent_panel(window).begin
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "1, 2, -3")
    assert field.text() == "1, 2, -3"
    assert not window.session.training


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.3", 0.3), ("1e-3", 1e-3), ("−2", -2.0), ("10,000", 1e4), ("1\u202f000\u202f000", 1e6), ("+5", 5.0), ("1,234.5", 1234.5)],
)
def test_numbers_are_parsed_as_people_type_them(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "words"), [("0,3", "write 0.3"), ("0,300", "write 0.300"), ("−1,5e-2", "write −1.5e-2"), ("1e-400", "too small")]
)
def test_a_decimal_comma_and_a_number_that_would_become_0_are_told_apart_from_words(
    qtbot: QtBot, window: MainWindow, text: str, words: str
) -> None:
    enter(qtbot, descent_panel(window).alpha, text)
    assert window.session.experiment.alpha == 0.1
    assert words in message(window)


@pytest.mark.parametrize("text", ["0", "-0.0", "0e-400", "1e-300"])
def test_nought_and_tiny_numbers_are_numbers(text: str) -> None:
    assert parse_number(text) == float(text)


@pytest.mark.parametrize("text", ["", "1_000", "٣", "nan", "inf", "1,00", "1,2,3", "0x10", "1e999", "1e-400", "0,300"])
def test_what_is_no_number_is_not_guessed_at(text: str) -> None:
    with pytest.raises(ValueError):
        parse_number(text)


# Data and features.


def test_the_balance_of_the_classes_is_shown_and_follows_the_points(qtbot: QtBot, window: MainWindow) -> None:
    counts = data_panel(window)._counts
    assert [label.text() for label in counts] == ["y = 0: 3", "y = 1: 3"]
    click(qtbot, plane(window).area, (2.5, 1.4))
    assert [label.text() for label in counts] == ["y = 0: 4", "y = 1: 3"]
    assert counts[0].toolTip().startswith("4 examples with y = 0: 0<br>")
    assert "7 examples" in window.header.caption.text()


def test_columns_of_a_table_are_chosen_in_the_background_and_the_run_starts_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "breast-cancer", "--scaling", "zscore", "--alpha", "1")
    panel, session = data_panel(window), window.session
    assert panel.columns["x1"].count() == 30
    session.step(30)
    settled(qtbot, window)
    name = panel.columns["x1"].itemText(4)
    choose_directly(panel.columns["x1"], name)
    loaded(qtbot, window)
    settled(qtbot, window)
    assert session.experiment.dataset.feature_names[0] == name
    assert session.frame_now.iteration == 0
    assert panel.columns["x1"].currentText() == name
    assert name in plane(window).area.axes["bottom"].labelText
    assert session.undo_stack.undoText() == "Change columns"
    train_to_the_end(qtbot, window)
    assert np.log(2) > session.frame_now.J
    assert session.experiment.dataset.title == "Breast cancer (Wisconsin)"


def test_choosing_for_x1_the_column_of_x2_swaps_the_two(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "iris")
    panel = data_panel(window)
    first, second = window.session.experiment.dataset.feature_names
    X = window.session.experiment.dataset.X
    choose_directly(panel.columns["x1"], second)
    loaded(qtbot, window)
    assert window.session.experiment.dataset.feature_names == (second, first)
    assert window.session.experiment.dataset.X.tolist() == X[:, ::-1].tolist()
    assert (panel.columns["x1"].currentText(), panel.columns["x2"].currentText()) == (second, first)
    action(window, "undo").trigger()
    assert (panel.columns["x1"].currentText(), panel.columns["x2"].currentText()) == (first, second)


def test_rows_without_a_number_in_another_column_are_left_out_and_said(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "gap.csv"
    path.write_text("b,a,gap,y\n5,2,3,no\n2,3,,yes\n3,4,5,yes\n4,5,6,no\n")
    window = make_window(str(path))
    choose_directly(data_panel(window).columns["x1"], "gap")
    loaded(qtbot, window)
    assert window.session.experiment.dataset.X.tolist() == [[3, 2], [5, 4], [6, 5]]
    assert "1 of 4" in message(window)


def test_a_column_that_cannot_be_used_is_one_sentence_and_the_boxes_show_what_is_in_force(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    path = tmp_path / "gap.csv"
    path.write_text("b,a,gap,y\n5,2,3,no\n2,3,none,yes\n3,4,5,yes\n4,5,6,no\n")
    window = make_window(str(path))
    box = data_panel(window).columns["x1"]
    before = window.session.experiment
    choose_directly(box, "gap")
    loaded(qtbot, window)
    assert window.session.experiment is before
    assert message(window).startswith("gap.csv, line 3, column gap")
    assert box.currentText() == before.dataset.feature_names[0]


def test_points_without_a_table_offer_no_other_columns_but_none(window: MainWindow) -> None:
    boxes = data_panel(window).columns
    assert [box.currentText() for box in boxes.values()] == ["x1", "x2", "y"]
    assert [box.isEnabled() for box in boxes.values()] == [False, True, False]
    assert [boxes["x2"].itemText(i) for i in range(boxes["x2"].count())] == ["none", "x2"]


def test_scaling_starts_the_run_again_and_undo_brings_it_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", "--alpha", "0.0001")
    session, box = window.session, features_panel(window).scaling
    session.step(100)
    settled(qtbot, window)
    w = session.frame_now.w.tolist()
    choose_directly(box, box.itemText(box.findData("zscore")))
    settled(qtbot, window)
    assert session.experiment.scaling == "zscore"
    assert session.frame_now.iteration == 0
    assert session.status is Status.READY
    action(window, "undo").trigger()
    settled(qtbot, window)
    assert box.currentData() == "none"
    assert session.frame_now.iteration == 100
    assert session.frame_now.w.tolist() == w


def test_scaling_says_which_feature_is_the_same_in_every_example(qtbot: QtBot, window: MainWindow) -> None:
    session, box = window.session, features_panel(window).scaling
    session.edit("Make x2 constant", dataset=Dataset([[1, 3], [2, 3], [4, 3]], [0, 1, 1]))
    choose_directly(box, box.itemText(box.findData("max")))
    assert message(window) == ""
    choose_directly(box, box.itemText(box.findData("zscore")))
    assert message(window) == (
        "x2 is the same in every example (3): scaling leaves it at 0, except by max, and the model learns nothing from it."
    )
    session.edit("Make none constant", dataset=Dataset([[1, 3], [2, 5], [4, 3]], [0, 1, 1]))
    choose_directly(box, box.itemText(box.findData("minmax")))
    assert message(window) == ""


def test_every_scaling_of_the_course_is_offered(window: MainWindow) -> None:
    box = features_panel(window).scaling
    assert {box.itemData(i) for i in range(box.count())} == {"none", "max", "mean", "minmax", "zscore"}


# Predict.


def test_a_field_shows_what_is_in_force_until_something_else_is_typed(qtbot: QtBot) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    heard: list[str] = []
    field.entered.connect(heard.append)
    field.show_text("0.1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == []
    enter(qtbot, field, "0.2")
    assert heard == ["0.2"]
    assert isinstance(field, QLineEdit)


def test_a_sample_brings_the_settings_that_suit_its_units_as_one_undo_step(qtbot: QtBot, window: MainWindow) -> None:
    window.opening.open_sample("tumors")
    qtbot.waitUntil(lambda: window.session.experiment.dataset.m == 90)
    assert (window.session.experiment.scaling, window.session.experiment.alpha) == ("zscore", 0.3)
    window.session.undo_stack.undo()
    assert (window.session.experiment.scaling, window.session.experiment.alpha) == ("none", 0.1)


@pytest.mark.parametrize("text", ["1,5", "0,1,2", "", "abc", "1e999"])
def test_iterations_that_are_no_number_are_one_sentence(qtbot: QtBot, window: MainWindow, text: str) -> None:
    enter(qtbot, descent_panel(window).iterations, text)
    assert window.session.message.startswith("Iterations")
    assert window.session.experiment.iterations == 10_000


def test_keys_pressed_quickly_walk_on_through_the_columns(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "breast-cancer")
    box = data_panel(window).columns["x1"]
    box.setFocus()
    names = [box.itemText(i) for i in range(box.count())]
    begin = box.currentIndex()
    for _ in range(4):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    loaded(qtbot, window)
    assert window.session.experiment.dataset.feature_names[0] == names[begin + 4]


@pytest.mark.parametrize("text", ["1.000", "10.000"])
def test_iterations_with_dots_that_could_mean_thousands_are_refused(qtbot: QtBot, window: MainWindow, text: str) -> None:
    before = window.session.experiment.iterations
    enter(qtbot, descent_panel(window).iterations, text)
    assert window.session.experiment.iterations == before
    assert "two ways" in message(window)
