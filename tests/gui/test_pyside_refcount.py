"""PySide6 6.12.0 on Python < 3.12 drops a reference to True with every signal, one to None with every void call, until the process dies.

pyproject.toml keeps that pair out; this finds it if it comes back. On Python ≥ 3.12 True and None are immortal and the counts stand still.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal

CALLS = 60  # few enough to live through the bug
NOISE = 20


class Emitter(QObject):
    fired = Signal(bool)


def emit_true(emitter: Emitter) -> None:
    emitter.fired.emit(True)


def call_void(emitter: Emitter) -> None:
    emitter.setObjectName("probe")


@pytest.mark.parametrize("call", [emit_true, call_void])
@pytest.mark.parametrize("constant", [True, None])
def test_calls_into_qt_keep_the_reference_counts_of_true_and_none(call: Callable[[Emitter], None], constant: bool | None) -> None:
    emitter = Emitter()
    received: list[bool] = []
    emitter.fired.connect(received.append)
    call(emitter)
    received.clear()
    before = sys.getrefcount(constant)
    for _ in range(CALLS):
        call(emitter)
        received.clear()
    assert sys.getrefcount(constant) > before - NOISE
