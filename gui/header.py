"""Header: the app's name, menus, the commands used most, and what is on screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QMenuBar, QToolButton, QWidget

from gui.actions import Actions
from gui.fields import Button, action_button
from gui.icons import icon
from gui.session import Session
from gui.text import class_text, shortened, tr

MOST_TITLE = 40  # characters
MOST_NAME = 20


class Header(QFrame):
    """The bar at the top."""

    def __init__(self, session: Session, actions: Actions, menu_bar: QMenuBar, samples: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.session = session
        name = QLabel("Descent Lab")
        name.setObjectName("appName")
        self.samples = Button()
        self.samples.setText(tr("Samples") + " ▾")
        self.samples.setAccessibleName(tr("Samples"))
        self.samples.setToolTip(tr("Datasets to begin with"))
        self.samples.setMenu(samples)
        self.samples.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.samples.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.samples.setProperty("labelled", True)
        self.samples.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.caption = QLabel()
        self.caption.setProperty("dim", True)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(6)
        layout.addWidget(name)
        layout.addSpacing(4)
        layout.addWidget(menu_bar)
        layout.addSpacing(4)
        self.open = action_button(actions["open"])
        layout.addWidget(self.open)
        layout.addWidget(self.samples)
        layout.addWidget(action_button(actions["new"]))
        layout.addWidget(action_button(actions["undo"], icon_only=True))
        layout.addWidget(action_button(actions["redo"], icon_only=True))
        layout.addWidget(self.caption, 1)
        layout.addWidget(action_button(actions["toggle theme"], icon_only=True))
        session.experiment_changed.connect(self._show_experiment)
        self.apply_theme()
        self._show_experiment()

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self.samples.setIcon(icon("flask-conical"))

    def _show_experiment(self) -> None:
        dataset = self.session.experiment.dataset
        zeros, ones = dataset.class_counts()
        names = dataset.class_names
        text = tr("{title} · {m:,} examples · {name_0}: {zeros:,} · {name_1}: {ones:,}")
        if dataset.test is not None:
            text = tr("{title} · {m:,} examples, {kept:,} kept back · {name_0}: {zeros:,} · {name_1}: {ones:,}")
        self.caption.setText(
            text.format(
                title=shortened(tr(dataset.title or "Untitled"), MOST_TITLE),
                m=dataset.m,
                kept=dataset.m - dataset.training.m,
                zeros=zeros,
                name_0=shortened(class_text(names[0]), MOST_NAME),
                ones=ones,
                name_1=shortened(class_text(names[1]), MOST_NAME),
            )
        )
