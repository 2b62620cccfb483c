"""The transport bar: its slider goes over the whole run."""

from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.hands import train_to_the_end


def test_the_slider_spans_a_run_that_is_longer_than_the_iterations_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    window.session.edit("Fewer", iterations=5_000)
    slider = window.transport.slider
    assert window.session.frame_now.iteration == 10_000
    assert slider.value() == slider.maximum()
    slider.setValue(slider.maximum() // 2)
    assert window.session.looking_back
    slider.setValue(slider.maximum())
    assert window.session.frame_now.iteration == 10_000
