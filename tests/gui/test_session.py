"""The session without a window: edits and undo, what a run survives, and what it says when it cannot go on."""

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.errors import SettingError
from core.logistic import cost
from core.samples import make_sample
from core.trainer import Status
from gui.session import Session
from tests.gui.conftest import MakeSession
from tests.gui.hands import iterated, settled, stepped, train_to_the_end, w_b

# Edits.

EDITS: dict[str, dict[str, Any]] = {
    "alpha": {"alpha": 0.3},
    "lambda": {"lambda_": 0.5},
    "iterations": {"iterations": 77},
    "threshold": {"threshold": 0.3},
    "start": {"start": (1.0, 2.0, -3.0)},
    "scaling": {"scaling": "zscore"},
    "degree": {"degree": 2},
    "model": {"model": "linear"},
    "point": {"dataset": Dataset(np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([0.0, 1.0]))},
    "data": {"dataset": make_sample("tumors")},
    "two at once": {"alpha": 0.2, "scaling": "max"},
}


def without_source(value: object) -> object:
    """A bare dataset is given the source of the one before."""
    return (value.X.tolist(), value.y.tolist()) if isinstance(value, Dataset) else value


@pytest.mark.parametrize("changes", EDITS.values(), ids=EDITS.keys())
def test_every_edit_can_be_undone_and_redone(session: Session, changes: dict[str, Any]) -> None:
    before = session.experiment
    session.edit("Change it", **changes)
    for name, value in changes.items():
        assert without_source(getattr(session.experiment, name)) == without_source(value)
    assert session.undo_stack.undoText() == "Change it"
    session.undo_stack.undo()
    for name in changes:
        assert getattr(session.experiment, name) is getattr(before, name)
    session.undo_stack.redo()
    for name, value in changes.items():
        assert without_source(getattr(session.experiment, name)) == without_source(value)


def test_an_edit_tells_that_the_experiment_changed_and_emits_a_frame_of_it(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignals([session.experiment_changed, session.frame], order="strict"):
        session.edit("Change it", alpha=0.3)
    assert session.frame_now.experiment is session.experiment


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"alpha": 0.0}, r"Learning rate α 0(\.0)? is not possible; give a number above 0, up to 1,000,000"),
        ({"alpha": float("nan")}, "Learning rate α nan is not possible; give a number above 0, up to 1,000,000"),
        ({"iterations": 2_000_000_000}, "Iterations [2000,]* is not possible; give a whole number from 1 to 1,000,000,000"),
        ({"lambda_": -1.0}, r"Regularization λ -1(\.0)? is not possible; give a number from 0 to 1,000,000,000"),
        ({"start": (1.0,)}, "Start 1 is not possible; give 3 numbers, w1, w2, b, separated by commas"),
        ({"scaling": "huge"}, "Scaling huge is not known; choose one of none, max, mean, minmax, zscore"),
        ({"degree": 99}, "Degree 99 is not possible; give a whole number from 1 to 6"),
        ({"model": "cubic"}, "Model cubic is not known; choose one of logistic, linear"),
    ],
)
def test_an_impossible_edit_raises_says_what_is_allowed_and_changes_nothing(
    qtbot: QtBot, session: Session, changes: dict[str, Any], sentence: str
) -> None:
    frame = stepped(qtbot, session)
    before = session.experiment
    with pytest.raises(SettingError, match=sentence):
        session.edit("Change it", **changes)
    assert session.experiment is before
    assert session.undo_stack.count() == 0
    assert session.frame_now is frame


def test_an_edit_that_changes_nothing_is_no_undo_step(session: Session) -> None:
    session.edit("Change it", alpha=session.experiment.alpha, dataset=session.experiment.dataset)
    assert session.undo_stack.count() == 0


def test_edits_with_the_same_merge_key_are_one_step(session: Session) -> None:
    for alpha in (0.2, 0.3, 0.4):
        session.edit("Slide", merge="slide", alpha=alpha)
    assert session.undo_stack.count() == 1
    assert session.experiment.alpha == 0.4
    session.undo_stack.undo()
    assert session.experiment.alpha == 0.1
    session.undo_stack.redo()
    assert session.experiment.alpha == 0.4


