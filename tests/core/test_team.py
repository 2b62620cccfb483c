"""Many examples: parts that several threads share give the same numbers as one thread that takes them all."""

import os
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from core import kernels, team
from core.compiling import Compiler
from core.dataset import Array
from core.descent import descend
from core.models import MODELS
from core.team import PARTS_FROM, Team, spare_cores
from core.trace import Trace

TINY = 1e-14


@pytest.fixture(scope="module")
def team_of_four() -> Iterator[kernels.CompiledKernel]:
    """A kernel with three assistants, whether or not there are cores for them."""
    assert kernels.wait()
    kernel = kernels.CompiledKernel(Compiler.load_functions(), Team(3))
    yield kernel
    if kernel.team._pool:
        kernel.team._pool.shutdown()


def data(m: int, n: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(m + n)
    X = rng.normal(0.3, 1.0, (m, n))
    return X, (X[:, 0] + rng.logistic(size=m) > 0).astype(float)


def run(m: int, n: int, model: str, lambda_: float) -> Trace:
    return descend(*data(m, n), alpha=0.2, iterations=40, w=np.linspace(-1, 1, n), b=0.5, lambda_=lambda_, model=model)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("lambda_", [0.0, 5.0])
@pytest.mark.parametrize("n", [1, 2, 5])
@pytest.mark.parametrize("m", [PARTS_FROM, PARTS_FROM + 3, 120_001])
def test_a_team_gives_the_numbers_of_one_thread(
    team_of_four: kernels.CompiledKernel, m: int, n: int, lambda_: float, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = kernels.CompiledKernel(team_of_four._compiled, Team(0))
    monkeypatch.setattr(kernels, "current", lambda: alone.advance)
    one = run(m, n, model, lambda_)
    monkeypatch.setattr(kernels, "current", lambda: team_of_four.advance)
    four = run(m, n, model, lambda_)
    assert four.w == pytest.approx(one.w, rel=TINY, abs=TINY)
    assert four.b == pytest.approx(one.b, rel=TINY, abs=TINY)
    assert pytest.approx(one.J, rel=TINY) == four.J


def test_a_team_equals_the_specification(team_of_four: kernels.CompiledKernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "current", lambda: team_of_four.advance)
    shared = run(70_001, 2, "logistic", 1.0)
    monkeypatch.setattr(kernels, "current", lambda: kernels.numpy_advance)
    plain = run(70_001, 2, "logistic", 1.0)
    assert shared.w == pytest.approx(plain.w, rel=1e-12)
    assert pytest.approx(plain.J, rel=1e-12) == shared.J


def test_below_the_limit_nobody_is_called(team_of_four: kernels.CompiledKernel, monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    monkeypatch.setattr(team_of_four.team, "call", called.append)
    monkeypatch.setattr(kernels, "current", lambda: team_of_four.advance)
    run(PARTS_FROM - 8, 5, "logistic", 0.0)
    assert called == []
    run(PARTS_FROM, 5, "logistic", 0.0)
    assert len(called) == 1


def test_a_team_that_never_comes_is_not_waited_for(team_of_four: kernels.CompiledKernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_of_four.team, "call", lambda assist: None)
    monkeypatch.setattr(kernels, "current", lambda: team_of_four.advance)
    assert run(PARTS_FROM, 2, "logistic", 0.0).last == 40


def test_an_assistant_that_comes_late_goes_home(team_of_four: kernels.CompiledKernel, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    monkeypatch.setattr(team_of_four.team, "call", kept.append)
    monkeypatch.setattr(kernels, "current", lambda: team_of_four.advance)
    run(PARTS_FROM, 2, "logistic", 0.0)
    late = threading.Thread(target=kept[0])
    late.start()
    late.join(60)
    assert not late.is_alive()


@pytest.mark.parametrize(("usable", "spare"), [({0}, 0), ({0, 1}, 0), ({0, 1, 5}, 1), (set(range(8)), 6)])
def test_the_window_keeps_a_core_of_its_own(usable: set[int], spare: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team.os, "sched_getaffinity", lambda process: usable, raising=False)
    assert spare_cores() == spare
    monkeypatch.delattr(team.os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: len(usable))
    assert spare_cores() == spare
