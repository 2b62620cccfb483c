"""Names of features and classes are edited where they stand and appear everywhere; the run goes on."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from core.trainer import Status
from gui.drawing.name_editor import NAMES, NameEditor
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.panels.predict import PredictPanel
from tests.gui.conftest import MakeWindow
from tests.gui.dialogs import steps
from tests.gui.hands import LEFT, SHIFT, choose_directly, click, hover, key, loaded, message, plane, settled, stepped, train_to_the_end, w_b

TABLE = "size,age,weight,kind\n1.5,10,70,a\n2,20,80,b\n3,15,75,a\n4,40,60,b\n"


@pytest.fixture
def tumors(make_window: MakeWindow) -> MainWindow:
    return make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "1")


def data_panel(window: MainWindow) -> DataPanel:
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    return panel


def chip(window: MainWindow, label: int) -> QToolButton:
    wanted = window.actions_by_name[f"tool class {label}"]
    return next(button for button in plane(window).findChildren(QToolButton) if button.defaultAction() is wanted)


def axis_point(window: MainWindow, side: str) -> QPoint:
    area = plane(window).area
    return area.mapFromScene(area.axes[side].label.sceneBoundingRect().center())


def double_click(qtbot: QtBot, window: MainWindow, side: str) -> None:
    """Two clicks on the name of an axis, as a mouse sends them."""
    viewport, at = plane(window).area.viewport(), axis_point(window, side)
    qtbot.mouseClick(viewport, LEFT, pos=at)
    qtbot.mouseDClick(viewport, LEFT, pos=at)


def editor(window: MainWindow) -> NameEditor:
    """The editor that is open."""
    (shown,) = (found for found in window.findChildren(NameEditor) if found.isVisible())
    return shown


def open_editors(window: MainWindow) -> int:
    return sum(found.isVisible() for found in window.findChildren(NameEditor))


def write(qtbot: QtBot, window: MainWindow, name: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type over the name that is edited."""
    field = editor(window)
    assert field.selectedText() == field.text()
    qtbot.keyClicks(field, name)
    if not name:
        qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, end)


def test_a_double_click_on_an_axis_renames_the_feature_everywhere(qtbot: QtBot, tumors: MainWindow) -> None:
    double_click(qtbot, tumors, "bottom")
    assert editor(tumors).text() == "Tumor size (cm)"
    write(qtbot, tumors, "Diameter")
    assert open_editors(tumors) == 0
    assert tumors.session.experiment.dataset.feature_names == ("Diameter", "Age (years)")
    assert plane(tumors).area.axes["bottom"].labelText == "x₁ Diameter"
    predict = tumors.panels["predict"]
    assert isinstance(predict, PredictPanel)
    assert predict._labels[0].text() == "Diameter"
    assert predict.fields[0].accessibleName() == "Diameter"
    hover(qtbot, plane(tumors).area, (3.0, 50.0))
    assert plane(tumors).readout.text().startswith("Diameter = ")
    assert steps(tumors.session) == (["Rename Tumor size (cm)"], 1)
    tumors.session.undo_stack.undo()
    assert plane(tumors).area.axes["bottom"].labelText == "x₁ Tumor size (cm)"


def test_the_other_axis_is_the_other_feature(qtbot: QtBot, tumors: MainWindow) -> None:
    double_click(qtbot, tumors, "left")
    write(qtbot, tumors, "Years")
    assert tumors.session.experiment.dataset.feature_names == ("Tumor size (cm)", "Years")


def test_clicks_on_the_name_of_an_axis_add_no_point(qtbot: QtBot, window: MainWindow) -> None:
    for side in ("bottom", "left"):
        double_click(qtbot, window, side)
        write(qtbot, window, "", Qt.Key.Key_Escape)
    assert window.session.experiment.dataset.m == 6
    assert steps(window.session) == ([], 0)


