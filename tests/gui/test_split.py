"""The test set in the window: chosen in the data panel, drawn hollow, not trained on, and scored beside the training set."""

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from core import logistic
from core.dataset import Dataset, Source
from core.generators import generate
from core.scores import scores
from core.split import with_split
from gui import theme
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.panels.predict import PredictPanel
from gui.text import cost_text
from tests.gui.conftest import MakeWindow
from tests.gui.dialogs import gone, opened, press, steps, type_in
from tests.gui.hands import click, enter, loaded, message, pixel, plane, settled, stepped, train_to_the_end, w_b


def data_panel(window: MainWindow) -> DataPanel:
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    return panel


def predict_panel(window: MainWindow) -> PredictPanel:
    panel = window.panels["predict"]
    assert isinstance(panel, PredictPanel)
    return panel


def counts(window: MainWindow) -> list[str]:
    return [label.text() for label in data_panel(window)._counts]


def test_a_share_and_a_seed_in_the_data_panel_keep_examples_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors")
    whole, panel = window.session.experiment.dataset, data_panel(window)
    assert (panel.test_share.text(), panel.test_seed.text(), panel.test_seed.isEnabled()) == ("0 %", "0", False)
    enter(qtbot, panel.test_share, "20")
    assert np.array_equal(window.session.experiment.dataset.test, with_split(whole, 0.2, 0).test)  # type: ignore[arg-type]
    assert (panel.test_share.text(), panel.test_seed.text()) == ("20 %", "0")
    assert counts(window) == ["benign: 36 + 9", "malignant: 36 + 9"]
    assert "90 examples, 18 kept back" in window.header.caption.text()
    enter(qtbot, panel.test_seed, "7")
    assert np.array_equal(window.session.experiment.dataset.test, with_split(whole, 0.2, 7).test)  # type: ignore[arg-type]
    enter(qtbot, panel.test_share, "0 %")
    assert window.session.experiment.dataset.test is None
    assert counts(window) == ["benign: 45", "malignant: 45"]
    assert "kept back" not in window.header.caption.text()
    assert steps(window.session)[0] == ["Train/test split"] * 3
    window.session.undo_stack.undo()
    assert (panel.test_share.text(), panel.test_seed.text()) == ("20 %", "7")


@pytest.mark.parametrize(
    ("text", "words"), [("95", "Test set 95 % is not possible"), ("-1", "from 0 % to 90 %"), ("half", "“half” is not a number")]
)
def test_a_share_that_is_not_possible_is_said_and_keeps_nothing_back(qtbot: QtBot, window: MainWindow, text: str, words: str) -> None:
    enter(qtbot, data_panel(window).test_share, text)
    assert words in message(window)
    assert data_panel(window).test_share.property("invalid")
    assert window.session.experiment.dataset.test is None


def test_the_dialog_shows_the_split_in_force_and_ends_it_with_none(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "tumors", "--test-share", "0.4", "--split-seed", "5")
    assert data_panel(window).test_share.text() == "40 %"
    dialog = opened(qtbot, window, "split")
    assert dialog.amounts.values == {"share": 0.4, "seed": 5}
    type_in(qtbot, dialog, "share", "0")
    press(qtbot, dialog.ok)
    gone(qtbot, window)
    assert window.session.experiment.dataset.test is None


def test_what_is_kept_back_does_not_pull_on_w_and_b(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "overlap", "--test-share", "0.3", "--iterations", "500")
    train_to_the_end(qtbot, window)
    split = with_split(window.session.experiment.dataset, 0.3)
    w, b = np.zeros(2), 0.0
    for _ in range(500):
        dj_dw, dj_db = logistic.gradient(split.training.X, split.training.y, w, b)
        w, b = w - 0.1 * dj_dw, b - 0.1 * dj_db
    assert w_b(window.session.frame_now) == pytest.approx([*w, b], rel=1e-9)


def test_accuracy_and_cost_of_both_sets_are_shown_and_follow_the_run(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "overlap")
    table = predict_panel(window).scores
    assert not table.test_accuracy.isVisible()
    assert not table.loss.isVisible()
    enter(qtbot, data_panel(window).test_share, "30 %")
    stepped(qtbot, window.session, 20)
    found = scores(window.session.frame_now)
    assert found.test is not None
    assert found.test.accuracy != found.training.accuracy
    assert table.accuracy.text() == f"{found.training.accuracy:.1%}"
    assert table.test_accuracy.text() == f"{found.test.accuracy:.1%}"
    assert table.loss.text() == cost_text(found.training.loss) == cost_text(window.session.frame_now.J)
    assert table.test_loss.text() == cost_text(found.test.loss)
    assert table.test_loss.isVisible()
    window.session.seek(1)
    assert table.loss.text() == cost_text(window.session.frame_now.J)


