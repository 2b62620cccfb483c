"""A run as a Python script, one of KINDS: NumPy with whole arrays or with loops, or scikit-learn's fit of the same columns.

The script stands on its own, in the course's names (X_train, y_train, w_in, b_in, alpha, num_iters). Its first two lines hold nothing of
the user's, as Python looks for an encoding there. A setting that is not in WRITTEN and has not its default is named in a comment as
missing: one that is added to Experiment is told, then, before anybody has written its code.
"""

import math
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields

from core.code.columns import numpy_columns, sklearn_columns, terms_function
from core.code.data import data_lines
from core.code.formulas import MODELS, cost, functions
from core.code.methods import CODE, code_of, descent_functions, settings_of
from core.code.quoting import comment, numbers, plain
from core.dataset import Array
from core.descents import GRADIENT, METHODS
from core.errors import SettingError
from core.experiment import Experiment
from core.frame import Frame
from core.trace import Mark

MOST_MARKS = 8
NOT_THE_SAME = "NOT THE SAME RUN"
WRITTEN = {"dataset", "model", "degree", "scaling", "alpha", "lambda_", "iterations", "start", "fitted", "update"}
WRITTEN |= {"method", "batch_size", "seed", "momentum"}
NO_PART = {"threshold", "rivals"}  # in the w and b of a given number of iterations


@dataclass(frozen=True, eq=False)
class Run:
    """What a script is of: an experiment and its iterations; w, b and J after them where they are known, and what was changed on the way.

    file: the name of the saved dataset, for many examples.
    """

    experiment: Experiment
    iterations: int
    w: Array | None = None
    b: float = math.nan
    J: float = math.nan
    marks: tuple[Mark, ...] = ()
    file: str = "dataset.csv"

    @classmethod
    def of(cls, frame: Frame, file: str) -> "Run":
        """The run as far as a frame shows it; while it has not begun, the one that is set."""
        marks = tuple(mark for mark in frame.trace.marks if mark.iteration <= frame.own_iteration)
        if frame.own_iteration == 0 and not marks:
            return cls(frame.experiment, frame.experiment.iterations, file=file)
        return cls(frame.experiment, frame.own_iteration, frame.w, frame.b, frame.J, marks, file)


def python_code(run: Run, kind: str) -> str:
    """The script. Raises SettingError where there is none: no examples, an unknown kind, no such model in scikit-learn."""
    if kind not in KINDS:
        raise SettingError("Code {value} is not known; choose one of {allowed}", value=kind, allowed=", ".join(KINDS))
    if not run.experiment.dataset.training.m:
        raise SettingError("There are no examples to write a script for; open a table or click on the plane to add some")
    run.experiment.check_terms()
    return KINDS[kind](run)


def _vectorized(run: Run) -> str:
    return _numpy(run, loops=False)


def _loops(run: Run) -> str:
    return _numpy(run, loops=True)


def _numpy(run: Run, *, loops: bool) -> str:
    e = run.experiment
    start = f"w_in = {numbers(e.start_w)}" if e.start is not None else f"w_in = np.zeros({e.n_terms})"
    method = "gradient descent" if e.method == GRADIENT else METHODS[e.method].label
    further = settings_of(e)
    settings = [
        start,
        f"b_in = {e.start_b!r}",
        f"alpha = {float(e.alpha)!r}",
        f"lambda_ = {float(e.lambda_)!r}",
        f"num_iters = {run.iterations}",
    ]
    return _joined(
        [f'"""{MODELS[e.model].title} by {method}, as in Descent Lab. Needs NumPy."""'],
        ["import numpy as np"],
        [*_missing(run), *_on_the_way(run), *_told(run), *data_lines(e.dataset, run.file)],
        *([""], terms_function(e)) if e.degree > 1 else (),
        *(part for definition in [*functions(e.model, loops=loops), *descent_functions(e)] for part in ([""], definition)),
        [""],
        [*numpy_columns(e), *settings, *(f"{name} = {value}" for name, value in further.items())],
        [f"w, b = gradient_descent({', '.join(['X, y_train, w_in, b_in, alpha, num_iters, lambda_', *further])})"],
        [*_expected(run), *_prints()],
    )


