"""Which advance() makes the updates: the compiled one when it is ready, NumPy until then. Both give the same numbers."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np

from core.compiling import Compiler, Function, Functions, abandon_all
from core.dataset import Array
from core.examples import BLOCK, PORTION, Examples, lay_out
from core.models import MODELS
from core.recording import ROWS_AN_ITERATION, Rows, is_change, keep_turn, write_row, write_turns
from core.team import PARTS_FROM, STOP, Team, make_shared, spare_cores
from core.update_rules import SIMULTANEOUS, UPDATES, Rule

MODEL_CODES = {"logistic": 0, "linear": 1, "squared": 2}  # as core.compiled.evaluate has them

Made = tuple[int, int, bool]  # updates, next free row, diverged
Advance = Callable[..., Made]  # with the arguments of numpy_advance


def numpy_advance(
    examples: Examples,
    w: Array,
    dj_dw: Array,
    scalars: Array,
    alpha: float,
    lambda_: float,
    model: int,
    iteration: int,
    updates: int,
    stride: int,
    window: int,
    rows: Rows,
    row: int,
    rule: Rule | None = None,
) -> Made:
    """Up to `updates` simultaneous updates on columns (n, m), y (m,), fewer when the rows are full.

    w (n,), dj_dw (n,) and scalars = (b, J, dj_db, last change of J) are the state and change in place. What core.recording wants kept is
    written to the rows from index `row` ≥ 1 on. Stops at the last finite w, b, J. A `rule` takes the place of the simultaneous update,
    and leaves dj_dw and dj_db as they are.
    Returns the updates made, the next free row, and whether the next update would have left the finite numbers.
    """
    math = list(MODELS.values())[model]
    X, y = examples.columns[:, : examples.m].T, examples.y[: examples.m]
    turns = Rows(np.full(2, -1), np.empty((2, len(w))), np.empty(2), np.empty(2))
    last_row = len(rows.J) - ROWS_AN_ITERATION
    done = 0
    diverged = False
    with np.errstate(over="ignore", invalid="ignore"):
        while done < updates and row <= last_row:
            b, J, dj_db, change = scalars
            if rule is None:
                new_w, new_b = w - alpha * dj_dw, float(b - alpha * dj_db)
            else:
                new_w, new_b = rule(math, X, y, w, b, alpha, lambda_)
            new_J = math.cost(X, y, new_w, new_b, lambda_)
            if not (np.isfinite(new_J) and np.isfinite(new_b) and np.isfinite(new_w).all()):
                diverged = True
                break
            if is_change(J, new_J):
                if change * (new_J - J) < 0:
                    keep_turn(turns, iteration + done, w, b, J, change > 0)
                change = new_J - J
            w[:] = new_w
            if rule is None:
                dj_dw[:], dj_db = math.gradient(X, y, new_w, new_b, lambda_)
            scalars[:] = new_b, new_J, dj_db, change
            done += 1
            k = iteration + done
            if k % window == 0:
                row = write_turns(turns, rows, row)
            if k % stride == 0:
                write_row(rows, row, k, new_w, new_b, new_J)
                row += 1
    return done, write_turns(turns, rows, row), diverged


class CompiledKernel:
    """The compiled functions, and the team that helps with many examples."""

    def __init__(self, functions: Functions, team: Team) -> None:
        self._compiled = functions
        self.team = team

    def advance(
        self, examples: Examples, w: Array, dj_dw: Array, scalars: Array, alpha: float, lambda_: float, model: int, *recorded: Any
    ) -> Made:
        """See numpy_advance."""
        state = w, dj_dw, scalars, alpha, lambda_
        many = len(examples.y) >= PARTS_FROM
        done = 0
        # Two columns, as far as its points are plain; from there on, and for everything else, the general one.
        if model == MODEL_CODES["logistic"] and examples.signed.size and not many:
            iteration, updates, stride, window, rows, row = recorded
            done, row = self._compiled.advance_two(examples, *state, *recorded, np.empty((7, PORTION)))
            if done == updates or row > len(rows.J) - ROWS_AN_ITERATION:
                return done, row, False
            recorded = iteration + done, updates - done, stride, window, rows, row
        shared = make_shared(len(w))
        if many:
            self.team.call(partial(self._compiled.assist, examples, model, shared))
        try:
            made: Made = self._compiled.advance(examples, *state, model, *recorded, np.empty((2, BLOCK)), shared)
        finally:
            shared.counters[STOP] = 1
        return done + made[0], made[1], made[2]

    @property
    def render(self) -> Function:
        """See core.compiled.surface."""
        return self._compiled.render

    @property
    def slopes(self) -> Function:
        """See core.slopes.numpy_slopes."""
        return self._compiled.slopes

    @property
    def log_loss_grid(self) -> Function:
        """See core.compiled.landscape."""
        return self._compiled.log_loss_grid

    def try_out(self) -> None:
        """One small call of each function with the types of every later call, so that compiling happens here."""
        for n, model in ((2, 0), (1, 0), (1, 1)):
            rows = Rows(np.zeros(8, dtype=np.int64), np.empty((8, n)), np.empty(8), np.empty(8))
            self.advance(
                lay_out(np.zeros((1, n)), np.zeros(1)), np.zeros(n), np.zeros(n), np.zeros(4), 1.0, 0.0, model, 0, 1, 1, 1, rows, 1
            )
        flat = np.zeros((2, 2))
        self.render(*(flat,) * 5, np.zeros(2, dtype=np.uint8), np.zeros((1, 3)), np.zeros((2, 2), dtype=np.uint32), np.full((2, 2), np.inf))
        one = np.zeros(1)
        self.slopes(np.zeros((1, 1)), one, 0, 1, one, one, np.eye(2), False, np.zeros(2), 0, False, np.empty((9, BLOCK)), np.zeros(2), flat)
        self.log_loss_grid(*(np.zeros(1),) * 5)
        if self.team.assistants:
            shared = make_shared(1)
            shared.counters[STOP] = 1
            self._compiled.assist(lay_out(np.zeros((1, 1)), np.zeros(1)), 0, shared)


def compile_now() -> None:
    """Compile here, whatever it takes."""
    _load(Compiler.load_functions())


def _load(functions: Functions) -> CompiledKernel:
    kernel = CompiledKernel(functions, team())
    kernel.try_out()
    return kernel


@cache
def team() -> Team:
    """The one that every compiled function calls."""
    return Team(spare_cores())


_compiler = Compiler(_load)


def prepare() -> None:
    """Start importing and compiling in the background. Returns at once."""
    _compiler.start()


def preparing() -> bool:
    """Whether the compiled kernel may still come."""
    return _compiler.working


def wait() -> bool:
    """Wait until the compiled kernel is ready; False when it cannot be had."""
    _compiler.wait()
    return _compiler.kernel is not None


def abandon() -> bool:
    """Give up preparing, because the program is about to end. Returns whether the threads that prepare have ended."""
    return abandon_all()


def renderer() -> Function | None:
    """What draws surfaces, once it is ready."""
    kernel = _compiler.kernel
    return kernel.render if kernel else None


def slopes() -> Function | None:
    """What finds J, gradient and Hessian in one pass, once it is ready."""
    kernel = _compiler.kernel
    return kernel.slopes if kernel else None


def log_loss_grid() -> Function | None:
    """What computes landscapes, once it is ready."""
    kernel = _compiler.kernel
    return kernel.log_loss_grid if kernel else None


def current() -> Advance:
    """The fastest advance that is ready now."""
    kernel = _compiler.kernel
    return kernel.advance if kernel else numpy_advance


def for_update(update: str) -> Advance:
    """The fastest advance for this rule of core.update_rules; only simultaneous updates are compiled."""
    return current() if update == SIMULTANEOUS else partial(numpy_advance, rule=UPDATES[update])
