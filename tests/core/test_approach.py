"""Iterations to within 1 % of the minimum, and the two sides of a comparison."""

import numpy as np
import pytest

from core.approach import approach, most_iterations
from core.bottom import Why, find_bottom
from core.conditioning import steady_alpha
from core.dataset import Dataset
from core.descent import descend
from core.experiment import Experiment
from core.landscape import Plane
from core.samples import make_sample
from core.side_by_side import narrowest, raw_and_scaled, side_by_side


def reached(scaling: str, alpha: float) -> tuple[int | None, int]:
    experiment = Experiment(make_sample("exams"), scaling=scaling, alpha=alpha)
    X, y = experiment.columns(), experiment.dataset.y
    least = find_bottom(X, y).minimum
    assert least is not None
    found = approach(X, y, least.J, alpha=alpha)
    return found.reached, found.looked


@pytest.mark.parametrize(("scaling", "alpha", "iterations"), [("zscore", 1.0, 356), ("zscore", 10.0, 31), ("none", 0.0005, None)])
def test_exam_scores_take_as_many_iterations_as_in_the_classroom(scaling: str, alpha: float, iterations: int | None) -> None:
    assert reached(scaling, alpha) == (iterations, 100_000)


def test_what_is_reached_is_the_first_iteration_within_one_percent() -> None:
    blobs = make_sample("blobs")
    least = find_bottom(blobs.X, blobs.y).minimum
    assert least is not None
    found = approach(blobs.X, blobs.y, least.J, alpha=0.01)
    J = descend(blobs.X, blobs.y, alpha=0.01, iterations=10_000).J
    assert found.reached == int(np.argmax(1.01 * least.J >= J)) > 1_000, "beyond the first portion"


def test_it_ends_at_its_limit_and_makes_at_least_the_iterations_asked_for() -> None:
    blobs = make_sample("blobs")
    least = find_bottom(blobs.X, blobs.y).minimum
    assert least is not None
    assert approach(blobs.X, blobs.y, least.J, alpha=0.001, most=50).reached is None
    longer = approach(blobs.X, blobs.y, least.J, alpha=1.0, at_least=2_500)
    assert longer.trace.last == 2_500
    assert longer.reached is not None and longer.reached < 100
    assert approach(blobs.X, blobs.y, None, alpha=1.0, at_least=20).trace.last == 20, "no minimum to look for"


def test_a_start_at_the_minimum_is_there_after_no_iteration() -> None:
    blobs = make_sample("blobs")
    least = find_bottom(blobs.X, blobs.y).minimum
    assert least is not None
    assert approach(blobs.X, blobs.y, least.J, alpha=1.0, w=least.w, b=least.b).reached == 0


def test_a_run_that_diverges_says_so() -> None:
    blobs = make_sample("blobs")
    least = find_bottom(blobs.X, blobs.y, "linear").minimum
    assert least is not None
    found = approach(blobs.X, blobs.y, least.J, alpha=0.7, model="linear")
    assert found.diverged and found.reached is None and found.trace.last < 20_000


def test_many_examples_get_fewer_iterations_and_none_gets_none() -> None:
    assert most_iterations(100, 2) == 100_000
    assert most_iterations(1_000_000, 2) == 500
    assert most_iterations(10**9, 30) == 1


def test_it_can_be_ended_in_between() -> None:
    blobs = make_sample("blobs")

    def enough(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        approach(blobs.X, blobs.y, 0.1, alpha=0.1, progress=enough)


# Side by side.


def test_nothing_scaled_is_compared_with_z_score_and_a_scaling_with_raw_features() -> None:
    raw, scaled = raw_and_scaled(Experiment(make_sample("exams")))
    assert (raw.scaling, scaled.scaling) == ("none", "zscore")
    raw, scaled = raw_and_scaled(Experiment(make_sample("exams"), scaling="minmax"))
    assert (raw.scaling, scaled.scaling) == ("none", "minmax")


@pytest.mark.parametrize("scaling", ["none", "zscore", "max"])
@pytest.mark.parametrize("degree", [1, 2])
def test_both_sides_start_from_the_same_model_and_have_the_same_least_J(scaling: str, degree: int) -> None:
    data = make_sample("tumors")
    start = tuple(0.01 * (j + 1) for j in range(3 if degree == 1 else 6))
    experiment = Experiment(data, scaling=scaling, degree=degree, start=start, iterations=100)
    sides = side_by_side(experiment, safe=True)
    assert sides is not None
    raw, scaled = sides
    own = raw if scaling == "none" else scaled
    assert [*own.at(0)[0], own.at(0)[1]] == pytest.approx(start)
    assert raw.at(0)[2] == pytest.approx(scaled.at(0)[2], rel=1e-9)
    assert raw.bottom.minimum is not None and scaled.bottom.minimum is not None
    assert abs(raw.bottom.minimum.J - scaled.bottom.minimum.J) < 1e-7
    assert raw.plane == scaled.plane
    for side in sides:
        w_raw, b_raw = side.features.to_raw(*side.at(100)[:2])
        w, b = side.features.from_raw(w_raw, b_raw)
        assert [*w, b] == pytest.approx([*side.at(100)[0], side.at(100)[1]], rel=1e-6, abs=1e-12)


def test_alpha_is_the_one_set_or_the_safe_one_of_each_side() -> None:
    experiment = Experiment(make_sample("exams"), alpha=0.25)
    for safe in (True, False):
        sides = side_by_side(experiment, safe=safe)
        assert sides is not None
        for side, each in zip(sides, raw_and_scaled(experiment), strict=True):
            assert side.alpha == (steady_alpha(each.columns()) if safe else 0.25)
            descent = descend(each.columns(), experiment.dataset.y, alpha=side.alpha, iterations=500)
            assert side.at(500)[2] == descent.J[-1]


def test_the_picture_is_of_the_two_parameters_with_the_narrowest_ravine() -> None:
    assert narrowest(np.diag([1.0, 100.0, 5.0])) == Plane(0, 1)
    assert narrowest(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.999], [0.0, 0.999, 1.0]])) == Plane(1, 2)
    sides = side_by_side(Experiment(make_sample("exams")), safe=True)
    assert sides is not None
    assert sides[0].plane == Plane(0, 2), "a weight and b"
    for side in sides:
        assert side.relief is not None and side.bottom.minimum is not None
        p, q = side.plane.of(side.bottom.minimum.w, side.bottom.minimum.b)
        assert side.ranges[0][0] < p < side.ranges[0][1] and side.ranges[1][0] < q < side.ranges[1][1], "the minimum is on it"
        assert side.relief.J_at(float(p), float(q)) == pytest.approx(0.1875, rel=0.02)


def test_separable_classes_have_a_run_and_no_minimum_and_no_examples_have_no_sides() -> None:
    sides = side_by_side(Experiment(make_sample("course")), safe=True)
    assert sides is not None
    assert [side.bottom.why for side in sides] == [Why.SEPARABLE] * 2
    assert all(side.approach.reached is None and side.approach.trace.last == 10_000 for side in sides)
    assert side_by_side(Experiment(Dataset(np.empty((0, 2)), np.empty(0))), safe=True) is None


@pytest.mark.parametrize("unit", [1e-150, 1e20, 1e100, 2e149])
def test_absurd_units_make_no_fuss(unit: float) -> None:
    data = make_sample("blobs")
    sides = side_by_side(Experiment(Dataset(data.X * unit, data.y)), safe=True)
    assert sides is not None
