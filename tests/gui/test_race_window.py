"""A race as a class sees it: two to six runs side by side, from the dialog to the table, driven by play, step and the timeline."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from core.lanes import ALPHA, LAMBDA, SCALING, Lane
from core.samples import blobs
from core.trainer import Status
from core.verdict import Ending, Kind
from gui.dialogs.race import RaceDialog
from gui.drawing.runs_model import COST, LEAST, NAME, VERDICT, WITHIN
from gui.main_window import MainWindow
from gui.session import Session
from tests.gui.conftest import MakeSession, MakeWindow
from tests.gui.hands import action, choose, cost_curve, enter, iterated, key, message, plane, settled, train_to_the_end
from tests.gui.test_runs import cell, landscape, press_row, runs_view

CONTROL = Qt.KeyboardModifier.ControlModifier
SCENARIO_2 = {0.001: 0.608, 0.01: 0.336, 0.1: 0.183, 1.0: 0.165, 3.0: 0.165}


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """Two clouds, 200 iterations, at full speed."""
    window = make_window("--sample", "blobs", "--iterations", "200")
    window.session.set_speed(None)
    return window


def dialog(qtbot: QtBot, window: MainWindow) -> RaceDialog:
    """The dialog that Ctrl+R opens."""
    key(qtbot, window, Qt.Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RaceDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, RaceDialog)
    return found


def raced(qtbot: QtBot, window: MainWindow, values: str = "") -> None:
    """A race over these alphas, or over those that the dialog proposes, run to its end."""
    asked = dialog(qtbot, window)
    if values:
        enter(qtbot, asked.values, values)
    else:
        qtbot.keyClick(asked, Qt.Key.Key_Return)
    finished(qtbot, window)


def finished(qtbot: QtBot, window: MainWindow) -> None:
    """The race has come to its end, and the keys are those of the window again."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: window.session.status in (Status.FINISHED, Status.DIVERGED), timeout=20_000)
    settled(qtbot, window)


def costs(session: Session) -> dict[float, float]:
    """J of every lane by its alpha, at the iteration shown."""
    return {row.experiment.alpha: row.J for row in session.runs.rows()}


def test_scenario_2_too_small_right_and_large_race_against_each_other(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window)
    assert window.session.frame_now.iteration == 200
    assert costs(window.session) == pytest.approx(SCENARIO_2, abs=5e-4)
    assert runs_view(window).isVisible()
    qtbot.waitUntil(lambda: cell(window, 0, LEAST) == "0.1649", timeout=20_000)
    by_name = {cell(window, row, NAME): (cell(window, row, COST), cell(window, row, WITHIN)) for row in range(5)}
    assert by_name["α 0.001"] == ("0.6079", "—")
    assert by_name["α 1"][1] == "71"
    assert by_name["α 3"][1] == "20"


def test_every_lane_is_the_run_of_its_alpha_alone(qtbot: QtBot, window: MainWindow, make_session: MakeSession) -> None:
    raced(qtbot, window, "0.03, 0.3")
    for alpha, J in costs(window.session).items():
        alone = make_session(window.session.experiment.dataset, alpha=alpha, iterations=200)
        train_to_the_end(qtbot, alone)
        assert alone.frame_now.J == J


def test_all_lanes_are_shown_at_the_iteration_that_is_looked_back_at(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window)
    end = costs(window.session)
    window.session.seek(50)
    rows = window.session.runs.rows()
    assert {row.iteration for row in rows} == {50}
    assert all(end[alpha] < J for alpha, J in costs(window.session).items())
    heads = {float(ghost.head[0]) for ghost in cost_curve(window).ghosts.ghosts if ghost.head is not None}
    assert heads == {50.0}


def test_space_step_and_the_timeline_drive_all_lanes(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Race", rivals=(Lane(ALPHA, 1.0), Lane(ALPHA, 3.0)))
    window.session.set_speed(60.0)
    key(qtbot, window, Qt.Key.Key_Space)
    iterated(qtbot, window, 5)
    key(qtbot, window, Qt.Key.Key_Space)
    settled(qtbot, window)
    k = window.session.frame_now.iteration
    assert [lane.last for lane in window.session.frame_now.trace.lanes] == [k, k]
    key(qtbot, window, Qt.Key.Key_Right)
    settled(qtbot, window)
    assert [lane.last for lane in window.session.frame_now.trace.lanes] == [k + 1, k + 1]
    key(qtbot, window, Qt.Key.Key_Left)
    assert {row.iteration for row in window.session.runs.rows()} == {k}


def test_paths_and_boundaries_of_all_lanes_move(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window)
    assert len(landscape(window).ghosts.ghosts) == 4
    late = [line.points.copy() for line in plane(window).ghosts.moving.lines]
    assert len(late) == 4
    window.session.seek(1)
    early = [line.points for line in plane(window).ghosts.moving.lines]
    assert any(abs(a - b).max() > 1e-3 for a, b in zip(early, late, strict=True))


def test_undo_takes_the_race_away_and_brings_the_run_before_it_back(qtbot: QtBot, window: MainWindow) -> None:
    window.session.step(40)
    settled(qtbot, window)
    before = window.session.frame_now.J
    raced(qtbot, window)
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)
    assert window.session.experiment.rivals == ()
    frame = window.session.frame_now
    assert (frame.iteration, frame.J) == pytest.approx((40, before), rel=1e-12)
    assert cost_curve(window).ghosts.ghosts == ()
    key(qtbot, window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, window)
    assert costs(window.session) == pytest.approx(SCENARIO_2, abs=5e-4), "redo brings the race back with its rows"


