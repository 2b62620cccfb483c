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
    hovered_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool = CLASS_0
        self.probe: Point | None = None
        self.hovered: int | None = None  # number of the example under the mouse, in whichever view

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

    def set_hovered(self, index: int | None) -> None:
        """Light an example of the dataset in every view that shows it, or none."""
        if index != self.hovered:
            self.hovered = index
            self.hovered_changed.emit()
