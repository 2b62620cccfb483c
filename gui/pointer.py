"""What the pointer does on the plane: the tool in hand, the class it draws, and the example that is probed."""

from PySide6.QtCore import QObject, Signal

POINT = "point"
MOVE = "move"
ERASE = "erase"
PROBE = "probe"
CLASSES = ("class 0", "class 1")
DRAWS = (POINT,)  # the tools that draw examples of the chosen class

Point = tuple[float, float]


class Pointer(QObject):
    """Shared by the plane, its tools, the actions and the predict panel, which do not know each other."""

    tool_changed = Signal()  # or the class
    probe_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool = POINT
        self.label = 0  # the class that is drawn
        self.probe: Point | None = None

    def set_tool(self, tool: str) -> None:
        """Take a tool in hand, or choose a class, with a tool that draws it."""
        label = CLASSES.index(tool) if tool in CLASSES else self.label
        if tool in CLASSES:
            tool = self.tool if self.tool in DRAWS else POINT
        if (tool, label) != (self.tool, self.label):
            self.tool, self.label = tool, label
            self.tool_changed.emit()

    def set_probe(self, probe: Point | None) -> None:
        """Probe an example (x1, x2) in raw units, or none."""
        if probe != self.probe:
            self.probe = probe
            self.probe_changed.emit()