@pytest.mark.parametrize("where", ["chip", "chip by F2", "panel", "panel by F2"])
def test_a_class_is_renamed_on_its_chip_and_in_the_data_panel(qtbot: QtBot, tumors: MainWindow, where: str) -> None:
    widget = chip(tumors, 1) if where.startswith("chip") else data_panel(tumors)._counts[1]
    if where.endswith("F2"):
        widget.setFocus()
        key(qtbot, tumors, Qt.Key.Key_F2)
    else:
        qtbot.mouseClick(widget, LEFT)
        qtbot.mouseDClick(widget, LEFT)
    assert editor(tumors).text() == "malignant"
    write(qtbot, tumors, "bad one")
    assert tumors.session.experiment.dataset.class_names == ("benign", "bad one")
    assert chip(tumors, 1).text().strip() == "bad one"
    assert "bad one" in chip(tumors, 1).toolTip()
    assert data_panel(tumors)._counts[1].text() == "bad one: 45"
    assert "bad one: 45" in tumors.header.caption.text()
    tumors.session.pointer.set_probe((5.0, 80.0))
    train_to_the_end(qtbot, tumors)
    predict = tumors.panels["predict"]
    assert isinstance(predict, PredictPanel)
    assert predict.result.text() == "bad one"
    assert plane(tumors).marks.text.startswith("P(bad one) = ")


def test_escape_leaves_the_name_and_gives_the_focus_back(qtbot: QtBot, tumors: MainWindow) -> None:
    count = data_panel(tumors)._counts[0]
    qtbot.mouseDClick(count, LEFT)
    write(qtbot, tumors, "something", Qt.Key.Key_Escape)
    assert tumors.session.experiment.dataset.class_names == ("benign", "malignant")
    assert steps(tumors.session) == ([], 0)
    assert QApplication.focusWidget() is count


def test_space_and_digits_belong_to_the_name_while_it_is_edited(qtbot: QtBot, tumors: MainWindow) -> None:
    qtbot.mouseDClick(data_panel(tumors)._counts[0], LEFT)
    write(qtbot, tumors, "type 1 or 2")
    assert tumors.session.experiment.dataset.class_names[0] == "type 1 or 2"
    assert tumors.session.status is Status.READY
    assert (tumors.session.pointer.tool, tumors.session.pointer.label) == ("point", 0)


@pytest.mark.parametrize(("name", "words"), [("", "cannot be empty"), ("malignant", "malignant is taken already")])
def test_an_empty_or_a_doubled_name_is_refused_with_a_sentence_and_can_be_corrected(
    qtbot: QtBot, tumors: MainWindow, name: str, words: str
) -> None:
    qtbot.mouseDClick(data_panel(tumors)._counts[0], LEFT)
    write(qtbot, tumors, name)
    assert words in message(tumors)
    assert tumors.session.experiment.dataset.class_names == ("benign", "malignant")
    field = editor(tumors)
    field.selectAll()
    write(qtbot, tumors, "harmless")
    assert message(tumors) == ""
    assert tumors.session.experiment.dataset.class_names == ("harmless", "malignant")


def test_f2_and_tab_go_through_all_names(qtbot: QtBot, tumors: MainWindow) -> None:
    plane(tumors).area.setFocus()
    key(qtbot, tumors, Qt.Key.Key_F2)
    for name in ("one", "two", "no", "yes"):
        qtbot.keyClicks(editor(tumors), name)
        qtbot.keyClick(editor(tumors), Qt.Key.Key_Tab)
    assert open_editors(tumors) == 0
    dataset = tumors.session.experiment.dataset
    assert (*dataset.feature_names, *dataset.class_names) == ("one", "two", "no", "yes")
    assert len(steps(tumors.session)[0]) == 4
    assert QApplication.focusWidget() is plane(tumors).area


def test_shift_tab_goes_back(qtbot: QtBot, tumors: MainWindow) -> None:
    plane(tumors).renaming.edit(NAMES[1])
    qtbot.keyClick(editor(tumors), Qt.Key.Key_Tab, SHIFT)
    assert editor(tumors).text() == "Tumor size (cm)"
    write(qtbot, tumors, "", Qt.Key.Key_Escape)


