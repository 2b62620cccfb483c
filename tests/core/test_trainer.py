"""Trainer: a descent in a thread of its own that obeys at once, keeps its pace and says what became of it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from core import kernels, logistic
from core.dataset import Dataset
from core.descent import Descent, descend
from core.errors import SettingError
from core.experiment import Experiment
from core.pace import FILM, Pace, film_iteration
from core.samples import blobs, make_sample
from core.trace import Mark, Trace
from core.trainer import Status, Trainer

DEADLINE_S = 20.0
COURSE = Experiment(make_sample("course"))
ENDLESS = 10**9


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    kernels.wait()


@pytest.fixture
def trainer() -> Iterator[Trainer]:
    trainer = Trainer()
    yield trainer
    trainer.stop()
    assert not trainer._thread.is_alive()


def wait_until(condition: Callable[[], bool]) -> None:
    """Look again and again; fails when the condition does not come true before the deadline."""
    deadline_s = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline_s, "did not happen in time"
        time.sleep(0.0005)


def settle(trainer: Trainer) -> Trace | None:
    """Wait until there is no more to come; what is published then."""
    wait_until(lambda: not trainer.busy)
    return trainer.published.trace


def last(trainer: Trainer) -> int:
    trace = trainer.published.trace
    return -1 if trace is None else trace.last


def begin(trainer: Trainer, pace: Pace = None, iterations: int = ENDLESS, experiment: Experiment = COURSE) -> None:
    """A run that plays, and has made its first iterations."""
    trainer.install(experiment.descent, iterations)
    trainer.set_pace(pace)
    trainer.play()
    wait_until(lambda: last(trainer) > 0)


# A whole run.


def test_it_plays_to_the_end_and_gives_the_rows_of_descend(trainer: Trainer) -> None:
    trainer.set_pace(None)
    trainer.install(COURSE.descent, 10_000)
    trainer.play()
    trace = settle(trainer)
    assert trainer.published.status is Status.FINISHED
    truth = descend(COURSE.dataset.X, COURSE.dataset.y, alpha=0.1, iterations=10_000)
    assert trace is not None
    assert trace.iteration.tolist() == truth.iteration.tolist()
    assert (trace.w == truth.w).all()
    assert (truth.J == trace.J).all()


def test_a_new_run_is_ready_and_does_not_move_by_itself(trainer: Trainer) -> None:
    assert trainer.published.status is Status.READY
    assert not trainer.busy
    trainer.install(COURSE.descent, 10)
    assert trainer.busy
    trace = settle(trainer)
    assert trainer.published.status is Status.READY
    assert trace is not None
    assert (trace.last, len(trace)) == (0, 1)


def test_playing_a_finished_run_stays_finished_and_a_longer_run_goes_on(trainer: Trainer) -> None:
    begin(trainer, iterations=50)
    settle(trainer)
    trainer.play()
    settle(trainer)
    assert (trainer.published.status, last(trainer)) == (Status.FINISHED, 50)
    trainer.set_iterations(80)
    settle(trainer)
    assert (trainer.published.status, last(trainer)) == (Status.PAUSED, 50)
    trainer.play()
    settle(trainer)
    assert (trainer.published.status, last(trainer)) == (Status.FINISHED, 80)


def test_a_run_shortened_while_it_trains_is_finished(trainer: Trainer) -> None:
    begin(trainer, pace=1000.0)
    trainer.set_iterations(1)
    settle(trainer)
    assert trainer.published.status is Status.FINISHED
    assert last(trainer) >= 1


def test_without_a_run_every_command_is_harmless(trainer: Trainer) -> None:
    trainer.install(None, 10)
    for command in (trainer.play, trainer.step, trainer.pause, lambda: trainer.set_iterations(5), lambda: trainer.set_pace(FILM)):
        command()
    trainer.change(lambda descent: pytest.fail("there is nothing to change"))
    settle(trainer)
    assert trainer.published.status is Status.READY
    assert trainer.published.trace is None
    assert trainer.published.handled == trainer.posted == 7


# Pause and step.


def test_pause_stops_training_and_play_goes_on_from_there(trainer: Trainer) -> None:
    begin(trainer)
    assert trainer.published.status is Status.TRAINING
    trainer.pause()
    paused_at = last_settled(trainer)
    assert trainer.published.status is Status.PAUSED
    trainer.set_pace(None)  # carried out without training
    assert last_settled(trainer) == paused_at
    trainer.play()
    wait_until(lambda: last(trainer) > paused_at)
    assert trainer.published.status is Status.TRAINING


def last_settled(trainer: Trainer) -> int:
    settle(trainer)
    return last(trainer)


def test_step_makes_exactly_so_many_iterations_and_then_rests(trainer: Trainer) -> None:
    trainer.install(COURSE.descent, 100)
    trainer.step()
    assert last_settled(trainer) == 1
    assert trainer.published.status is Status.PAUSED
    trainer.step(9)
    assert last_settled(trainer) == 10
    trainer.step()
    trainer.step()
    trainer.step(3)
    trace = settle(trainer)
    assert trace is not None
    assert trace.iteration.tolist() == list(range(16))


def test_step_goes_no_further_than_the_end_of_the_run(trainer: Trainer) -> None:
    trainer.install(COURSE.descent, 7)
    trainer.step(100)
    assert last_settled(trainer) == 7
    assert trainer.published.status is Status.FINISHED
    trainer.step()
    assert last_settled(trainer) == 7


def test_step_pauses_a_run_that_plays(trainer: Trainer) -> None:
    begin(trainer, pace=100.0)
    trainer.step()
    stepped = last_settled(trainer)
    assert trainer.published.status is Status.PAUSED
    assert stepped > 1


# Pace.


@pytest.mark.parametrize("pace", [50.0, 1000.0, 20_000.0])
def test_it_comes_as_far_as_its_pace_says_and_never_runs_ahead_of_it(trainer: Trainer, pace: float) -> None:
    seconds = 0.4
    trainer.install(COURSE.descent, ENDLESS)
    trainer.set_pace(pace)
    settle(trainer)
    played_s = time.perf_counter()
    trainer.play()
    seen: list[tuple[float, int]] = []

    def look() -> bool:
        iteration = last(trainer)
        seen.append((time.perf_counter() - played_s, iteration))
        return iteration >= pace * seconds

    wait_until(look)
    assert all(iteration <= pace * elapsed_s + 1 for elapsed_s, iteration in seen)


def test_a_film_shows_no_iteration_before_its_time(trainer: Trainer) -> None:
    trainer.install(COURSE.descent, 10_000)
    settle(trainer)
    trainer.set_pace(FILM)
    played_s = time.perf_counter()
    trainer.play()

    def look() -> bool:
        iteration = last(trainer)
        assert iteration <= film_iteration(time.perf_counter() - played_s, 10_000)
        return iteration >= 5

    wait_until(look)


def test_another_pace_counts_from_where_the_run_stands(trainer: Trainer) -> None:
    """After a fast beginning a slow pace neither jumps on nor waits for what the fast one did."""
    begin(trainer)
    trainer.set_pace(200.0)
    wait_until(lambda: trainer.published.handled == trainer.posted)
    began, began_s = last(trainer), time.perf_counter()
    wait_until(lambda: last(trainer) >= began + 20)
    assert last(trainer) <= began + 200 * (time.perf_counter() - began_s) + 2


def test_it_stays_answerable_when_a_small_run_is_followed_by_a_large_one(trainer: Trainer) -> None:
    """Chunks are sized by the time an iteration took, which says nothing about another dataset."""
    begin(trainer)
    wait_until(lambda: last(trainer) > 1_000_000)
    many = blobs(1, 100_000, 1.0, 1.2)
    sizes: list[int] = []

    class Watched(Descent):
        def advance(self, updates: int) -> int:
            sizes.append(updates)
            return super().advance(updates)

    trainer.install(lambda: Watched(many.X, many.y, alpha=0.1), ENDLESS)
    trainer.play()
    wait_until(lambda: len(sizes) > 2)
    assert sizes[0] <= 10
    trainer.pause()
    settle(trainer)


def test_it_stays_answerable_when_a_run_gets_many_more_examples(trainer: Trainer) -> None:
    begin(trainer)
    wait_until(lambda: last(trainer) > 1_000_000)
    many = blobs(1, 100_000, 1.0, 1.2)
    changed_at: list[int] = []

    def apply(descent: Descent) -> None:
        descent.rebase(many.X, many.y, 0.0)
        changed_at.append(descent.iteration)

    trainer.change(apply)
    wait_until(lambda: bool(changed_at) and last(trainer) > changed_at[0])
    assert last(trainer) - changed_at[0] < 1000
    trainer.pause()
    settle(trainer)


# Changes while it trains.


def test_another_alpha_takes_effect_at_once_and_the_run_goes_on(trainer: Trainer) -> None:
    begin(trainer, pace=2000.0)
    changed_at: list[int] = []

    def apply(descent: Descent) -> None:
        descent.alpha = 0.2
        descent.mark("alpha")
        changed_at.append(descent.iteration)

    trainer.change(apply)
    wait_until(lambda: bool(changed_at) and last(trainer) > changed_at[0] + 20)
    assert trainer.published.status is Status.TRAINING
    trainer.pause()
    trace = settle(trainer)
    assert trace is not None
    assert trace.marks == (Mark(changed_at[0], "alpha"),)
    for k in range(changed_at[0] - 1, changed_at[0] + 20):
        dj_dw, dj_db = logistic.gradient(COURSE.dataset.X, COURSE.dataset.y, trace.w[k], trace.b[k])
        alpha = 0.1 if k < changed_at[0] else 0.2
        assert trace.w[k] - trace.w[k + 1] == pytest.approx(alpha * dj_dw, rel=1e-9)
        assert trace.b[k] - trace.b[k + 1] == pytest.approx(alpha * dj_db, rel=1e-9)


def test_another_run_takes_the_place_of_one_that_trains(trainer: Trainer) -> None:
    begin(trainer)
    other = Experiment(blobs(1, 200, 1.0, 1.2), start=(1, 2, 3))
    trainer.install(other.descent, 50)
    trace = settle(trainer)
    assert trainer.published.status is Status.READY
    assert trace is not None
    assert (trace.last, *trace.w[0], trace.b[0]) == (0, 1, 2, 3)
    trainer.play()
    assert last_settled(trainer) == 50


def test_a_run_can_be_taken_away(trainer: Trainer) -> None:
    begin(trainer)
    trainer.install(None, 50)
    assert settle(trainer) is None
    assert trainer.published.status is Status.READY


def test_a_run_goes_on_from_a_trace(trainer: Trainer) -> None:
    trainer.install(COURSE.descent, 100)
    trainer.step(30)
    trace = settle(trainer)
    assert trace is not None
    trainer.install(lambda: COURSE.descent(trace.until(10)), 100)
    settle(trainer)
    assert (trainer.published.status, last(trainer)) == (Status.PAUSED, 10)
    trainer.step(1)
    continued = settle(trainer)
    assert continued is not None
    assert continued.w[11] == pytest.approx(trace.w[11], rel=1e-13)


def test_commands_are_carried_out_in_the_order_in_which_they_were_posted(trainer: Trainer) -> None:
    """Steps and changes in turn, posted faster than they can be carried out, and from two threads one after the other."""
    trainer.install(COURSE.descent, 10_000)

    def set_alpha(alpha: float) -> None:
        trainer.change(lambda descent: setattr(descent, "alpha", alpha))

    def post(alphas: list[float]) -> None:
        for alpha in alphas:
            set_alpha(alpha)
            trainer.step(2)

    alphas = [0.5, 0.01, 0.3, 0.2, 0.07] * 8
    post(alphas[:20])
    helper = threading.Thread(target=post, args=(alphas[20:],))
    helper.start()
    helper.join()
    trace = settle(trainer)
    assert trainer.published.handled == trainer.posted == 81
    w, b = np.zeros(2), 0.0
    for alpha in alphas:
        for _ in range(2):
            dj_dw, dj_db = logistic.gradient(COURSE.dataset.X, COURSE.dataset.y, w, b)
            w, b = w - alpha * dj_dw, b - alpha * dj_db
    assert trace is not None
    assert trace.last == 80
    assert trace.w[-1] == pytest.approx(w, rel=1e-12)


def test_play_then_pause_posted_together_leave_it_paused_and_pause_then_play_training(trainer: Trainer) -> None:
    trainer.install(COURSE.descent, ENDLESS)
    trainer.play()
    trainer.pause()
    settle(trainer)
    assert trainer.published.status in (Status.READY, Status.PAUSED)
    trainer.pause()
    trainer.play()
    wait_until(lambda: trainer.published.handled == trainer.posted)
    assert trainer.published.status is Status.TRAINING


# What goes wrong.


def test_divergence_ends_the_run_at_its_last_finite_row_and_says_so(trainer: Trainer) -> None:
    experiment = Experiment(blobs(1, 200, 1.0, 1.2), model="linear", alpha=1.5)
    trainer.install(experiment.descent, 10_000)
    trainer.set_pace(None)
    trainer.play()
    trace = settle(trainer)
    assert trainer.published.status is Status.DIVERGED
    assert trace is not None
    assert 100 < trace.last < 1000
    assert np.isfinite(trace.J).all()
    trainer.play()
    trainer.step(5)
    assert last_settled(trainer) == trace.last
    assert trainer.published.status is Status.DIVERGED
    trainer.install(COURSE.descent, 10)
    settle(trainer)
    assert trainer.published.status is Status.READY


def impossible() -> Descent:
    huge = Dataset(np.array([[1e150, 1.0], [-1e150, 2.0]]), np.array([0.0, 1.0]))
    return Experiment(huge, degree=3).descent()


def test_an_error_while_a_run_is_made_is_published_and_the_run_before_does_not_go_on(trainer: Trainer) -> None:
    begin(trainer)
    trainer.install(impossible, 10)
    settle(trainer)
    published = trainer.published
    assert isinstance(published.error, SettingError)
    assert "lower degree" in str(published.error)
    assert (published.status, published.trace) == (Status.READY, None)


def test_an_error_is_not_lost_in_the_commands_that_follow_and_goes_with_the_next_run(trainer: Trainer) -> None:
    trainer.install(impossible, 10)
    trainer.set_pace(None)
    trainer.play()
    trainer.step()
    trainer.change(lambda descent: None)
    settle(trainer)
    assert isinstance(trainer.published.error, SettingError)
    trainer.install(COURSE.descent, 10)
    trainer.play()
    settle(trainer)
    assert (trainer.published.error, trainer.published.status) == (None, Status.FINISHED)


def test_an_error_in_a_change_is_published_and_leaves_the_run_as_it_was(trainer: Trainer) -> None:
    trainer.install(COURSE.descent, 100)
    trainer.step(5)

    def refuse(descent: Descent) -> None:
        raise SettingError("No; ask again")

    trainer.change(refuse)
    trainer.pause()
    settle(trainer)
    assert str(trainer.published.error) == "No; ask again"
    assert last(trainer) == 5
    trainer.change(lambda descent: None)
    trainer.step()
    settle(trainer)
    assert (trainer.published.error, last(trainer)) == (None, 6)


@pytest.mark.parametrize("where", ["install", "change", "chunk"])
def test_a_fault_of_the_program_is_published_and_printed_and_the_thread_lives_on(
    where: str, trainer: Trainer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> Descent:
        raise MemoryError("no room")

    trainer.install(fail if where == "install" else COURSE.descent, 10)
    if where == "change":
        trainer.change(fail)  # type: ignore[arg-type]
    elif where == "chunk":
        monkeypatch.setattr(Descent, "advance", fail)
        trainer.play()
    settle(trainer)
    assert "no room" in str(trainer.published.error)
    assert "MemoryError" in capsys.readouterr().err
    monkeypatch.undo()
    trainer.install(COURSE.descent, 10)
    trainer.step(3)
    assert last_settled(trainer) == 3
    assert trainer.published.error is None


# The end of it.


@pytest.mark.parametrize("pace", [None, FILM, 1e-4])
def test_stop_ends_the_thread_while_it_trains_and_does_not_wait_for_the_next_iteration(pace: Pace) -> None:
    trainer = Trainer()
    trainer.install(COURSE.descent, ENDLESS)
    trainer.set_pace(pace)
    trainer.play()
    wait_until(lambda: trainer.published.status is Status.TRAINING)
    trainer.stop()  # the next iteration of the slowest would come after hours
    assert not any(thread.name == "trainer" for thread in threading.enumerate())
    trainer.stop()


def test_stop_ends_a_thread_that_never_had_anything_to_do() -> None:
    trainer = Trainer()
    trainer.stop()
    assert not trainer._thread.is_alive()


def test_what_was_published_stays_as_it_was_while_training_goes_on(trainer: Trainer) -> None:
    begin(trainer, experiment=replace(COURSE, alpha=0.5))
    published = trainer.published
    assert published.trace is not None
    copy, now = published.trace.w.copy(), published.trace.last
    wait_until(lambda: last(trainer) > now + 2_000_000)  # thinned meanwhile
    assert (published.trace.w == copy).all()
    assert published.trace.last == now
