"""What the pointer does on the plane: the tool in hand with its settings, the class it draws, and the example that is probed."""

from PySide6.QtCore import QObject, Signal

POINT = "point"
BRUSH = "brush"
MOVE = "move"
ERASE = "erase"
FLIP = "flip"
PROBE = "probe"
CLASSES = ("class 0", "class 1")
DRAWS = (POINT, BRUSH)  # the tools that draw examples of the chosen class

RADII_PX = {BRUSH: 40.0, ERASE: 12.0, FLIP: 10.0}  # of the tools that work on all that is under them
MOST_RADIUS_PX = 100.0
MOST_DENSITY = 100.0
NOTCH = 10**0.1

Point = tuple[float, float]
Example = tuple[float, ...]  # the features of one


class Pointer(QObject):
    """Shared by the plane, its tools, the actions and the predict panel, which do not know each other."""

    tool_changed = Signal()  # or the class
    settings_changed = Signal()  # radius, density or lasso
    probe_changed = Signal()
    hovered_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool = POINT
        self.label = 0  # the class that is drawn
        self.density = 8.0  # examples that the brush sprays at a click, and on each radius of its way
        self.lasso = False  # whether a selection is drawn freely, not as a rectangle
        self.probe: Example | None = None
        self._radii_px = dict(RADII_PX)
        self.hovered: int | None = None  # number of the example under the mouse, in whichever view

    def set_tool(self, tool: str) -> None:
        """Take a tool in hand, or choose a class, with a tool that draws it."""
        label = CLASSES.index(tool) if tool in CLASSES else self.label
        if tool in CLASSES:
            tool = self.tool if self.tool in DRAWS else POINT
        if (tool, label) != (self.tool, self.label):
            self.tool, self.label = tool, label
            self.tool_changed.emit()

    @property
    def radius_px(self) -> float | None:
        """Radius of the tool in hand; None for a tool that works on one place."""
        return self._radii_px.get(self.tool)

    def set_radius(self, radius_px: float) -> None:
        """Of the tool in hand, between 1 and 100."""
        radius_px = min(max(radius_px, 1.0), MOST_RADIUS_PX)
        if self.radius_px not in (None, radius_px):
            self._radii_px[self.tool] = radius_px
            self.settings_changed.emit()

    def set_density(self, density: float) -> None:
        """Of the brush, between 1 and 100."""
        density = min(max(density, 1.0), MOST_DENSITY)
        if density != self.density:
            self.density = density
            self.settings_changed.emit()

    def larger(self) -> None:
        """The radius one notch up."""
        self.set_radius((self.radius_px or 0.0) * NOTCH)

    def smaller(self) -> None:
        """The radius one notch down."""
        self.set_radius((self.radius_px or 0.0) / NOTCH)

    def denser(self) -> None:
        """The density one notch up."""
        self.set_density(self.density * NOTCH)

    def sparser(self) -> None:
        """The density one notch down."""
        self.set_density(self.density / NOTCH)

    def set_lasso(self, lasso: bool) -> None:
        """Select by lasso, or by rectangle."""
        if lasso != self.lasso:
            self.lasso = lasso
            self.settings_changed.emit()

    def set_probe(self, probe: Example | None) -> None:
        """Probe an example, (x1, x2) or (x,) in raw units, or none."""
        if probe != self.probe:
            self.probe = probe
            self.probe_changed.emit()

    def set_hovered(self, index: int | None) -> None:
        """Light an example of the dataset in every view that shows it, or none."""
        if index != self.hovered:
            self.hovered = index
            self.hovered_changed.emit()
