"""Every text of the dialogs that make data goes through tr(), in the dark too, and each has room for it."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.dialogs.live import LiveDialog
from tests.gui.conftest import MakeWindow
from tests.gui.dialogs import gone, opened, press, type_in
from tests.gui.test_accessibility import LEFT_BRACKET, bracketed, untranslated

__all__ = ["bracketed"]

COMMANDS = ("generate", "add noise", "flip labels", "add outliers", "split")
DATA = {"benign", "malignant"}


def texts(dialog: LiveDialog) -> list[str]:
    found = [dialog.windowTitle()]
    for widget in dialog.findChildren(QWidget):
        if widget.objectName().startswith("qt_"):
            continue
        found += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QComboBox):
            found += [widget.itemText(index) for index in range(widget.count())]
    return found


@pytest.mark.usefixtures("bracketed")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_text_goes_through_tr(qtbot: QtBot, make_window: MakeWindow, command: str) -> None:
    window = make_window("--sample", "tumors")
    dialog = opened(qtbot, window, command)
    type_in(qtbot, dialog, "seed", "-1")
    assert dialog.message.text().startswith(LEFT_BRACKET)
    assert {words for text in texts(dialog) if (words := untranslated(text, DATA))} == set()
    press(qtbot, dialog.cancel)
    gone(qtbot, window)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_is_cut_off(qtbot: QtBot, make_window: MakeWindow, command: str, theme: str) -> None:
    window = make_window("--sample", "tumors", size=(1366, 768))
    window.set_theme(theme)
    dialog = opened(qtbot, window, command)
    type_in(qtbot, dialog, "seed", "some text that is no number and takes more than a line of the dialog")
    assert dialog.message.isVisible()
    for label in dialog.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()
    assert dialog.rect().contains(dialog.buttons.geometry())
    assert dialog.height() <= 640
    press(qtbot, dialog.cancel)
    gone(qtbot, window)
