"""What a user's hands do: the pointer on a plot, keys, fields and boxes. Positions on plots are in data units."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.frame import Frame
from core.trainer import Status
from gui.drawing.plot_area import PlotArea
from gui.main_window import MainWindow
from gui.notices import MessageBar
from gui.plots.cost_curve import CostCurve
from gui.plots.decision_boundary import DecisionBoundary
from gui.session import Session

Point = tuple[float, float]
LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LONG_MS = 20_000


def plane(window: MainWindow) -> DecisionBoundary:
    """The plot of the examples."""
    plot = window.plots["decision boundary"]
    assert isinstance(plot, DecisionBoundary)
    return plot


def cost_curve(window: MainWindow) -> CostCurve:
    """The plot of J."""
    plot = window.plots["cost curve"]
    assert isinstance(plot, CostCurve)
    return plot


def pixel(area: PlotArea, point: Point) -> QPoint:
    """Where a data position is on the plot's viewport."""
    at = area.mapFromScene(area.view.mapViewToScene(QPointF(*point)))
    assert area.view.sceneBoundingRect().contains(area.mapToScene(at)), f"{point} is outside the view"
    return at


def click(qtbot: QtBot, area: PlotArea, point: Point, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Click on a plot."""
    qtbot.mouseClick(area.viewport(), button, keys, pixel(area, point))


def hover(qtbot: QtBot, area: PlotArea, point: Point) -> None:
    """Move the pointer over a plot, no button held, until the plot has heard of it.

    An X server tells that the pointer has moved some time after it was asked to move it, and the plot may have moved meanwhile.
    """
    heard: list[QPointF | None] = []

    def note(position: QPointF | None, _keys: Qt.KeyboardModifier) -> None:
        heard.append(position)

    def is_there() -> bool:
        last = heard[-1] if heard else None
        if last is None:
            return False
        return (area.mapFromScene(area.view.mapViewToScene(last)) - pixel(area, point)).manhattanLength() <= 1

    def moved_there() -> bool:
        if not is_there():
            at = pixel(area, point)
            qtbot.mouseMove(area.viewport(), at + QPoint(3, 3))
            qtbot.mouseMove(area.viewport(), at)
        return is_there()

    area.view.hovered.connect(note)
    try:
        qtbot.waitUntil(moved_there)
    finally:
        area.view.hovered.disconnect(note)


def drag(qtbot: QtBot, area: PlotArea, *points: Point, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Press at the first point, move over the others, release at the last. Positions are those before a drag that shifts the view."""
    pixels = [pixel(area, point) for point in points]
    qtbot.mousePress(area.viewport(), button, keys, pixels[0])
    for begin, end in pairwise(pixels):
        for share in (0.25, 0.5, 0.75, 1.0):
            move(area, begin + (end - begin) * share, button, keys)
    qtbot.mouseRelease(area.viewport(), button, keys, pixels[-1])


def move(area: PlotArea, at: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Move the mouse with a button and keys held: QTest's own move knows no keys."""
    where = QPointF(area.viewport().mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), where, Qt.MouseButton.NoButton, button, keys)
    QApplication.sendEvent(area.viewport(), event)


def turn_wheel(area: PlotArea, point: Point, notches: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Turn the wheel over a plot."""
    at = QPointF(pixel(area, point))
    event = QWheelEvent(
        at, QPointF(area.viewport().mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(area.viewport(), event)


def press(qtbot: QtBot, area: PlotArea, point: Point) -> None:
    """Press the left button on a plot and keep it down."""
    qtbot.mousePress(area.viewport(), LEFT, PLAIN, pixel(area, point))


def release(qtbot: QtBot, area: PlotArea, point: Point) -> None:
    """Let the left button go."""
    qtbot.mouseRelease(area.viewport(), LEFT, PLAIN, pixel(area, point))


def key(qtbot: QtBot, window: MainWindow, code: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key where the focus is."""
    qtbot.keyClick(QApplication.focusWidget() or window, code, keys)


def enter(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """Type a value over the one in a field and press Enter."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:
        field.insert(text)  # QTest types Latin-1 only, and aborts the process otherwise
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """Choose an entry of a box with the arrow keys."""
    wanted = box.findText(text)
    assert wanted >= 0, f"{text} is not among {[box.itemText(i) for i in range(box.count())]}"
    while box.currentIndex() != wanted:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down if before < wanted else Qt.Key.Key_Up)
        assert box.currentIndex() != before, "the key did nothing"


def choose_directly(box: QComboBox, text: str) -> None:
    """Choose an entry of a box from its list: passes over the entries between."""
    index = box.findText(text)
    assert index >= 0, f"{text} is not among {[box.itemText(i) for i in range(box.count())]}"
    box.setCurrentIndex(index)
    box.activated.emit(index)


def action(window: MainWindow, name: str) -> QAction:
    """A command of the window."""
    return window.actions_by_name[name]


def loaded(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no data is being read."""
    qtbot.waitUntil(lambda: not window.session.loader.active, timeout=LONG_MS)


def settled(qtbot: QtBot, of: MainWindow | Session) -> None:
    """Wait until the worker has carried out every command and is at rest, and its last word and all that is computed of it is on screen."""
    session = of if isinstance(of, Session) else of.session
    qtbot.waitUntil(lambda: not session.live.busy and not session.computing, timeout=LONG_MS)


def iterated(qtbot: QtBot, of: MainWindow | Session, at_least: int) -> None:
    """Wait until the frame shows this iteration or a later one."""
    session = of if isinstance(of, Session) else of.session
    qtbot.waitUntil(lambda: session.frame_now.iteration >= at_least, timeout=LONG_MS)


def train_to_the_end(qtbot: QtBot, of: MainWindow | Session) -> None:
    """Play at full speed until the run has ended."""
    session = of if isinstance(of, Session) else of.session
    session.set_speed(None)
    session.play()
    qtbot.waitUntil(lambda: session.status in (Status.FINISHED, Status.DIVERGED), timeout=LONG_MS)
    settled(qtbot, session)


def visible_text(widget: QWidget) -> str:
    """What a label shows, without its marks of rich text."""
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setHtml(widget.property("text"))
    return document.toPlainText()


def w_b(frame: Frame) -> list[float]:
    return [*frame.w.tolist(), frame.b]


def stepped(qtbot: QtBot, session: Session, iterations: int = 100) -> Frame:
    """A run paused at this iteration."""
    session.step(iterations)
    settled(qtbot, session)
    assert session.frame_now.iteration == iterations
    return session.frame_now


def message(window: MainWindow) -> str:
    """The sentence in the message bar, empty while there is none."""
    bar = window.findChild(MessageBar)
    assert bar is not None
    return bar.label.text() if bar.isVisible() else ""
