"""Copy and paste: points within the program exactly, tables to and from a spreadsheet, and text fields keep their own keys."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from gui.clipboard import POINTS, QUICK_ROWS
from gui.main_window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.gui.hands import CONTROL, LONG_MS, action, key, loaded, message, plane, settled

SHIFT_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CELLS = "height\tweight\tgroup\n1.5\t50\tcat\n1.6\t55\tcat\n1.9\t80\tdog\n1.8\t90\tdog\n"
HTML = (
    "<html><body><table><tr><th>height<th>weight<th>group</tr>"
    "<tr><td>1.5<td>50<td>cat</tr><tr><td>1.6<td>55<td>cat</tr><tr><td>1.9<td>80<td>dog</tr></table></body></html>"
)


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: object) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def copy(qtbot: QtBot, window: MainWindow) -> str:
    key(qtbot, window, Qt.Key.Key_C, CONTROL)
    return QGuiApplication.clipboard().text()


def paste(qtbot: QtBot, window: MainWindow) -> Dataset:
    key(qtbot, window, Qt.Key.Key_V, CONTROL)
    loaded(qtbot, window)
    return window.session.experiment.dataset


def put(text: str = "", html: str = "") -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


# Out.


def test_all_examples_are_copied_when_none_is_selected(qtbot: QtBot, window: MainWindow) -> None:
    assert copy(qtbot, window).splitlines() == ["x1\tx2\ty", "0.5\t1.5\t0", "1\t1\t0", "1.5\t0.5\t0", "3\t0.5\t1", "2\t2\t1", "1\t2.5\t1"]
    assert message(window) == ""


def test_only_the_selected_examples_are_copied_and_copy_dataset_takes_all(qtbot: QtBot, window: MainWindow) -> None:
    window.session.selection.select([4, 1])
    assert copy(qtbot, window).splitlines() == ["x1\tx2\ty", "1\t1\t0", "2\t2\t1"]
    key(qtbot, window, Qt.Key.Key_C, SHIFT_CONTROL)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 7


def test_an_empty_plane_says_that_there_is_nothing_to_copy(qtbot: QtBot, window: MainWindow) -> None:
    window.opening.new_dataset()
    assert copy(qtbot, window) == ""
    assert message(window).startswith("There are no examples to copy")


def test_many_examples_are_copied_in_the_background(qtbot: QtBot, window: MainWindow) -> None:
    rng = np.random.default_rng(0)
    many = Dataset(rng.normal(size=(QUICK_ROWS * 5, 2)), rng.integers(0, 2, QUICK_ROWS * 5), source=Source("Many"))
    window.session.edit("Many", dataset=many)
    assert copy(qtbot, window) == "", "it was made at once"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "", timeout=LONG_MS)
    before = window.session.experiment.dataset
    key(qtbot, window, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: window.session.experiment.dataset.m == 2 * before.m, timeout=LONG_MS)
    assert np.array_equal(window.session.experiment.dataset.X[before.m :], before.X)
    assert len(QGuiApplication.clipboard().text().splitlines()) == before.m + 1


# Points.


def test_pasted_points_lie_in_the_same_place_are_selected_and_are_one_step_back(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.experiment.dataset
    window.session.selection.select([2, 3])
    copy(qtbot, window)
    after = paste(qtbot, window)
    assert after.X[6:].tolist() == before.X[[2, 3]].tolist()
    assert after.y[6:].tolist() == [0, 1]
    assert window.session.selection.rows.tolist() == [6, 7]
    assert window.session.undo_stack.undoText() == "Paste points"
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment.dataset is before


def test_points_can_be_pasted_into_another_dataset_to_the_last_bit(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "moons")
    copied = window.session.experiment.dataset
    copy(qtbot, window)
    key(qtbot, window, Qt.Key.Key_N, CONTROL)
    after = paste(qtbot, window)
    assert after.X.tobytes() == copied.X.tobytes()
    assert after.y.tolist() == copied.y.tolist()


@pytest.mark.parametrize(("factor", "moves"), [(1.0, False), (100.0, True)])
def test_points_pasted_outside_of_the_view_bring_it_to_them(qtbot: QtBot, window: MainWindow, factor: float, moves: bool) -> None:
    dataset = window.session.experiment.dataset
    window.session.edit_points("Move", dataset.with_moved([0], dataset.X[0] * factor))
    copy(qtbot, window)
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    view = plane(window).area.view
    before = view.x_range()
    paste(qtbot, window)
    assert (view.x_range() != before) == moves
    assert view.x_range()[1] >= 0.5 * factor


def test_a_run_goes_on_after_points_are_pasted(qtbot: QtBot, window: MainWindow) -> None:
    window.session.step(50)
    settled(qtbot, window)
    copy(qtbot, window)
    paste(qtbot, window)
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 50


@pytest.mark.parametrize("content", [b"", b"nonsense", b"descent-lab points, 3 numbers each\n1234567", np.array([np.nan] * 3).tobytes()])
def test_points_of_another_program_that_are_none_change_nothing(qtbot: QtBot, window: MainWindow, content: bytes) -> None:
    before = window.session.experiment
    data = QMimeData()
    data.setData(POINTS, content)
    QGuiApplication.clipboard().setMimeData(data)
    paste(qtbot, window)
    assert window.session.experiment is before
    assert message(window).startswith("The clipboard holds no points")


@pytest.mark.parametrize(("x", "y", "said"), [(np.nan, 0, "cannot be used"), (1e200, 0, "cannot be used"), (1.0, 7, "must be 0 or 1")])
def test_points_with_numbers_that_cannot_be_used_change_nothing(qtbot: QtBot, window: MainWindow, x: float, y: float, said: str) -> None:
    before = window.session.experiment
    data = QMimeData()
    data.setData(POINTS, b"descent-lab points, 3 numbers each\n" + np.array([x, 0.0, y], dtype="<f8").tobytes())
    QGuiApplication.clipboard().setMimeData(data)
    paste(qtbot, window)
    assert window.session.experiment is before
    assert said in message(window)


# Tables.


@pytest.mark.parametrize("given", [{"text": CELLS}, {"html": HTML}, {"text": CELLS, "html": HTML}], ids=["text", "html", "both"])
def test_cells_of_a_spreadsheet_are_opened_like_a_file(qtbot: QtBot, window: MainWindow, given: dict[str, str]) -> None:
    put(**given)
    dataset = paste(qtbot, window)
    assert dataset.feature_names == ("height", "weight")
    assert dataset.class_names == ("cat", "dog")
    assert dataset.title == "Clipboard"
    assert window.session.undo_stack.undoText() == "Open Clipboard"
    assert window.settings.recent == []


def test_what_was_copied_can_be_pasted_as_a_table_by_another_window_of_old(qtbot: QtBot, window: MainWindow) -> None:
    text = copy(qtbot, window)
    put(text)
    dataset = paste(qtbot, window)
    assert dataset.title == "Clipboard"
    assert dataset.m == 6


@pytest.mark.parametrize("text", ["hello", "one\ntwo\n", "   "])
def test_text_that_is_no_table_is_one_sentence(qtbot: QtBot, window: MainWindow, text: str) -> None:
    before = window.session.experiment
    put(text)
    paste(qtbot, window)
    assert window.session.experiment is before
    assert "clipboard" in message(window).lower()
    assert "\n" not in message(window)


def test_an_empty_clipboard_is_one_sentence(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.experiment
    paste(qtbot, window)
    assert window.session.experiment is before
    assert message(window).startswith("The clipboard holds no table")


# Text fields.


def test_a_field_with_the_focus_keeps_copy_and_paste_for_its_own_text(qtbot: QtBot, window: MainWindow) -> None:
    field = window.panels["descent"].findChild(QLineEdit)
    assert field is not None
    before = window.session.experiment
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == field.text()
    assert not QGuiApplication.clipboard().mimeData().hasFormat(POINTS)
    put("0.25")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert field.text() == "0.25"
    assert window.session.experiment is before


def test_copy_and_paste_are_in_the_edit_menu(window: MainWindow) -> None:
    menus = {entry.text(): entry.menu() for entry in window.menus.bar.actions()}
    edit = menus["&Edit"]
    assert edit is not None
    assert {action(window, name) for name in ("copy", "copy dataset", "paste")} <= set(edit.actions())
