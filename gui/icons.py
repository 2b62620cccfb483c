"""Bundled Lucide icons, drawn in a colour of the theme and crisp at the screen's scale."""

import math
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui import theme


def icon(name: str, colour: str | None = None, size: int = 16, filled: bool = False) -> QIcon:
    """The icon `name` of resources/icons in `colour` (the ink of the theme when not given)."""
    tokens = theme.tokens()
    made = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, colour or tokens.ink), (QIcon.Mode.Disabled, tokens.line)):
        for scale in _scales():
            made.addPixmap(_draw(name, shade, size, scale, filled), mode)
    return made


def _scales() -> set[int]:
    """Those of the screens that there are: every one costs time at the start."""
    return {1} | {math.ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()}


@lru_cache(maxsize=512)
def _draw(name: str, colour: str, size: int, scale: int, filled: bool) -> QPixmap:
    shape = _shape(name, size, scale, filled)
    pixmap = QPixmap(shape.size())
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(pixmap)
    try:
        painter.drawPixmap(0, 0, shape)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(QRectF(0, 0, size, size), QColor(colour))
    finally:
        painter.end()
    return pixmap


@lru_cache(maxsize=256)
def _shape(name: str, size: int, scale: int, filled: bool) -> QPixmap:
    """The icon in black: to draw it takes ten times as long as to colour it."""
    svg = (theme.RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", "black")
    if filled:
        svg = svg.replace('fill="none"', 'fill="black"')
    pixmap = QPixmap(QSize(size, size) * scale)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(pixmap)
    try:
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * scale, size * scale))
    finally:
        painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
