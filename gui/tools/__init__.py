"""The registry of tools: name → class, in the order of the buttons. A new tool is one file, one line below and one in gui/actions.py."""

from collections.abc import Callable

from gui.pointer import BRUSH, ERASE, FLIP, MOVE, POINT, PROBE
from gui.session import Session
from gui.tools.base import Tool
from gui.tools.brush import BrushTool
from gui.tools.erase import EraseTool
from gui.tools.flip import FlipTool
from gui.tools.move import MoveTool
from gui.tools.plane import Plane
from gui.tools.point import PointTool
from gui.tools.probe import ProbeTool

TOOLS: dict[str, Callable[[Session, Plane], Tool]] = {
    POINT: PointTool,
    BRUSH: BrushTool,
    MOVE: MoveTool,
    ERASE: EraseTool,
    FLIP: FlipTool,
    PROBE: ProbeTool,
}
