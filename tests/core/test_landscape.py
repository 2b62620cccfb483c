"""The landscape: its J is that of the specification, a ravine looks like one, its levels are round, and what is shown follows the path."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.ndimage import label

from core import kernels
from core.dataset import Array
from core.experiment import Experiment
from core.ground import MOST_STILL, survey
from core.landscape import MOST_MOVING, Landscape, Plane, planes
from core.models import MODELS
from core.relief import FINE, make_relief, round_levels
from core.samples import make_sample
from core.surroundings import follow, home_range, natural_sizes


def random_examples(seed: int, m: int, n: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    X = rng.normal(rng.uniform(-50, 50, n), rng.uniform(0.1, 20, n), (m, n))
    return X, (rng.random(m) < 0.5).astype(float)


def lowlands(J: Array, level: float) -> int:
    """How many separate regions lie below a level; cells that touch at a corner are one."""
    return int(label(level > J, np.ones((3, 3)))[1])


# J.


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("n", [1, 2, 5])
@given(seed=st.integers(0, 10**6), m=st.integers(1, 1200), lambda_=st.sampled_from([0.0, 0.7, 300.0]), far=st.floats(0.01, 30))
@settings(max_examples=15, deadline=None)
def test_it_has_the_cost_of_the_specification(model: str, n: int, seed: int, m: int, lambda_: float, far: float) -> None:
    X, y = random_examples(seed, m, n)
    rng = np.random.default_rng(seed)
    landscape, w, b = Landscape(X, y, model, lambda_), rng.normal(size=n) * 0.1, float(rng.normal())
    sizes = natural_sizes(X) * far
    for plane in planes(n):
        theta = np.append(w, b)
        p, q = (theta[index] + sizes[index] * np.linspace(-1.1, 0.9, 23) for index in (plane.first, plane.second))
        J = landscape.grid(plane, w, b, p, q)
        for row, column in rng.integers(0, 23, (4, 2)):
            at = plane.put(w, b, p[column], q[row])
            assert J[row, column] == pytest.approx(MODELS[model].cost(X, y, *at, lambda_), rel=1e-5)


def test_the_compiled_form_is_the_specification_to_the_last_digits_and_the_other_is_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kernels.wait()
    X, y = random_examples(7, 1300, 3)
    sure = y * 40.0 - 20.0  # a model that is right about these to a loss of 1e-9
    X[:, 0] = sure
    p, q = np.linspace(0.5, 2.0, 7), np.linspace(-1.0, 1.0, 5)
    w, b = np.array([1.0, 1e-3, -2e-3]), 0.1
    landscape = Landscape(X, y, "logistic", 0.3)
    compiled = landscape.grid(Plane(0, 3), w, b, p, q)
    cost = MODELS["logistic"].cost
    assert compiled == pytest.approx(np.array([[cost(X, y, np.append(one, w[1:]), other, 0.3) for one in p] for other in q]), rel=1e-11)
    monkeypatch.setattr(kernels, "log_loss_grid", lambda: None)
    assert landscape.grid(Plane(0, 3), w, b, p, q) == pytest.approx(compiled, rel=1e-5)


def test_a_model_without_a_fast_form_is_drawn_by_its_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODELS, "another", MODELS["logistic"])
    X, y = random_examples(5, 40, 2)
    p, q = np.linspace(-0.1, 0.1, 5), np.linspace(-2, 2, 4)
    one, other = (Landscape(X, y, model, 2.0).grid(Plane(0, 2), np.array([0.1, 0.2]), 0.3, p, q) for model in ("logistic", "another"))
    assert one == pytest.approx(other, rel=1e-5)


def test_all_pairs_are_offered_the_first_two_weights_first() -> None:
    assert planes(2) == [Plane(0, 1), Plane(0, 2), Plane(1, 2)]
    assert planes(1) == [Plane(0, 1)]
    assert len(planes(27)) == 27 * 28 // 2


def test_a_plane_takes_its_two_parameters_and_puts_them_back() -> None:
    w, b = np.array([1.0, 2.0, 3.0]), 4.0
    assert Plane(1, 3).of(w, b).tolist() == [2.0, 4.0]
    assert Plane(1, 3).of(np.array([w, 10 * w]), np.array([b, 40.0])).tolist() == [[2.0, 4.0], [20.0, 40.0]]
    moved = Plane(1, 3).put(w, b, -2.0, -4.0)
    assert moved[0].tolist() == [1.0, -2.0, 3.0]
    assert moved[1] == -4.0


def test_a_sample_of_many_examples_looks_like_all_of_them_and_is_always_the_same() -> None:
    X, y = random_examples(1, 30_000, 2)
    whole = Landscape(X, y, "logistic", 5.0)
    part, again = whole.sample(), whole.sample()
    assert part.m == MOST_MOVING
    p = np.linspace(-0.2, 0.2, 9)
    J = part.grid(Plane(0, 1), np.zeros(2), 0.0, p, p)
    assert np.array_equal(J, again.grid(Plane(0, 1), np.zeros(2), 0.0, p, p))
    assert whole.grid(Plane(0, 1), np.zeros(2), 0.0, p, p) == pytest.approx(J, rel=0.15)


def test_a_picture_that_stands_still_is_of_all_examples_up_to_a_number_that_takes_no_second() -> None:
    X, y = random_examples(2, 3_000, 2)
    ground = survey(Experiment(make_sample("blobs").with_points(X, y)))
    assert ground is not None
    assert ground.still.m == 3_200 <= MOST_STILL
    assert ground.moving.m == MOST_MOVING


@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_numbers_too_large_give_no_relief_and_no_warning(model: str) -> None:
    X, y = np.array([[1e150, 0.0], [-1e150, 1.0]]), np.array([0.0, 1.0])
    p = np.linspace(-1e200, 1e200, 5)
    J = Landscape(X, y, model).grid(Plane(0, 1), np.zeros(2), 0.0, p, p)
    assert make_relief(J, (-1e200, 1e200), (-1e200, 1e200)) is None


def test_its_gradient_is_that_of_the_specification() -> None:
    X, y = random_examples(3, 5_000, 3)
    data = Experiment(make_sample("blobs").with_points(X[:, :2], y), lambda_=3.0)
    ground, w = survey(data), np.array([0.1, -0.2])
    assert ground is not None
    exact = MODELS["logistic"].gradient(ground.X, ground.y, w, 0.3, 3.0)
    assert ground.gradient(w, 0.3)[0] == pytest.approx(exact[0], rel=1e-12)
    assert ground.gradient(w, 0.3)[1] == pytest.approx(exact[1], rel=1e-12)
    quick = np.append(*ground.gradient(w, 0.3, quick=True))
    assert quick @ np.append(*exact) > 0.99 * np.linalg.norm(quick) * np.linalg.norm(np.append(*exact))


# Relief.


@pytest.mark.parametrize("plane", planes(2))
@pytest.mark.parametrize("coarse", [True, False])
@pytest.mark.parametrize("at", ["start", "minimum"])
@pytest.mark.parametrize("wider", [1.0, 3.0])
def test_a_ravine_has_one_floor_and_no_false_minima(plane: Plane, coarse: bool, at: str, wider: float) -> None:
    ground = survey(Experiment(make_sample("exams")))
    assert ground is not None
    assert ground.minimum is not None
    w, b = (np.zeros(2), -0.5) if at == "start" else (ground.minimum.w, ground.minimum.b)
    goal = np.append(ground.minimum.w, ground.minimum.b)
    home = [home_range(0.0, goal[k], ground.sizes[k]) for k in (plane.first, plane.second)]
    ranges = [(low - (wider - 1) * (high - low) / 2, high + (wider - 1) * (high - low) / 2) for low, high in home]
    relief = ground.relief(plane, w, b, ranges[0], ranges[1], moving=False, coarse=coarse)
    assert relief is not None
    assert len(relief.levels) >= 5
    assert [lowlands(relief.log_J, np.log10(level)) for level in relief.levels] == [1] * len(relief.levels)


def test_between_the_nodes_it_is_j_to_a_thousandth() -> None:
    ground = survey(Experiment(make_sample("blobs")))
    assert ground is not None
    relief = ground.relief(Plane(0, 1), np.zeros(2), 0.4, (-1.0, 4.0), (-2.0, 3.0), moving=False, coarse=False)
    assert relief is not None
    rng = np.random.default_rng(0)
    for p, q in rng.uniform((-1, -2), (4, 3), (50, 2)):
        assert relief.J_at(p, q) == pytest.approx(MODELS["logistic"].cost(ground.X, ground.y, [p, q], 0.4), rel=1e-3)
    assert np.isnan(relief.J_at(4.1, 0.0))


@given(low=st.floats(1e-9, 1e6), times=st.floats(1.001, 1e9))
@example(low=0.3, times=1.0078125)
@settings(deadline=None)
def test_levels_are_few_ascending_and_have_at_most_three_digits(low: float, times: float) -> None:
    levels = round_levels(low, low * times)
    assert 1 <= len(levels) <= 16 or times < 1.1
    assert (np.diff(levels) > 0).all()
    assert ((levels > low) & (levels < low * times * (1 + 1e-9))).all()
    if times > 1.5:
        assert [float(f"{level:.3g}") for level in levels] == pytest.approx(levels.tolist(), rel=1e-12)


def test_bands_count_the_levels_below() -> None:
    ground = survey(Experiment(make_sample("blobs")))
    assert ground is not None
    relief = ground.relief(Plane(0, 2), np.zeros(2), 0.0, (-1.0, 4.0), (-2.0, 3.0), moving=True, coarse=False)
    assert relief is not None
    assert relief.bands.shape == (FINE, FINE)
    row, column = 17, 200
    assert relief.bands[row, column] == np.count_nonzero(np.log10(relief.levels) <= relief.log_J[row, column])
    for level, lines in zip(relief.levels, relief.lines, strict=True):
        for line in lines:
            assert relief.log_J_at(line) == pytest.approx(np.log10(level), abs=0.02)


def test_a_perfect_fit_and_a_flat_landscape_can_be_drawn() -> None:
    bowl = np.add.outer(np.linspace(-1, 1, 21) ** 2, np.linspace(-1, 1, 21) ** 2)
    assert make_relief(bowl, (-1, 1), (-1, 1)) is not None
    assert make_relief(np.full((21, 21), 0.7), (-1, 1), (-1, 1)) is not None
    assert make_relief(np.zeros((21, 21)), (-1, 1), (-1, 1)) is None


# Range.


def test_home_holds_start_and_minimum_with_room_around_them() -> None:
    low, high = home_range(0.0, 2.1, 4.0)
    assert low < -0.4 < 2.5 < high
    assert high - low < 8


def test_the_range_stands_still_while_the_path_is_inside_and_grows_in_steps_outside() -> None:
    home = (-1.0, 4.0)
    reached = np.concatenate([np.linspace(0, 60, 400), [60.0] * 3])
    shown = [follow(home, 0.0, high) for high in np.maximum.accumulate(reached)]
    assert shown[0] == home
    assert all(high > at for (_, high), at in zip(shown, reached, strict=True))
    assert all(low == -1.0 for low, _ in shown), "the side that the path does not leave stays"
    widths = [high - low for low, high in shown]
    assert all(after >= before for before, after in pairwise(widths)), "never shrinks"
    assert len(set(widths)) <= 8, "in steps"


def test_a_path_that_has_left_all_numbers_does_not_take_the_range_along() -> None:
    low, high = follow((-1.0, 1.0), -np.inf, 1e300)
    assert np.isfinite([low, high]).all()


def test_natural_sizes_are_of_use_for_raw_and_for_odd_columns() -> None:
    exams = natural_sizes(make_sample("exams").X)
    assert 0.1 < exams[0] < 0.5
    assert 10 < exams[2] < 60
    odd = natural_sizes(np.array([[3.0, 0.0, 1e150], [3.0, 0.0, -1e150]]))
    assert (odd > 0).all()
    assert np.isfinite(odd).all()


def test_a_relief_at_the_edge_of_the_numbers_has_finite_levels() -> None:
    J = np.outer(np.linspace(1.0, 1.7, 9), np.linspace(0.5, 1.0, 9)) * 1e308
    relief = make_relief(J, (0.0, 1.0), (0.0, 1.0))
    assert relief is not None
    assert np.isfinite(relief.levels).all()


def test_a_landscape_that_is_flat_but_for_rounding_has_no_lines() -> None:
    rng = np.random.default_rng(0)
    relief = make_relief(2.65e302 * (1.0 + 1e-15 * rng.random((100, 100))), (0.0, 1.0), (0.0, 1.0))
    assert relief is not None
    assert len(relief.levels) == 0 and relief.lines == () and not relief.bands.any()
