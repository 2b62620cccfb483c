"""Trainer: the background thread around a Descent. Play, pause, step, pace, stop.

Commands are posted from the GUI thread and carried out between chunks of at most 5 ms; after each chunk the worker publishes what there is
to see in one assignment, and whoever wants to see it polls. No signal is sent and no lock is held while numbers are computed.
"""

import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from core.courtesy import TRAINING, stand_back
from core.errors import UserError
from core.pace import FILM, Pace, due, wait_s
from core.race import Runner
from core.trace import Trace

CHUNK_S = 0.005
FIRST_GUESS_S = CHUNK_S  # for one iteration of a run not yet timed: its first chunk is one iteration


class Status(Enum):
    """What a run is doing."""

    READY = "ready"
    TRAINING = "training"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"


@dataclass(frozen=True, eq=False)
class Published:
    """What the worker last made known.

    `handled` counts the commands carried out so far; `error` says why the last install or change failed; `stopped` is whether the stop
    rule has ended the run.
    """

    handled: int
    status: Status
    trace: Trace | None = None
    error: UserError | None = None
    stopped: bool = False


class Trainer:
    """Runs a descent in a thread of its own. Every method but stop() returns at once."""

    def __init__(self) -> None:
        self.published = Published(0, Status.READY)
        self.posted = 0
        self._commands: deque[Callable[[], None]] = deque()
        self._wake = threading.Condition()
        self._stopping = False
        self._descent: Runner | None = None
        self._iterations = 0
        self._playing = False
        self._pace: Pace = FILM
        self._pace_from = (0, 0.0)
        self._s_per_iteration = FIRST_GUESS_S
        self._error: UserError | None = None
        self._thread = threading.Thread(target=self._work, name="trainer", daemon=True)
        self._thread.start()

    # Commands, from any thread.

    def install(self, make: Callable[[], Runner] | None, iterations: int) -> None:
        """Take on another run, paused; `make` builds its descent in the worker. None: there is nothing to train."""

        def command() -> None:
            self._playing = False
            self._descent = None
            self._error = None
            self._iterations = iterations
            self._s_per_iteration = FIRST_GUESS_S
            self._descent = make() if make else None

        self._post(command)

    def change(self, apply: Callable[[Runner], None]) -> None:
        """Change the running descent between two iterations."""

        def command() -> None:
            if self._descent:
                self._s_per_iteration = FIRST_GUESS_S  # there may be many more examples now
                apply(self._descent)
                self._error = None

        self._post(command)

    def set_iterations(self, iterations: int) -> None:
        """Where the run ends."""

        def command() -> None:
            self._iterations = iterations
            self._restart_clock()

        self._post(command)

    def set_pace(self, pace: Pace) -> None:
        """Iterations per second, FILM, or None for as fast as it goes."""

        def command() -> None:
            self._pace = pace
            self._restart_clock()

        self._post(command)

    def play(self) -> None:
        """Train until the last iteration, divergence or pause()."""

        def command() -> None:
            self._playing = True
            self._restart_clock()

        self._post(command)

    def pause(self) -> None:
        """Stop after the present chunk."""

        def command() -> None:
            self._playing = False

        self._post(command)

    def step(self, n: int = 1) -> None:
        """Make n iterations now, up to the end of the run, and pause."""

        def command() -> None:
            self._playing = False
            descent = self._descent
            if descent is None:
                return
            if descent.ended and descent.iteration < self._iterations:
                descent.stopped = False  # what a person asks for is made
            end = min(descent.iteration + n, self._iterations)
            while descent.iteration < end and not descent.ended and not self._stopping:
                self._advance(descent, end - descent.iteration)

        self._post(command)

    def stop(self) -> None:
        """End the thread and wait for it. The trainer cannot be used after that."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join()

    @property
    def busy(self) -> bool:
        """Whether there is more to come than what is published now."""
        published = self.published
        return published.handled < self.posted or published.status is Status.TRAINING

    def _post(self, command: Callable[[], None]) -> None:
        with self._wake:
            self.posted += 1
            self._commands.append(command)
            self._wake.notify()

    # The worker.

    def _work(self) -> None:
        stand_back(TRAINING)
        handled = 0
        while True:
            with self._wake:
                while not self._commands and not self._playing and not self._stopping:
                    self._wake.wait()
                if self._stopping:
                    return
                commands = list(self._commands)
                self._commands.clear()
            for command in commands:
                self._attempt(command)
            handled += len(commands)
            before = self._descent.iteration if self._descent else 0
            pause_s = (self._attempt(self._train_a_chunk) or 0.0) if self._playing else 0.0
            if commands or not self._playing or (self._descent and self._descent.iteration != before):
                self._publish(handled)
            if pause_s > 0:
                with self._wake:
                    if not self._commands and not self._stopping:
                        self._wake.wait(pause_s)

    def _attempt(self, work: Callable[[], float | None]) -> float | None:
        """Do it; what goes wrong is published, and the thread lives on."""
        try:
            result = work()
        except UserError as error:
            self._error = error
        except Exception as error:  # a fault of ours, or no memory: said, never swallowed
            traceback.print_exc()
            self._error = UserError("Training stopped because of an error ({what}); change the data or the settings", what=error)
        else:
            return result
        self._playing = False
        return None

    def _train_a_chunk(self) -> float:
        """At most 5 ms of iterations; returns the seconds until the next one is due."""
        descent = self._descent
        if descent is None or descent.ended or descent.iteration >= self._iterations:
            self._playing = False
            return 0.0
        if descent.behind:  # whatever the pace
            self._advance(descent, descent.behind)
            self._restart_clock()
            return 0.0
        begin, began_s = self._pace_from
        now_s = time.perf_counter()
        target = min(due(self._pace, begin, now_s - began_s, self._iterations), self._iterations)
        wanted = int(target) - descent.iteration
        if wanted <= 0:
            return wait_s(self._pace, begin, now_s - began_s, self._iterations, descent.iteration + 1)
        updates = self._advance(descent, wanted)
        if updates < wanted and self._pace is not None:
            # The machine is slower than the pace: go on from here instead of running after a growing debt.
            self._restart_clock()
        if descent.ended or descent.iteration >= self._iterations:
            self._playing = False
        return 0.0

    def _advance(self, descent: Runner, wanted: int) -> int:
        """Up to `wanted` iterations in at most 5 ms, as far as that can be foreseen; returns how many were tried."""
        updates = min(wanted, max(descent.portion, int(CHUNK_S / self._s_per_iteration)))
        began_s = time.perf_counter()
        made = descent.advance(updates)
        spent_s = time.perf_counter() - began_s
        # At most doubled from one chunk to the next: the first iterations of a run are timed roughly.
        self._s_per_iteration = max(spent_s / max(made, 1), self._s_per_iteration / 2, 1e-9)
        return updates

    def _restart_clock(self) -> None:
        self._pace_from = (self._descent.iteration if self._descent else 0, time.perf_counter())

    def _publish(self, handled: int) -> None:
        descent = self._descent
        if descent is None:
            self.published = Published(handled, Status.READY, None, self._error)
            return
        if self._playing:
            status = Status.TRAINING
        elif descent.diverged:
            status = Status.DIVERGED
        elif descent.ended or descent.iteration >= self._iterations:
            status = Status.FINISHED
        else:
            status = Status.PAUSED if descent.iteration else Status.READY
        self.published = Published(handled, status, descent.trace(), self._error, descent.stopped)
