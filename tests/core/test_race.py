"""A race: several descents side by side, all at the same iteration, each the very run it would be alone."""

from dataclasses import replace

import numpy as np
import pytest

from core import kernels
from core.errors import SettingError
from core.experiment import Experiment
from core.lanes import ALPHA, LAMBDA, SCALING, Lane, race_over
from core.race import Race, each_lane, runner
from core.samples import blobs
from core.trace import MAX_BYTES

ALPHAS = (0.01, 1.0, 3.0)


def race(**settings: object) -> Experiment:
    lanes = tuple(Lane(ALPHA, alpha, k) for k, alpha in enumerate(ALPHAS))
    made: Experiment = replace(Experiment(blobs(1, 200, 1.0, 1.2), alpha=0.1, rivals=lanes), **settings)  # type: ignore[arg-type]
    return made


def test_every_lane_is_the_run_that_it_would_be_alone() -> None:
    experiment = race()
    running = runner(experiment)
    for updates in (1, 7, 192):
        running.advance(updates)
    trace = running.trace()
    for lane, alpha in zip((trace, *trace.lanes), (0.1, *ALPHAS), strict=True):
        alone = replace(experiment, alpha=alpha, rivals=()).descent()
        alone.advance(200)
        row = lane.row_at(200)
        assert np.array_equal(lane.w[row], alone.trace().w[-1]) and lane.J[row] == alone.J


def test_all_lanes_are_at_the_same_iteration_after_each_portion() -> None:
    running = runner(race())
    for updates in (1, 3, 50):
        running.advance(updates)
        trace = running.trace()
        assert {lane.last for lane in trace.lanes} == {trace.last}


def test_a_lane_that_diverges_stays_where_it_is_and_the_others_go_on() -> None:
    running = runner(race(model="linear", rivals=(Lane(ALPHA, 50.0),)))
    running.advance(1000)
    trace = running.trace()
    assert trace.last == 1000 and not running.diverged
    assert trace.lanes[0].last < 1000
    running.advance(10)
    assert running.trace().lanes[0].last == trace.lanes[0].last


def test_the_own_run_that_diverges_leaves_the_others_to_go_on() -> None:
    running = runner(race(model="linear", alpha=50.0, rivals=(Lane(ALPHA, 0.01), Lane(ALPHA, 0.02))))
    assert running.advance(1000) == 1000
    trace = running.trace()
    assert trace.diverged and not running.diverged and not running.ended
    assert trace.last < 1000
    assert [lane.last for lane in trace.lanes] == [1000, 1000] and trace.end == trace.longest.last == running.iteration == 1000
    cut = trace.until(500)
    assert cut.end == 500 and cut.last == trace.last and cut.diverged
    assert not trace.until(trace.last - 1).diverged


def test_a_race_whose_own_run_has_diverged_goes_on_from_the_rows_of_its_trace() -> None:
    experiment = race(model="linear", alpha=50.0, rivals=(Lane(ALPHA, 0.01),))
    whole, first = runner(experiment), runner(experiment)
    whole.advance(1000)
    first.advance(700)
    again = runner(experiment, first.trace().until(600))
    assert again.iteration == 600
    again.advance(400)
    own, same = again.trace(), whole.trace()
    assert own.diverged and own.last == same.last
    assert own.lanes[0].w[-1] == pytest.approx(same.lanes[0].w[-1], rel=1e-12)


def test_a_run_that_goes_on_after_the_others_comes_up_to_them_a_portion_at_a_time() -> None:
    experiment = race(model="linear", alpha=50.0, rivals=(Lane(ALPHA, 0.01),))
    first = runner(experiment)
    first.advance(1000)
    trace = first.trace()
    again = runner(replace(experiment, alpha=0.1), trace.going_on())
    assert isinstance(again, Race) and again.iteration == trace.last and again.behind == 1000 - trace.last
    assert again.advance(5) == 5
    assert [lane.iteration for lane in again.lanes] == [trace.last + 5, 1000]
    again.advance(again.behind)
    assert [lane.iteration for lane in again.lanes] == [1000, 1000] and again.behind == 0


def test_a_run_that_has_ended_stays_so_when_its_race_is_taken_up_again() -> None:
    experiment = race(alpha=1.0, stop_below=1e-3, rivals=(Lane(ALPHA, 0.01),))
    first = runner(experiment)
    first.advance(3000)
    trace = first.trace()
    again = runner(experiment, trace)
    again.mark("Go on")
    again.advance(100)
    assert [run.last for run in (again.trace(), *again.trace().lanes)] == [run.last for run in (trace, *trace.lanes)]
    assert not again.trace().marks


