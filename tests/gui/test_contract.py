"""What every plot and every panel must bear: each entry of the two registries is put through every kind of run, light and dark."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.samples import make_sample
from core.trainer import Status
from gui.main_window import MainWindow
from gui.panels import PANELS
from gui.panels.base import Panel
from gui.plots import PLOTS
from gui.plots.base import Plot
from tests.gui.conftest import MakeWindow
from tests.gui.hands import settled, train_to_the_end

THEMES = ("light", "dark")
CARDS = [("plots", key) for key in PLOTS] + [("panels", key) for key in PANELS]


def nothing_to_train(window: MainWindow, qtbot: QtBot) -> None:
    window.opening.new_dataset()
    window.session.play()
    window.session.step()
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 0


def one_class(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("One class", dataset=Dataset([[0.0, 0.0], [1.0, 2.0]], [1, 1], source=Source("One class")))
    window.session.play()
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 0


def one_example(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("One example", dataset=Dataset([[2.0, 2.0]], [0], source=Source("One example")))
    settled(qtbot, window)


def full_run(window: MainWindow, qtbot: QtBot) -> None:
    train_to_the_end(qtbot, window)
    assert window.session.status is Status.FINISHED


def curved_run(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("Ring", dataset=make_sample("ring"), degree=3, scaling="zscore", alpha=1.0, iterations=500)
    train_to_the_end(qtbot, window)
    assert window.session.status is Status.FINISHED


def divergence(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("Linear", model="linear", alpha=100.0)
    train_to_the_end(qtbot, window)
    assert window.session.status is Status.DIVERGED


def another_method(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("Adam", method="adam", iterations=500)
    train_to_the_end(qtbot, window)
    window.session.seek(100)
    window.session.edit("Stochastic", method="stochastic")
    train_to_the_end(qtbot, window)
    window.session.seek(7)
    assert window.session.frame_now.iteration == 7


def far_from_zero(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("Far", start=(1e90, -1e90, 1e90))
    window.session.step(3)
    settled(qtbot, window)


def huge_units(window: MainWindow, qtbot: QtBot) -> None:
    X = np.array([[1e100, -1e-100], [2e100, 1e-100], [3e100, 0.0]])
    window.session.edit("Huge", dataset=Dataset(X, [0, 1, 1], source=Source("Huge")), scaling="zscore")
    train_to_the_end(qtbot, window)


def one_place(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("One place", dataset=Dataset([[3.0, 3.0]] * 4, [0, 1, 0, 1], source=Source("One place")), scaling="zscore")
    train_to_the_end(qtbot, window)


def one_feature(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("One feature", dataset=make_sample("course-1d"))
    train_to_the_end(qtbot, window)
    window.session.pointer.set_probe((2.0,))
    window.session.seek(100)


def one_feature_diverged(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("One feature", dataset=make_sample("course-1d"), model="linear", alpha=100.0, degree=2)
    train_to_the_end(qtbot, window)
    assert window.session.status is Status.DIVERGED


def one_feature_in_huge_units(window: MainWindow, qtbot: QtBot) -> None:
    dataset = Dataset([[1e100], [2e100], [2e100]], [0, 1, 1], ("x",), source=Source("Huge"))
    window.session.edit("Huge", dataset=dataset, start=(1e90, 1e90))
    window.session.step(3)
    settled(qtbot, window)
    window.session.edit("Erase", dataset=dataset.without(range(3)))
    settled(qtbot, window)


def scrub_back(window: MainWindow, qtbot: QtBot) -> None:
    train_to_the_end(qtbot, window)
    for iteration in (5000, 1, 0, 9999):
        window.session.seek(iteration)
        assert window.session.frame_now.iteration == iteration


def probed_and_all_erased(window: MainWindow, qtbot: QtBot) -> None:
    window.session.step(10)
    settled(qtbot, window)
    window.session.pointer.set_probe((1.0, 1.0))
    window.session.edit("Erase", dataset=window.session.experiment.dataset.without(range(6)))
    settled(qtbot, window)


STORIES: list[Callable[[MainWindow, QtBot], None]] = [
    nothing_to_train,
    one_class,
    one_example,
    full_run,
    curved_run,
    divergence,
    another_method,
    far_from_zero,
    huge_units,
    one_place,
    one_feature,
    one_feature_diverged,
    one_feature_in_huge_units,
    scrub_back,
    probed_and_all_erased,
]


def cards(window: MainWindow) -> dict[str, QWidget]:
    """Every card, and the data table where it is open."""
    found = {key: getattr(window, registry)[key] for registry, key in CARDS}
    return found if window.workspace.stage.table is None else {**found, "data table": window.workspace.stage.table}


def show_all(window: MainWindow, qtbot: QtBot) -> None:
    """Those too that are not shown at first."""
    for key in PLOTS:
        window.workspace.show_plot(key)
    qtbot.waitUntil(lambda: all(plot.isVisible() for plot in window.plots.values()))
    settled(qtbot, window)


def laid_out(qtbot: QtBot, window: MainWindow) -> None:
    """Until no card changes its size any more: a text that has come last may make room for itself."""
    seen: list[list[QSize]] = []

    def is_still() -> bool:
        seen.append([card.size() for card in cards(window).values()])
        return len(seen) > 4 and all(sizes == seen[-1] for sizes in seen[-4:])

    qtbot.waitUntil(is_still)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def colours(image: QImage) -> int:
    """How many different colours a grid of the picture's pixels has."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)})


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.replace("_", " "))
def test_every_plot_and_panel_lives_through_it_and_shows_a_picture_that_is_not_blank(
    qtbot: QtBot, make_window: MakeWindow, story: Callable[[MainWindow, QtBot], None]
) -> None:
    window = make_window()
    window.actions_by_name["data table"].trigger()
    window.set_theme("light")
    show_all(window, qtbot)
    story(window, qtbot)
    settled(qtbot, window)
    laid_out(qtbot, window)
    light = {key: picture(card) for key, card in cards(window).items()}
    window.set_theme("dark")
    settled(qtbot, window)
    laid_out(qtbot, window)
    dark = {key: picture(card) for key, card in cards(window).items()}
    for key in light:
        assert colours(light[key]) > 4, f"{key} is blank"
        assert colours(dark[key]) > 4, f"{key} is blank in the dark"
        assert light[key].size() == dark[key].size(), f"{key} changes its size with the theme"
        corner = light[key].width() // 2, 4
        assert light[key].pixelColor(*corner).lightness() > 200 > 60 > dark[key].pixelColor(*corner).lightness(), f"{key} ignores the theme"


