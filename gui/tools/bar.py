"""The tool bar: which class is drawn, and which tool is in hand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.actions import Actions
from gui.drawing.markers import marker_icon
from gui.fields import action_button
from gui.pointer import CLASSES
from gui.session import Session
from gui.text import class_text, for_label, shortened
from gui.tools import TOOLS

MOST_NAME = 18  # characters in a menu
CHIPS_PX = 160  # of both names on their buttons


class ToolBar(QWidget):
    """Buttons of the two classes, with their names, and of the tools."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._class_actions = [actions[f"tool {name}"] for name in CLASSES]
        self._tool_actions = [actions[f"tool {tool}"] for tool in TOOLS]
        self._chips = [action_button(action) for action in self._class_actions]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for chip in self._chips:
            layout.addWidget(chip)
        layout.addSpacing(4)
        for action in self._tool_actions:
            button = action_button(action, icon_only=True)
            button.setProperty("square", True)
            layout.addWidget(button)
        session.experiment_changed.connect(self._show_names)
        session.pointer.tool_changed.connect(self._show_tool)
        self.apply_theme()
        self._show_names()
        self._show_tool()

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        for label, action in enumerate(self._class_actions):
            action.setIcon(marker_icon(label))

    def _show_names(self) -> None:
        metrics = QFontMetrics(theme.font())
        names = [class_text(name) for name in self.session.experiment.dataset.class_names]
        for label, (action, chip) in enumerate(zip(self._class_actions, self._chips, strict=True)):
            name, other = names[label], names[1 - label]
            room = max(CHIPS_PX // 2, CHIPS_PX - metrics.horizontalAdvance(other))
            text = " " + for_label(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))
            if (chip.accessibleName(), action.iconText()) != (name, text):
                action.setText(for_label(shortened(name, MOST_NAME)))
                action.setIconText(text)
                chip.setAccessibleName(name)

    def _show_tool(self) -> None:
        pointer = self.session.pointer
        for label, action in enumerate(self._class_actions):
            action.setChecked(pointer.label == label)
        for action in self._tool_actions:
            action.setChecked(action.data() == pointer.tool)
