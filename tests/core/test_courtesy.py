"""Threads that train or work in the background let the window go first."""

import os
import sys
import threading
import time

import pytest

from core.courtesy import TRAINING, stand_back
from core.trainer import Trainer

DEADLINE_S = 20.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priority of their own")


def niceness(thread: threading.Thread) -> int:
    return os.getpriority(os.PRIO_PROCESS, thread.native_id or 0)


def test_a_thread_that_stands_back_leaves_the_others_where_they_are() -> None:
    own = niceness(threading.current_thread())
    seen: list[int] = []

    def work() -> None:
        stand_back(19)
        stand_back(TRAINING)  # never forward again
        seen.append(niceness(threading.current_thread()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [19]
    assert niceness(threading.current_thread()) == own


def test_training_stands_back() -> None:
    own = niceness(threading.current_thread())
    trainer = Trainer()
    deadline_s = time.monotonic() + DEADLINE_S
    while niceness(trainer._thread) < max(own, TRAINING):
        assert time.monotonic() < deadline_s, "did not happen in time"
        time.sleep(0.001)
    trainer.stop()