def test_edits_with_other_merge_keys_or_with_another_edit_between_are_steps_of_their_own(session: Session) -> None:
    session.edit("Slide", merge="first", alpha=0.2)
    session.edit("Slide", merge="second", alpha=0.3)
    session.edit("Other", lambda_=1.0)
    session.edit("Slide", merge="second", alpha=0.4)
    assert session.undo_stack.count() == 4


def test_a_merged_edit_after_undo_is_a_step_of_its_own(session: Session) -> None:
    session.edit("Slide", merge="slide", alpha=0.2)
    session.undo_stack.undo()
    session.edit("Slide", merge="slide", alpha=0.3)
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.experiment.alpha == 0.1


def test_a_merged_drag_brings_back_the_run_of_before_the_drag(qtbot: QtBot, session: Session) -> None:
    before = stepped(qtbot, session)
    expected = w_b(before)
    session.seek(40)
    for x in (0.1, 0.2, 0.3):
        session.edit("Move", merge="drag", dataset=session.experiment.dataset.with_moved(0, (x, x)))
    settled(qtbot, session)
    assert session.frame_now.trace.last == 40
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.trace.last == 100
    session.seek(100)
    assert w_b(session.frame_now) == expected


# What a run survives.

GOES_ON: dict[str, dict[str, Any]] = {
    "alpha": {"alpha": 0.3},
    "lambda": {"lambda_": 0.5},
    "iterations": {"iterations": 500},
    "threshold": {"threshold": 0.2},
}
STARTS_AGAIN: dict[str, dict[str, Any]] = {
    "scaling": {"scaling": "zscore"},
    "degree": {"degree": 2},
    "model": {"model": "linear"},
    "start": {"start": (1.0, 2.0, -3.0)},
    "other data": {"dataset": make_sample("blobs")},
    "other names": {"dataset": Dataset(np.eye(2), np.array([0.0, 1.0]), ("height", "width"))},
}


@pytest.mark.parametrize("changes", GOES_ON.values(), ids=GOES_ON.keys())
def test_a_setting_that_keeps_the_meaning_of_w_and_b_lets_the_run_go_on(qtbot: QtBot, session: Session, changes: dict[str, Any]) -> None:
    before = w_b(stepped(qtbot, session))
    session.edit("Change it", **changes)
    settled(qtbot, session)
    assert session.frame_now.iteration == 100
    assert w_b(session.frame_now) == before
    marks = [(mark.iteration, mark.text) for mark in session.frame_now.trace.marks]
    assert marks == ([] if changes.keys() <= {"iterations", "threshold"} else [(100, "Change it")])


@pytest.mark.parametrize("changes", STARTS_AGAIN.values(), ids=STARTS_AGAIN.keys())
def test_a_change_of_the_meaning_of_w_and_b_starts_again_and_undo_brings_the_run_back(
    qtbot: QtBot, session: Session, changes: dict[str, Any]
) -> None:
    before = w_b(stepped(qtbot, session))
    session.edit("Change it", **changes)
    settled(qtbot, session)
    assert session.frame_now.iteration == 0
    assert session.frame_now.trace.last == 0
    assert session.status is Status.READY
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.iteration == 100
    assert w_b(session.frame_now) == before
    assert session.status is Status.PAUSED


def test_points_edited_by_a_bare_dataset_of_the_same_names_keep_w_and_b(qtbot: QtBot, session: Session) -> None:
    before = stepped(qtbot, session)
    names, J_before = session.experiment.dataset.feature_names, before.J
    session.edit("Other points", dataset=Dataset([[0.0, 0.0], [3.0, 3.0]], [0, 1], names))
    settled(qtbot, session)
    assert session.frame_now.iteration == 100
    assert w_b(session.frame_now) == w_b(before)
    assert pytest.approx(J_before) != session.frame_now.J


def test_a_dataset_from_elsewhere_starts_again_even_if_its_names_are_the_same(qtbot: QtBot, session: Session) -> None:
    stepped(qtbot, session)
    session.edit("Other data", dataset=Dataset([[0.0, 0.0], [3.0, 3.0]], [0, 1], source=Source("Elsewhere")))
    assert session.frame_now.iteration == 0


