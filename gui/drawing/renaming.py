"""Renaming: the names that a view shows are edited where they stand, by a double click or F2.

Tab goes from one name of the view to the next. PlaneNames adds the names of the axes, which are no widgets.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gui.drawing.name_editor import LEAST_WIDTH_PX, NAMES, Name, NameEditor
from gui.drawing.plot_area import PlotArea
from gui.session import Session
from gui.text import class_text, for_tooltip, tr

AXES = {"bottom": NAMES[0], "left": NAMES[1]}
REACH_PX = 24  # the name of an axis may be as short as x₁
_BUTTON = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
CLASS_WORDS = ("class 0", "class 1")


class Renaming(QObject):
    """The names of one card; `editor` stands over the one that is edited."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host)
        self.session = session
        self.editor = NameEditor(session, host)
        self._widgets: dict[Name, QWidget] = {}
        self.editor.left.connect(self._left)

    def add(self, name: Name, widget: QWidget) -> None:
        """Let a name be edited over the widget that shows it."""
        self._widgets[name] = widget
        widget.installEventFilter(self)

    def edit(self, name: Name) -> None:
        """Begin with a name of this card."""
        self.editor.edit(name, self.place(name))

    def names(self) -> list[Name]:
        """The names of this card, in the order of Tab."""
        return [name for name in NAMES if name in self._widgets]

    def place(self, name: Name) -> QRect:
        """Where a name stands in the card."""
        widget = self._widgets[name]
        return QRect(widget.mapTo(self._host(), widget.rect().topLeft()), widget.size())

    def rest(self) -> QWidget:
        """What gets the focus when the editing is over."""
        return self._widgets[self.editor.name]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not _asks(event):  # first of all: while a window is destroyed nothing else may be touched
            return False
        for name, widget in self._widgets.items():
            if watched is widget:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()  # F2 is this name's, not the window's
                else:
                    self.edit(name)
                return True
        return False

    def _left(self, step: int) -> None:
        names = self.names()
        following = names.index(self.editor.name) + step
        if step and 0 <= following < len(names):
            self.edit(names[following])
        else:
            self.rest().setFocus(Qt.FocusReason.OtherFocusReason)

    def _host(self) -> QWidget:
        host = self.editor.parentWidget()
        return host if host is not None else self.editor


class PlaneNames(Renaming):
    """The names on the plane: on its axes, and on the buttons of the two classes."""

    def __init__(self, session: Session, host: QWidget, area: PlotArea, class_actions: Sequence[QAction]) -> None:
        super().__init__(session, host)
        self._area = area
        self._class_actions = list(class_actions)
        self._tips = [action.statusTip() for action in class_actions]
        for button in host.findChildren(QToolButton):
            if button.defaultAction() in self._class_actions:
                self.add(Name(True, self._class_actions.index(button.defaultAction())), button)
        area.viewport().installEventFilter(self)
        session.experiment_changed.connect(self._show_tips)
        self._show_tips()

    def names(self) -> list[Name]:
        return [name for name in NAMES if name.exists(self.session.experiment.dataset)]

    def place(self, name: Name) -> QRect:
        for side, feature in AXES.items():
            if feature == name:
                over = self._over(side)
                over.setLeft(over.center().x() - max(over.width() // 2, LEAST_WIDTH_PX // 2))
                return QRect(self._area.viewport().mapTo(self._host(), over.topLeft()), over.size())
        return super().place(name)

    def rest(self) -> QWidget:
        return self._area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _BUTTON and isinstance(event, QMouseEvent) and watched is self._area.viewport():
            for side, name in AXES.items():
                if self._over(side).adjusted(-REACH_PX, 0, REACH_PX, 0).contains(event.position().toPoint()):
                    if event.type() == QEvent.Type.MouseButtonDblClick and name.exists(self.session.experiment.dataset):
                        self.edit(name)
                    return True  # a click beside the plane's own area would add a point
        return super().eventFilter(watched, event)

    def _over(self, side: str) -> QRect:
        """The place of an axis' name on the viewport."""
        place: QRect = self._area.mapFromScene(self._area.axes[side].label.sceneBoundingRect()).boundingRect()
        return place

    def _show_tips(self) -> None:
        for side, feature in AXES.items():
            renamable = feature.exists(self.session.experiment.dataset)
            self._area.axes[side].label.setToolTip(tr("Double click, or F2, to rename") if renamable else "")
        for word, action, tip, name in zip(
            CLASS_WORDS, self._class_actions, self._tips, self.session.experiment.dataset.class_names, strict=True
        ):
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            of_class = for_tooltip(class_text(name) if name not in ("0", "1") else tr(word))
            action.setToolTip(tr("{tip}; double click or F2 renames it  ({key})").format(tip=tip.replace(tr(word), of_class), key=key))


def _asks(event: QEvent) -> bool:
    """Whether an event asks for the name to be edited."""
    if event.type() == QEvent.Type.MouseButtonDblClick:
        return True
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2 and event.type() != QEvent.Type.KeyRelease
