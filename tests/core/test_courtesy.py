"""Threads that train or work in the background let the window go first."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core.courtesy import BREAK_EVERY_S, TRAINING, Breaks, stand_back
from core.trainer import Trainer

ROOT = Path(__file__).resolve().parent.parent.parent
DEADLINE_S = 20.0

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priority of their own")


def niceness(thread: threading.Thread) -> int:
    return os.getpriority(os.PRIO_PROCESS, thread.native_id or 0)


@linux_only
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


@linux_only
def test_training_stands_back() -> None:
    own = niceness(threading.current_thread())
    trainer = Trainer()
    deadline_s = time.monotonic() + DEADLINE_S
    while niceness(trainer._thread) < max(own, TRAINING):
        assert time.monotonic() < deadline_s, "did not happen in time"
        time.sleep(0.001)
    trainer.stop()


@linux_only
def test_numpy_has_no_threads_that_take_the_cores_from_the_window() -> None:
    code = (
        "import os, core\n"
        "import numpy as np\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        "A = np.ones((600, 600))\n"
        "A @ A\n"
        "print(before, len(os.listdir('/proc/self/task')))\n"
    )
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=free, capture_output=True, text=True, check=True)
    assert run.stdout == "1 1\n"


def test_work_takes_a_break_when_it_has_gone_on_for_a_while_and_not_more_often() -> None:
    now_s = 5.0
    breaks: list[float] = []
    work = Breaks(lambda: now_s, lambda _s: breaks.append(now_s))
    for step in range(1, 31):
        now_s = 5.0 + step * BREAK_EVERY_S / 8
        work.take_when_due()
    assert len(breaks) == 3
    assert min(after - before for before, after in zip([5.0, *breaks], breaks, strict=False)) > BREAK_EVERY_S
