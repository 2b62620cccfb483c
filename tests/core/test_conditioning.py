"""How steep and how flat J is: the Hessian against finite differences of the gradient, and the figures of the classroom."""

import numpy as np
import pytest

from core.bottom import CONVEX, Why, find_bottom
from core.conditioning import curvature, hessian, steady_alpha
from core.dataset import Array, Dataset
from core.descent import descend
from core.experiment import Experiment
from core.models import MODELS
from core.samples import make_sample


def drawn(seed: int, n: int = 2, m: int = 60) -> tuple[Array, Array, Array, float]:
    """Overlapping examples of n features, and a w, b."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(m, n)) * rng.uniform(0.5, 3.0, n) + rng.normal(size=n)
    return X, (rng.random(m) < 0.5).astype(float), rng.normal(size=n), float(rng.normal())


@pytest.mark.parametrize("model", CONVEX)
@pytest.mark.parametrize("lambda_", [0.0, 2.5])
@pytest.mark.parametrize(("seed", "n"), [(1, 1), (2, 2), (3, 5)])
def test_the_hessian_is_the_change_of_the_gradient(model: str, lambda_: float, seed: int, n: int) -> None:
    X, y, w, b = drawn(seed, n)
    step = 1e-5
    rows = []
    for j in range(n + 1):
        ahead, behind = np.append(w, b), np.append(w, b)
        ahead[j] += step
        behind[j] -= step
        above, below = (np.append(*MODELS[model].gradient(X, y, at[:-1], at[-1], lambda_)) for at in (ahead, behind))
        rows.append((above - below) / (2 * step))
    assert hessian(X, w, b, model, lambda_) == pytest.approx(np.array(rows), rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("model", CONVEX)
def test_the_curvature_is_that_of_the_hessians_eigenvalues_for_any_number_of_examples(model: str) -> None:
    X, _, w, b = drawn(4, 3, m=40_000)
    values = np.linalg.eigvalsh(hessian(X, w, b, model, 7.0))
    found = curvature(X, w, b, model, 7.0)
    assert found is not None
    assert (found.largest, found.smallest) == pytest.approx((values[-1], values[0]), rel=1e-9)
    assert found.condition_number == pytest.approx(values[-1] / values[0])
    assert found.edge == pytest.approx(2 / values[-1])


def test_a_condition_number_far_beyond_the_digits_of_a_number_is_right_as_well() -> None:
    # Two columns at right angles, with means of 0: the squares of their lengths are the eigenvalues.
    X = np.array([[1.0, 1e-9], [1.0, -1e-9], [-1.0, 1e-9], [-1.0, -1e-9]])
    found = curvature(X, np.zeros(2), 0.0, "linear")
    assert found is not None
    assert found.condition_number == pytest.approx(1e18, rel=1e-6)


def test_a_column_that_repeats_another_makes_it_infinite_and_one_example_too() -> None:
    X = np.array([[1.0, 2.0], [2.0, 4.0], [4.0, 8.0]])
    repeated = curvature(X, np.zeros(2), 0.0)
    assert repeated is not None and repeated.condition_number == np.inf and repeated.edge == pytest.approx(0.2236, rel=1e-3)
    one = curvature(X[:1], np.zeros(2), 0.0)
    assert one is not None and one.condition_number == np.inf


def test_numbers_too_large_to_square_have_no_curvature() -> None:
    assert curvature(np.array([[1e200, 1.0], [2e200, 2.0]]), np.zeros(2), 0.0) is None
    assert steady_alpha(np.array([[1e200, 1.0], [2e200, 2.0]])) is None


@pytest.mark.parametrize(("scaling", "condition", "at_start"), [("none", 4.6e6, 2.3e5), ("zscore", 42.1, 1.07)], ids=["raw", "z-score"])
def test_exam_scores_have_the_condition_numbers_of_the_classroom_at_the_minimum_and_not_at_the_start(
    scaling: str, condition: float, at_start: float
) -> None:
    experiment = Experiment(make_sample("exams"), scaling=scaling)
    X, y = experiment.columns(), experiment.dataset.y
    bottom = find_bottom(X, y)
    start = curvature(X, np.zeros(2), 0.0)
    assert bottom.curvature is not None and bottom.minimum is not None and start is not None
    assert bottom.curvature.condition_number == pytest.approx(condition, rel=0.01)
    assert abs(bottom.minimum.J - 0.1875) < 5e-5
    assert start.condition_number == pytest.approx(at_start, rel=0.02)


def test_two_clouds_have_their_edge_at_28_07() -> None:
    blobs = make_sample("blobs")
    found = find_bottom(blobs.X, blobs.y).curvature
    assert found is not None
    assert found.edge == pytest.approx(28.07, abs=0.005)


@pytest.mark.parametrize("model", CONVEX)
@pytest.mark.parametrize("scaling", ["none", "zscore"])
def test_with_the_safe_alpha_J_falls_at_every_iteration(model: str, scaling: str) -> None:
    experiment = Experiment(make_sample("exams"), scaling=scaling, model=model, lambda_=3.0)
    alpha = steady_alpha(experiment.columns(), model, 3.0)
    assert alpha is not None
    descent = Experiment(make_sample("exams"), scaling=scaling, model=model, lambda_=3.0, alpha=alpha).descent()
    descent.advance(300)
    J = descent.trace().J
    assert (np.diff(J) <= 1e-15 * J[0]).all()


@pytest.mark.parametrize("model", CONVEX)
def test_below_the_safe_alpha_J_falls_at_every_iteration_from_anywhere(model: str) -> None:
    blobs = make_sample("blobs")
    bottom = find_bottom(blobs.X, blobs.y, model, 2.0)
    assert bottom.safe_alpha is not None and bottom.curvature is not None
    assert bottom.safe_alpha <= bottom.curvature.edge * (1 + 1e-12)
    assert bottom.safe_alpha == pytest.approx(2 * (steady_alpha(blobs.X, model, 2.0) or 0))
    rng = np.random.default_rng(0)
    for _ in range(10):
        w, b = rng.normal(size=2) * 3, float(rng.normal() * 3)
        J = descend(blobs.X, blobs.y, alpha=0.999 * bottom.safe_alpha, iterations=60, w=w, b=b, lambda_=2.0, model=model).J
        assert (np.diff(J) <= 1e-15 * J[0]).all()


def test_the_edge_at_the_minimum_decides_whether_descent_settles_there() -> None:
    blobs = make_sample("blobs")
    bottom = find_bottom(blobs.X, blobs.y)
    assert bottom.minimum is not None
    settled = descend(blobs.X, blobs.y, alpha=28.0, iterations=20_000)
    assert settled.J[-1] == pytest.approx(bottom.minimum.J, rel=1e-6)
    cycling = descend(blobs.X, blobs.y, alpha=29.0, iterations=20_000).J[-4:]
    assert sorted(cycling) == pytest.approx([0.1684, 0.1684, 0.1690, 0.1690], abs=5e-5)


def test_a_bottom_says_why_there_is_none() -> None:
    course = make_sample("course")
    assert find_bottom(course.X, course.y).why is Why.SEPARABLE
    assert find_bottom(course.X, course.y, lambda_=1.0).why is None
    assert find_bottom(course.X, np.ones(6)).why is Why.ONE_CLASS
    assert find_bottom(course.X[:0], course.y[:0]).why is Why.NO_EXAMPLES
    repeated = np.column_stack([course.X[:, 0], 2 * course.X[:, 0]])
    assert find_bottom(repeated, np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0])).why is Why.FLAT
    assert find_bottom(repeated, course.y, "linear").why is Why.FLAT


def test_a_bottom_is_of_the_examples_trained_on_alone() -> None:
    data = make_sample("exams")
    kept = Dataset(data.X[:70], data.y[:70])
    tested = Experiment(Dataset(data.X, data.y, test=np.arange(100) >= 70))
    alone = find_bottom(kept.X, kept.y).curvature
    assert find_bottom(tested.columns(), tested.dataset.training.y).curvature == alone


def test_squared_error_with_a_sigmoid_is_no_bowl_and_is_said_to_be_none() -> None:
    X, y, _, _ = drawn(6)
    assert find_bottom(X, y, "squared").why is Why.NOT_CONVEX


def test_its_alpha_of_one_over_L_lets_it_fall_at_every_iteration_all_the_same() -> None:
    X, y, w, b = drawn(7)
    alpha = steady_alpha(X, "squared")
    assert alpha is not None
    J = descend(X, y, alpha=alpha, iterations=200, w=w, b=b, model="squared").J
    assert (np.diff(J) <= 0).all()
