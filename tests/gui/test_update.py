"""The update in numbers: what is shown is what core computes, the switch between the two rules, and the table of contributions."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.experiment import Experiment
from core.frame import Frame
from core.models import MODELS
from core.other_path import other_path
from core.samples import blobs
from core.update_rules import UPDATES
from gui.drawing.contribution_table import HEAD_PX, ROW_PX
from gui.main_window import MainWindow
from gui.plots.update import UpdateView
from tests.gui.conftest import MakeSession, MakeWindow
from tests.gui.hands import action, hover, key, plane, settled, stepped, train_to_the_end

NUMBER = r"(−?[\d.,]+(?:e−?\d+)?)"
ROW = re.compile(
    rf"= +{NUMBER}/{NUMBER}(?: \+ {NUMBER})? = {NUMBER}(?:w\d+|b) := .* = {NUMBER} − {NUMBER} · \({NUMBER}\) = {NUMBER}(?: .*)?$"
)


def card(window: MainWindow) -> UpdateView:
    view = window.plots["update"]
    assert isinstance(view, UpdateView)
    return view


def read(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def shown_rows(window: MainWindow) -> list[list[float]]:
    """Sum, m, λ term, derivative, old value, α, derivative again, new value of each row."""
    found = [ROW.search(line) for line in card(window).area.text().splitlines()]
    assert all(found), card(window).area.text()
    return [[read(part or "0") for part in match.groups()] for match in found if match]


@pytest.mark.parametrize("model", ["logistic", "linear"])
@pytest.mark.parametrize("rule", UPDATES)
@pytest.mark.parametrize("seed", range(3))
def test_the_numbers_shown_are_those_of_the_specification(qtbot: QtBot, window: MainWindow, seed: int, rule: str, model: str) -> None:
    rng = np.random.default_rng(seed)
    data = Dataset(rng.normal(size=(40, 2)), np.arange(40) % 2, source=Source("Random"))
    lambda_, start = (0.0, 1.5, 0.2)[seed], tuple(rng.normal(size=3).tolist())
    window.session.edit("Random", dataset=data, model=model, alpha=0.37, lambda_=lambda_, start=start, update=rule)
    frame = stepped(qtbot, window.session, 3)
    w, b = frame.w.copy(), frame.b
    new_w, new_b = UPDATES[rule](MODELS[model], data.X, data.y, w, b, 0.37, lambda_)
    rows = shown_rows(window)
    assert len(rows) == 3
    for j, (total, m, penalty, derivative, old, alpha, again, new) in enumerate(rows):
        before, after = ([*w, b][j], [*new_w, new_b][j])
        assert m == 40
        assert alpha == 0.37
        assert old == pytest.approx(before, rel=1e-4)
        assert new == pytest.approx(after, rel=1e-4)
        assert derivative == again == pytest.approx((before - after) / 0.37, rel=1e-3)
        assert penalty == pytest.approx(lambda_ / 40 * before if j < 2 else 0.0, rel=1e-3)
        assert total / m + penalty == pytest.approx(derivative, rel=2e-2, abs=1e-3)
    assert card(window).iterations.text() == "iteration 3 → 4"


def test_the_numbers_follow_the_frame_that_is_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    train_to_the_end(qtbot, window)
    for iteration in (9_999, 5_000, 0, 1_234):
        window.session.seek(iteration)
        frame = window.session.frame_now
        assert [row[4] for row in shown_rows(window)] == pytest.approx([*frame.w, frame.b], rel=1e-4)
        following = frame.trace.row_at(iteration + 1)
        after = [*frame.trace.w[following], frame.trace.b[following]]
        assert [row[7] for row in shown_rows(window)] == pytest.approx(after, rel=1e-4)


def test_polynomials_have_a_row_for_each_term(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Degree", degree=3, scaling="zscore", alpha=0.01)
    stepped(qtbot, window.session, 2)
    lines = card(window).area.text().splitlines()
    assert len(lines) == 10
    assert "x1x2^2" in lines[7]
    assert card(window).height() < 200, "they scroll"


def test_many_examples_are_counted_in_the_background(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Many", dataset=blobs(1, 30_000, 1, 1.2), alpha=0.5)
    settled(qtbot, window)
    qtbot.waitUntil(lambda: not window.session.computing)
    frame = window.session.frame_now
    data = frame.experiment.dataset
    dj_dw, dj_db = MODELS["logistic"].gradient(data.X, data.y, frame.w, frame.b)
    assert [row[3] for row in shown_rows(window)] == pytest.approx([*dj_dw, dj_db], rel=1e-3)


def test_a_derivative_that_is_0_but_for_rounding_is_shown_as_0(window: MainWindow) -> None:
    assert card(window).area.text().splitlines()[2].endswith("b := b − α ∂J/∂b = 0.0000 − 0.1 · (0.000) = 0.0000")


def test_without_examples_it_says_so_and_keeps_its_height(qtbot: QtBot, window: MainWindow) -> None:
    height = card(window).height()
    action(window, "new").trigger()
    settled(qtbot, window)
    assert card(window).hint.isVisible()
    assert card(window).iterations.text() == ""
    QApplication.processEvents()
    assert card(window).height() == height, "the plane must not move under the mouse that clicks the first example"


# The two rules.


def test_the_switch_runs_the_other_rule_from_the_start_and_undo_brings_the_run_back(qtbot: QtBot, window: MainWindow) -> None:
    stepped(qtbot, window.session, 20)
    key(qtbot, window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, window)
    assert window.session.experiment.update == "sequential"
    assert window.session.frame_now.iteration == 0
    assert card(window).title.text() == "Update, one after the other"
    assert action(window, "update sequential").isChecked()
    action(window, "undo").trigger()
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 20
    assert action(window, "update simultaneous").isChecked()


def test_scenario_9_through_the_session(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(blobs(1, 200, 1, 1.2), alpha=3.0, iterations=2_000)
    one = run(qtbot, session)
    session.edit("Rule", update="sequential")
    other = run(qtbot, session)
    peer = other_path(Experiment(session.experiment.dataset, alpha=3.0), 2_000)
    assert np.linalg.norm(one.trace.w[1] - other.trace.w[1]) == pytest.approx(0.53, abs=0.005)
    assert np.linalg.norm(one.w - other.w) < 1e-9
    np.testing.assert_allclose(other.trace.w, peer.w)
    session.edit("Small", alpha=0.1)
    session.restart()
    slow = run(qtbot, session)
    session.edit("Rule", update="simultaneous")
    apart = np.linalg.norm(run(qtbot, session).trace.w - slow.trace.w, axis=1)
    assert apart.max() == pytest.approx(0.0045, abs=0.00005)


def run(qtbot: QtBot, session) -> Frame:  # type: ignore[no-untyped-def]
    train_to_the_end(qtbot, session)
    frame: Frame = session.frame_now
    assert frame.iteration == 2_000
    return frame


# The table.


@pytest.fixture
def large(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    """A window with the card enlarged, ten iterations into the course's data."""
    window = make_window()
    stepped(qtbot, window.session, 10)
    window.workspace.enlarge("update")
    qtbot.waitUntil(lambda: card(window).table.isVisible() and card(window).table.contributions is not None)
    return window


