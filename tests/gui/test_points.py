"""The examples on the plane: a picture that is made once, and a density picture when there are many."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from gui import theme
from gui.drawing.points_layer import PointsLayer
from gui.main_window import MainWindow
from tests.gui.hands import click, iterated, pixel, plane, settled

FREE = (2.5, 1.4)  # on the plane of the course's points, far from each of them


def test_the_picture_of_the_points_is_not_made_again_while_only_the_model_moves(qtbot: QtBot, window: MainWindow) -> None:
    session, points = window.session, plane(window).points
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, window, 50)
    made = points.pictures_made
    assert made >= 1
    field = plane(window).area.grab().toImage()
    made = points.pictures_made
    iterated(qtbot, window, session.frame_now.iteration + 500)
    session.pause()
    settled(qtbot, window)
    assert plane(window).area.grab().toImage() != field, "the model did not move on screen"
    assert points.pictures_made == made
    click(qtbot, plane(window).area, FREE)
    qtbot.waitUntil(lambda: points.pictures_made > made)


def test_above_20000_examples_a_density_picture_shows_both_classes_where_they_overlap(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=pile(12_500))
    assert middle_is_mixed(window)


def test_up_to_20000_examples_the_markers_of_class_1_lie_on_top(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Fewer", dataset=pile(5_000))
    assert not middle_is_mixed(window)


@pytest.mark.parametrize("each", [500, 12_500])
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_the_points_are_a_picture_in_the_pixels_of_the_screen_made_once_for_it(window: MainWindow, each: int, ratio: float) -> None:
    window.session.edit("Corners", dataset=corners(each))
    plane(window).area.view.setRange(xRange=(-1.2, 1.2), yRange=(-1.2, 1.2), padding=0)
    points = plane(window).points
    image = drawn(points, ratio)
    made = points.pictures_made
    assert drawn(points, ratio) == image
    assert points.pictures_made == made
    for corner in ((-1, -1), (1, 1), (-1, 1)):
        at = points.to_pixel(*corner) * ratio
        filled = [
            (x, y)
            for x in range(int(at.x()) - 24, int(at.x()) + 24)
            for y in range(int(at.y()) - 24, int(at.y()) + 24)
            if image.pixelColor(x, y).alpha()
        ]
        assert np.mean(filled, axis=0) + 0.5 == pytest.approx((at.x(), at.y()), abs=1.5 * ratio), "not in its place"
        wide = np.ptp(filled, axis=0).max() + 1
        assert wide == round(1.5 * ratio) if each > 10_000 else wide > 9 * ratio, "blown up"


@pytest.mark.parametrize("each", [500, 12_500])
def test_the_points_are_not_painted_again_while_the_model_moves_however_many(qtbot: QtBot, window: MainWindow, each: int) -> None:
    session, points = window.session, plane(window).points
    session.edit("Corners", dataset=corners(each))
    settled(qtbot, window)
    plane(window).area.grab()
    made = points.pictures_made
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, window, 200)
    session.pause()
    settled(qtbot, window)
    plane(window).area.grab()
    assert points.pictures_made == made
    plane(window).area.view.setRange(xRange=(-3, 3), padding=0)
    plane(window).area.grab()
    assert points.pictures_made == made + 1


def drawn(points: PointsLayer, ratio: float) -> QImage:
    """What a layer paints on a screen of this pixel ratio."""
    size = points.boundingRect().size().toSize()
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    try:
        points.draw(painter)
    finally:
        painter.end()
    return image


def corners(each: int) -> Dataset:
    """Two examples in one corner of a square, one in two others, as many of each class as wanted in its middle."""
    X = np.concatenate([np.zeros((2 * each, 2)), [[-1, -1], [1, 1], [-1, 1], [-1, -1]]])
    return Dataset(X, np.concatenate([np.zeros(each), np.ones(each), [0, 1, 1, 1]]), source=Source("Corners"))


def test_the_boundary_lies_over_a_density_picture_and_under_markers(window: MainWindow) -> None:
    layers = plane(window)
    window.session.edit("Many", dataset=pile(12_500))
    assert layers.field.zValue() < layers.points.zValue() < layers.lines.zValue()
    window.session.edit("Fewer", dataset=pile(5_000))
    assert layers.lines.zValue() < layers.points.zValue() < layers.marks.zValue()


def pile(each: int) -> Dataset:
    """As many examples of each class in the very middle of the plane, and one in each corner."""
    X = np.concatenate([np.zeros((2 * each, 2)), [[-1, -1], [1, 1]]])
    y = np.concatenate([np.zeros(each), np.ones(each), [0, 1]])
    return Dataset(X, y, source=Source("Pile"))


def middle_is_mixed(window: MainWindow) -> bool:
    """Whether the middle of the plane has the mean of the classes' colours."""
    area = plane(window).area
    image = area.grab().toImage()
    at = pixel(area, (0.0, 0.0))
    tokens = theme.tokens()
    mean = (theme.rgb(QColor(tokens.class_0)) + theme.rgb(QColor(tokens.class_1))) / 2
    around = [theme.rgb(image.pixelColor(at + QPoint(dx, dy))) for dx in range(-2, 3) for dy in range(-2, 3)]
    return any(np.abs(colour - mean).max() <= 3 for colour in around)
