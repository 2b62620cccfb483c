"""What everyone needs to use the window: names, tooltips, keys, tab order, room for every text, and strings that can be translated."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSlider,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.samples import SAMPLES
from core.scaling import SCALINGS
from gui import theme
from gui.actions import commands
from gui.drawing.plot_area import PlotArea
from gui.main_window import MainWindow
from gui.notices import MessageBar, ProgressBar
from gui.tools import TOOLS
from tests.gui.conftest import MakeWindow
from tests.gui.hands import action, key, loaded, settled, train_to_the_end

CONTROLS = (QLineEdit, QComboBox, QSlider, QToolButton, QPushButton)
SMALL = (1366, 768)
LEFT_BRACKET, RIGHT_BRACKET = "⟦", "⟧"


@pytest.fixture(params=[False, True], ids=["as it opens", "with the data table"])
def any_window(request: pytest.FixtureRequest, window: MainWindow) -> MainWindow:
    """The window with and without its dock."""
    action(window, "data table").setChecked(request.param)
    return window


def controls(window: MainWindow) -> list[QWidget]:
    """Every control that can have the focus, shown or not; not those inside Qt's own widgets."""
    found = [widget for kind in CONTROLS for widget in window.findChildren(kind)]
    return [widget for widget in found if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.objectName().startswith("qt_")]


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r} {widget.property('text') or ''}"


# Names and keys.


def test_every_control_has_an_accessible_name(any_window: MainWindow) -> None:
    nameless = [described(widget) for widget in controls(any_window) if not (widget.accessibleName() or widget.property("text"))]
    assert len(controls(any_window)) > 20
    assert nameless == []


def test_every_control_has_a_tooltip(any_window: MainWindow) -> None:
    assert [described(widget) for widget in controls(any_window) if not widget.toolTip()] == []


def test_every_button_of_an_icon_alone_has_an_accessible_name(any_window: MainWindow) -> None:
    bare = [button for button in any_window.findChildren(QAbstractButton) if not button.icon().isNull() and not button.objectName()]
    assert [described(button) for button in bare if not button.accessibleName() and not button.text()] == []


def test_the_table_and_its_headers_have_accessible_names(window: MainWindow) -> None:
    action(window, "data table").trigger()
    table = window.workspace.stage.table
    assert table is not None
    assert all(view.accessibleName() for view in (table.view, table.view.titles, table.view.numbers))
    cell = table.model.index(1, 0)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "x₁ of example 2: 1"
    window.session.selection.select([1])
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "x₁ of selected example 2: 1"


def test_every_plot_has_an_accessible_name(window: MainWindow) -> None:
    assert all(plot.area.accessibleName() for plot in window.plots.values())


def test_every_command_has_a_key_a_tip_and_is_the_only_one_with_its_keys(window: MainWindow) -> None:
    keys = Counter(shortcut.toString() for act in window.actions() for shortcut in act.shortcuts())
    assert [name for name, command in commands().items() if not command.keys or not command.tip] == []
    assert [text for text, count in keys.items() if count > 1] == []
    assert all(text for text in keys), "a key sequence that Qt cannot read"


def test_every_command_is_in_a_menu(window: MainWindow) -> None:
    window.menus.recent.aboutToShow.emit()
    in_menus = {act for menu in window.findChildren(QMenu) for act in menu.actions()}
    assert [name for name, act in window.actions_by_name.items() if act not in in_menus] == []


def test_no_two_entries_of_a_menu_bar_share_a_mnemonic(window: MainWindow) -> None:
    mnemonics = Counter(match.group(1).lower() for act in window.menus.bar.actions() if (match := re.search("&(.)", act.text())))
    assert len(mnemonics) == len(window.menus.bar.actions())
    assert max(mnemonics.values()) == 1


@pytest.mark.parametrize(("name", "code"), [("keys", Qt.Key.Key_F1), ("about", Qt.Key.Key_F1)])
def test_the_dialogs_open_by_key_and_close_by_escape(qtbot: QtBot, window: MainWindow, name: str, code: Qt.Key) -> None:
    key(qtbot, window, code, Qt.KeyboardModifier.ShiftModifier if name == "about" else Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(QDialog)))
    (dialog,) = window.findChildren(QDialog)
    if name == "keys":
        shown = {label.text() for label in dialog.findChildren(QLabel)}
        assert {command.text for command in commands().values()} <= shown
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [])


# Tab order.


def tab_walk(qtbot: QtBot, window: MainWindow) -> list[QWidget]:
    """The widgets that Tab visits, once around."""
    window.header.open.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not None and at not in visited:
        visited.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    return visited


def test_tab_visits_the_controls_in_the_order_in_which_they_are_used(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "breast-cancer")
    action(window, "data table").trigger()
    places = {
        "header": window.header,
        **window.panels,
        "plane": window.plots["decision boundary"],
        "update": window.plots["update"],
        "curve": window.plots["cost curve"],
        "table": window.workspace.stage.table,
        "landscape": window.plots["cost landscape"],
        "transport": window.transport,
    }
    visited = tab_walk(qtbot, window)
    where = [next((name for name, place in places.items() if place.isAncestorOf(widget)), "elsewhere") for widget in visited]
    places_in_order = ["header", "data", "features", "descent", "predict", "plane", "update", "curve", "landscape", "table", "transport"]
    assert list(dict.fromkeys(where)) == places_in_order
    assert [name for name, before in zip(where, ["", *where], strict=False) if name != before] == list(dict.fromkeys(where))


