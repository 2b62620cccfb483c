"""What this program is, and the licences of what it brings along."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from gui.text import tr


def show_about(parent: QWidget) -> None:
    """Open the dialog."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("About Descent Lab"))
    name = QLabel("Descent Lab")
    name.setObjectName("appName")
    text = QLabel(
        tr(
            "Watch gradient descent fit logistic regression.\n\n"
            "The theory is that of the Machine Learning Specialization, course 1, week 3.\n"
            "MIT licence. The font is Inter (SIL Open Font License), the icons are Lucide (ISC)."
        )
    )
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 16)
    layout.setSpacing(12)
    layout.addWidget(name)
    layout.addWidget(text)
    layout.addWidget(buttons)
    dialog.open()