@pytest.mark.parametrize("key", [key for key in PLOTS])
def test_every_plot_shows_another_picture_at_another_iteration(qtbot: QtBot, window: MainWindow, key: str) -> None:
    show_all(window, qtbot)
    train_to_the_end(qtbot, window)
    settled(qtbot, window)
    last = picture(window.plots[key])
    window.session.seek(3)
    settled(qtbot, window)
    assert picture(window.plots[key]) != last
    window.session.seek(10_000)
    settled(qtbot, window)
    assert picture(window.plots[key]) == last


@pytest.mark.parametrize(("registry", "key"), CARDS)
def test_a_card_made_late_shows_what_one_that_was_there_all_along_shows(qtbot: QtBot, window: MainWindow, registry: str, key: str) -> None:
    show_all(window, qtbot)
    train_to_the_end(qtbot, window)
    window.session.seek(4000)
    settled(qtbot, window)
    old = getattr(window, registry)[key]
    late: Plot | Panel = PLOTS[key].make(window.session, window.actions_by_name) if registry == "plots" else PANELS[key](window.session)
    late.setParent(window.centralWidget())
    late.resize(old.size())
    late.show()
    late.apply_theme()
    settled(qtbot, window)
    QApplication.processEvents()  # a text that has just become wider is laid out
    inside = late.rect().adjusted(12, 48, -12, -12)  # without the header, whose buttons are measured before one of them is checked
    assert late.grab(inside).toImage() == old.grab(inside).toImage()


@pytest.mark.parametrize(("registry", "key"), CARDS)
def test_every_card_has_a_title(window: MainWindow, registry: str, key: str) -> None:
    assert getattr(window, registry)[key].title.text()


@pytest.mark.parametrize("name", THEMES)
def test_the_chosen_theme_is_remembered(make_window: MakeWindow, name: str) -> None:
    make_window().set_theme(name)
    assert make_window().actions_by_name[f"theme {name}"].isChecked()