def test_a_race_is_over_when_every_run_has_diverged_or_been_stopped() -> None:
    diverging = runner(race(model="linear", alpha=50.0, rivals=(Lane(ALPHA, 60.0),)))
    diverging.advance(5000)
    assert diverging.diverged and diverging.ended and diverging.advance(10) == 0
    # By the course's rule J that rises has not fallen by ε either, so the own run is the first to stop.
    by_rule = runner(race(model="linear", alpha=50.0, stop_below=1e-3, rivals=(Lane(ALPHA, 0.01), Lane(ALPHA, 0.02))))
    by_rule.advance(5000)
    trace = by_rule.trace()
    assert by_rule.ended and not by_rule.diverged
    assert [lane.stopped for lane in (trace, *trace.lanes)] == [True, True, True]
    assert trace.last == 1 < trace.lanes[1].last < trace.lanes[0].last == by_rule.iteration == trace.end
    assert not trace.lanes[0].until(trace.end - 1).stopped


def test_a_race_goes_on_from_the_rows_of_its_trace() -> None:
    experiment = race()
    whole, first = runner(experiment), runner(experiment)
    whole.advance(100)
    first.advance(60)
    again = runner(experiment, first.trace().until(40))
    assert isinstance(again, Race) and [lane.iteration for lane in again.lanes] == [40] * 4
    again.advance(60)
    for lane, same in zip(again.trace().lanes, whole.trace().lanes, strict=True):
        assert lane.w[-1] == pytest.approx(same.w[-1], rel=1e-12)


def test_thinned_and_cut_the_lanes_stay_beside_each_other() -> None:
    running = runner(race())
    running.advance(5000)
    trace = running.trace()
    thin = trace.thinned(400)
    assert sum(len(one) for one in (thin, *thin.lanes)) <= 400
    assert [lane.last for lane in thin.lanes] == [5000] * 3
    assert [lane.last for lane in trace.until(123).lanes] == [123] * 3


def test_lanes_over_scalings_and_lambdas_are_experiments_of_their_own() -> None:
    over_scalings = race(rivals=(Lane(SCALING, "zscore"), Lane(SCALING, "max")))
    assert [rival.scaling for rival in over_scalings.rival_experiments] == ["zscore", "max"]
    assert [rival.features.scaling for rival in over_scalings.rival_experiments] == ["zscore", "max"]
    over_lambdas = race(rivals=(Lane(LAMBDA, 1.0), Lane(LAMBDA, 10.0)))
    running = runner(over_lambdas)
    assert [lane.lambda_ for lane, _ in each_lane(running, over_lambdas)] == [0.0, 1.0, 10.0]


def test_the_own_run_keeps_its_value_where_it_is_among_those_that_race() -> None:
    experiment = Experiment(blobs(1, 200, 1.0, 1.2), alpha=0.1)
    changes = race_over(experiment, ALPHA, [0.01, 0.1, 1.0, 0.01], [2, 5, 6])
    assert changes["alpha"] == 0.1
    assert changes["rivals"] == (Lane(ALPHA, 0.01, 2), Lane(ALPHA, 1.0, 5))
    assert race_over(experiment, ALPHA, [1.0, 3.0], [0])["alpha"] == 1.0


@pytest.mark.parametrize("values", [[1.0], [1.0, 1.0], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]])
def test_a_race_has_two_to_six_different_runs(values: list[float]) -> None:
    with pytest.raises(SettingError):
        race_over(Experiment(blobs(1, 200, 1.0, 1.2)), ALPHA, values, [0] * 7)


def test_a_lane_that_is_not_possible_is_refused_as_the_setting_itself_would_be() -> None:
    with pytest.raises(SettingError):
        race(rivals=(Lane(ALPHA, -1.0),))
    with pytest.raises(SettingError):
        race(rivals=(Lane(SCALING, "none such"),))
    with pytest.raises(SettingError):
        race(rivals=(Lane("degree", 2),))


def test_a_change_under_way_is_marked_in_every_lane_and_a_lane_says_that_it_has_diverged() -> None:
    experiment = Experiment(blobs(1, 200, 1.0, 1.2), lambda_=100.0, alpha=0.1, rivals=(Lane(ALPHA, 30.0),))
    race = runner(experiment)
    race.mark("Change")
    assert [run.marks[-1].text for run in (race.trace(), *race.trace().lanes)] == ["Change", "Change"]
    race.advance(5000)
    [lane] = race.trace().lanes
    assert lane.diverged and lane.last < 5000
    assert lane.thinned(8).diverged and not lane.until(lane.last - 1).diverged


def test_the_lanes_of_a_race_take_no_more_memory_than_one_run() -> None:
    assert kernels.wait()
    experiment = Experiment(blobs(1, 20, 1.0, 1.2), alpha=0.1, rivals=tuple(Lane(ALPHA, alpha) for alpha in (0.2, 0.3, 0.4)))
    race = runner(experiment)
    race.advance(300_000)
    made = race.trace()
    kept = sum(run.w.nbytes + run.b.nbytes + run.J.nbytes + run.iteration.nbytes for run in (made, *made.lanes))
    assert kept <= MAX_BYTES
    assert {run.last for run in (made, *made.lanes)} == {300_000}
