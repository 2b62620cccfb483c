"""What the pointer does on the plane: the tool in hand, and the example that is probed."""

from PySide6.QtCore import QObject, Signal

CLASS_0 = "class 0"
CLASS_1 = "class 1"
MOVE = "move"
ERASE = "erase"
PROBE = "probe"
TOOLS = (CLASS_0, CLASS_1, MOVE, ERASE, PROBE)

Point = tuple[float, float]


class Pointer(QObject):
    """Shared by the plane, the actions and the predict panel, which do not know each other."""

    tool_changed = Signal()
    probe_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool = CLASS_0
        self.probe: Point | None = None

    def set_tool(self, tool: str) -> None:
        """Take a tool in hand."""
        if tool != self.tool:
            self.tool = tool
            self.tool_changed.emit()

    def set_probe(self, probe: Point | None) -> None:
        """Probe an example (x1, x2) in raw units, or none."""
        if probe != self.probe:
            self.probe = probe
            self.probe_changed.emit()