def test_a_race_over_scalings_and_one_over_lambdas(qtbot: QtBot, window: MainWindow) -> None:
    asked = dialog(qtbot, window)
    choose(qtbot, asked.field, "Scaling")
    asked.scalings["max"].setFocus()
    qtbot.keyClick(asked.scalings["max"], Qt.Key.Key_Space)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    finished(qtbot, window)
    assert [row.experiment.scaling for row in window.session.runs.rows()] == ["none", "max", "zscore"]
    assert landscape(window).ghosts.ghosts == (), "their w and b are those of other columns"
    asked = dialog(qtbot, window)
    choose(qtbot, asked.field, "Regularization λ")
    enter(qtbot, asked.values, "0, 1, 10")
    finished(qtbot, window)
    assert [row.experiment.lambda_ for row in window.session.runs.rows()] == [0.0, 1.0, 10.0]


@pytest.mark.parametrize("values", ["1", "1, 1", "1, 2, 3, 4, 5, 6, 7", "1, two", "", "0.1, -1"])
def test_values_that_cannot_race_are_refused_in_a_sentence_and_nothing_changes(qtbot: QtBot, window: MainWindow, values: str) -> None:
    asked = dialog(qtbot, window)
    enter(qtbot, asked.values, values) if values else asked.values.clear()
    if not values:
        qtbot.keyClick(asked.values, Qt.Key.Key_Return)
    assert asked.isVisible() and asked.message.text()
    assert window.session.experiment.rivals == () and window.session.undo_stack.count() == 0
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [])


def test_the_alpha_in_force_is_among_those_that_are_proposed(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Change learning rate", alpha=0.3)
    asked = dialog(qtbot, window)
    assert asked.values.text() == "0.001, 0.01, 0.3, 1, 3"
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [])


def test_a_lane_is_deleted_pinned_and_restored_like_any_run(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window)
    press_row(qtbot, window, 1)
    qtbot.keyClick(runs_view(window).area, Qt.Key.Key_Delete)
    settled(qtbot, window)
    assert [row.experiment.alpha for row in window.session.runs.rows()] == [0.1, 0.01, 1.0, 3.0]
    assert window.session.frame_now.iteration == 200, "the others stay where they are"
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)
    assert len(window.session.runs.rows()) == 5
    press_row(qtbot, window, 4)
    key(qtbot, window, Qt.Key.Key_P)
    assert window.session.runs.pinned[0].experiment.alpha == 3.0
    qtbot.keyClick(runs_view(window).area, Qt.Key.Key_Return)
    settled(qtbot, window)
    assert (window.session.experiment.alpha, window.session.experiment.rivals) == (3.0, ())
    assert costs(window.session) == pytest.approx({3.0: SCENARIO_2[3.0]}, abs=5e-4)
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)
    assert costs(window.session).keys() == SCENARIO_2.keys()


def test_the_race_ends_by_command_and_the_own_run_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window)
    action(window, "end race").trigger()
    settled(qtbot, window)
    assert window.session.experiment.rivals == () and window.session.frame_now.iteration == 200
    assert not action(window, "end race").isEnabled()
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)
    assert len(window.session.frame_now.trace.lanes) == 4


def test_points_that_are_moved_during_a_race_are_moved_for_every_lane(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window, "0.1, 1")
    window.session.edit_points("Add", window.session.experiment.dataset.with_point([5.0, 5.0], 0))
    settled(qtbot, window)
    assert window.session.frame_now.iteration == 200
    for row in window.session.runs.rows():
        cost, mean_loss = row.J, row.frame.mean_loss()
        assert cost == pytest.approx(mean_loss)


def test_a_lane_that_diverges_leaves_the_others_to_finish(qtbot: QtBot, make_session: MakeSession) -> None:
    lanes = (Lane(ALPHA, 0.7),)
    session = make_session(blobs(1, 200, 1.0, 1.2), model="linear", alpha=0.5, iterations=20_000, rivals=lanes)
    train_to_the_end(qtbot, session)
    assert session.status is Status.FINISHED
    (lane,) = session.runs.lanes(session.frame_now)
    assert lane.iteration < 20_000


