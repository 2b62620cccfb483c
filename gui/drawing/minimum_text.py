"""What is said of the star of a landscape: the minimum of the picture, or of other values of the parameters held."""

from core.frame import Frame
from core.optimum import Optimum
from gui.terrain import Terrain
from gui.text import cost_text, number, parameter_text, tr

MOST_NAMED = 3


def minimum_text(minimum: Optimum, terrain: Terrain, frame: Frame) -> str:
    """On one line; where the star is hollow with the values at which the minimum lies."""
    J = cost_text(minimum.J)
    if terrain.held_at_minimum(frame):
        return tr("minimum: J = {J}").format(J=J)
    n = len(minimum.w)
    held = [index for index in range(n + 1) if index not in (terrain.plane.first, terrain.plane.second)]
    values = [*minimum.w.tolist(), minimum.b]
    places = [f"{parameter_text(index, n)} = {number(values[index], 3)}" for index in held[:MOST_NAMED]]
    return tr("minimum, at {places}: J = {J}").format(places=", ".join(places + ["…"] * (len(held) > MOST_NAMED)), J=J)
