"""Colours, fonts and the style sheet: the one place that knows what the window looks like."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

FONT_PX = 13
SMALL_PX = 12
GAP = 10  # between cards
PADDING = 12  # inside a card
CONTROL_HEIGHT = 26
FIELD_TINT = 0.30  # strongest tint of the probability field
CHOSEN = "dark theme"  # property of the application


@dataclass(frozen=True)
class Tokens:
    """Colours of one theme, by their use."""

    dark: bool
    window: str
    panel: str
    field: str
    line: str
    ink: str
    dim: str
    accent: str
    on_accent: str
    class_0: str
    class_1: str
    good: str
    warn: str
    bad: str
    hover: str
    chosen: str  # behind selected rows

    def class_colour(self, label: int) -> QColor:
        """Colour of class 0 or 1."""
        return QColor(self.class_1 if label else self.class_0)


def rgb(colour: QColor) -> NDArray[np.float64]:
    """Red, green and blue (3,), 0 to 255."""
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)


LIGHT = Tokens(
    dark=False,
    window="#f4f5f7",
    panel="#ffffff",
    field="#f4f6f9",
    line="#dfe3e8",
    ink="#1d2430",
    dim="#667085",
    accent="#2563eb",
    on_accent="#ffffff",
    class_0="#1f6fb2",
    class_1="#d95f02",
    good="#1a7f37",
    warn="#9a6700",
    bad="#cf222e",
    hover="#e9edf3",
    chosen="#e6eeff",
)
DARK = Tokens(
    dark=True,
    window="#15181d",
    panel="#1c2027",
    field="#242a33",
    line="#2c323b",
    ink="#e6e9ee",
    dim="#98a2b0",
    accent="#6ea8fe",
    on_accent="#0f1720",
    class_0="#56b4e9",
    class_1="#f0883e",
    good="#3fb950",
    warn="#d29922",
    bad="#f85149",
    hover="#2d343f",
    chosen="#1b2a44",
)

_now = LIGHT


def tokens() -> Tokens:
    """The theme in force."""
    return _now


def relief_colours(count: int) -> NDArray[np.uint32]:
    """Opaque colours (count,) of a landscape's bands, 0xAARRGGBB, the deepest first: the accent fading into the panel."""
    t = tokens()
    panel, accent = rgb(QColor(t.panel)), rgb(QColor(t.accent))
    share = np.linspace(*(0.52, 0.02) if not t.dark else (0.50, 0.06), max(count, 2))[:count, np.newaxis]
    red, green, blue = np.rint(panel + share * (accent - panel)).astype(np.uint32).T
    colours: NDArray[np.uint32] = ((np.uint32(255) * 256 + red) * 256 + green) * 256 + blue
    return colours.astype(np.uint32)


# Of runs beside the one under way: after Okabe and Ito, told apart by the colour-blind, and from the examples and the accent. With as many
# kinds of line, each begun at another colour in every further round, no two runs look the same.
RUN_COLOURS = ("#b4530a", "#00795a", "#a2387f", "#0b7285", "#6b5b00", "#475467")
RUN_COLOURS_DARK = ("#f5a65b", "#34d0a0", "#e79bcb", "#63cde6", "#dcc84e", "#c0c8d4")
RUN_DASHES: tuple[tuple[float, ...], ...] = ((6, 3), (1.2, 2.4), (8, 3, 1.2, 3), (12, 4), (6, 2.5, 1.2, 2.5, 1.2, 2.5), (3, 3))


def run_colour(slot: int) -> QColor:
    """The colour of a run beside the one under way."""
    return QColor((RUN_COLOURS_DARK if tokens().dark else RUN_COLOURS)[slot % len(RUN_COLOURS)])