def test_the_scaling_of_a_run_is_kept_while_its_points_are_edited(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(scaling="zscore")
    stepped(qtbot, session)
    fitted = session.experiment.features
    boundary = session.frame_now.w_b_raw
    session.edit("Add", dataset=session.experiment.dataset.with_point((50.0, 50.0), 1))
    settled(qtbot, session)
    assert session.experiment.features is fitted
    assert [*session.frame_now.w_b_raw[0], session.frame_now.w_b_raw[1]] == pytest.approx([*boundary[0], boundary[1]])


def test_settings_changed_at_iteration_0_take_effect_without_a_mark(qtbot: QtBot, session: Session) -> None:
    session.edit("Change it", alpha=0.3)
    settled(qtbot, session)
    assert session.frame_now.trace.marks == ()
    session.step()
    settled(qtbot, session)
    X, y = session.experiment.dataset.X, session.experiment.dataset.y
    dj_dw = ((0.5 - y) @ X) / len(y)  # f = 0.5 everywhere at zeros
    assert session.frame_now.w == pytest.approx(-0.3 * dj_dw)


def test_alpha_changed_while_training_takes_effect_and_the_run_trains_on(qtbot: QtBot, session: Session) -> None:
    session.set_speed(500.0)
    session.play()
    iterated(qtbot, session, 20)
    session.edit("Change learning rate", alpha=0.5)
    assert session.training
    iterated(qtbot, session, session.frame_now.iteration + 50)
    session.pause()
    settled(qtbot, session)
    trace = session.frame_now.trace
    (mark,) = trace.marks
    at = mark.iteration
    for k, alpha in ((at - 2, 0.1), (at + 2, 0.5)):
        f = 1 / (1 + np.exp(-(session.experiment.dataset.X @ trace.w[k] + trace.b[k])))
        dj_db = np.mean(f - session.experiment.dataset.y)
        assert trace.b[k + 1] == pytest.approx(trace.b[k] - alpha * dj_db, rel=1e-10)


def test_scaling_changed_while_training_starts_again_and_trains_on(qtbot: QtBot, session: Session) -> None:
    session.play()
    iterated(qtbot, session, 1)
    session.edit("Change scaling", scaling="zscore")
    assert session.frame_now.iteration == 0
    iterated(qtbot, session, 1)
    assert session.training


def test_more_iterations_let_a_finished_run_go_on(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=50)
    train_to_the_end(qtbot, session)
    assert session.status is Status.FINISHED
    session.edit("Change iterations", iterations=80)
    settled(qtbot, session)
    assert session.status is Status.PAUSED
    train_to_the_end(qtbot, session)
    assert session.frame_now.iteration == 80
    assert session.frame_now.trace.iteration.tolist() == list(range(81))


def test_playing_a_changed_run_after_its_end_says_how_many_iterations_there_are_now(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=1000)
    train_to_the_end(qtbot, session)
    session.edit("Change learning rate", alpha=0.2)
    settled(qtbot, session)
    train_to_the_end(qtbot, session)
    assert session.experiment.iterations == 2000
    assert session.undo_stack.undoText() == "More iterations"
    assert "2,000" in session.message, "it stays, also when the run has ended"
    session.edit("Change learning rate", alpha=0.3)
    assert session.message == ""


def test_playing_at_the_most_iterations_there_can_be_says_nothing_of_more(
    qtbot: QtBot, make_session: MakeSession, monkeypatch: Any
) -> None:
    monkeypatch.setattr("gui.session.MAX_ITERATIONS", 50)
    session = make_session(iterations=50)
    train_to_the_end(qtbot, session)
    session.edit("Change learning rate", alpha=0.2)
    settled(qtbot, session)
    session.play()
    settled(qtbot, session)
    assert session.message == ""
    assert session.experiment.iterations == 50


# The selection.


def test_an_edit_by_hand_keeps_the_selection_or_says_what_it_is_then(session: Session) -> None:
    session.selection.select([4, 1, 4])
    assert session.selection.rows.tolist() == [1, 4]
    session.edit_points("Move points", session.experiment.dataset.with_moved([1, 4], [[0.0, 0.0], [1.0, 1.0]]))
    assert session.selection.rows.tolist() == [1, 4]
    session.edit_points("Erase points", session.experiment.dataset.without([1, 4]), selected=[])
    assert len(session.selection) == 0


def test_undo_and_redo_of_what_moved_or_relabelled_keep_the_selection(session: Session) -> None:
    dataset = session.experiment.dataset
    for edited in (
        dataset.with_moved([1, 4], [[0.0, 0.0], [1.0, 1.0]]),
        dataset.with_labels([1, 4], 1),
        dataset.renamed(classes=("a", "b")),
    ):
        session.selection.select([1, 4])
        session.edit_points("Edit", edited)
        session.undo_stack.undo()
        assert session.selection.rows.tolist() == [1, 4]
        session.undo_stack.redo()
        assert session.selection.rows.tolist() == [1, 4]


def test_other_data_and_undo_of_what_came_or_went_end_the_selection(session: Session) -> None:
    dataset = session.experiment.dataset
    for edited in (dataset.with_point((0.0, 0.0), 1), dataset.without([5])):
        session.selection.select([2])
        session.edit_points("Edit", edited)
        session.undo_stack.undo()
        assert len(session.selection) == 0
    session.selection.select([2])
    session.edit("Change learning rate", alpha=0.3)
    assert session.selection.rows.tolist() == [2]
    session.edit("Other", dataset=Dataset(dataset.X, dataset.y, source=Source("Other")))
    assert len(session.selection) == 0


# Examples kept back.


def test_keeping_examples_back_changes_the_cost_and_goes_on(qtbot: QtBot, session: Session) -> None:
    stepped(qtbot, session, 5)
    dataset = session.experiment.dataset
    test = np.arange(dataset.m) % 3 == 0
    session.edit("Split", dataset=Dataset(dataset.X, dataset.y, test=test))
    settled(qtbot, session)
    assert session.frame_now.iteration == 5
    session.step(1)
    settled(qtbot, session)
    assert session.frame_now.iteration == 6
    without = dataset.without(np.flatnonzero(test))
    frame = session.frame_now
    assert pytest.approx(cost(without.X, without.y, frame.w, frame.b)) == frame.J


def test_a_plane_whose_last_training_example_is_erased_goes_on_with_the_next_one(qtbot: QtBot, session: Session) -> None:
    dataset = session.experiment.dataset
    test = np.arange(dataset.m) >= 2
    session.edit("Split", dataset=Dataset(dataset.X, dataset.y, test=test))
    session.edit("Erase", dataset=session.experiment.dataset.without([0, 1]))
    settled(qtbot, session)
    session.play()
    assert "at least one example of each class" in session.message


def test_a_threshold_moves_nothing_of_a_run_looked_back_at_finished_or_diverged(qtbot: QtBot, session: Session) -> None:
    """It is no setting of the run: not a row is dropped, no mark is left, and the status stays."""
    session.edit("Few", iterations=50)
    train_to_the_end(qtbot, session)
    session.seek(20)
    session.edit("Change threshold", threshold=0.2)
    settled(qtbot, session)
    assert (session.frame_now.iteration, session.frame_now.trace.last, session.status) == (20, 50, Status.FINISHED)
    assert session.frame_now.experiment.threshold == 0.2
    session.edit("Linear", model="linear", alpha=100.0, iterations=10_000)
    train_to_the_end(qtbot, session)
    last = session.frame_now.trace.last
    session.edit("Change threshold", threshold=0.7)
    settled(qtbot, session)
    assert (session.status, session.frame_now.trace.last, session.frame_now.trace.marks) == (Status.DIVERGED, last, ())


def test_a_threshold_changed_while_training_lets_it_train_on(qtbot: QtBot, session: Session) -> None:
    session.set_speed(None)
    session.edit("Long", iterations=1_000_000_000)
    session.play()
    iterated(qtbot, session, 10)
    for threshold in (0.3, 0.31, 0.32):
        session.edit("Change threshold", merge=("threshold", 1), threshold=threshold)
    at = session.frame_now.iteration
    iterated(qtbot, session, at + 10)
    assert session.training
    session.pause()
    settled(qtbot, session)
    assert session.undo_stack.count() == 2