def test_a_click_elsewhere_takes_the_name(qtbot: QtBot, tumors: MainWindow) -> None:
    qtbot.mouseDClick(data_panel(tumors)._counts[0], LEFT)
    qtbot.keyClicks(editor(tumors), "fine")
    click(qtbot, plane(tumors).area, (3.0, 50.0))
    assert open_editors(tumors) == 0
    assert tumors.session.experiment.dataset.class_names[0] == "fine"


def test_a_run_goes_on_through_a_new_name_without_a_mark(qtbot: QtBot, tumors: MainWindow) -> None:
    session = tumors.session
    stepped(qtbot, session, 100)
    session.seek(40)
    session.selection.select([3])
    before, trace = w_b(session.frame_now), session.frame_now.trace
    double_click(qtbot, tumors, "left")
    write(qtbot, tumors, "Years")
    settled(qtbot, session)
    assert session.frame_now.iteration == 40
    assert session.frame_now.trace.last == 100
    assert session.frame_now.trace.marks == trace.marks == ()
    assert w_b(session.frame_now) == before
    assert session.selection.rows.tolist() == [3]


def test_a_new_name_while_it_trains_does_not_stop_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", "--iterations", "100000000", "--play")
    session = window.session
    qtbot.waitUntil(lambda: session.training)
    double_click(qtbot, window, "bottom")
    write(qtbot, window, "Diameter")
    assert session.training
    session.pause()
    settled(qtbot, session)


def test_a_finished_run_starts_again_after_a_new_name_instead_of_going_on(qtbot: QtBot, tumors: MainWindow) -> None:
    session = tumors.session
    train_to_the_end(qtbot, session)
    double_click(qtbot, tumors, "bottom")
    write(qtbot, tumors, "Diameter")
    settled(qtbot, session)
    assert session.status is Status.FINISHED
    session.play()
    assert session.experiment.iterations == 10_000
    session.pause()
    settled(qtbot, session)


def test_the_boxes_of_the_columns_keep_their_names_and_a_name_stays_with_its_column(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    path = tmp_path / "patients.csv"
    path.write_text(TABLE)
    window = make_window(str(path))
    panel = data_panel(window)
    double_click(qtbot, window, "bottom")
    write(qtbot, window, "Length")
    qtbot.mouseDClick(panel._counts[1], LEFT)
    write(qtbot, window, "ill")
    assert panel.columns["x1"].currentText() == "size"
    choose_directly(panel.columns["x2"], "weight")
    loaded(qtbot, window)
    dataset = window.session.experiment.dataset
    assert dataset.feature_names == ("Length", "weight")
    assert dataset.class_names == ("a", "ill")
    assert dataset.X[:, 1].tolist() == [70, 80, 75, 60]
    choose_directly(panel.columns["x1"], "weight")
    loaded(qtbot, window)
    assert window.session.experiment.dataset.feature_names == ("weight", "Length")
    assert [box.currentText() for box in panel.columns.values()] == ["weight", "size", "kind"]


def test_a_long_name_is_shortened_where_there_is_no_room(qtbot: QtBot, tumors: MainWindow) -> None:
    name = "a class with a name that no button has room for"
    qtbot.mouseDClick(chip(tumors, 0), LEFT)
    write(qtbot, tumors, name)
    assert tumors.session.experiment.dataset.class_names[0] == name
    qtbot.waitUntil(lambda: all(label.width() >= label.sizeHint().width() for label in data_panel(tumors)._counts))
    assert tumors.minimumSizeHint().width() <= 1366


@pytest.mark.parametrize("name", NAMES)
def test_the_editor_lies_inside_its_card(qtbot: QtBot, make_window: MakeWindow, name: object) -> None:
    window = make_window("--sample", "tumors", size=(1366, 768))
    plane(window).renaming.edit(name)  # type: ignore[arg-type]
    field = editor(window)
    assert plane(window).rect().contains(field.geometry())
    assert field.width() >= 120
    write(qtbot, window, "", Qt.Key.Key_Escape)
