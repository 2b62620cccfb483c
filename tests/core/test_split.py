"""Train/test split: which examples are kept back, what edits do to it, and the scores of both sets."""

import numpy as np
import pytest

from core import linear, logistic
from core.dataset import Dataset, Split
from core.errors import SettingError
from core.experiment import Experiment
from core.frame import ROWS_AT_ONCE, Frame
from core.generators import generate
from core.metrics import accuracy
from core.samples import make_sample
from core.scores import scores
from core.split import kept_back_counts, with_split, without_split
from core.trace import Trace


def labels(*counts: int) -> Dataset:
    """So many examples of class 0 and of class 1."""
    y = np.repeat([0.0, 1.0], counts)
    return Dataset(np.column_stack([np.arange(len(y)), -y]), y)


def test_the_share_of_each_class_is_kept_back_and_the_rest_is_trained_on() -> None:
    split = with_split(make_sample("rare"), 0.2)
    assert kept_back_counts(split) == (76, 4)
    assert split.training.class_counts() == (304, 16)
    assert split.split == Split(0.2, 0)
    assert split.m == 400


@pytest.mark.parametrize(
    ("counts", "share", "kept"),
    [
        ((3, 3), 0.2, (1, 1)),
        ((2, 2), 0.9, (1, 1)),
        ((1, 5), 0.5, (0, 2)),
        ((100, 2), 0.01, (1, 1)),
        ((10, 0), 0.3, (3, 0)),
        ((1, 1), 0.5, (0, 0)),
    ],
)
def test_each_class_stays_in_both_sets_where_it_has_two_examples(counts: tuple[int, int], share: float, kept: tuple[int, int]) -> None:
    assert kept_back_counts(with_split(labels(*counts), share)) == kept


def test_the_same_seed_keeps_the_same_examples_back_and_a_larger_share_more_besides() -> None:
    clouds = generate("clouds")
    some, again, other, more = (with_split(clouds, *how).test for how in ((0.2, 3), (0.2, 3), (0.2, 4), (0.5, 3)))
    assert some is not None
    assert more is not None
    assert np.array_equal(some, again)  # type: ignore[arg-type]
    assert not np.array_equal(some, other)  # type: ignore[arg-type]
    assert not (some & ~more).any()


def test_a_split_is_drawn_from_all_examples_not_from_those_left() -> None:
    clouds = generate("clouds")
    assert np.array_equal(with_split(with_split(clouds, 0.5, 1), 0.2, 3).test, with_split(clouds, 0.2, 3).test)  # type: ignore[arg-type]


def test_no_split_trains_on_all_again() -> None:
    clouds = generate("clouds")
    split = with_split(clouds)
    assert without_split(clouds) is clouds
    for whole in (without_split(split), with_split(split, 0.0)):
        assert whole.test is None
        assert whole.split is None
        assert whole.training is whole
        assert whole.continues(clouds)


def test_an_example_that_is_added_is_trained_on_and_the_split_stays() -> None:
    split = with_split(generate("clouds"))
    added = split.with_point((0.0, 0.0), 1)
    assert added.kept_back.m == split.kept_back.m
    assert added.training.m == split.training.m + 1
    assert added.split == split.split


def test_erasing_all_that_is_kept_back_ends_the_split() -> None:
    split = with_split(labels(4, 4))
    assert split.test is not None
    assert split.without(np.flatnonzero(split.test)).split is None


def test_an_empty_dataset_bears_a_split() -> None:
    assert with_split(Dataset(np.empty((0, 2)), np.empty(0))).test is None


@pytest.mark.parametrize(
    ("share", "seed", "words"), [(1.0, 0, "Test set 100 %"), (-0.1, 0, "Test set -10 %"), (0.2, -1, "Seed -1"), (0.2, 1.5, "Seed 1.5")]
)
def test_a_share_or_seed_that_is_not_possible_is_refused(share: float, seed: int, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        with_split(labels(5, 5), share, seed)


# Scores.


def frame_of(dataset: Dataset, model: str = "logistic", lambda_: float = 0.0) -> Frame:
    experiment = Experiment(dataset, model=model, lambda_=lambda_)
    trace = Trace(np.zeros(1, dtype=np.int64), np.array([[0.7, 0.4]]), np.array([-0.2]), np.array([0.5]))
    return Frame(experiment, trace, 0)


@pytest.mark.parametrize("model", ["logistic", "linear"])
@pytest.mark.parametrize("m", [10, 3 * ROWS_AT_ONCE + 5])
def test_both_sets_are_scored_by_the_formulas(model: str, m: int) -> None:
    frame = frame_of(with_split(generate("clouds", size=m), 0.4), model)
    found = scores(frame)
    assert found.test is not None
    formulas = logistic if model == "logistic" else linear
    for score, examples in ((found.training, frame.experiment.dataset.training), (found.test, frame.experiment.dataset.kept_back)):
        assert score.m == examples.m
        assert score.loss == pytest.approx(formulas.cost(examples.X, examples.y, frame.w, frame.b), rel=1e-12)
        assert score.accuracy == accuracy(frame.predict(examples.X), examples.y)


def test_the_term_of_lambda_belongs_to_training_and_not_to_the_scores() -> None:
    split = with_split(generate("clouds"))
    assert scores(frame_of(split, lambda_=100.0)) == scores(frame_of(split))


def test_without_a_split_there_is_no_test_score() -> None:
    assert scores(frame_of(generate("clouds"))).test is None


def test_scores_of_no_examples_are_no_numbers() -> None:
    score = scores(frame_of(Dataset(np.empty((0, 2)), np.empty(0)))).training
    assert score.m == 0
    assert np.isnan([score.accuracy, score.loss]).all()


def test_losses_that_overflow_are_infinite_and_no_warning() -> None:
    frame = frame_of(Dataset([[1e150, 1e150], [0.0, 0.0]], [0, 1]), "linear")  # type: ignore[arg-type]
    assert scores(frame).training.loss > 1e290
