"""Plot: a view that draws every frame. A new plot is one file with a subclass, and one line in the registry PLOTS."""

from gui.view import View


class Plot(View):
    """Draws the run."""