OWN_DIVERGES: dict[str, Any] = {"model": "linear", "alpha": 50.0, "iterations": 20_000, "rivals": (Lane(ALPHA, 0.1), Lane(ALPHA, 0.01))}


def test_when_the_own_run_diverges_the_others_finish(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(blobs(1, 200, 1.0, 1.2), **OWN_DIVERGES)
    train_to_the_end(qtbot, session)
    frame = session.frame_now
    assert session.status is Status.FINISHED
    assert frame.iteration == 20_000 and frame.own_iteration < 1000
    assert [lane.iteration for lane in session.runs.lanes(frame)] == [20_000] * 2
    assert np.isfinite([frame.J, *frame.w, frame.b]).all()
    assert session.judge.now is not None and session.judge.now.kind is Kind.DIVERGING and session.judge.now.stopped is None
    assert f"{frame.own_iteration}" in session.message


def test_when_the_stop_rule_ends_the_own_run_the_others_go_on_to_their_own_end(qtbot: QtBot, make_session: MakeSession) -> None:
    lanes = (Lane(ALPHA, 0.1), Lane(ALPHA, 0.05))
    session = make_session(blobs(1, 200, 1.0, 1.2), alpha=1.0, iterations=20_000, stop_below=1e-4, rivals=lanes)
    train_to_the_end(qtbot, session)
    frame = session.frame_now
    ends = [frame.own_iteration, *(lane.iteration for lane in session.runs.lanes(frame))]
    assert session.status is Status.FINISHED and len(set(ends)) == 3 and frame.iteration == max(ends) < 20_000
    assert session.judge.now is not None and session.judge.now.stopped is Ending.RULE


def test_looking_back_reaches_iterations_after_the_own_run_has_diverged(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(blobs(1, 200, 1.0, 1.2), **OWN_DIVERGES)
    train_to_the_end(qtbot, session)
    own_last = session.frame_now.own_iteration
    session.seek(5000)
    assert session.looking_back and session.frame_now.iteration == 5000
    assert [lane.iteration for lane in session.runs.lanes(session.frame_now)] == [5000] * 2
    session.step(-1)
    assert session.frame_now.iteration == 4999
    session.seek(own_last)
    assert session.frame_now.iteration == own_last
    session.seek(5000)
    session.play()
    train_to_the_end(qtbot, session)
    assert session.frame_now.iteration == 20_000 and session.frame_now.own_iteration == own_last


def test_a_setting_changed_after_the_own_run_has_diverged_starts_all_again(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(blobs(1, 200, 1.0, 1.2), **OWN_DIVERGES)
    train_to_the_end(qtbot, session)
    session.edit("α", alpha=0.05)
    settled(qtbot, session)
    assert session.frame_now.iteration == 0
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.iteration == 20_000 and session.frame_now.trace.end == 20_000


def test_the_own_run_goes_on_when_the_rule_that_stopped_it_is_switched_off(qtbot: QtBot, make_session: MakeSession) -> None:
    lanes = (Lane(ALPHA, 0.05),)
    session = make_session(blobs(1, 200, 1.0, 1.2), alpha=1.0, iterations=500, stop_below=1e-4, rivals=lanes)
    train_to_the_end(qtbot, session)
    last = session.frame_now.own_iteration
    assert last < session.frame_now.iteration
    session.edit("No rule", stop_below=None)
    settled(qtbot, session)
    assert session.judge.now is not None and session.judge.now.stopped is Ending.USER
    train_to_the_end(qtbot, session)
    assert session.undo_stack.undoText() == "No rule"
    assert [row.iteration for row in session.runs.rows()] == [500, 500]
    assert session.frame_now.trace.iteration[: last + 1].tolist() == list(range(last + 1))


def test_an_ended_run_is_as_it_was_after_a_lane_is_deleted_and_brought_back(qtbot: QtBot, make_session: MakeSession) -> None:
    lanes = (Lane(ALPHA, 0.1), Lane(ALPHA, 0.05))
    session = make_session(blobs(1, 200, 1.0, 1.2), alpha=1.0, iterations=500, stop_below=1e-4, rivals=lanes)
    train_to_the_end(qtbot, session)
    ends = [row.iteration for row in session.runs.rows()]
    session.runs.delete(lanes[0])
    settled(qtbot, session)
    assert [row.iteration for row in session.runs.rows()] == [ends[0], ends[2]]
    session.undo_stack.undo()
    settled(qtbot, session)
    assert [row.iteration for row in session.runs.rows()] == ends
    session.seek(ends[0] + 5)
    session.play()
    train_to_the_end(qtbot, session)
    assert [row.iteration for row in session.runs.rows()] == ends


def test_w_and_b_are_moved_where_the_own_run_has_ended(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(blobs(1, 200, 1.0, 1.2), **OWN_DIVERGES)
    train_to_the_end(qtbot, session)
    last = session.frame_now.own_iteration
    session.seek(5000)
    session.move_w_b(np.array([0.3, 0.2]), 0.1)
    settled(qtbot, session)
    frame = session.frame_now
    assert (*frame.w, frame.b) == (0.3, 0.2, 0.1) and frame.iteration == last
    assert [lane.iteration for lane in session.runs.lanes(frame)] == [last] * 2
    assert str(last) in session.undo_stack.undoText()


def test_play_after_a_race_that_was_played_from_looking_back_starts_again(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(blobs(1, 200, 1.0, 1.2), **{**OWN_DIVERGES, "iterations": 400})
    train_to_the_end(qtbot, session)
    session.seek(200)
    train_to_the_end(qtbot, session)
    session.play()
    session.pause()
    settled(qtbot, session)
    assert session.experiment.iterations == 400 and session.undo_stack.undoText() == "Restart"


def test_what_lies_ahead_of_play_after_looking_back_is_dropped_for_all_and_undo_brings_it_back(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window)
    window.session.seek(30)
    window.session.step(0)
    window.session.set_speed(1.0)
    window.session.play()
    window.session.pause()
    settled(qtbot, window)
    k = window.session.frame_now.trace.last
    assert k < 200 and [lane.last for lane in window.session.frame_now.trace.lanes] == [k] * 4
    window.session.undo_stack.undo()
    settled(qtbot, window)
    assert [lane.last for lane in window.session.frame_now.trace.lanes] == [200] * 4


@pytest.mark.parametrize("field", [ALPHA, LAMBDA, SCALING])
def test_a_window_closes_in_the_middle_of_a_race(qtbot: QtBot, make_window: MakeWindow, field: str) -> None:
    values = {ALPHA: (0.01, 0.3), LAMBDA: (1.0, 10.0), SCALING: ("zscore", "max")}[field]
    window = make_window("--sample", "blobs", "--iterations", "1000000000")
    window.session.set_speed(None)
    window.session.edit("Race", rivals=tuple(Lane(field, value, slot) for slot, value in enumerate(values)))
    window.session.play()
    iterated(qtbot, window, 1000)
    window.close()
    assert not window.session.live.trainer._thread.is_alive()


def test_a_race_without_both_classes_says_what_is_missing(qtbot: QtBot, window: MainWindow) -> None:
    action(window, "new").trigger()
    asked = dialog(qtbot, window)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert "at least one example of each class" in message(window)


def test_methods_race_against_each_other(qtbot: QtBot, window: MainWindow) -> None:
    asked = dialog(qtbot, window)
    choose(qtbot, asked.field, "Method")
    qtbot.keyClick(asked.methods["adam"], Qt.Key.Key_Space)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    finished(qtbot, window)
    assert [row.experiment.method for row in window.session.runs.rows()] == ["gradient", "momentum", "adam"]
    assert {row.iteration for row in window.session.runs.rows()} == {200}
    assert [cell(window, row, NAME) for row in range(3)] == ["gradient descent", "momentum", "adam"]
    window.session.seek(100)
    window.session.play()  # the lanes go on with what they know beside w and b
    qtbot.waitUntil(lambda: window.session.frame_now.iteration == 200 and not window.session.training, timeout=20_000)
    assert [lane.last for lane in window.session.frame_now.trace.lanes] == [200, 200]


def test_every_lane_has_its_verdict(qtbot: QtBot, window: MainWindow) -> None:
    raced(qtbot, window)
    qtbot.waitUntil(lambda: cell(window, 1, VERDICT).startswith("Stopped ·") and cell(window, 4, VERDICT).startswith("At"), timeout=20_000)


def test_above_the_minimum_each_lane_is_measured_from_the_minimum_of_its_own_j(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("Race", rivals=(Lane(LAMBDA, 10.0),), alpha=1.0)
    train_to_the_end(qtbot, window)
    bottoms = window.session.runs.bottoms
    qtbot.waitUntil(lambda: bottoms.of(window.session.experiment.rival_experiments[0]) is not None, timeout=20_000)
    action(window, "axes above J*").trigger()
    settled(qtbot, window)
    window.session.seek(20)
    (ghost,), (lane,) = cost_curve(window).ghosts.ghosts, window.session.runs.lanes(window.session.frame_now)
    bottom = bottoms.of(lane.experiment)
    assert bottom is not None and bottom.infimum is not None and ghost.head is not None
    assert 10 ** ghost.head[1] == pytest.approx(lane.J - bottom.infimum)
