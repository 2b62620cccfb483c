"""The order of the examples, place by place: what core.descents.order does, compiled."""

import numpy as np

from core.compiled.options import exact, inlined
from core.descents import order
from core.descents.order import Words

_ONE = np.uint64(1)
_A, _B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)
_GOLDEN = np.uint64(order.GOLDEN)


@inlined
def mix(x: np.uint64) -> np.uint64:
    """See core.descents.order. Every number is a uint64: with an int64 numba would make a float of it."""
    x = (x ^ (x >> _S30)) * _A
    x = (x ^ (x >> _S27)) * _B
    return x ^ (x >> _S31)


@exact
def set_round_keys(seed: int, number_of_pass: int, keys: Words) -> None:
    """Fill keys (ROUNDS,)."""
    key = mix(mix(np.uint64(seed)) + np.uint64(number_of_pass))
    for k in range(order.ROUNDS):
        keys[k] = mix(key + np.uint64(k + 1) * _GOLDEN)


@inlined
def example_at(place: int, keys: Words, low: int, high: int, m: int) -> int:
    """Index of the example at this place; low and high are the bits of the two halves."""
    x = np.uint64(place)
    low_bits, high_bits = np.uint64(low), np.uint64(high)
    low_mask, high_mask = (_ONE << low_bits) - _ONE, (_ONE << high_bits) - _ONE
    while True:
        right, left = x & low_mask, x >> low_bits
        for k in range(0, order.ROUNDS, 2):
            left ^= mix(keys[k] ^ right) & high_mask
            right ^= mix(keys[k + 1] ^ left) & low_mask
        x = (left << low_bits) | right
        if x < np.uint64(m):
            return int(x)
