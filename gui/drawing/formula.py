"""Formulas as a book sets them: italic letters, sub- and superscripts, fractions, sums.

A formula is a box of boxes, which is measured and painted at a size in pixels.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from gui import theme

SCRIPT_SIZE = 0.72
SMALLEST_PX = 9.0
FRACTION_SIZE = 0.86
AXIS = 0.27  # height of a fraction's bar and of a minus sign above the baseline, in sizes
GAP = 0.14
MARGIN_PX = 3


class Extent(NamedTuple):
    """What a box takes: its width, and its height above and below the baseline."""

    width: float
    ascent: float
    descent: float


class Box(ABC):
    """A piece of a formula."""

    def extent(self, px: float) -> Extent:
        """How much room it takes at this size."""
        return _extent(self, px)

    @abstractmethod
    def measure(self, px: float) -> Extent:
        """The same, worked out anew."""

    @abstractmethod
    def draw(self, painter: QPainter, x: float, y: float, px: float) -> None:
        """Paint it from x on, with its baseline at y."""

    @abstractmethod
    def plain(self) -> str:
        """The same as a line of text, for whoever hears it instead of seeing it."""


@dataclass(frozen=True, eq=False)
class Word(Box):
    """Letters or figures. `colour` is a field of theme.Tokens."""

    text: str
    italic: bool = False
    bold: bool = False
    colour: str = "ink"

    def measure(self, px: float) -> Extent:
        metrics = _metrics(px, self.italic, self.bold)
        # An italic letter leans over its own end.
        lean = 0.06 * px if self.italic else 0.0
        return Extent(metrics.horizontalAdvance(self.text) + lean, metrics.capHeight() * 1.12, metrics.descent() * 0.8)

    def draw(self, painter: QPainter, x: float, y: float, px: float) -> None:
        painter.setFont(_font(px, self.italic, self.bold))
        painter.setPen(QColor(getattr(theme.tokens(), self.colour)))
        painter.drawText(QPointF(x, y), self.text)

    def plain(self) -> str:
        return self.text


@dataclass(frozen=True, eq=False)
class Row(Box):
    """Boxes side by side."""

    parts: tuple[Box, ...]

    def measure(self, px: float) -> Extent:
        extents = [part.extent(px) for part in self.parts]
        width = sum(extent.width for extent in extents)
        return Extent(width, max((e.ascent for e in extents), default=0.0), max((e.descent for e in extents), default=0.0))

    def draw(self, painter: QPainter, x: float, y: float, px: float) -> None:
        for part in self.parts:
            part.draw(painter, x, y, px)
            x += part.extent(px).width

    def plain(self) -> str:
        return "".join(part.plain() for part in self.parts)


@dataclass(frozen=True, eq=False)
class Scripted(Box):
    """A box with something below, and above, its right end."""

    base: Box
    below: Box | None = None
    above: Box | None = None

    def measure(self, px: float) -> Extent:
        base, small = self.base.extent(px), _script_px(px)
        scripts = [script.extent(small) for script in (self.below, self.above) if script]
        below = self.below.extent(small).descent + 0.18 * px if self.below else 0.0
        above = self.above.extent(small).ascent + 0.36 * px if self.above else 0.0
        return Extent(base.width + max(s.width for s in scripts) + 0.04 * px, max(base.ascent, above), max(base.descent, below))

    def draw(self, painter: QPainter, x: float, y: float, px: float) -> None:
        self.base.draw(painter, x, y, px)
        x += self.base.extent(px).width
        if self.below:
            self.below.draw(painter, x, y + 0.18 * px, _script_px(px))
        if self.above:
            self.above.draw(painter, x, y - 0.36 * px, _script_px(px))

    def plain(self) -> str:
        above = f"^{self.above.plain()}" if self.above else ""
        return f"{self.base.plain()}{self.below.plain() if self.below else ''}{above}"


@dataclass(frozen=True, eq=False)
class Fraction(Box):
    """One box over another, with a bar between them."""

    over: Box
    under: Box

    def measure(self, px: float) -> Extent:
        small = max(SMALLEST_PX, FRACTION_SIZE * px)
        over, under = self.over.extent(small), self.under.extent(small)
        rise = (AXIS + GAP) * px
        width = max(over.width, under.width) + 0.3 * px
        return Extent(width, rise + over.ascent + over.descent, under.ascent + under.descent + GAP * px - AXIS * px)

    def draw(self, painter: QPainter, x: float, y: float, px: float) -> None:
        small = max(SMALLEST_PX, FRACTION_SIZE * px)
        over, under = self.over.extent(small), self.under.extent(small)
        width = self.extent(px).width
        self.over.draw(painter, x + (width - over.width) / 2, y - (AXIS + GAP) * px - over.descent, small)
        self.under.draw(painter, x + (width - under.width) / 2, y - (AXIS - GAP) * px + under.ascent, small)
        painter.setPen(QPen(QColor(theme.tokens().ink), max(1.0, px / 16)))
        painter.drawLine(QLineF(x + 0.06 * px, y - AXIS * px, x + width - 0.06 * px, y - AXIS * px))

    def plain(self) -> str:
        return f"{self.over.plain()}/{self.under.plain()}"


@dataclass(frozen=True, eq=False)
class Sum(Box):
    """A large Σ, with limits under and over it where they are given."""

    below: Box | None = None
    above: Box | None = None

    def measure(self, px: float) -> Extent:
        sign, small = Word("∑").extent(1.35 * px), _script_px(px)
        limits = [limit.extent(small) for limit in (self.below, self.above) if limit]
        room = max((limit.ascent + limit.descent for limit in limits), default=0.0)
        width = max([sign.width, *(limit.width for limit in limits)]) + 0.2 * px
        return Extent(width, sign.ascent * 0.92 + room, 0.16 * px + room)

    def draw(self, painter: QPainter, x: float, y: float, px: float) -> None:
        sign, width, small = Word("∑"), self.extent(px).width, _script_px(px)
        sign.draw(painter, x + (width - sign.extent(1.35 * px).width) / 2, y + 0.14 * px, 1.35 * px)
        if self.below:
            extent = self.below.extent(small)
            self.below.draw(painter, x + (width - extent.width) / 2, y + 0.2 * px + extent.ascent, small)
        if self.above:
            extent = self.above.extent(small)
            self.above.draw(painter, x + (width - extent.width) / 2, y - 0.92 * px - extent.descent, small)

    def plain(self) -> str:
        return "Σ "


@lru_cache(maxsize=1024)
def text_width(text: str, px: float) -> float:
    """Width of upright letters or figures."""
    return Word(text).extent(px).width


def draw_still(painter: QPainter, box: Box, x: float, y: float, px: float) -> None:
    """Paint a box that stays the same from a picture made once: letter by letter a page of formulas takes 4 ms."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(round(x) - MARGIN_PX, round(y) - _rise(box, px)), _picture(box, px, ratio, theme.tokens()))


