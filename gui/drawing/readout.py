"""Numbers of one example, in a small box beside it on a plot."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel

from gui.drawing.plot_area import PlotArea

BESIDE = QPoint(14, 12)
MARGIN_PX = 4


class Readout(QLabel):
    """Lies over a plot, hidden until show_at()."""

    def __init__(self, area: PlotArea) -> None:
        super().__init__(area)
        self._area = area
        self.setObjectName("readout")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, pixel: QPointF) -> None:
        """Show it beside a position in the pixels of the plot's view: below where there is room, else above."""
        self.adjustSize()
        at = self._area.mapFromScene(self._area.view.mapToScene(pixel))
        place = at + BESIDE
        if place.y() + self.height() > self._area.height() - MARGIN_PX:
            place.setY(at.y() - BESIDE.y() - self.height())
        place.setX(max(MARGIN_PX, min(place.x(), self._area.width() - self.width() - MARGIN_PX)))
        place.setY(max(MARGIN_PX, place.y()))
        self.move(place)
        self.show()
        self.raise_()


def loss_name(model: str, y: int) -> str:
    """The formula of one example's loss, on one line."""
    if model != "logistic":
        return "½ (f − y)²"
    return "−log f" if y else "−log (1 − f)"
