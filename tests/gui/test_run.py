"""The run of a session: stepping, looking back, speed, divergence, and the worker that outlives nothing."""

import threading
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.frame import Frame
from core.pace import FILM
from core.samples import make_sample
from core.trainer import Status
from gui.session import Session
from tests.gui.conftest import MakeSession
from tests.gui.hands import iterated, settled, stepped, train_to_the_end, w_b

# The run.


def test_step_and_step_back_walk_through_the_iterations(qtbot: QtBot, session: Session) -> None:
    stepped(qtbot, session, 10)
    session.step(-3)
    assert session.frame_now.iteration == 7
    assert session.looking_back
    session.step()
    assert session.frame_now.iteration == 8
    session.step(-100)
    assert session.frame_now.iteration == 0
    session.step(100)
    assert session.frame_now.iteration == 10
    assert not session.looking_back
    session.step()
    settled(qtbot, session)
    assert session.frame_now.iteration == 11


def test_seek_shows_w_b_and_j_of_that_iteration_and_pauses(qtbot: QtBot, session: Session) -> None:
    session.set_speed(5000.0)
    session.play()
    iterated(qtbot, session, 100)
    session.seek(60)
    settled(qtbot, session)
    frame = session.frame_now
    assert frame.iteration == 60
    assert frame.w.tolist() == frame.trace.w[60].tolist()
    assert frame.trace.J[60] == frame.J
    assert session.status is Status.PAUSED
    assert frame.trace.last >= 100


@pytest.mark.parametrize(("to", "shown"), [(-5, 0), (10**9, 100), (0, 0), (100, 100)])
def test_seek_outside_the_run_shows_its_nearest_end(qtbot: QtBot, session: Session, to: int, shown: int) -> None:
    stepped(qtbot, session)
    session.seek(to)
    assert session.frame_now.iteration == shown


def test_play_after_looking_back_goes_on_from_there_and_undo_brings_back_what_lay_ahead(qtbot: QtBot, session: Session) -> None:
    expected = w_b(stepped(qtbot, session))
    session.seek(30)
    session.set_speed(200.0)
    session.play()
    iterated(qtbot, session, 31)
    session.pause()
    settled(qtbot, session)
    assert session.undo_stack.undoText() == "Go on from iteration 30"
    assert 30 < session.frame_now.trace.last < 100
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.trace.last == 100
    session.seek(100)
    assert w_b(session.frame_now) == expected


def test_a_setting_changed_while_looking_back_goes_on_from_there(qtbot: QtBot, session: Session) -> None:
    stepped(qtbot, session)
    session.seek(30)
    shown = w_b(session.frame_now)
    session.edit("Change it", alpha=0.3)
    settled(qtbot, session)
    assert (session.frame_now.iteration, session.frame_now.trace.last) == (30, 30)
    assert w_b(session.frame_now) == shown
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.trace.last == 100