def test_the_scores_of_many_examples_come_from_a_thread(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=with_split(generate("clouds", size=50_000), 0.2))
    table = predict_panel(window).scores
    assert (table.accuracy.text(), table.test_loss.text()) == ("…", "…")
    qtbot.waitUntil(lambda: table.test_loss.text() == "0.6931", timeout=20_000)
    assert table.test_accuracy.text() == "50.0%"


def test_many_examples_are_split_in_a_thread(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=generate("clouds", size=50_000))
    enter(qtbot, data_panel(window).test_share, "10")
    assert window.session.experiment.dataset.test is None
    loaded(qtbot, window)
    assert window.session.experiment.dataset.kept_back.m == 5_000
    assert data_panel(window).test_share.text() == "10 %"


@pytest.mark.parametrize("label", [0, 1])
def test_what_is_kept_back_is_drawn_hollow(window: MainWindow, label: int) -> None:
    X = np.array([[0.0, 0.0], [2.0, 2.0], [0.0, 2.0], [2.0, 0.0]])
    window.session.edit("Four", dataset=Dataset(X, [label] * 4, source=Source("Four"), test=[False, True, False, False]))  # type: ignore[arg-type]
    image = plane(window).area.grab().toImage()
    tokens = theme.tokens()
    full, hollow = (image.pixelColor(pixel(plane(window).area, at)) for at in ((0.0, 0.0), (2.0, 2.0)))
    assert full == tokens.class_colour(label)
    assert hollow == QColor(tokens.panel)


def test_a_point_that_is_added_is_trained_on(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--test-share", "0.3")
    kept = window.session.experiment.dataset.kept_back.m
    click(qtbot, plane(window).area, (2.5, 1.4))
    assert window.session.experiment.dataset.kept_back.m == kept
    assert window.session.experiment.dataset.training.m == 6 - kept + 1


def test_training_says_why_it_cannot_start_when_all_of_a_class_is_kept_back(qtbot: QtBot, window: MainWindow) -> None:
    dataset = window.session.experiment.dataset
    window.session.edit("All of class 1", dataset=Dataset(dataset.X, dataset.y, source=dataset.source, test=dataset.y == 1))
    window.session.play()
    assert "at least one example of each class" in message(window)
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 0


def test_the_panels_of_a_split_need_no_scrolling_on_a_small_screen(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "breast-cancer", "--test-share", "0.2", size=(1366, 768))
    window.session.pointer.set_probe((15.0, 20.0))
    settled(qtbot, window)
    (scroll,) = (area for area in window.findChildren(QScrollArea) if area.isAncestorOf(window.panels["data"]))
    assert scroll.verticalScrollBar().maximum() == 0
    for label in [*data_panel(window)._counts, predict_panel(window).scores.test_loss, window.header.caption]:
        assert label.width() >= label.sizeHint().width(), label.text()


def test_the_split_goes_with_the_data_and_a_new_sample_has_none(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--test-share", "0.3")
    window.opening.open_sample("moons")
    loaded(qtbot, window)
    assert window.session.experiment.dataset.test is None
    assert data_panel(window).test_share.text() == "0 %"


@pytest.mark.parametrize(("zeros", "ones"), [(45, 45), (333, 45), (9_999, 9_999), (400_000, 400_000)])
def test_the_balance_of_the_classes_makes_no_panel_wider_than_its_column(
    qtbot: QtBot, make_window: MakeWindow, zeros: int, ones: int
) -> None:
    window = make_window("--sample", "tumors", size=(1366, 768))
    panel = data_panel(window)
    width = panel.width()
    tumors = window.session.experiment.dataset
    y = np.repeat([0.0, 1.0], [zeros, ones])
    many = Dataset(np.zeros((zeros + ones, 2)), y, tumors.feature_names, tumors.class_names, Source("Many"))
    window.session.edit("Many", dataset=with_split(many, 0.2))
    qtbot.waitUntil(lambda: all(label.width() >= label.sizeHint().width() for label in panel._counts))
    assert panel.width() == width
    assert f"{round(0.2 * zeros):,} are kept back" in panel._counts[0].toolTip()
