"""Pinned runs as a class uses them: P keeps a run as a ghost, and the table of runs shows, renames, restores, exports and deletes it."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from core.pinned import KEPT_ROWS, MOST_PINNED
from core.samples import blobs
from core.trainer import Status
from gui.drawing.runs_model import LEAST, NAME, OTHER, WITHIN
from gui.main_window import MainWindow
from gui.pinned_runs import LIVE
from gui.plots.landscape import LandscapePlot
from gui.plots.runs import RunsView
from gui.session import Session
from tests.gui.conftest import MakeSession, MakeWindow
from tests.gui.hands import action, cost_curve, key, message, plane, settled, stepped, train_to_the_end

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """Two clouds, 200 iterations."""
    return make_window("--sample", "blobs", "--iterations", "200")


def pinned(qtbot: QtBot, window: MainWindow, alpha: float) -> str:
    """The key of a run of 200 iterations that was pinned with P."""
    window.session.edit("Change learning rate", alpha=alpha)
    window.session.restart()
    train_to_the_end(qtbot, window)
    key(qtbot, window, Qt.Key.Key_P)
    made = window.session.runs.pinned[-1].key
    assert isinstance(made, str)
    return made


def runs_view(window: MainWindow) -> RunsView:
    view = window.plots["runs"]
    assert isinstance(view, RunsView)
    return view


def landscape(window: MainWindow) -> LandscapePlot:
    view = window.plots["cost landscape"]
    assert isinstance(view, LandscapePlot)
    return view


def cell(window: MainWindow, row: int, column: int) -> str:
    return str(runs_view(window).model.index(row, column).data())


def press_row(qtbot: QtBot, window: MainWindow, row: int) -> None:
    """Click on a run's J."""
    table = runs_view(window).area
    at = table.visualRect(runs_view(window).model.index(row, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_the_table_of_runs_appears_with_the_first_pinned_run(qtbot: QtBot, window: MainWindow) -> None:
    assert "runs" not in window.workspace.shown()
    pinned(qtbot, window, 1.0)
    assert runs_view(window).isVisible()
    action(window, "view runs").trigger()
    pinned(qtbot, window, 3.0)
    assert not runs_view(window).isVisible(), "who hides it does not want it back with every run"


def test_nothing_is_pinned_before_the_first_iteration_and_the_reason_is_told(qtbot: QtBot, window: MainWindow) -> None:
    key(qtbot, window, Qt.Key.Key_P)
    assert window.session.runs.pinned == ()
    assert "Space" in message(window)


def test_a_pinned_run_stays_on_curve_landscape_and_plane_while_another_one_runs(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 0.01)
    window.session.edit("Change learning rate", alpha=1.0)
    window.session.restart()
    window.session.step(20)
    settled(qtbot, window)
    run = window.session.runs.pinned[0]
    (ghost,) = cost_curve(window).ghosts.ghosts
    iteration, points = ghost.line.since(-1)
    assert iteration[-1] == 200 and points[-1, 1] == pytest.approx(float(run.trace.J[-1]))
    assert cost_curve(window).area.view.x_range()[1] >= 200, "the axis has room for the longer run"
    assert [ghost.key for ghost in landscape(window).ghosts.ghosts] == [run.key]
    (line,) = plane(window).ghosts.still.lines
    w, b = run.experiment.features.to_raw(run.trace.w[-1], float(run.trace.b[-1]))
    assert line.points @ w + b == pytest.approx(0.0, abs=1e-9)


def test_ghosts_are_drawn_once_and_not_with_every_frame(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 0.01)
    window.session.restart()
    window.session.step(1)
    settled(qtbot, window)
    curve, still = cost_curve(window).ghosts, plane(window).ghosts.still
    window.grab()
    made, picture = curve.pictures_made, still._picture
    for _ in range(5):
        window.session.step(1)
        settled(qtbot, window)
        window.grab()
    assert curve.pictures_made == made
    assert still._picture is picture


def test_a_path_over_other_parameters_is_not_drawn_on_the_landscape(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    window.session.edit("Change scaling", scaling="max")
    settled(qtbot, window)
    assert landscape(window).ghosts.ghosts == ()
    assert len(plane(window).ghosts.still.lines) == 1, "its boundary is one of the same plane"


def test_a_curved_boundary_goes_through_its_own_feature_map(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Curved", degree=2, scaling="zscore")
    pinned(qtbot, window, 1.0)
    window.session.edit("Straight", degree=1, scaling="none")
    settled(qtbot, window)
    run = window.session.runs.pinned[0]
    lines = plane(window).ghosts.still.lines
    assert lines
    points = np.concatenate([line.points for line in lines])
    z = run.experiment.features.apply(points) @ run.trace.w[-1] + run.trace.b[-1]
    assert np.abs(z).max() < 0.05


def test_a_box_hides_a_run_and_shows_it_again(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    table = runs_view(window).area
    index = runs_view(window).model.index(1, NAME)
    at = table.visualRect(index).topLeft() + QPoint(12, table.rowHeight(1) // 2)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    settled(qtbot, window)
    assert cost_curve(window).ghosts.ghosts == () and landscape(window).ghosts.ghosts == () and plane(window).ghosts.still.lines == []
    key(qtbot, window, Qt.Key.Key_H, CONTROL)
    assert len(cost_curve(window).ghosts.ghosts) == 1


def test_a_run_is_renamed_in_its_row_and_undo_takes_it_back(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    assert cell(window, 1, NAME) == "α 1"
    press_row(qtbot, window, 1)
    qtbot.keyClick(runs_view(window).area, Qt.Key.Key_F2)
    field = runs_view(window).area.findChild(QLineEdit)
    assert field is not None and field.accessibleName() and field.toolTip()
    field.selectAll()
    qtbot.keyClicks(field, "Just right")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(window, 1, NAME) == "Just right")
    assert window.session.undo_stack.undoText() == "Rename run α 1", "Enter here restores no run"
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert cell(window, 1, NAME) == "α 1"
    key(qtbot, window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert cell(window, 1, NAME) == "Just right"


def test_delete_in_the_table_takes_the_run_and_no_example_and_undo_brings_it_back(qtbot: QtBot, window: MainWindow) -> None:
    first, second = pinned(qtbot, window, 1.0), pinned(qtbot, window, 3.0)
    press_row(qtbot, window, 1)
    qtbot.keyClick(runs_view(window).area, Qt.Key.Key_Delete)
    assert [run.key for run in window.session.runs.pinned] == [second]
    assert window.session.experiment.dataset.m == 200
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert [run.key for run in window.session.runs.pinned] == [first, second]
    assert len(cost_curve(window).ghosts.ghosts) == 2


def test_undo_of_pinning_takes_the_ghost_away(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert window.session.runs.pinned == ()
    assert cost_curve(window).ghosts.ghosts == ()
    assert window.session.frame_now.iteration == 200, "the run itself stays"


def test_enter_restores_a_run_with_its_settings_and_undo_brings_back_the_one_that_was_left(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 0.01)
    window.session.edit("Other", alpha=1.0, scaling="zscore", lambda_=1.0)
    window.session.step(30)
    settled(qtbot, window)
    press_row(qtbot, window, 1)
    qtbot.keyClick(runs_view(window).area, Qt.Key.Key_Return)
    settled(qtbot, window)
    session = window.session
    now = session.experiment
    assert (now.alpha, now.scaling, now.lambda_) == (0.01, "none", 0.0)
    assert (session.frame_now.iteration, session.frame_now.J) == pytest.approx((200, 0.336), abs=1e-3)
    session.seek(100)
    assert session.frame_now.iteration == 100, "it can be scrubbed"
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)
    assert (session.experiment.alpha, session.experiment.scaling, session.frame_now.iteration) == (1.0, "zscore", 30)


def test_of_a_run_on_other_examples_only_the_settings_come_back(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 0.01)
    other = blobs(5, 100, 1.0, 1.2)
    window.session.edit("Load", dataset=other, alpha=1.0)
    press_row(qtbot, window, 1)
    key(qtbot, window, Qt.Key.Key_B, CONTROL)
    settled(qtbot, window)
    assert window.session.experiment.alpha == 0.01
    assert np.array_equal(window.session.experiment.dataset.X, other.X)
    assert window.session.frame_now.iteration == 0
    assert "examples were others" in message(window)


def test_j_of_another_function_is_told_to_be_one(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    assert runs_view(window).area.isColumnHidden(OTHER)
    window.session.edit("Regularize", lambda_=1.0)
    settled(qtbot, window)
    assert not runs_view(window).area.isColumnHidden(OTHER)
    assert cell(window, 1, OTHER) == "other λ"
    window.session.edit("Model", lambda_=0.0, model="squared")
    settled(qtbot, window)
    assert cell(window, 1, OTHER) == "other model"
    window.session.edit("Data", model="logistic", dataset=blobs(5, 100, 1.0, 1.2))
    settled(qtbot, window)
    assert cell(window, 1, OTHER) == "other data"


def test_every_run_is_measured_by_the_minimum_of_its_own_j(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    window.session.edit("Regularize", lambda_=10.0)
    train_to_the_end(qtbot, window)
    qtbot.waitUntil(lambda: cell(window, 0, LEAST) != "—" != cell(window, 1, LEAST), timeout=20_000)
    assert cell(window, 1, LEAST) == "0.1649"
    assert float(cell(window, 0, LEAST)) > 0.2
    assert cell(window, 1, WITHIN) == "71"


def test_points_that_are_added_afterwards_do_not_change_what_is_pinned(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    run = window.session.runs.pinned[0]
    before = run.trace.J.copy()
    window.session.edit_points("Add", window.session.experiment.dataset.with_point([0.0, 0.0], 1))
    window.session.restart()
    window.session.step(5)
    settled(qtbot, window)
    assert np.array_equal(run.trace.J, before)
    assert cell(window, 1, OTHER) == "other data"


def test_no_two_pinned_runs_look_the_same_and_there_is_an_end_to_them(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session()
    stepped(qtbot, session, 10)
    for _ in range(MOST_PINNED + 1):
        session.runs.pin()
    slots = [run.slot for run in session.runs.pinned]
    assert len(set(slots)) == len(slots) == MOST_PINNED
    assert str(MOST_PINNED) in session.message


def test_a_long_run_is_kept_thin_and_turns_stay(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=300_000)
    train_to_the_end(qtbot, session)
    session.runs.pin()
    settled(qtbot, session)
    (run,) = session.runs.pinned
    assert len(run.trace) <= KEPT_ROWS
    assert (run.trace.iteration[0], run.trace.last) == (0, 300_000)


def test_the_trace_and_the_table_are_exported_as_csv(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pinned(qtbot, window, 1.0)
    window.session.runs.rename(made, "=1+1, my run")
    press_row(qtbot, window, 1)
    for name, code, keys in (
        ("trace.csv", Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier),
        ("table.csv", Qt.Key.Key_E, CONTROL),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=str(tmp_path / name): (path, ""))
        key(qtbot, window, code, keys)
        qtbot.waitUntil(lambda name=name: name in message(window), timeout=20_000)
    trace = window.session.runs.pinned[0].trace
    with (tmp_path / "trace.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["J"]) for row in rows] == trace.J.tolist()
    assert [float(row["w2"]) for row in rows] == trace.w[:, 1].tolist()
    with (tmp_path / "table.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert [row["run"] for row in table] == ["α 1", "'=1+1, my run"]
    assert float(table[1]["J"]) == trace.J[-1]


def test_what_cannot_be_saved_is_told_and_nothing_is_lost(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned(qtbot, window, 1.0)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "runs.csv"), ""))
    action(window, "export runs").trigger()
    qtbot.waitUntil(lambda: "cannot be saved" in message(window), timeout=20_000)


def test_commands_of_a_ghost_are_only_there_when_one_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    names = ("restore run", "rename run", "delete run", "show run")
    assert not any(action(window, name).isEnabled() for name in names)
    pinned(qtbot, window, 1.0)
    press_row(qtbot, window, 1)
    assert all(action(window, name).isEnabled() for name in names)
    qtbot.keyClick(runs_view(window).area, Qt.Key.Key_Up)
    assert window.session.runs.chosen == LIVE
    assert not any(action(window, name).isEnabled() for name in names)


def test_space_plays_from_the_table_of_runs_too(qtbot: QtBot, window: MainWindow) -> None:
    pinned(qtbot, window, 1.0)
    press_row(qtbot, window, 1)
    qtbot.keyClick(runs_view(window).area, Qt.Key.Key_Space)
    assert window.session.status is Status.TRAINING
    settled(qtbot, window)
    assert runs_view(window).model.index(1, NAME, QModelIndex()).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_a_run_under_way_is_pinned_as_far_as_it_has_come(qtbot: QtBot, make_session: MakeSession) -> None:
    session: Session = make_session()
    stepped(qtbot, session, 10)
    session.runs.pin()
    stepped_trace = session.runs.pinned[0].trace
    session.step(10)
    settled(qtbot, session)
    assert stepped_trace.last == 10 and session.frame_now.iteration == 20
    assert session.runs.pinned[0].experiment.rivals == () and session.runs.pinned[0].experiment.fitted is not None
    assert replace(session.runs.pinned[0].experiment).features is session.experiment.features
