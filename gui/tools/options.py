"""Options of the tool in hand, in a corner of the plane: radius and density of the brush, rectangle or lasso."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from gui.actions import Actions
from gui.drawing.plot_area import PlotArea
from gui.fields import LogSlider, action_button, describe, dim_label
from gui.pointer import BRUSH, MOVE
from gui.session import Session
from gui.text import tr

SLIDER_PX = 84
MARGIN_PX = 8
NEEDS_RADIUS = ("brush larger", "brush smaller")
NEEDS_DENSITY = ("brush denser", "brush sparser")


class ToolOptions(QFrame):
    """Shown over the plane while the tool in hand has something to set."""

    def __init__(self, session: Session, actions: Actions, area: PlotArea) -> None:
        super().__init__(area)
        self.setObjectName("options")
        self._session = session
        self._area = area
        self._actions = actions
        self.radius, self.density = LogSlider(0, 2), LogSlider(0, 2)
        self._radius_text, self._density_text = dim_label(), dim_label()
        describe(self.radius, tr("Radius"), tr("Radius of the circle in pixels: , and . or Ctrl and the wheel change it too"))
        tip = tr("Examples that a click sprays, and a stroke on each radius of its way: < and > change it too")
        describe(self.density, tr("Density"), tip)
        self._lasso = action_button(actions["lasso"])
        self._lasso.setProperty("small", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 8, 3)
        layout.setSpacing(6)
        self._rows: dict[LogSlider, QLabel] = {self.radius: self._radius_text, self.density: self._density_text}
        for slider, text in self._rows.items():
            slider.setFixedWidth(SLIDER_PX)
            slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(text)
            layout.addWidget(slider)
        layout.addWidget(self._lasso)
        self.radius.slid.connect(session.pointer.set_radius)
        self.density.slid.connect(session.pointer.set_density)
        session.pointer.tool_changed.connect(self._show_settings)
        session.pointer.settings_changed.connect(self._show_settings)
        area.view.sigResized.connect(self._place)
        self._show_settings()

    def _show_settings(self) -> None:
        pointer = self._session.pointer
        sprays = pointer.tool == BRUSH
        shown = {self.radius: pointer.radius_px is not None, self.density: sprays}
        for slider, text in self._rows.items():
            slider.setVisible(shown[slider])
            text.setVisible(shown[slider])
        if pointer.radius_px is not None:
            self.radius.show_value(pointer.radius_px)
            self._radius_text.setText(tr("Radius {radius:.0f} px").format(radius=pointer.radius_px))
        self.density.show_value(pointer.density)
        self._density_text.setText(tr("Density {density:.0f}").format(density=pointer.density))
        self._lasso.setVisible(pointer.tool == MOVE)
        self._actions["lasso"].setChecked(pointer.lasso)
        for names, usable in ((NEEDS_RADIUS, shown[self.radius]), (NEEDS_DENSITY, sprays)):
            for name in names:
                self._actions[name].setEnabled(usable)
        self.setVisible(shown[self.radius] or pointer.tool == MOVE)
        self._place()

    def _place(self) -> None:
        """In the upper right corner of the view."""
        self.adjustSize()
        view = self._area.mapFromScene(self._area.view.sceneBoundingRect()).boundingRect()
        self.move(view.right() - self.width() - MARGIN_PX, view.top() + MARGIN_PX)
        self.raise_()