def test_restart_goes_to_iteration_0_of_the_same_start_and_undo_brings_the_run_back(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(start=(1.0, 1.0, -3.0))
    expected = w_b(stepped(qtbot, session))
    session.restart()
    settled(qtbot, session)
    assert session.frame_now.iteration == 0
    assert w_b(session.frame_now) == [1.0, 1.0, -3.0]
    assert pytest.approx(0.36686678640551745) == session.frame_now.J
    session.undo_stack.undo()
    settled(qtbot, session)
    assert w_b(session.frame_now) == expected
    session.undo_stack.redo()
    settled(qtbot, session)
    assert session.frame_now.iteration == 0


def test_restart_while_training_stops(qtbot: QtBot, session: Session) -> None:
    session.play()
    iterated(qtbot, session, 1)
    session.restart()
    settled(qtbot, session)
    assert session.status is Status.READY
    assert session.frame_now.iteration == 0


def test_restart_at_iteration_0_is_no_undo_step(session: Session) -> None:
    session.restart()
    assert session.undo_stack.count() == 0


def test_a_run_brought_back_by_undo_can_be_trained_on(qtbot: QtBot, session: Session) -> None:
    stepped(qtbot, session)
    session.edit("Change scaling", scaling="zscore")
    session.undo_stack.undo()
    session.step(5)
    settled(qtbot, session)
    assert session.frame_now.trace.iteration.tolist() == list(range(106))


def test_play_after_the_end_trains_again_from_the_start(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=40)
    train_to_the_end(qtbot, session)
    seen: list[int] = []
    session.frame.connect(lambda frame: seen.append(frame.iteration))
    train_to_the_end(qtbot, session)
    assert seen[0] == 0
    assert seen[-1] == 40


def test_play_and_step_follow_the_run_again_after_its_latest_iteration_was_sought(qtbot: QtBot, session: Session) -> None:
    stepped(qtbot, session, 10)
    session.seek(10)
    session.step()
    settled(qtbot, session)
    assert session.frame_now.iteration == 11
    assert not session.looking_back


# Speed.


def test_a_speed_in_iterations_per_second_is_kept(qtbot: QtBot, session: Session) -> None:
    session.set_speed(20.0)
    seen: list[int] = []
    session.frame.connect(lambda frame: seen.append(frame.iteration))
    session.play()
    iterated(qtbot, session, 3)
    assert [k for k in dict.fromkeys(seen) if 0 < k <= 3] == [1, 2, 3]


@pytest.mark.parametrize("speed", [1.0, 60.0, FILM, None])
def test_the_speed_can_be_changed_while_it_trains(qtbot: QtBot, session: Session, speed: float | str | None) -> None:
    session.set_speed(60.0)
    session.play()
    iterated(qtbot, session, 1)
    with qtbot.waitSignal(session.status_changed):
        session.set_speed(speed)
    iterated(qtbot, session, session.frame_now.iteration + 1)
    assert session.speed == speed


def test_the_film_shows_the_last_tenth_of_a_long_run_in_a_moment(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=1_000_000)
    stepped(qtbot, session, 900_000)
    session.set_speed(FILM)
    session.play()
    qtbot.waitUntil(lambda: session.status is Status.FINISHED, timeout=3_000)
    assert session.frame_now.iteration == 1_000_000


# When it cannot go on.


@pytest.mark.parametrize(
    ("settings", "sample"),
    [({"model": "linear", "alpha": 10.0}, "course"), ({"lambda_": 1e6, "alpha": 1.0}, "course"), ({"model": "linear"}, "exams")],
    ids=["linear model with a large alpha", "too large a lambda", "unscaled exams"],
)
def test_divergence_stops_at_the_last_finite_numbers_and_says_what_to_try(
    qtbot: QtBot, make_session: MakeSession, settings: dict[str, Any], sample: str
) -> None:
    session = make_session(make_sample(sample), iterations=100_000, **settings)
    train_to_the_end(qtbot, session)
    frame = session.frame_now
    assert session.status is Status.DIVERGED
    assert 0 < frame.iteration < 100_000
    assert np.isfinite([*w_b(frame), frame.J]).all()
    assert np.isfinite(frame.trace.J).all()
    assert f"After iteration {frame.iteration:,}" in session.message
    assert "smaller α" in session.message


def test_after_divergence_a_smaller_alpha_starts_again_and_play_trains(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(model="linear", alpha=10.0)
    train_to_the_end(qtbot, session)
    assert session.status is Status.DIVERGED
    session.edit("Change learning rate", alpha=0.01)
    settled(qtbot, session)
    assert session.frame_now.iteration == 0
    assert session.message == ""
    train_to_the_end(qtbot, session)
    assert session.status is Status.FINISHED


def test_after_divergence_one_can_look_back_and_go_on_with_a_smaller_alpha(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(model="linear", alpha=1.0, iterations=5000)
    train_to_the_end(qtbot, session)
    assert session.status is Status.DIVERGED
    session.seek(2)
    session.edit("Change learning rate", alpha=0.01)
    settled(qtbot, session)
    assert session.frame_now.iteration == 2
    train_to_the_end(qtbot, session)
    assert session.status is Status.FINISHED
    assert session.frame_now.J < 1.0


@pytest.mark.parametrize(
    "dataset",
    [Dataset(np.empty((0, 2)), []), Dataset([[0.0, 0.0]], [0]), Dataset([[0.0, 0.0], [1.0, 1.0]], [1, 1])],
    ids=["empty", "one example", "one class"],
)
def test_without_both_classes_it_cannot_play_and_says_why(qtbot: QtBot, make_session: MakeSession, dataset: Dataset) -> None:
    session = make_session(dataset)
    session.play()
    settled(qtbot, session)
    assert not session.training
    assert "at least one example of each class" in session.message
    session.report("")
    session.step()
    settled(qtbot, session)
    assert session.frame_now.iteration == 0
    assert "at least one example of each class" in session.message


def test_erasing_the_last_example_of_a_class_pauses_and_its_return_lets_the_run_go_on(qtbot: QtBot, session: Session) -> None:
    session.set_speed(500.0)
    session.play()
    iterated(qtbot, session, 20)
    session.edit("Erase", dataset=session.experiment.dataset.without([3, 4, 5]))
    settled(qtbot, session)
    assert session.status is Status.PAUSED
    assert session.frame_now.iteration < 5000, "it trained on without a class"
    stood_at, before = session.frame_now.iteration, w_b(session.frame_now)
    assert stood_at >= 20
    session.undo_stack.undo()
    settled(qtbot, session)
    assert w_b(session.frame_now) == before
    session.play()
    iterated(qtbot, session, stood_at + 1)


def test_erasing_everything_keeps_the_run_and_undo_goes_on_with_it(qtbot: QtBot, session: Session) -> None:
    before = w_b(stepped(qtbot, session))
    session.edit("Erase", dataset=session.experiment.dataset.without(range(6)))
    settled(qtbot, session)
    assert np.isnan(session.frame_now.J)
    assert np.isnan(session.frame_now.accuracy())
    session.undo_stack.undo()
    settled(qtbot, session)
    assert session.frame_now.iteration == 100
    assert w_b(session.frame_now) == before
    session.step()
    settled(qtbot, session)
    assert session.frame_now.iteration == 101


# The worker.


def test_closing_while_training_joins_the_worker(qtbot: QtBot, make_session: MakeSession) -> None:
    before = set(threading.enumerate())
    session = make_session(iterations=1_000_000_000)
    (worker,) = set(threading.enumerate()) - before
    session.set_speed(None)
    session.play()
    iterated(qtbot, session, 1000)
    session.close()
    assert not worker.is_alive()


def test_many_edits_in_a_row_while_training_leave_the_last_one_in_force(qtbot: QtBot, session: Session) -> None:
    session.set_speed(None)
    session.edit("Change iterations", iterations=10_000_000)
    session.play()
    for k in range(200):
        session.edit("Change learning rate", alpha=0.1 + 0.001 * k)
        if k % 10 == 0:
            session.edit("Add", dataset=session.experiment.dataset.with_point((k / 100, k / 100), k % 20 == 0))
    session.pause()
    settled(qtbot, session)
    frame = session.frame_now
    assert frame.experiment.alpha == pytest.approx(0.299)
    assert session.live.trainer._descent is not None
    assert session.live.trainer._descent.alpha == pytest.approx(0.299)
    assert session.live.trainer._descent.J == frame.J
    assert frame.experiment.dataset.m == 26
    assert np.all(np.diff(frame.trace.iteration) > 0)


def test_large_data_compute_their_first_cost_in_the_worker_and_show_it(qtbot: QtBot, session: Session) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100_000, 2))
    session.edit("Large", dataset=Dataset(X, (X.sum(axis=1) > 0).astype(float), source=Source("Large")))
    qtbot.waitUntil(lambda: pytest.approx(np.log(2)) == session.frame_now.J)
    assert session.frame_now.iteration == 0
    session.play()
    iterated(qtbot, session, 2)
    assert np.log(2) > session.frame_now.J


# Goes on after an edit.


def test_a_point_moved_after_the_end_lets_play_go_on_from_there(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(iterations=200)
    train_to_the_end(qtbot, session)
    w = session.frame_now.w
    session.edit("Move point", dataset=session.experiment.dataset.with_moved(0, (2.0, 0.2)))
    settled(qtbot, session)
    assert session.frame_now.w.tolist() == w.tolist()
    train_to_the_end(qtbot, session)
    assert session.frame_now.iteration == 400
    assert session.frame_now.w.tolist() != w.tolist()
    session.undo_stack.undo()
    assert session.experiment.iterations == 200


def test_a_stroke_leaves_one_mark(qtbot: QtBot, session: Session) -> None:
    stepped(qtbot, session, 10)
    for x in (0.6, 0.7, 0.8):
        session.edit("Move point", merge="a stroke", dataset=session.experiment.dataset.with_moved(0, (x, 1.5)))
    session.step()
    settled(qtbot, session)
    assert [mark.iteration for mark in session.frame_now.trace.marks] == [10]


def test_nothing_is_drawn_again_while_nothing_happens(qtbot: QtBot, session: Session) -> None:
    frames: list[Frame] = []
    session.set_speed(1.0)
    session.play()
    iterated(qtbot, session, 1)
    session.frame.connect(frames.append)
    iterated(qtbot, session, 2)
    assert len(frames) <= 3


def test_a_fault_in_training_is_said_and_the_worker_lives_on(qtbot: QtBot, session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_descent: object) -> None:
        raise MemoryError("no room")

    session.live.trainer.change(fail)
    session.live.watch()
    qtbot.waitUntil(lambda: "no room" in session.message)
    assert "MemoryError" in capsys.readouterr().err
    session.step()
    iterated(qtbot, session, 1)


def test_restart_right_after_play_is_back_at_iteration_0(qtbot: QtBot, session: Session) -> None:
    session.set_speed(None)
    session.play()
    session.restart()
    settled(qtbot, session)
    assert session.frame_now.iteration == 0
    assert session.frame_now.trace.last == 0
