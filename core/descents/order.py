"""The order in which stochastic and mini-batch descent take the examples: each pass takes every one once, in an order of its own.

The example at a place of a pass is a function of seed, pass and place alone. So a run can go on from any iteration, and takes the path it
took before; nothing is shuffled, and a million examples cost no more than six. The function is a Feistel network over the places, written
in bits, and where it leads beyond m it is applied again until it does not.
Source: Luby, Rackoff 1988 (Feistel networks as permutations); Black, Rogaway 2002, section 4 (cycle walking); Steele, Lea, Flood 2014
(mix).
"""

import numpy as np
from numpy.typing import NDArray

ROUNDS = 6
GOLDEN = 0x9E3779B97F4A7C15  # 2^64 / the golden ratio: keys far apart
AT_ONCE = 4096  # places looked up ahead

Words = NDArray[np.uint64]
Indices = NDArray[np.intp]


def mix(x: Words) -> Words:
    """The finalizer of SplitMix64: every bit of x (k,) changes half of the bits of what comes out."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Words = x ^ (x >> np.uint64(31))
    return mixed


def round_keys(seed: int, number_of_pass: int) -> Words:
    """One key for each round (ROUNDS,)."""
    key = mix(mix(np.array([seed], dtype=np.uint64)) + np.uint64(number_of_pass))
    return mix(key + np.arange(1, ROUNDS + 1, dtype=np.uint64) * np.uint64(GOLDEN))


def examples_at(places: NDArray[np.int64], seed: int, number_of_pass: int, m: int) -> Indices:
    """Indices (k,) of the examples at these places (k,) of a pass over m examples; places and indices are 0 … m - 1."""
    bits = max(2, (m - 1).bit_length())
    low = np.uint64(bits // 2)
    keys = round_keys(seed, number_of_pass)
    found = places.astype(np.uint64)
    beyond = np.ones(len(found), dtype=bool)
    while beyond.any():
        found[beyond] = _network(found[beyond], keys, low, np.uint64(bits) - low)
        beyond = found >= np.uint64(m)
    return found.astype(np.intp)


def _network(x: Words, keys: Words, low: np.uint64, high: np.uint64) -> Words:
    """A permutation of the numbers of low + high bits."""
    one = np.uint64(1)
    right, left = x & ((one << low) - one), x >> low
    for k in range(0, ROUNDS, 2):
        left = left ^ (mix(keys[k] ^ right) & ((one << high) - one))
        right = right ^ (mix(keys[k + 1] ^ left) & ((one << low) - one))
    joined: Words = (left << low) | right
    return joined


class Order:
    """The examples of each batch: batch k of all is that of iteration k → k + 1."""

    def __init__(self, m: int, batch_size: int, seed: int) -> None:
        self.m = m
        self.batch_size = min(batch_size, m)
        self.seed = seed
        self._known: tuple[int, int, Indices] = (-1, 0, np.empty(0, dtype=np.intp))

    @property
    def batches(self) -> int:
        """How many of them make one pass; the last may be smaller."""
        return -(-self.m // self.batch_size)

    def batch(self, iteration: int) -> Indices:
        """Indices of the examples that the update of this iteration takes."""
        number, place = divmod(iteration, self.batches)
        first = place * self.batch_size
        last = min(first + self.batch_size, self.m)
        known, begin, indices = self._known
        if known != number or not begin <= first or last > begin + len(indices):
            begin = first
            end = min(self.m, max(last, first + AT_ONCE))
            indices = examples_at(np.arange(begin, end), self.seed, number, self.m)
            self._known = number, begin, indices
        return indices[first - begin : last - begin]