def _sklearn(run: Run) -> str:
    e = run.experiment
    if e.model == "squared":
        raise SettingError("scikit-learn has no squared error with a sigmoid; copy the NumPy script, or choose logistic regression")
    preprocessing, columns = sklearn_columns(e)
    name, called, told = _sklearn_model(e)
    imports = ["import numpy as np", f"from sklearn.linear_model import {name}"]
    if preprocessing:
        imports.append(f"from sklearn.preprocessing import {', '.join(sorted(preprocessing))}")
    end = (
        "It goes to the minimum of J, whatever the start, alpha and the number of iterations: a run that stops before it, or whose J "
        "has no minimum, has another w, b."
    )
    taken = ["w, b = np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])"]
    return _joined(
        [f'"""{MODELS[e.model].title} with scikit-learn, on the columns of Descent Lab. Needs scikit-learn."""'],
        imports,
        [*_missing(run), *data_lines(e.dataset, run.file)],
        [""],
        cost(e.model),
        [""],
        [*columns, f"lambda_ = {float(e.lambda_)!r}", *comment(told), f"model = {name}({called})", "model.fit(X, y_train)", *taken],
        [*comment(end), *_expected(run), *_prints()],
    )


def _sklearn_model(e: Experiment) -> tuple[str, str, str]:
    """Name, arguments, and how its J and ours go together."""
    if e.model == "linear":
        told = "{} minimises Σ (f - y)^2{}: divided by 2 m that is J{}."
        if e.lambda_:
            return "Ridge", "alpha=lambda_", told.format("Ridge", " + alpha Σ w_j^2", " with lambda_ = alpha")
        return "LinearRegression", "", told.format("LinearRegression", "", " with lambda_ = 0")
    told = "LogisticRegression minimises C Σ loss + 1/2 Σ w_j^2: divided by C m that is J with lambda_ = 1 / C. Its default is C = 1."
    if not e.lambda_:
        told += " Where the classes can be separated there is no minimum without lambda_, and w, b are where the solver stopped."
    C = "1 / lambda_" if e.lambda_ else "np.inf"
    return "LogisticRegression", f'C={C}, solver="newton-cholesky", tol=1e-12, max_iter=1000', told


def _on_the_way(run: Run) -> list[str]:
    """What was changed while the run went on: a script that starts at iteration 0 does not come to the same w, b."""
    if not run.marks:
        return []
    told = [f"at iteration {mark.iteration:,}: {plain(mark.text)}" for mark in run.marks[-MOST_MARKS:]]
    more = len(run.marks) - len(told)
    before = f"{more} more before, " if more else ""
    return comment(
        f"{NOT_THE_SAME}: the one in the window was changed on its way ({before}{'; '.join(told)}). This script makes all iterations "
        "with the examples and settings as they were at the end, so its w, b are others."
    )


def _told(run: Run) -> list[str]:
    told = code_of(run.experiment).told
    return comment(f"{NOT_THE_SAME}: {told}") if told else []


def _missing(run: Run) -> list[str]:
    """Settings that no script makes use of yet."""
    told = []
    if run.experiment.method != GRADIENT and run.experiment.method not in CODE:
        told.append(f"method = {plain(repr(run.experiment.method))}")
    ends = {"stop_below"} if run.w is not None else set()  # the iterations are those that the rule has left
    for field in fields(run.experiment):
        value = getattr(run.experiment, field.name)
        if field.name not in WRITTEN | NO_PART | ends and field.default is not MISSING and value != field.default:
            told.append(f"{field.name} = {plain(repr(value))}")
    return comment(f"NOT IN THIS SCRIPT, though set in Descent Lab: {', '.join(told)}.") if told else []


def _expected(run: Run) -> list[str]:
    if run.w is None:
        return []
    now = f"In Descent Lab after {run.iterations:,} iterations:", f"w = {run.w.tolist()}", f"b = {run.b!r}", f"J = {run.J!r}"
    return [f"# {line}" for line in now]


def _prints() -> list[str]:
    return ['print("w =", w.tolist())', 'print("b =", float(b))', 'print("J =", float(compute_cost(X, y_train, w, b, lambda_)))']


def _joined(*parts: list[str]) -> str:
    """The parts with an empty line between them, and none twice over at the end."""
    return "\n\n".join("\n".join(part) for part in parts if part).replace("\n\n\n\n", "\n\n\n") + "\n"


KINDS: dict[str, Callable[[Run], str]] = {"numpy": _vectorized, "loops": _loops, "sklearn": _sklearn}
