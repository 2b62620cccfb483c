"""Runs that are kept beside the one under way, and what can be said of two of them together."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from core.approach import CLOSE
from core.dataset import Dataset
from core.experiment import Experiment
from core.trace import Counts, Trace

MOST_PINNED = 12
KEPT_ROWS = 50_000  # of a run with two features that is pinned, or that undo keeps
KEPT_NUMBERS = 5 * KEPT_ROWS
FIRST_ROWS = 200  # of a path that are all drawn
MOST_ROWS = 1_000


@dataclass(eq=False)
class PinnedRun:
    """A run as it was when it was pinned; `experiment` has the feature map of the run. `key` stays through a renaming.

    `trace` may be replaced by a thinner one of the same run, and nothing else changes. An empty name is made up of the settings.
    """

    key: Hashable
    experiment: Experiment
    trace: Trace
    slot: int


def kept(trace: Trace) -> Trace:
    """A copy of a trace that takes bounded memory: 2 MB, all lanes left out."""
    return alone(trace).thinned(rows_kept(trace))


def rows_kept(trace: Trace) -> int:
    """How many rows of a trace, all lanes together, take 2 MB: w, b, J and the state of its method."""
    widest = max(lane.w.shape[1] + (0 if lane.state is None else lane.state.shape[1]) for lane in (trace, *trace.lanes))
    return max(8, min(KEPT_ROWS, KEPT_NUMBERS // int(widest + 3)))


def alone(trace: Trace) -> Trace:
    """The same run without the other lanes of its race."""
    return replace(trace, lanes=()) if trace.lanes else trace


def same_examples(a: Dataset, b: Dataset) -> bool:
    """Whether the two have the very same examples, under whatever names."""
    return a is b or a.is_renamed(b)


def differs_in(run: Experiment, now: Experiment) -> str:
    """What makes J of `run` another function than J now: "data", "model", "λ" or "features"; empty: the two can be compared."""
    if not same_examples(run.dataset, now.dataset):
        return "data"
    if run.model != now.model:
        return "model"
    if run.lambda_ != now.lambda_:
        return "λ"
    # The term of λ punishes weights of the columns as trained.
    return "features" if run.lambda_ and not run.features.equals(now.features) else ""


def on_the_same_landscape(run: Experiment, now: Experiment) -> bool:
    """Whether the path of `run` is a path over the parameters of now."""
    return run.dataset.continues(now.dataset) and run.features.equals(now.features)


def rows_to_draw(rows: int, most: int = MOST_ROWS) -> Counts:
    """At most `most` of so many rows: the first ones all, then farther and farther apart, and the last."""
    if rows <= most:
        return np.arange(rows)
    later = np.geomspace(FIRST_ROWS, rows - 1, most - FIRST_ROWS)
    return np.unique(np.concatenate([np.arange(FIRST_ROWS), later.astype(np.int64), [rows - 1]]))


def first_within(trace: Trace, least_J: float, after: int = -1) -> int | None:
    """The first recorded iteration beyond `after` with J at most 1 % above least_J; None where there is none."""
    begin = int(np.searchsorted(trace.iteration, after, side="right"))
    close = trace.J[begin:] <= (1.0 + CLOSE) * least_J
    first = int(np.argmax(close)) if len(close) else 0
    return int(trace.iteration[begin + first]) if len(close) and close[first] else None
