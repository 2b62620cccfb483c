"""The order in which stochastic and mini-batch descent take the examples: every one once a pass, by seed, from anywhere."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.descents.order import ROUNDS, Order, examples_at, round_keys

MASK = 2**64 - 1


def mixed(x: int) -> int:
    """The finalizer of SplitMix64 in Python's own numbers."""
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & MASK
    return x ^ (x >> 31)


@given(st.integers(1, 300), st.integers(0, 2**32 - 1), st.integers(0, 10**12))
def test_a_pass_takes_every_example_once(m: int, seed: int, number: int) -> None:
    assert sorted(examples_at(np.arange(m), seed, number, m).tolist()) == list(range(m))


def test_a_million_examples_are_each_taken_once() -> None:
    m = 1_000_003
    assert np.bincount(examples_at(np.arange(m), 5, 2, m), minlength=m).tolist() == [1] * m


@given(st.integers(1, 10_000), st.integers(0, 2**32 - 1), st.integers(0, 10**12), st.data())
def test_the_order_is_the_network_written_by_hand(m: int, seed: int, number: int, data: st.DataObject) -> None:
    bits = max(2, (m - 1).bit_length())
    keys = round_keys(seed, number)
    for place in data.draw(st.lists(st.integers(0, m - 1), min_size=1, max_size=5)):
        left, right = place >> (bits // 2), place & ((1 << bits // 2) - 1)
        while True:  # by hand, with Python's own numbers
            for k in range(0, ROUNDS, 2):
                left ^= mixed(int(keys[k]) ^ right) & ((1 << bits - bits // 2) - 1)
                right ^= mixed(int(keys[k + 1]) ^ left) & ((1 << bits // 2) - 1)
            if (left << (bits // 2)) + right < m:
                break
        by_hand = (left << (bits // 2)) + right
        assert examples_at(np.array([place]), seed, number, m).tolist() == [by_hand]


@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 1000), st.integers(0, 100))
def test_batches_are_the_pieces_of_a_pass_whichever_is_asked_for_first(m: int, size: int, seed: int, passes: int) -> None:
    order = Order(m, size, seed)
    begin = passes * order.batches
    asked = [*range(begin, begin + order.batches)]
    backwards = {k: order.batch(k).tolist() for k in reversed(asked)}
    forwards = [Order(m, size, seed).batch(k).tolist() for k in asked]
    assert forwards == [backwards[k] for k in asked]
    assert [len(batch) for batch in forwards[:-1]] == [min(size, m)] * (order.batches - 1)
    assert sorted(i for batch in forwards for i in batch) == list(range(m))


@pytest.mark.parametrize("m", [2, 3, 6, 10])
def test_every_example_comes_at_every_place_equally_often(m: int) -> None:
    passes = 4000
    counts = np.zeros((m, m))
    for number in range(passes):
        counts[np.arange(m), examples_at(np.arange(m), 7, number, m)] += 1
    expected = passes / m
    # χ² of each place, m - 1 degrees of freedom: 5 standard deviations above its mean.
    chi_squared = ((counts - expected) ** 2 / expected).sum(axis=1)
    assert (chi_squared < (m - 1) + 5 * np.sqrt(2 * (m - 1))).all()


def test_all_orders_of_three_examples_occur_about_equally_often() -> None:
    orders = Counter(tuple(examples_at(np.arange(3), 1, number, 3).tolist()) for number in range(6000))
    assert len(orders) == 6
    assert 800 < min(orders.values()) <= max(orders.values()) < 1200


def test_another_seed_is_another_order() -> None:
    assert examples_at(np.arange(50), 1, 0, 50).tolist() != examples_at(np.arange(50), 2, 0, 50).tolist()
    assert examples_at(np.arange(50), 1, 0, 50).tolist() != examples_at(np.arange(50), 1, 1, 50).tolist()