def run_pen(slot: int, width: float) -> QPen:
    """Colour and dashes of a run beside the one under way."""
    made = QPen(run_colour(slot), width)
    made.setDashPattern(RUN_DASHES[(slot + slot // len(RUN_COLOURS)) % len(RUN_DASHES)])
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made


def system_is_dark() -> bool:
    """Whether the desktop asks for a dark theme."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def load_fonts() -> None:
    """Make the bundled Inter known to Qt; the system's sans serif serves where that fails."""
    for path in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def font(size_px: int = FONT_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The app's font with tabular figures, so that running numbers do not shake."""
    made = QFont("Inter")
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setPixelSize(size_px)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def math_font(size_px: float, italic: bool = False, bold: bool = False) -> QFont:
    """A serif face for formulas, with figures of one width. Whichever of these the system has."""
    made = QFont()
    made.setFamilies(["STIX Two Text", "Times New Roman", "Times", "Nimbus Roman", "Liberation Serif", "DejaVu Serif"])
    made.setStyleHint(QFont.StyleHint.Serif)
    made.setPixelSize(max(1, round(size_px)))
    made.setItalic(italic)
    made.setBold(bold)
    return made


def pen(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A cosmetic pen."""
    made = QPen(QColor(colour), width, style)
    made.setCosmetic(True)
    return made


def choose(app: QApplication, dark: bool) -> None:
    """Make the light or dark theme the one that is drawn with. Its style sheet follows with apply()."""
    global _now
    _now = DARK if dark else LIGHT
    if app.property(CHOSEN) != _now.dark:  # a second window need not restyle the first
        app.setProperty(CHOSEN, _now.dark)
        app.setFont(font())
        app.setPalette(_palette(_now))


def apply(app: QApplication) -> None:
    """Put the style sheet of the chosen theme in force for the whole application.

    With it in force, every widget is styled anew at each step up that it is put together, so the first window is put together before.
    """
    sheet = _style_sheet(_now)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def _palette(t: Tokens) -> QPalette:
    # An own palette: on plain X11 and offscreen Qt does not follow a colour scheme by itself.
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: t.window,
        role.WindowText: t.ink,
        role.Base: t.field,
        role.AlternateBase: t.panel,
        role.Text: t.ink,
        role.Button: t.field,
        role.ButtonText: t.ink,
        role.ToolTipBase: t.panel,
        role.ToolTipText: t.ink,
        role.PlaceholderText: t.dim,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Link: t.accent,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.dim))
    return palette


def _style_sheet(t: Tokens) -> str:
    chevron = (RESOURCES / "icons" / ("chevron-down-dark.svg" if t.dark else "chevron-down-light.svg")).as_posix()
    check = (RESOURCES / "icons" / ("check-dark.svg" if t.dark else "check-light.svg")).as_posix()
    good_back = "#12261a" if t.dark else "#e3f5e9"
    warn_back = "#2b2413" if t.dark else "#fdf3dc"
    return f"""
QMainWindow, QDialog {{ background: {t.window}; }}
QLabel {{ background: transparent; }}
QFrame#card, QFrame#header, QFrame#transport {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 10px; }}
QFrame#header {{ border-radius: 0; border-width: 0 0 1px 0; }}
QFrame#transport {{ border-radius: 0; border-width: 1px 0 0 0; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QLabel#cardTitle {{ color: {t.dim}; font-size: {SMALL_PX}px; font-weight: 600; }}
QLabel#appName {{ font-size: 15px; font-weight: 700; }}
QLabel[dim="true"] {{ color: {t.dim}; font-size: {SMALL_PX}px; }}
QLabel[strong="true"] {{ font-weight: 600; }}
QLabel#className:focus {{ color: {t.accent}; }}
QLabel[warn="true"] {{ color: {t.warn}; }}
QLabel#readout {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 6px; padding: 4px 8px; font-size: {SMALL_PX}px; }}
QFrame#options {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 6px; }}
QLabel#hint {{ color: {t.dim}; font-size: 15px; }}
QLineEdit, QComboBox {{
    background: {t.field}; border: 1px solid {t.line}; border-radius: 6px; padding: 0 8px; min-height: {CONTROL_HEIGHT - 2}px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
QLineEdit:focus, QComboBox:focus {{ border: 1px solid {t.accent}; }}
QLineEdit[invalid="true"] {{ border: 1px solid {t.warn}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {t.dim}; }}
QComboBox {{ padding-right: 22px; combobox-popup: 0; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{
    background: {t.panel}; border: 1px solid {t.line}; padding: 4px; outline: 0;
    selection-background-color: {t.hover}; selection-color: {t.ink};
}}
QPushButton, QToolButton {{
    background: {t.field}; border: 1px solid {t.line}; border-radius: 6px; color: {t.ink};
    padding: 0 8px; min-height: {CONTROL_HEIGHT - 2}px;
}}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:focus, QToolButton:focus {{ border: 1px solid {t.accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.dim}; }}
QToolButton:checked {{ border: 2px solid {t.accent}; padding: 0 7px; font-weight: 600; min-height: {CONTROL_HEIGHT - 4}px; }}
QToolButton[labelled="true"] {{ padding: 0 0 0 8px; }}
QToolButton[labelled="true"]:checked {{ padding: 0 0 0 7px; }}
QToolButton[icon="true"] {{ padding: 0; min-width: {CONTROL_HEIGHT}px; }}
QToolButton[square="true"] {{ padding: 0 4px; }}
QToolButton[square="true"]:checked {{ padding: 0 3px; }}
QToolButton[round="true"] {{ border-radius: 16px; min-width: 30px; min-height: 30px; padding: 0; }}
QToolButton[play="true"] {{
    border: 1px solid {t.accent}; border-radius: 19px; min-width: 36px; min-height: 36px; padding: 0; background: {t.accent};
}}
QToolButton[play="true"]:hover {{ background: {t.accent}; }}
QToolButton[play="true"]:focus {{ border: 2px solid {t.ink}; min-width: 34px; min-height: 34px; }}
QToolButton[play="true"]:disabled {{ background: {t.line}; border-color: {t.line}; }}
QToolButton[small="true"] {{ padding: 0 8px; min-height: 22px; font-size: {SMALL_PX}px; }}
QPushButton[flat-text="true"] {{
    background: transparent; border: 1px solid transparent; border-radius: 4px; color: {t.dim}; padding: 0; text-align: left;
    min-height: 14px; font-size: {SMALL_PX}px;
}}
QPushButton[flat-text="true"]:hover {{ color: {t.ink}; }}
QPushButton[choice="true"]:checked {{ color: {t.accent}; }}
QPushButton[flat-text="true"]:focus {{ border: 1px solid {t.accent}; }}
QToolButton[step="true"] {{ padding: 0; min-width: {CONTROL_HEIGHT - 2}px; font-size: 15px; }}
QToolButton[small="true"]:checked {{ padding: 0 7px; min-height: 20px; }}
QToolButton[tiny="true"] {{
    padding: 0; min-width: 20px; min-height: 18px; border-color: transparent; background: transparent;
}}
QToolButton[tiny="true"]:hover {{ background: {t.hover}; }}
QToolButton[tiny="true"]:focus {{ border-color: {t.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton[accent="true"] {{ background: {t.accent}; border-color: {t.accent}; color: {t.on_accent}; font-weight: 600; padding: 0 16px; }}
QPushButton[accent="true"]:focus {{ border: 2px solid {t.ink}; padding: 0 15px; min-height: {CONTROL_HEIGHT - 4}px; }}
QPushButton[accent="true"]:disabled {{ background: {t.line}; border-color: {t.line}; color: {t.dim}; }}
QTableView#preview {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 6px; outline: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QTableView#preview QHeaderView {{ background: {t.panel}; border: 0; }}
QTableView#preview QHeaderView::section {{
    background: {t.panel}; border: 0; border-bottom: 1px solid {t.line}; padding: 0 3px; min-height: {CONTROL_HEIGHT}px;
}}
QCheckBox, QRadioButton {{ spacing: 8px; min-height: {CONTROL_HEIGHT - 4}px; }}
QCheckBox::indicator, QRadioButton::indicator {{
    background: {t.field}; border: 1px solid {t.dim}; border-radius: 4px; width: 14px; height: 14px;
}}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 1px solid {t.accent}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border: 1px solid {t.accent}; image: url("{check}"); }}
QCheckBox::indicator:checked:focus {{ border: 1px solid {t.ink}; }}
QRadioButton::indicator:checked {{ background: {t.on_accent}; border: 5px solid {t.accent}; width: 6px; height: 6px; }}
QRadioButton::indicator:checked:focus {{ border-color: {t.ink}; }}
QSlider::groove:horizontal {{ height: 4px; background: {t.line}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; background: {t.accent}; border: 0; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {t.ink}; width: 10px; height: 10px; margin: -5px 0; border-radius: 7px; }}
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{ background: {t.dim}; }}
QPushButton#chip {{
    border: 1px solid transparent; border-radius: 14px; padding: 0 8px; min-height: 26px; max-height: 26px; font-weight: 600;
    background: {t.field}; color: {t.dim};
}}
QPushButton#chip[tone="good"] {{ background: {good_back}; color: {t.good}; }}
QPushButton#chip[tone="warn"] {{ background: {warn_back}; color: {t.warn}; }}
QPushButton#chip[tone="accent"] {{ background: {t.chosen}; color: {t.accent}; }}
QPushButton#chip:focus {{ border: 1px solid {t.accent}; }}
QFrame#message {{ background: {warn_back}; border: 1px solid {t.warn}; border-radius: 10px; }}
QFrame#message QLabel {{ color: {t.ink}; }}
QMenuBar {{ background: transparent; border: 0; }}
QMenuBar::item {{ padding: 5px 8px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.hover}; }}
QMenu {{ background: {t.panel}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.hover}; }}
QMenu::item:disabled {{ color: {t.dim}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QToolTip {{ background: {t.panel}; color: {t.ink}; border: 1px solid {t.line}; padding: 6px 8px; }}
QProgressBar {{ background: {t.line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QMainWindow::separator {{ background: transparent; width: {GAP}px; height: {GAP}px; }}
QMainWindow::separator:hover {{ background: {t.hover}; }}
QFrame#dockTitle, QFrame#dockBody {{ background: {t.panel}; border: 1px solid {t.line}; }}
QFrame#dockTitle {{ border-bottom-width: 0; border-top-left-radius: 10px; border-top-right-radius: 10px; }}
QFrame#dockBody {{ border-top-width: 0; border-bottom-left-radius: 10px; border-bottom-right-radius: 10px; }}
QToolButton[quiet="true"] {{ background: transparent; border-color: transparent; }}
QToolButton[quiet="true"]:hover {{ background: {t.hover}; }}
QToolButton[quiet="true"]:focus {{ border-color: {t.accent}; }}
QTableView {{ background: {t.panel}; border: 1px solid transparent; outline: 0; }}
QTableView:focus {{ border-color: {t.accent}; }}
QTableView QTableCornerButton::section {{ background: {t.panel}; border: 0; border-bottom: 1px solid {t.line}; }}
QTableView QLineEdit, QTableView QComboBox {{ border-radius: 0; padding: 0 7px; min-height: 0; }}
QHeaderView {{ background: {t.panel}; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {t.line}; border-radius: 4px; min-height: 24px; }}
QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {t.line}; border-radius: 4px; min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
"""
