"""All keys and what they do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.actions import Command, commands
from gui.fields import dim_label
from gui.text import tr

COLUMNS = 3


def show_keys(parent: QWidget) -> None:
    """Open the list of keys."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Keys"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(4)
    listed = list(commands().values())
    rows = -(-len(listed) // COLUMNS)
    for index, command in enumerate(listed):
        row, column = index % rows, index // rows * 2
        keys = dim_label(_keys(command))
        keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        text = QLabel(command.text)
        text.setToolTip(command.tip)
        grid.addWidget(keys, row, column)
        grid.addWidget(text, row, column + 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 16)
    layout.setSpacing(16)
    layout.addLayout(grid)
    layout.addWidget(dim_label(_more()))
    layout.addWidget(buttons)
    dialog.open()


def _more() -> str:
    """What is no command of the window: samples and the mouse."""
    return tr(
        "Alt+1 to Alt+9, Alt+Shift+1 and on: samples, in the order of their menu\n"
        "Click on the plane: add a point · Shift or right click: of the other class · drag: move one\n"
        "With Move, drag beside the points: select by rectangle, with Alt by lasso · Shift: add to the selection\n"
        "Arrows: nudge the selected points by 1 % of the view, with Shift by 0.1 % · Escape: end the selection, or the drag\n"
        "Wheel: zoom · middle button, or Ctrl and a drag: shift the view · Ctrl and the wheel: radius of the brush, with Shift its density"
    )


def _keys(command: Command) -> str:
    return "  ".join(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in command.keys)
