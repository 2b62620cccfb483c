"""Examples on the clipboard: they come back to the last bit, and what is none is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataError
from core.points_bytes import pack, unpack


@given(st.lists(st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False), st.integers(0, 1)), min_size=1))
def test_examples_come_back_to_the_last_bit(rows: list[tuple[float, float, int]]) -> None:
    X = np.array([row[:2] for row in rows], dtype=np.float64).reshape(-1, 2)
    y = np.array([row[2] for row in rows], dtype=np.float64)
    again_X, again_y = unpack(pack(X, y), 2)
    assert again_X.tobytes() == X.tobytes()
    assert again_y.tolist() == y.tolist()


@pytest.mark.parametrize(
    "change", [lambda data: b"", lambda data: data[1:], lambda data: data[:-1], lambda data: data + b"x", lambda data: data[:-72]]
)
def test_bytes_that_are_no_examples_are_refused(change: object) -> None:
    data = pack(np.ones((3, 2)), np.ones(3))
    with pytest.raises(DataError, match="holds no points"):
        unpack(change(data), 2)  # type: ignore[operator]


def test_examples_with_another_number_of_features_are_refused() -> None:
    with pytest.raises(DataError, match="2 features"):
        unpack(pack(np.ones((3, 3)), np.ones(3)), 2)