def test_tab_reaches_every_control_that_is_shown_and_enabled(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "breast-cancer")
    action(window, "data table").trigger()
    visited = tab_walk(qtbot, window)
    wanted = [widget for widget in controls(window) if widget.isVisible() and widget.isEnabled()]
    assert [described(widget) for widget in wanted if widget not in visited] == []


def test_a_focused_button_is_pressed_by_enter_and_leaves_space_to_play(qtbot: QtBot, window: MainWindow) -> None:
    window.header.samples.setFocus(Qt.FocusReason.TabFocusReason)
    new = next(button for button in window.header.findChildren(QToolButton) if button.defaultAction() is action(window, "new"))
    new.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(new, Qt.Key.Key_Space)
    assert window.session.experiment.dataset.m == 6
    assert window.session.training
    qtbot.keyClick(new, Qt.Key.Key_Return)
    assert window.session.experiment.dataset.m == 0


# Room.


def cut_off(window: MainWindow) -> list[str]:
    """Visible labels and buttons that are narrower or lower than their text, or stick out of the window."""
    QApplication.processEvents()  # a text set just now is laid out
    inside = window.rect()
    found: list[str] = []
    widgets = [*window.findChildren(QLabel), *window.findChildren(QToolButton), *window.findChildren(QPushButton)]
    for widget in widgets:
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        wanted = widget.sizeHint()
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        icon_alone = isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        if (wanted.width() > widget.width() and not wraps) or (wanted.height() > widget.height() and not icon_alone):
            found.append(f"{described(widget)} wants {wanted.width()}×{wanted.height()}, has {widget.width()}×{widget.height()}")
        if not inside.contains(widget.mapTo(window, widget.rect().center())):
            found.append(f"{described(widget)} is outside the window")
    return found


@pytest.mark.parametrize("with_table", [False, True])
@pytest.mark.parametrize("sample", ["course", "breast-cancer", "exams"])
def test_nothing_is_cut_off_on_a_small_screen(qtbot: QtBot, make_window: MakeWindow, sample: str, with_table: bool) -> None:
    window = make_window("--sample", sample, "--scaling", "zscore", size=SMALL)
    action(window, "data table").setChecked(with_table)
    assert cut_off(window) == []
    train_to_the_end(qtbot, window)
    window.session.pointer.set_probe((1.0, 1.0))
    assert cut_off(window) == []
    for tool in TOOLS:
        action(window, f"tool {tool}").trigger()
        assert cut_off(window) == []
    assert (window.width(), window.height()) == SMALL


def test_the_panels_need_no_scrolling_on_a_small_screen(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "breast-cancer", size=SMALL)
    (scroll,) = (area for area in window.findChildren(QScrollArea) if area.isAncestorOf(window.panels["data"]))
    assert scroll.verticalScrollBar().maximum() == 0
    window.session.pointer.set_probe((15.0, 20.0))
    window.session.report("One sentence that went wrong")
    settled(qtbot, window)
    assert scroll.verticalScrollBar().maximum() == 0
    assert window.panels["predict"].visibleRegion().boundingRect() == window.panels["predict"].rect()


