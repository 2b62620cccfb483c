"""The course's lab with one variable: x against y with the curve f(x), examples drawn and moved on it, and the way to it and back."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core import logistic
from core.dataset import Dataset, Source
from core.table_source import Columns, TableSource
from gui.drawing.segments_layer import MOST
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.panels.descent import DescentPanel
from gui.panels.predict import PredictPanel
from tests.gui.conftest import MakeWindow
from tests.gui.hands import (
    LEFT,
    RIGHT,
    SHIFT,
    action,
    choose,
    choose_directly,
    click,
    drag,
    enter,
    hover,
    key,
    loaded,
    message,
    pixel,
    plane,
    settled,
    stepped,
    train_to_the_end,
)

CLOSE = 0.03  # of a unit of x: a pixel or two


@pytest.fixture
def lab(make_window: MakeWindow) -> MainWindow:
    return make_window("--sample", "course-1d")


def data(window: MainWindow) -> Dataset:
    return window.session.experiment.dataset


def data_panel(window: MainWindow) -> DataPanel:
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    return panel


def predict_panel(window: MainWindow) -> PredictPanel:
    panel = window.panels["predict"]
    assert isinstance(panel, PredictPanel)
    return panel


def tool(window: MainWindow, name: str) -> None:
    action(window, f"tool {name}").trigger()


# What is shown.


def test_the_plane_shows_x_against_y_and_all_examples_are_in_view(lab: MainWindow) -> None:
    area = plane(lab).area
    for place in data(lab).places.tolist():
        pixel(area, tuple(place))
    assert "Tumor size (cm)" in area.axes["bottom"].labelText
    assert area.axes["left"].labelText == "y and P(y = 1)"
    lab.session.edit("Linear", model="linear")
    assert area.axes["left"].labelText == "y and f"


@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_the_curve_the_segments_and_the_boundary_are_those_of_w_and_b(qtbot: QtBot, lab: MainWindow, model: str) -> None:
    lab.session.edit("Settings", model=model, scaling="zscore")
    frame = stepped(qtbot, lab.session, 50)
    w, b = frame.w_b_raw
    shown = plane(lab)
    curve = shown.lines.lines[-1].points
    z = curve[:, 0] * w[0] + b
    assert curve[:, 1] == pytest.approx(logistic.sigmoid(z) if model == "logistic" else z, rel=1e-9)
    segments = shown.one_feature.segments
    assert segments.x.tolist() == data(lab).X[:, 0].tolist()
    assert segments.y.tolist() == data(lab).y.tolist()
    z = data(lab).X[:, 0] * w[0] + b
    assert segments.f == pytest.approx(logistic.sigmoid(z) if model == "logistic" else z, rel=1e-9)
    assert shown.one_feature.boundaries == pytest.approx([((0.0 if model == "logistic" else 0.5) - b) / w[0]])


def test_a_polynomial_has_a_boundary_at_each_place_where_f_passes_a_half(qtbot: QtBot, lab: MainWindow) -> None:
    dataset = data(lab).with_points([[6.0], [7.0]], [0, 0])
    lab.session.edit("Hill", dataset=dataset, degree=2, scaling="zscore", alpha=3.0, iterations=3000)
    action(lab, "fit view").trigger()
    train_to_the_end(qtbot, lab)
    left, right = plane(lab).one_feature.boundaries
    assert 2 < left < 3 and 5 < right < 6
    assert lab.session.frame_now.predict(np.array([[left], [right]])) == pytest.approx(0.5, abs=0.01)


def test_without_a_slope_there_is_no_boundary(lab: MainWindow) -> None:
    assert plane(lab).one_feature.boundaries == []


def test_the_two_sides_have_the_colours_of_their_classes(qtbot: QtBot, lab: MainWindow) -> None:
    lab.set_theme("light")
    train_to_the_end(qtbot, lab)
    area = plane(lab).area
    image = area.grab().toImage()
    left, right = (image.pixelColor(pixel(area, (x, 0.75))) for x in (-0.3, 5.3))
    assert left.blue() > left.red() and right.red() > right.blue()


def test_hovering_reads_out_x_probability_and_class(qtbot: QtBot, lab: MainWindow) -> None:
    stepped(qtbot, lab.session, 100)
    hover(qtbot, plane(lab).area, (4.5, 0.3))
    first, second = plane(lab).readout.text().split("\n")
    name, x = first.split(" = ")
    assert name == "Tumor size (cm)"
    f = float(lab.session.frame_now.predict(np.array([[float(x)]]))[0])
    assert second == f"P(y = 1) = {f:.2f} → malignant"


def test_many_examples_are_drawn_as_a_strip_for_each_class_and_a_thousand_have_segments(qtbot: QtBot, lab: MainWindow) -> None:
    lab.set_theme("light")
    rng = np.random.default_rng(0)
    for m, drawn in ((MOST, MOST), (MOST + 2, 0), (30_000, 0)):
        X = np.concatenate([rng.normal(1, 0.3, (m // 2, 1)), rng.normal(5, 0.3, (m // 2, 1))])
        lab.session.edit("Many", dataset=Dataset(X, np.repeat([0, 1], m // 2), ("x",), source=Source("Many")))
        settled(qtbot, lab)
        assert len(plane(lab).one_feature.segments.x) == drawn
    area = plane(lab).area
    image = area.grab().toImage()
    low, high, between = (image.pixelColor(pixel(area, place)) for place in ((1.0, 0.0), (5.0, 1.0), (1.0, 1.0)))
    assert low.blue() > low.red() + 60 and high.red() > high.blue() + 60
    assert between.saturation() < 40, "no example of class 1 lies there"


# Tools.


@pytest.mark.parametrize("chosen", ["class 0", "class 1"])
@pytest.mark.parametrize(
    ("height", "button", "keys", "label"),
    [(0.9, LEFT, None, 1), (0.1, LEFT, None, 0), (0.9, RIGHT, None, 0), (0.1, LEFT, SHIFT, 1), (1.1, LEFT, SHIFT, 0)],
)
def test_a_click_adds_an_example_of_the_half_it_is_in(
    qtbot: QtBot, lab: MainWindow, chosen: str, height: float, button: Qt.MouseButton, keys: Qt.KeyboardModifier | None, label: int
) -> None:
    tool(lab, chosen)
    click(qtbot, plane(lab).area, (2.5, height), button, keys or Qt.KeyboardModifier.NoModifier)
    assert data(lab).m == 7
    assert data(lab).X[-1] == pytest.approx([2.5], abs=CLOSE)
    assert data(lab).y[-1] == label
    assert lab.session.undo_stack.undoText() == "Add point"


def test_an_example_that_is_dragged_moves_along_x_and_keeps_its_class(qtbot: QtBot, lab: MainWindow) -> None:
    stepped(qtbot, lab.session, 100)
    drag(qtbot, plane(lab).area, (3.0, 1.0), (1.5, 0.2))
    settled(qtbot, lab)
    assert data(lab).X[3] == pytest.approx([1.5], abs=CLOSE)
    assert data(lab).y.tolist() == [0, 0, 0, 1, 1, 1]
    assert lab.session.frame_now.iteration == 100, "the run goes on"
    action(lab, "undo").trigger()
    assert data(lab).X[3] == 3


def test_the_brush_sprays_one_class_along_x_and_the_eraser_takes_what_is_under_it(qtbot: QtBot, lab: MainWindow) -> None:
    tool(lab, "brush")
    drag(qtbot, plane(lab).area, (0.5, 0.9), (2.5, 0.9))
    new = data(lab).X[6:, 0]
    assert len(new) >= 8 and set(data(lab).y[6:].tolist()) == {1.0}
    assert 0 < new.min() < new.max() < 3
    assert lab.session.undo_stack.index() == 1
    tool(lab, "erase")
    drag(qtbot, plane(lab).area, (-0.2, 1.0), (3.5, 1.0))
    assert data(lab).X[:, 0].tolist() == [0, 1, 2, 4, 5], "nothing of the other class"


def test_the_circle_of_the_brush_has_the_colour_of_the_half(qtbot: QtBot, lab: MainWindow) -> None:
    tool(lab, "brush")
    for height, label in ((0.9, 1), (0.1, 0)):
        hover(qtbot, plane(lab).area, (2.1, height))
        hover(qtbot, plane(lab).area, (2.0, height))
        qtbot.waitUntil(lambda label=label: (plane(lab).tool_marks.circle or (None, None, None))[2] == label)


def test_a_flip_takes_an_example_to_the_other_half(qtbot: QtBot, lab: MainWindow) -> None:
    tool(lab, "flip")
    click(qtbot, plane(lab).area, (2.0, 0.0))
    assert data(lab).y.tolist() == [0, 0, 1, 1, 1, 1]
    click(qtbot, plane(lab).area, (2.0, 1.0))
    assert data(lab).y.tolist() == [0, 0, 0, 1, 1, 1]


def test_a_rectangle_selects_and_arrows_nudge_along_x_only(qtbot: QtBot, lab: MainWindow) -> None:
    tool(lab, "move")
    drag(qtbot, plane(lab).area, (-0.4, 0.8), (4.4, 1.1))
    assert lab.session.selection.rows.tolist() == [3, 4]
    key(qtbot, lab, Qt.Key.Key_Right)
    moved = data(lab).X[:, 0]
    assert moved[3] > 3 and moved[4] - 4 == pytest.approx(moved[3] - 3)
    steps = lab.session.undo_stack.count()
    key(qtbot, lab, Qt.Key.Key_Up)
    assert data(lab).X[:, 0].tolist() == moved.tolist()
    assert lab.session.undo_stack.count() == steps
    drag(qtbot, plane(lab).area, (float(moved[3]), 1.0), (float(moved[3]) - 1, 0.5))
    assert data(lab).X[3:5, 0] == pytest.approx(moved[3:5] - 1, abs=CLOSE)


def test_a_probe_stands_on_the_curve_and_fills_in_the_one_field(qtbot: QtBot, lab: MainWindow) -> None:
    stepped(qtbot, lab.session, 100)
    tool(lab, "probe")
    click(qtbot, plane(lab).area, (4.2, 0.1))
    probe = lab.session.pointer.probe
    assert probe is not None
    assert probe == pytest.approx((4.2,), abs=CLOSE)
    f = float(lab.session.frame_now.predict(np.array([probe]))[0])
    assert plane(lab).marks.probe == (probe[0], f)
    panel = predict_panel(lab)
    assert float(panel.fields[0].text()) == probe[0]
    assert panel.probability.text() == f"P(y = 1) = {f:.1%}"
    enter(qtbot, panel.fields[0], "0.5")
    assert lab.session.pointer.probe == (0.5,)


def test_on_an_empty_plane_of_one_feature_examples_of_both_classes_can_be_drawn(qtbot: QtBot, lab: MainWindow) -> None:
    key(qtbot, lab, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(qtbot, lab, Qt.Key.Key_Delete)
    assert data(lab).m == 0
    assert "upper half" in plane(lab).hint.text() and plane(lab).hint.isVisible()
    for place in ((1.0, 0.1), (4.0, 0.9)):
        click(qtbot, plane(lab).area, place)
    assert data(lab).y.tolist() == [0, 1]
    train_to_the_end(qtbot, lab)
    assert lab.session.frame_now.accuracy() == 1.0


# Panels and table.


def test_the_second_field_of_a_prediction_is_hidden_and_the_start_has_two_numbers(qtbot: QtBot, lab: MainWindow) -> None:
    panel, descent = predict_panel(lab), lab.panels["descent"]
    assert isinstance(descent, DescentPanel)
    assert panel.fields[0].isVisible() and not panel.fields[1].isVisible()
    assert descent.begin.text() == "0, 0"
    enter(qtbot, descent.begin, "1, -3")
    settled(qtbot, lab)
    assert lab.session.experiment.start == (1.0, -3.0)
    assert pytest.approx(logistic.cost(data(lab).X, data(lab).y, np.array([1.0]), -3.0)) == lab.session.frame_now.J
    lab.opening.open_sample("course")
    loaded(qtbot, lab)
    assert panel.fields[1].isVisible()
    assert descent.begin.text() == "0, 0, 0"


def test_the_data_table_has_one_column_of_features(lab: MainWindow) -> None:
    action(lab, "data table").trigger()
    table = lab.workspace.stage.table
    assert table is not None
    assert [column.title for column in table.model.columns] == ["Tumor size (cm)", "y", "P(y = 1)", "loss"]


def test_f2_goes_over_the_names_there_are(qtbot: QtBot, lab: MainWindow) -> None:
    action(lab, "rename").trigger()
    for name in ("size", "good", "bad"):
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.setText(name)
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert data(lab).feature_names == ("size",)
    assert data(lab).class_names == ("good", "bad")
    area = plane(lab).area
    at = area.mapFromScene(area.axes["left"].label.sceneBoundingRect().center())
    qtbot.mouseDClick(area.viewport(), LEFT, pos=at)
    assert not plane(lab).renaming.editor.isVisible(), "y has no name to be changed"


def test_points_are_copied_and_pasted(qtbot: QtBot, lab: MainWindow) -> None:
    action(lab, "copy").trigger()
    assert QGuiApplication.clipboard().text().startswith("Tumor size (cm)\ty\n0\tbenign\n")
    action(lab, "paste").trigger()
    qtbot.waitUntil(lambda: data(lab).m == 12)
    assert data(lab).X[6:].tolist() == data(lab).X[:6].tolist()


# One feature out of two, and back.


def test_x2_none_starts_again_with_one_feature_and_a_column_brings_two_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors")
    two = data(window)
    stepped(qtbot, window.session, 50)
    box = data_panel(window).columns["x2"]
    choose(qtbot, box, "none")
    loaded(qtbot, window)
    settled(qtbot, window)
    assert data(window).X.tolist() == two.X[:, :1].tolist()
    assert data(window).class_names == two.class_names
    assert data(window).title == two.title
    assert window.session.frame_now.iteration == 0
    assert window.session.undo_stack.undoText() == "Change columns"
    assert (box.currentText(), box.isEnabled()) == ("none", True)
    stepped(qtbot, window.session, 20)
    choose(qtbot, box, "Age (years)")
    loaded(qtbot, window)
    settled(qtbot, window)
    assert data(window).X.tolist() == two.X.tolist()
    assert data(window).feature_names == two.feature_names
    assert window.session.frame_now.iteration == 0
    for n, iteration in ((1, 20), (2, 50)):
        action(window, "undo").trigger()
        settled(qtbot, window)
        assert (data(window).n, window.session.frame_now.iteration) == (n, iteration)
    pixel(plane(window).area, tuple(two.X[0]))


def test_examples_drawn_with_one_feature_come_back_with_undo(qtbot: QtBot, window: MainWindow) -> None:
    box = data_panel(window).columns["x2"]
    choose(qtbot, box, "none")
    loaded(qtbot, window)
    click(qtbot, plane(window).area, (2.5, 0.9))
    assert data(window).m == 7
    choose(qtbot, box, "x2")
    loaded(qtbot, window)
    assert (data(window).m, data(window).n) == (6, 2)
    assert message(window).startswith("The examples are as they were with two features")
    action(window, "undo").trigger()
    assert (data(window).m, data(window).n) == (7, 1)


def test_columns_of_a_file_are_chosen_with_none_among_them(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "patients.csv"
    path.write_text("size,weight,kind\n0.5,70,a\n2.5,80,b\n2,75,b\n3,60,a\n")
    window = make_window(str(path))
    boxes = data_panel(window).columns
    choose_directly(boxes["x2"], "none")
    loaded(qtbot, window)
    assert data(window).feature_names == ("size",)
    choose_directly(boxes["x1"], "weight")
    loaded(qtbot, window)
    assert data(window).feature_names == ("weight",)
    choose_directly(boxes["x2"], "weight")
    loaded(qtbot, window)
    source = data(window).source
    assert isinstance(source, TableSource)
    assert source.columns == Columns("size", "weight", "kind"), "x1 cannot become none"
    assert [box.currentText() for box in boxes.values()] == ["size", "weight", "kind"]


def test_a_file_with_one_feature_opens_and_is_saved_and_opened_again(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path, copy = tmp_path / "one.csv", tmp_path / "copy.csv"
    path.write_text("size,kind\n0.5,a\n2.5,b\n2,b\n3,a\n")
    window.opening.open_file(str(path))
    loaded(qtbot, window)
    assert data(window).X.tolist() == [[0.5], [2.5], [2], [3]]
    window.saving.save(str(copy))
    qtbot.waitUntil(lambda: not window.saving.active)
    assert copy.read_text() == path.read_text()
    window.opening.open_file(str(copy))
    loaded(qtbot, window)
    assert data(window).title == "copy.csv"
    assert data(window).n == 1


def test_the_import_dialog_offers_none(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    from gui.dialogs.import_table import ImportDialog

    path = tmp_path / "patients.csv"
    path.write_text("size,weight,kind\n0.5,70,a\n2.5,80,b\n2,75,b\n3,60,a\n")
    window = make_window(str(path))
    window.opening.choose_columns()
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    choose_directly(dialog.columns.x2, "none")
    assert dialog.columns.columns == Columns("size", None, "kind", one="b")
    qtbot.waitUntil(dialog.open_button.isEnabled)
    qtbot.mouseClick(dialog.open_button, LEFT)
    qtbot.waitUntil(lambda: data(window).feature_names == ("size",))
    window.opening.choose_columns()
    again = window.findChildren(ImportDialog)[-1]
    assert again.columns.x2.currentText() == "none"
    again.reject()


def test_the_test_set_and_the_operations_work_on_one_feature(qtbot: QtBot, lab: MainWindow) -> None:
    from core.operations import OPERATIONS

    for key_, operation in OPERATIONS.items():
        values = {parameter.key: parameter.default for parameter in operation.parameters}
        changed = operation.apply(data(lab), {**values, **({"label": 1} if operation.labelled else {})})
        assert changed.n == 1, key_
        lab.session.edit_points(operation.title, changed)
        settled(qtbot, lab)
    assert not lab.grab().isNull()


def test_the_landscape_of_the_course_shows_the_range_of_its_lab(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "course-1d")
    settled(qtbot, window)
    assert window.session.terrain.ranges == ((-1.0, 7.0), (-14.0, 1.0))
