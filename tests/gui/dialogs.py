"""What a user's hands do in a dialog over the window: open it with its key, drag a slider, type a number, press OK or Cancel."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSlider
from pytestqt.qtbot import QtBot

from gui.dialogs.live import LiveDialog
from gui.main_window import MainWindow
from gui.session import Session
from tests.gui.hands import LEFT, PLAIN, action, enter


def opened(qtbot: QtBot, window: MainWindow, command: str) -> LiveDialog:
    """Open a dialog by its command, and wait until it is there and the first preview is drawn."""
    action(window, command).trigger()
    (dialog,) = (dialog for dialog in window.findChildren(LiveDialog) if dialog.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    drawn(qtbot, dialog)
    return dialog


def drawn(qtbot: QtBot, dialog: LiveDialog) -> None:
    """Wait until the plane shows what the numbers make."""
    qtbot.waitUntil(lambda: not dialog.drawing, timeout=20_000)


def slide(dialog: LiveDialog, key: str, share: float) -> None:
    """Drag the handle of a slider with the mouse to a share of its length, in steps."""
    slider = dialog.amounts.rows[key].slider
    start = handle(slider)
    end = QPoint(round(6 + share * (slider.width() - 12)), start.y())
    QTest.mousePress(slider, LEFT, PLAIN, start)
    for part in (0.3, 0.6, 1.0):
        QTest.mouseMove(slider, start + (end - start) * part)
    QTest.mouseRelease(slider, LEFT, PLAIN, end)


def handle(slider: QSlider) -> QPoint:
    """Where the handle of a slider is."""
    share = (slider.value() - slider.minimum()) / (slider.maximum() - slider.minimum())
    return QPoint(round(6 + share * (slider.width() - 12)), slider.height() // 2)


def type_in(qtbot: QtBot, dialog: LiveDialog, key: str, text: str) -> None:
    """Type a number into the field of a parameter, with Enter at the end."""
    enter(qtbot, dialog.amounts.rows[key].field, text)


def press(qtbot: QtBot, button: QPushButton) -> None:
    """Click on OK or Cancel."""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def gone(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no dialog is left."""
    qtbot.waitUntil(lambda: not [dialog for dialog in window.findChildren(LiveDialog) if dialog.isVisible()])


def steps(session: Session) -> tuple[list[str], int]:
    """The undo stack: the names of its steps, and which one is next."""
    stack = session.undo_stack
    return [stack.text(index) for index in range(stack.count())], stack.index()
