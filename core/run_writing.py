"""Runs → text of a table: all rows of one trace, or one row for each of several runs."""

from collections.abc import Iterable, Iterator, Sequence

from core.experiment import Experiment
from core.formula_guard import guarded
from core.progress import Progress
from core.replacing import replace_file
from core.run_facts import RunFacts
from core.trace import Trace
from core.writing import number_text

ROWS_AT_ONCE = 1000
SETTINGS = ("model", "degree", "scaling", "alpha", "lambda", "method", "update", "examples")


def save_trace(trace: Trace, path: str, progress: Progress) -> None:
    """Write iteration, w and b as trained, and J of every recorded row as CSV. Raises DataError with path and reason."""
    replace_file(path, trace_text(trace, progress))


def trace_text(trace: Trace, progress: Progress) -> Iterator[bytes]:
    """The table in portions of whole lines."""
    n = trace.w.shape[1]
    yield (",".join(["iteration", *(f"w{j + 1}" for j in range(n)), "b", "J"]) + "\n").encode()
    for start in range(0, len(trace), ROWS_AT_ONCE):
        progress(start / len(trace))
        part = slice(start, start + ROWS_AT_ONCE)
        columns: list[Iterable[str]] = [map(str, trace.iteration[part].tolist())]
        columns += [map(number_text, column) for column in trace.w[part].T.tolist()]
        columns += [map(number_text, trace.b[part].tolist()), map(number_text, trace.J[part].tolist())]
        yield "".join(f"{','.join(cells)}\n" for cells in zip(*columns, strict=True)).encode()


def save_runs(runs: Sequence[tuple[str, Experiment, RunFacts]], path: str) -> None:
    """Write a row for each run as CSV: name, settings, and what came out. Raises DataError with path and reason."""
    replace_file(path, [runs_text(runs).encode("utf-8", "replace")])


def runs_text(runs: Sequence[tuple[str, Experiment, RunFacts]]) -> str:
    """The table as text."""
    lines = [["run", *SETTINGS, "iterations", "J", "least J", "iterations to within 1 % of the least J"]]
    for name, experiment, facts in runs:
        settings = (
            experiment.model,
            experiment.degree,
            experiment.scaling,
            number_text(experiment.alpha),
            number_text(experiment.lambda_),
            experiment.method,
            experiment.update,
            experiment.dataset.training.m,
        )
        least_J = "" if facts.least_J is None else number_text(facts.least_J)
        within = "" if facts.within is None else str(facts.within)
        lines.append([_quoted(guarded(name)), *map(str, settings), str(facts.iteration), number_text(facts.J), least_J, within])
    return "".join(",".join(line) + "\n" for line in lines)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r;\t|#') else text