def test_enlarged_it_lists_what_every_example_adds(large: MainWindow) -> None:
    lines = [line.split("\t") for line in card(large).table.text().splitlines()]
    frame = large.session.frame_now
    data = frame.experiment.dataset
    f = frame.predict(data.X)
    for k, (label, *values) in enumerate(lines[:6]):
        error = f[k] - data.y[k]
        assert label == str(k + 1)
        assert [read(value) for value in values] == pytest.approx([f[k], data.y[k], error, *(error * data.X[k])], rel=1e-3)
    label, *sums = lines[-1]
    assert label == "Σ"
    assert [read(value) for value in sums if value] == pytest.approx([(f - data.y).sum(), *((f - data.y) @ data.X)], rel=1e-3)


def test_of_many_examples_it_lists_the_largest_and_counts_the_others(qtbot: QtBot, large: MainWindow) -> None:
    large.session.edit("Many", dataset=blobs(1, 200, 1, 1.2))
    qtbot.waitUntil(lambda: "180 others" in card(large).table.text())
    assert len(card(large).table.text().splitlines()) == 22


def test_a_row_under_the_mouse_lights_its_example(qtbot: QtBot, large: MainWindow) -> None:
    table = card(large).table
    qtbot.mouseMove(table, QPoint(100, HEAD_PX + 2 * ROW_PX + 5))
    qtbot.waitUntil(lambda: large.session.pointer.hovered == 2)
    qtbot.mouseMove(table, QPoint(100, HEAD_PX + 4 * ROW_PX + 5))
    qtbot.waitUntil(lambda: large.session.pointer.hovered == 4)
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert large.session.pointer.hovered is None


def test_an_example_under_the_mouse_on_the_plane_lights_its_row(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    hover(qtbot, plane(window).area, (3.0, 0.5))
    assert window.session.pointer.hovered == 3
    hover(qtbot, plane(window).area, (2.6, 2.4))
    assert window.session.pointer.hovered is None
    window.workspace.enlarge("update")
    table = card(window).table
    qtbot.waitUntil(lambda: table.isVisible() and table.contributions is not None)
    dark = table.grab().toImage()
    window.session.pointer.set_hovered(3)
    assert table.grab().toImage() != dark


def test_the_ring_on_the_plane_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    area = plane(window).area
    before = area.grab().toImage()
    window.session.pointer.set_hovered(4)
    assert area.grab().toImage() != before
    window.session.pointer.set_hovered(None)
    assert area.grab().toImage() == before


def test_an_example_that_is_gone_is_hovered_no_longer(window: MainWindow) -> None:
    window.session.pointer.set_hovered(5)
    window.session.edit("Erase", dataset=window.session.experiment.dataset.without([5]))
    assert window.session.pointer.hovered is None
