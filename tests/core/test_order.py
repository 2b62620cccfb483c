"""Examples in an order: by a feature, the label, the set, the model's output or the loss; ties stay in the order of the file."""

import numpy as np
import pytest

from core.dataset import Dataset
from core.experiment import Experiment
from core.frame import ROWS_AT_ONCE, Frame
from core.order import LABEL, LOSS, OF_THE_MODEL, OUTPUT, SET, Key, Sorting, order
from core.trace import Trace

KEYS: tuple[Key, ...] = (0, 1, LABEL, SET, OUTPUT, LOSS)


def frame_of(m: int, *, split: bool = True, w: float = 1.0) -> Frame:
    rng = np.random.default_rng(m)
    X = rng.integers(-5, 6, size=(m, 2)).astype(float)  # with many ties
    dataset = Dataset(X, rng.integers(0, 2, size=m).astype(float), test=rng.random(m) < 0.3 if split else None)
    trace = Trace(np.zeros(1, dtype=np.int64), np.array([[w, -0.5]]), np.array([0.3]), np.array([0.5]))
    return Frame(Experiment(dataset), trace, 0)


def values_of(frame: Frame, key: Key) -> list[float]:
    dataset = frame.experiment.dataset
    if isinstance(key, int):
        return dataset.X[:, key].tolist()
    outputs = {OUTPUT: frame.predict(dataset.X), LOSS: frame.losses(dataset.X, dataset.y)}
    values = {LABEL: dataset.y, SET: np.zeros(dataset.m) if dataset.test is None else dataset.test, **outputs}[key]
    return values.tolist()


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", KEYS)
def test_the_examples_are_sorted_and_ties_stay_in_the_order_of_the_file(key: Key, descending: bool) -> None:
    frame = frame_of(500)
    values = values_of(frame, key)
    expected = sorted(range(500), key=lambda i: -values[i] if descending else values[i])
    assert order(frame, Sorting(key, descending)).rows.tolist() == expected


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("m", [0, 1, ROWS_AT_ONCE + 1])
def test_ranks_are_the_way_back_whatever_the_number_of_examples(key: Key, m: int) -> None:
    made = order(frame_of(m, split=False), Sorting(key))
    assert made.rows[made.ranks].tolist() == list(range(m))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", OF_THE_MODEL)
def test_what_is_no_number_comes_last(key: Key, descending: bool) -> None:
    frame = frame_of(50)
    X = frame.experiment.dataset.X.copy()
    X[::3] = 0.0  # 0 times an infinite w is no number
    broken = Frame(Experiment(Dataset(X, frame.experiment.dataset.y)), frame_of(50, w=np.inf).trace, 0)
    values = np.array(values_of(broken, key))[order(broken, Sorting(key, descending)).rows]
    unusable = int(np.isnan(values).sum())
    assert unusable > 0
    assert np.isnan(values[-unusable:]).all()
