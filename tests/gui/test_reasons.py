"""The views that give reasons: the sigmoid, the loss of one example, and the vectorization bench."""

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import kernels
from core.models import MODELS
from core.samples import blobs
from core.vectorization import WAYS
from gui.drawing.bench_rows import duration
from gui.main_window import MainWindow
from gui.plots.loss import LossView
from gui.plots.sigmoid import SigmoidView
from gui.plots.vectorization import VectorizationView
from tests.gui.conftest import MakeWindow
from tests.gui.hands import action, hover, key, plane, settled, stepped, train_to_the_end

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def read(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def numbers(text: str, *names: str) -> list[float]:
    """The numbers behind `name = ` in a text."""
    found = [re.search(rf"(?:^|[\s]){re.escape(name)} = (−?[\d.,]+(?:e−?\d+)?)", text) for name in names]
    assert all(found), text
    return [read(match.group(1)) for match in found if match]


@pytest.fixture
def sigmoid(qtbot: QtBot, window: MainWindow) -> SigmoidView:
    """The sigmoid, shown by its key."""
    key(qtbot, window, Qt.Key.Key_S, SHIFT)
    view = window.plots["sigmoid"]
    assert isinstance(view, SigmoidView)
    assert view.isVisible()
    return view


@pytest.fixture
def loss(qtbot: QtBot, window: MainWindow) -> LossView:
    """The loss curves, shown by their key."""
    key(qtbot, window, Qt.Key.Key_O, SHIFT)
    view = window.plots["loss"]
    assert isinstance(view, LossView)
    assert view.isVisible()
    return view


@pytest.fixture
def bench(qtbot: QtBot, window: MainWindow) -> VectorizationView:
    """The bench, shown by its key."""
    key(qtbot, window, Qt.Key.Key_V, SHIFT)
    view = window.plots["vectorization"]
    assert isinstance(view, VectorizationView)
    assert view.isVisible()
    return view


def test_they_are_not_shown_unasked(window: MainWindow) -> None:
    assert not {"sigmoid", "loss", "vectorization"} & set(window.workspace.shown())
    assert "update" in window.workspace.shown()


# The sigmoid.


@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_a_hovered_example_says_its_z_f_y_and_loss(qtbot: QtBot, window: MainWindow, sigmoid: SigmoidView, model: str) -> None:
    window.session.edit("Model", model=model, alpha=0.05, start=(0.4, -0.3, 0.2))
    frame = stepped(qtbot, window.session, 30)
    data = frame.experiment.dataset
    z = data.X @ frame.w + frame.b
    losses = MODELS[model].losses(data.X, data.y, frame.w, frame.b)
    for index in (0, 4):
        hover(qtbot, sigmoid.area, (float(z[index]), float(data.y[index])))
        assert window.session.pointer.hovered == index
        text = sigmoid.readout.text()
        assert numbers(text, "z", "f", "y")[:3] == pytest.approx([z[index], frame.predict(data.X)[index], data.y[index]], rel=1e-3)
        name = "½ (f − y)²" if model == "linear" else "−log f" if data.y[index] else "−log (1 − f)"
        assert numbers(text, name) == pytest.approx([losses[index]], rel=1e-3)


def test_an_example_under_the_mouse_on_the_plane_is_lit_on_the_sigmoid(qtbot: QtBot, window: MainWindow, sigmoid: SigmoidView) -> None:
    stepped(qtbot, window.session, 30)
    before = sigmoid.area.grab().toImage()
    hover(qtbot, plane(window).area, (3.0, 0.5))
    assert sigmoid.readout.isVisible()
    assert sigmoid.area.grab().toImage() != before
    hover(qtbot, plane(window).area, (2.6, 2.4))
    assert not sigmoid.readout.isVisible()


def test_the_range_of_z_grows_in_steps_and_holds_every_example(qtbot: QtBot, window: MainWindow, sigmoid: SigmoidView) -> None:
    train_to_the_end(qtbot, window)
    seen = set()
    for iteration in range(0, 10_001, 500):
        window.session.seek(iteration)
        frame = window.session.frame_now
        z = frame.experiment.dataset.X @ frame.w + frame.b
        low, high = sigmoid.area.view.x_range()
        assert low <= z.min()
        assert z.max() <= high
        seen.add(round(high, 6))
    assert 1 < len(seen) <= 4


def test_of_many_examples_a_part_is_drawn_and_said_so(qtbot: QtBot, window: MainWindow, sigmoid: SigmoidView) -> None:
    assert sigmoid.note.text() == ""
    window.session.edit("Many", dataset=blobs(1, 5_000, 1, 1.2))
    settled(qtbot, window)
    assert sigmoid.note.text() == "2,000 of 5,000 examples, drawn at random"
    window.session.pointer.set_hovered(4_321)
    frame = window.session.frame_now
    f = frame.predict(frame.experiment.dataset.X[[4_321]])[0]
    assert numbers(sigmoid.readout.text(), "f") == pytest.approx([f], rel=1e-3)


# The loss of one example.


def test_the_loss_of_the_hovered_example_is_shown_with_its_formula(qtbot: QtBot, window: MainWindow, loss: LossView) -> None:
    frame = stepped(qtbot, window.session, 40)
    data = frame.experiment.dataset
    losses = MODELS["logistic"].losses(data.X, data.y, frame.w, frame.b)
    f = frame.predict(data.X)
    for index in (1, 5):
        hover(qtbot, plane(window).area, tuple(data.X[index].tolist()))
        assert numbers(loss.readout.text(), "f", "y") == pytest.approx([f[index], data.y[index]], rel=1e-3)
        formula, with_numbers = loss.formula.text().splitlines()
        assert formula == "L(f, y) = −y log f − (1 − y) log (1 − f)"
        assert read(with_numbers.rpartition("= ")[2]) == pytest.approx(losses[index], rel=1e-3)
        hover(qtbot, loss.area, (float(f[index]), float(losses[index])))
        assert window.session.pointer.hovered == index
    assert read(loss.mean.text().split()[-1]) == pytest.approx(frame.J, rel=1e-3)


def test_the_probed_example_shows_what_its_loss_would_be_in_either_class(qtbot: QtBot, window: MainWindow, loss: LossView) -> None:
    frame = stepped(qtbot, window.session, 40)
    window.session.pointer.set_probe((2.5, 2.0))
    f = float(frame.predict(np.array([[2.5, 2.0]]))[0])
    text = loss.readout.text()
    assert numbers(text, "f", "−log f", "−log (1 − f)") == pytest.approx([f, -np.log(f), -np.log(1 - f)], rel=1e-3)
    window.session.pointer.set_probe(None)
    assert not loss.readout.isVisible()


def test_for_linear_regression_it_is_half_the_squared_error(qtbot: QtBot, window: MainWindow, loss: LossView) -> None:
    window.session.edit("Linear", model="linear", alpha=0.05)
    frame = stepped(qtbot, window.session, 10)
    window.session.pointer.set_hovered(2)
    f = float(frame.predict(frame.experiment.dataset.X[[2]])[0])
    assert numbers(loss.readout.text(), "½ (f − y)²") == pytest.approx([0.5 * f**2], rel=1e-3)
    assert loss.formula.text().startswith("L(f, y) = ½ (f − y)^2\n")


# The bench.


def measured(qtbot: QtBot, window: MainWindow, bench: VectorizationView) -> None:
    key(qtbot, window, Qt.Key.Key_M, CONTROL)
    assert bench.measuring
    assert not action(window, "measure").isEnabled()
    qtbot.waitUntil(lambda: not bench.measuring, timeout=20_000)


def test_the_bench_measures_three_ways_and_says_that_they_agree(qtbot: QtBot, window: MainWindow, bench: VectorizationView) -> None:
    stepped(qtbot, window.session, 20)
    assert [bar.elapsed_s for bar in bench.area.bars] == [None] * 3
    measured(qtbot, window, bench)
    assert len(bench.area.bars) == len(WAYS)
    assert all(bar.elapsed_s and bar.elapsed_s > 0 for bar in bench.area.bars)
    assert [bar.equal for bar in bench.area.bars] == [True, None, True]
    assert "1.0 ×" in bench.area.text()
    assert bench.iterations.text() == "iteration 20 → 21"
    assert action(window, "measure").isEnabled()


def test_other_data_take_the_times_away(qtbot: QtBot, window: MainWindow, bench: VectorizationView) -> None:
    measured(qtbot, window, bench)
    window.session.edit("Alpha", alpha=0.5)
    assert bench.area.bars[0].elapsed_s is not None, "another α takes as long"
    key(qtbot, window, Qt.Key.Key_M, CONTROL)
    window.session.edit("Blobs", dataset=blobs(1, 50, 1, 1.2))
    assert not bench.measuring
    assert [bar.elapsed_s for bar in bench.area.bars] == [None] * 3
    assert bench.caption.text() == "One iteration on 50 examples with 2 columns"
    settled(qtbot, window)


def test_nothing_is_measured_where_nobody_sees_it_or_nothing_is_there(qtbot: QtBot, window: MainWindow) -> None:
    assert not action(window, "measure").isEnabled()
    window.workspace.show_plot("vectorization")
    assert action(window, "measure").isEnabled()
    action(window, "new").trigger()
    assert not action(window, "measure").isEnabled()
    settled(qtbot, window)


def test_the_kernel_that_is_not_ready_is_said_to_be_compiled(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernels, "current", lambda: kernels.numpy_advance)
    window = make_window()
    window.workspace.show_plot("vectorization")
    view = window.plots["vectorization"]
    assert isinstance(view, VectorizationView)
    measured(qtbot, window, view)
    assert view.area.bars[2].elapsed_s is None
    assert "being compiled" in view.area.bars[2].note


@pytest.mark.parametrize(
    ("elapsed_s", "text"), [(2.5, "2.50 s"), (0.0123, "12.3 ms"), (1.5e-5, "15.0 µs"), (4.4e-8, "44.0 ns"), (0.25, "250 ms")]
)
def test_times_are_written_for_people(elapsed_s: float, text: str) -> None:
    assert duration(elapsed_s) == text