def test_a_run_of_a_billion_iterations_fits_into_the_transport(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--iterations", "1000000000", "--start", "9e99,9e99,9e99", size=SMALL)
    window.session.step(5)
    settled(qtbot, window)
    assert cut_off(window) == []


def test_the_window_may_be_as_small_as_a_small_screen_less_its_task_bar(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= 1366
    assert max(window.minimumSizeHint().height(), window.minimumHeight()) <= 700


def test_a_long_message_wraps_and_stays_in_the_window(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(size=SMALL)
    window.session.report("word " * 80)
    bar = window.findChild(MessageBar)
    assert bar is not None
    qtbot.waitUntil(lambda: bar.isVisible() and bar.height() >= bar.heightForWidth(bar.width()))
    assert window.rect().contains(bar.rect().translated(bar.mapTo(window, bar.rect().topLeft())))


# Contrast.


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(tokens: theme.Tokens) -> None:
    for text, behind in (
        (tokens.ink, tokens.window),
        (tokens.ink, tokens.panel),
        (tokens.ink, tokens.field),
        (tokens.dim, tokens.panel),
        (tokens.ink, tokens.chosen),
        (tokens.accent, tokens.panel),
        (tokens.on_accent, tokens.accent),
        (tokens.good, tokens.panel),
        (tokens.warn, tokens.panel),
    ):
        assert contrast(text, behind) >= 4.5, f"{text} on {behind}"


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2."""

    def luminance(colour: str) -> float:
        parts = QColor(colour).getRgbF()[:3]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# Translation.


class Brackets(QTranslator):
    """Puts every string that goes through translate() into brackets."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"{LEFT_BRACKET}{text}{RIGHT_BRACKET}"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def bracketed(qapp: QApplication) -> Iterator[None]:
    translator = Brackets()
    assert QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def untranslated(text: str, data: set[str]) -> str:
    """The words of `text` that stand outside brackets and are neither data nor symbols of the course."""
    plain = re.sub(r"<[^>]*>", " ", text)
    while re.search(f"{LEFT_BRACKET}[^{LEFT_BRACKET}{RIGHT_BRACKET}]*{RIGHT_BRACKET}", plain):
        plain = re.sub(f"{LEFT_BRACKET}[^{LEFT_BRACKET}{RIGHT_BRACKET}]*{RIGHT_BRACKET}", " ", plain)
    for word in sorted(data, key=len, reverse=True):
        plain = plain.replace(word, " ")
    return " ".join(re.findall("[A-Za-z]{2,}", plain))


def texts(window: MainWindow) -> Iterator[tuple[str, str]]:
    """Where and what: every text that the window shows or says."""
    for widget in window.findChildren(QWidget):
        if widget.objectName().startswith("qt_"):
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        yield f"{where} tooltip", widget.toolTip()
        yield f"{where} accessible name", widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            yield f"{where} text", widget.text()
        if isinstance(widget, QLineEdit):
            yield f"{where} placeholder", widget.placeholderText()
        if isinstance(widget, QComboBox):
            for index in range(widget.count()):
                yield f"{where} entry", widget.itemText(index)
        if isinstance(widget, QMenu):
            yield f"{where} title", widget.title()
    table = window.workspace.stage.table
    if table is not None:
        for column in range(table.model.columnCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield "column", table.model.headerData(column, Qt.Orientation.Horizontal, role)
    for act in window.findChildren(QAction):
        yield "action text", act.text()
        yield "action tooltip", re.sub(r"  \([^()]*\)$", "", act.toolTip())
        yield "action status tip", act.statusTip()
    for area in window.findChildren(PlotArea):
        for axis in area.axes.values():
            yield "axis", axis.labelText


@pytest.mark.usefixtures("bracketed")
def test_every_text_goes_through_tr(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", "--scaling", "zscore", "--alpha", "1")
    dataset = window.session.experiment.dataset
    data = {"Descent Lab", dataset.title, *dataset.feature_names, *dataset.class_names}
    data |= {sample.note for sample in SAMPLES.values()}
    action(window, "data table").trigger()
    train_to_the_end(qtbot, window)
    window.session.pointer.set_probe((3.0, 50.0))
    found = {f"{where}: {words}" for where, text in texts(window) if (words := untranslated(text, data))}
    assert found == set()


@pytest.mark.usefixtures("bracketed")
def test_every_state_and_message_goes_through_tr(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    state, seen = window.transport.state, set()

    def look() -> None:
        seen.add(state.text())
        assert untranslated(state.text(), set()) == ""
        assert untranslated(state.toolTip(), set()) == ""
        assert untranslated(window.session.message, {"x1", "x2"}) == ""

    look()
    window.session.step(5)
    settled(qtbot, window)
    look()
    window.session.seek(2)
    look()
    window.session.set_speed(60.0)
    window.session.play()
    look()
    train_to_the_end(qtbot, window)
    look()
    window.session.edit("", model="linear", alpha=100.0)
    train_to_the_end(qtbot, window)
    look()
    window.opening.new_dataset()
    window.session.play()
    look()
    assert window.session.message
    window.opening.open_file("nothing.csv")
    loaded(qtbot, window)
    assert untranslated(window.session.message, {"nothing.csv"}) == ""
    assert window.session.message
    assert len(seen) >= 5


@pytest.mark.usefixtures("bracketed")
@pytest.mark.parametrize("name", ["keys", "about"])
def test_every_text_of_the_dialogs_goes_through_tr(qtbot: QtBot, make_window: MakeWindow, name: str) -> None:
    window = make_window()
    action(window, name).trigger()
    (dialog,) = window.findChildren(QDialog)
    key_names = {"Ctrl", "Shift", "Alt", "Space", "Home", "End", "Left", "Right", "Del", "F11"}
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert {words for text in shown if (words := untranslated(text, {"Descent Lab", *key_names}))} == set()
    assert dialog.windowTitle().startswith(LEFT_BRACKET)
    dialog.close()


@pytest.mark.usefixtures("bracketed")
def test_names_of_scalings_and_samples_go_through_tr(make_window: MakeWindow) -> None:
    window = make_window()
    box = window.panels["features"].scaling
    assert [box.itemText(i) for i in range(box.count())] == [f"{LEFT_BRACKET}{s.label}{RIGHT_BRACKET}" for s in SCALINGS.values()]
    entries = [entry.text() for entry in window.menus.samples.actions()]
    assert entries == [f"{LEFT_BRACKET}{s.title}{RIGHT_BRACKET}" for s in SAMPLES.values()]


def test_the_progress_of_reading_has_a_name(window: MainWindow) -> None:
    bar = window.findChild(ProgressBar)
    assert bar is not None
    assert bar.bar.accessibleName()
