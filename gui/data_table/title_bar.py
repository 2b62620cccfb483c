"""The title bar of the data table's dock: what it is, how many rows, float, close. It is what the dock is dragged by."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui import theme
from gui.fields import Button, describe, dim_label
from gui.icons import icon
from gui.text import tr

FLOAT_ICON, CLOSE_ICON = "picture-in-picture-2", "x"


class TitleBar(QFrame):
    """`float_asked` and `close_asked` come from its buttons."""

    float_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dockTitle")
        self.title = QLabel(tr("Data table"))
        self.title.setObjectName("cardTitle")
        self.count = dim_label()
        self.float_button, self.close_button = Button(), Button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.PADDING, 6, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.count, 1)
        for button in (self.float_button, self.close_button):
            button.setProperty("icon", True)
            button.setProperty("quiet", True)
            layout.addWidget(button)
        self.float_button.clicked.connect(self.float_asked)
        self.close_button.clicked.connect(self.close_asked)
        describe(self.close_button, tr("Close the data table"), tr("Close the data table; the examples stay  (Ctrl+D)"))
        self.show_floating(False)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self.float_button.setIcon(icon(FLOAT_ICON))
        self.close_button.setIcon(icon(CLOSE_ICON))

    def show_floating(self, floating: bool) -> None:
        """Say what the float button does now."""
        if floating:
            describe(self.float_button, tr("Dock the data table"), tr("Put the table back into the window"))
        else:
            describe(self.float_button, tr("Float the data table"), tr("Take the table out of the window, to another screen for example"))

    def show_counts(self, examples: int, selected: int) -> None:
        """How many examples there are, and how many of them are selected."""
        if selected:
            text = tr("{selected:,} of {examples:,} examples selected").format(selected=selected, examples=examples)
        else:
            text = tr("{examples:,} examples").format(examples=examples)
        self.count.setText(text)
