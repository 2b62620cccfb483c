"""The compiled functions of the other methods, made in the background when the first of these methods is chosen: the start and gradient
descent do without them. Until they are ready, and where numba is absent, core.descents.numpy_advance makes the updates.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from core import kernels
from core.compiling import Compiler, Function, remove_outdated
from core.dataset import Array
from core.examples import BLOCK, Examples, lay_out
from core.kernels import Made
from core.recording import Rows
from core.team import PARTS_FROM, STOP, Shared, Team, make_shared

Plan = tuple[int, int, int, int, Rows, int]  # iteration, updates, stride, window, rows, row


@dataclass(frozen=True)
class Functions:
    """The entry points of core.compiled.stateful and core.compiled.batches."""

    advance_with_state: Function
    advance_by_batches: Function
    assist: Function

    @property
    def kept(self) -> tuple[Function, ...]:
        """Those that are in the cache wherever this has been compiled."""
        return self.advance_with_state, self.advance_by_batches


class Machine:
    """The compiled functions, and the team that helps with many examples."""

    def __init__(self, functions: Functions, team: Team) -> None:
        self._compiled = functions
        self.team = team

    def advance_with_state(
        self,
        examples: Examples,
        point: Array,
        dj_dw: Array,
        scalars: Array,
        alpha: float,
        lambda_: float,
        model: int,
        method: int,
        beta: float,
        plan: Plan,
    ) -> Made:
        """See core.compiled.stateful."""
        shared = self._gather(examples, len(dj_dw), model)
        state = point, dj_dw, scalars, alpha, lambda_
        try:
            made: Made = self._compiled.advance_with_state(examples, *state, model, method, beta, *plan, np.empty((2, BLOCK)), shared)
        finally:
            shared.counters[STOP] = 1
        return made

    def advance_by_batches(
        self,
        examples: Examples,
        w: Array,
        dj_dw: Array,
        scalars: Array,
        alpha: float,
        lambda_: float,
        model: int,
        batch_size: int,
        seed: int,
        every: int,
        plan: Plan,
    ) -> Made:
        """See core.compiled.batches."""
        shared = self._gather(examples, len(dj_dw), model)
        state = w, dj_dw, scalars, alpha, lambda_
        chosen = batch_size, seed, every
        try:
            made: Made = self._compiled.advance_by_batches(examples, *state, model, *chosen, *plan, np.empty((2, BLOCK)), shared)
        finally:
            shared.counters[STOP] = 1
        return made

    def _gather(self, examples: Examples, n: int, model: int) -> Shared:
        shared = make_shared(n)
        if len(examples.y) >= PARTS_FROM:
            self.team.call(partial(self._compiled.assist, examples, model, shared))
        return shared

    def try_out(self) -> None:
        """One small call of each function with the types of every later call, so that compiling happens here."""
        examples = lay_out(np.zeros((1, 1)), np.zeros(1))
        for width in (1, 3):
            rows = Rows(np.zeros(8, dtype=np.int64), np.empty((8, width)), np.empty(8), np.empty(8))
            state = np.zeros(width), np.zeros(1), np.zeros(4), 1.0, 0.0
            if width == 1:
                self.advance_by_batches(examples, *state, 0, 1, 0, 1, (0, 1, 1, 1, rows, 1))
            else:
                self.advance_with_state(examples, *state, 0, 0, 0.9, (0, 1, 1, 1, rows, 1))


class _Compiler(Compiler[Machine]):
    compile_now = "from core.descents import machine; machine.compile_now()"

    @staticmethod
    def load_functions() -> Functions:
        """Import them. Raises ImportError where numba is absent."""
        from core.compiled.batches import advance_by_batches
        from core.compiled.evaluate import assist
        from core.compiled.stateful import advance_with_state

        remove_outdated(advance_with_state, advance_by_batches)
        return Functions(advance_with_state, advance_by_batches, assist)


def compile_now() -> None:
    """Compile here, whatever it takes."""
    _load(_Compiler.load_functions())


def _load(functions: Functions) -> Machine:
    machine = Machine(functions, kernels.team())
    machine.try_out()
    return machine


_compiler = _Compiler(_load)


def prepare() -> None:
    """Start importing and compiling in the background. Returns at once."""
    _compiler.start()


def wait() -> bool:
    """Wait until the compiled methods are ready; False when they cannot be had."""
    _compiler.wait()
    return _compiler.kernel is not None


def current() -> Machine | None:
    """The compiled methods, once they are ready."""
    return _compiler.kernel
