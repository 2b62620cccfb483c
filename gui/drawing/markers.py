"""How an example looks: circle for class 0, diamond for class 1; shape and colour both tell, so that colour-blind people see it too.

What is kept back to test on is hollow.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from gui import theme

RADIUS_PX = 5.0
HOLLOW_LINE_PX = 1.8
BOX_PX = 16  # a marker with its outline and some room


def draw_marker(painter: QPainter, centre: QPointF, label: int, radius: float = RADIUS_PX, hollow: bool = False) -> None:
    """One example at a pixel position."""
    tokens = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if hollow:
        radius -= 0.4  # its line lies on the edge that a full one ends at
        painter.setPen(QPen(tokens.class_colour(label), HOLLOW_LINE_PX))
        painter.setBrush(QColor(tokens.panel))
    else:
        painter.setPen(QPen(QColor(tokens.panel), 1.2))
        painter.setBrush(tokens.class_colour(label))
    if label == 0:
        painter.drawEllipse(centre, radius, radius)
        return
    reach = radius * 1.25
    corners = (QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0))
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))


def marker_pixmap(label: int, ratio: float, radius: float = RADIUS_PX, hollow: bool = False) -> QPixmap:
    """A marker in a box of BOX_PX, at the screen's pixel ratio; drawn once in each theme."""
    return _marker_pixmap(label, ratio, radius, hollow, theme.tokens())


@lru_cache(maxsize=64)
def _marker_pixmap(label: int, ratio: float, radius: float, hollow: bool, tokens: theme.Tokens) -> QPixmap:
    pixmap = QPixmap(QSize(BOX_PX, BOX_PX) * ratio)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    try:
        draw_marker(painter, QRectF(0, 0, BOX_PX, BOX_PX).center(), label, radius, hollow)
    finally:
        painter.end()
    return pixmap


def marker_icon(label: int) -> QIcon:
    """A marker as an icon for buttons and legends."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(marker_pixmap(label, ratio))
    return made