@lru_cache(maxsize=256)
def _picture(box: Box, px: float, ratio: float, tokens: theme.Tokens) -> QPixmap:
    extent = box.extent(px)
    size = QSizeF(extent.width + 2 * MARGIN_PX, _rise(box, px) + extent.descent + MARGIN_PX)
    picture = QPixmap((size * ratio).toSize() + QSize(1, 1))
    picture.fill(QColor(Qt.GlobalColor.transparent))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box.draw(painter, MARGIN_PX, _rise(box, px), px)
    finally:
        painter.end()
    return picture


def _rise(box: Box, px: float) -> int:
    """Whole pixels above the baseline, with a margin for what reaches beyond its letter."""
    return ceil(box.extent(px).ascent) + MARGIN_PX


def row(*parts: Box | str) -> Row:
    """Boxes side by side; a string stands upright."""
    return Row(tuple(Word(part) if isinstance(part, str) else part for part in parts))


def letter(name: str, index: str = "", power: str = "") -> Box:
    """A variable: an italic letter, with an index and a power where they are given."""
    base = Word(name, italic=True)
    return Scripted(base, Word(index) if index else None, Word(power) if power else None) if index or power else base


def fraction(over: Box | str, under: Box | str) -> Fraction:
    """`over` / `under`."""
    return Fraction(row(over), row(under))


@lru_cache(maxsize=8192)
def _extent(box: Box, px: float) -> Extent:
    # A box never changes, and is asked many times by the boxes around it. By identity: most are built once and kept.
    return box.measure(px)


def _script_px(px: float) -> float:
    return max(SMALLEST_PX, SCRIPT_SIZE * px)


@lru_cache(maxsize=64)
def _font(px: float, italic: bool, bold: bool) -> QFont:
    return theme.math_font(px, italic, bold)


@lru_cache(maxsize=64)
def _metrics(px: float, italic: bool, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(_font(px, italic, bold))
