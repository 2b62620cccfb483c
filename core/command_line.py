"""The command line: arguments → Experiment, and a headless run that prints one JSON object."""

import argparse
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from core.dataset import Dataset
from core.descents import METHODS, usual_alpha
from core.errors import DataError, SettingError
from core.experiment import Experiment
from core.frame import Frame
from core.models import MODELS
from core.progress import Progress
from core.read_options import AS_FOUND, ReadOptions
from core.samples import SAMPLES, make_sample
from core.scaling import SCALINGS
from core.scores import scores
from core.split import with_split
from core.table_source import NO_COLUMN, TableSource
from core.verdict import Ending

DEFAULT_SAMPLE = "course"
NONE = "none"  # for --x2: one feature
SETTINGS = ("model", "degree", "scaling", "alpha", "iterations", "lambda_", "start", "threshold", "stop_below", "method")
NUMBERS = ("--start", "--alpha", "--lambda", "--stop-below", "--test-share", "--split-seed", "--order-seed", "--momentum")
METHOD_OPTIONS = {"batch_size": "--batch-size", "seed": "--order-seed", "momentum": "--momentum"}


@dataclass(frozen=True)
class Arguments:
    """What was asked for, parsed but with no file read yet. `settings` are fields of Experiment."""

    file: str | None
    columns: dict[str, str | None]
    sample: str | None
    seed: int | None
    settings: dict[str, Any]
    play: bool
    headless: bool
    screenshot: str | None
    test_share: float | None = None
    split_seed: int = 0
    options: ReadOptions = AS_FOUND
    classes: dict[str, str | None] = field(default_factory=lambda: {"one": None, "zero": None})
    skip_bad_cells: bool = False
    code: str | None = None

    @property
    def says_how_to_read(self) -> bool:
        """Whether anything is said about the columns, the classes or the reading of the file."""
        named = [*self.columns.values(), *self.classes.values()]
        return self.options != AS_FOUND or self.skip_bad_cells or any(name is not None for name in named)

    def dataset(self, progress: Progress | None = None) -> Dataset:
        """Read the file or make the sample, and keep a test set back where one is asked for.

        Raises DataError and SettingError; what `progress` raises passes.
        """
        dataset = self._all_examples(progress)
        return dataset if self.test_share is None else with_split(dataset, self.test_share, self.split_seed)

    def _all_examples(self, progress: Progress | None) -> Dataset:
        if self.file is not None:
            from core.table import read_table  # only where a table is read: the start does without it

            try:
                table = read_table(self.file, progress, self.options)
                x1, x2, label = self.columns["x1"], self.columns["x2"], self.columns["label"]
                if x2 == NONE and NONE not in table.names:
                    x2 = NO_COLUMN
                return table.to_dataset(x1, x2, label, **self.classes, skip_bad_cells=self.skip_bad_cells)
            except DataError as error:
                if not error.offer:
                    raise
                template = error.template + ", or leave such rows out: --skip-bad-rows"
                raise DataError(template, offer=error.offer, **error.values) from error
        if self.says_how_to_read:
            raise DataError("--x1, --x2, --label, --one, --zero, --sheet and --skip-bad-rows are about a file; name the FILE as well")
        return make_sample(self.sample or DEFAULT_SAMPLE, self.seed)

    def experiment(self, dataset: Dataset) -> Experiment:
        """The settings on this dataset. Raises SettingError."""
        alpha = usual_alpha(self.settings.get("method"))
        settings = self.settings if alpha is None else {"alpha": alpha, **self.settings}
        return replace(Experiment(dataset), **settings)  # one replace, so that start is checked against the degree given


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise SettingError("{message}; see --help", message=message)


def parse(argv: Sequence[str]) -> Arguments:
    """Arguments without the program's name. Raises SettingError; --help prints and exits."""
    given = _parser().parse_args(_joined(argv))
    if given.file is not None and given.sample is not None:
        raise SettingError("FILE {file} and --sample {sample} exclude each other; give one of them", file=given.file, sample=given.sample)
    if given.file is not None and given.sample_seed is not None:
        raise SettingError(
            "--seed {seed} belongs to a sample, and FILE {file} is none; leave one of them out", seed=given.sample_seed, file=given.file
        )
    if given.split_seed is not None and given.test_share is None:
        raise SettingError("--split-seed {seed} belongs to a test set; give --test-share as well, such as 0.2", seed=given.split_seed)
    _check_method_options(given)
    if given.headless and given.screenshot is not None:
        raise SettingError("--headless opens no window to save as {file}; leave one of the two out", file=given.screenshot)
    if given.code is not None and not given.headless:
        raise SettingError("--code {kind} prints a script instead of opening a window; give --headless as well", kind=given.code)
    settings = {field: value for field in (*SETTINGS, *METHOD_OPTIONS) if (value := getattr(given, field)) is not None}
    columns = {"x1": given.x1, "x2": given.x2, "label": given.label}
    return Arguments(
        given.file,
        columns,
        given.sample,
        given.sample_seed,
        settings,
        given.play,
        given.headless,
        given.screenshot,
        given.test_share,
        given.split_seed or 0,
        ReadOptions(sheet=given.sheet, skip_bad_rows=given.skip_bad_rows),
        {"one": given.one, "zero": given.zero},
        given.skip_bad_rows,
        given.code,
    )


def _check_method_options(given: argparse.Namespace) -> None:
    """Raise SettingError for a setting that the method does not have: it would silently do nothing."""
    of_method = METHODS[given.method].settings if given.method in METHODS else tuple(METHOD_OPTIONS) if given.method else ()
    for field_name, option in METHOD_OPTIONS.items():
        value = getattr(given, field_name)
        if value is not None and field_name not in of_method:
            raise SettingError(
                "{option} {value} belongs to --method {methods}; choose such a method as well, or leave it out",
                option=option,
                value=value,
                methods=", ".join(name for name, method in METHODS.items() if field_name in method.settings),
            )


def _joined(argv: Sequence[str]) -> list[str]:
    """`--start -6,-6,0` as `--start=-6,-6,0`, `--alpha -1e-3` likewise: argparse would take the value for an option."""
    joined: list[str] = []
    for argument in argv:
        if joined and joined[-1] in NUMBERS:
            joined[-1] += "=" + argument
        else:
            joined.append(argument)
    return joined


def run_headless(arguments: Arguments) -> str:
    """Train to the end and return the JSON object; or the script that would do it. Raises UserError."""
    experiment = arguments.experiment(arguments.dataset())
    if arguments.code is not None:
        from core.code.script import Run, python_code  # only where it is asked for

        return python_code(Run(experiment, experiment.iterations), arguments.code).removesuffix("\n")
    if not experiment.dataset.training.m:
        raise DataError("There are no examples to train on; give a file with at least one row")
    from core.bottom import bottom_of  # only here: the start does without
    from core.diagnosis import diagnose, least_J

    experiment.wait_until_compiled()
    began_s = time.perf_counter()
    descent = experiment.descent()
    descent.advance(experiment.iterations)
    elapsed_s = time.perf_counter() - began_s
    trace = descent.trace()
    frame = Frame(experiment, trace, trace.last)
    w_raw, b_raw = frame.w_b_raw
    linear_terms = experiment.degree == 1
    test = scores(frame).test
    columns, ending = experiment.columns(), Ending.RULE if descent.stopped else Ending.LIMIT
    bottom = bottom_of(experiment, columns=columns)
    verdict = diagnose(experiment, trace, bottom, columns=columns, stopped=ending, diverged=descent.diverged)
    report = {
        "m": experiment.dataset.training.m,
        "n": experiment.dataset.n,
        "left_out": source.left_out if isinstance(source := experiment.dataset.source, TableSource) else 0,
        "method": experiment.method,
        "iterations": trace.last,
        "w": frame.w.tolist(),
        "b": frame.b,
        "w_raw": w_raw.tolist() if linear_terms else None,
        "b_raw": b_raw if linear_terms else None,
        "J_start": float(trace.J[0]),
        "J": frame.J,
        "accuracy": frame.accuracy(),
        "m_test": test.m if test else 0,
        "J_test": test.loss if test else None,
        "accuracy_test": test.accuracy if test else None,
        "elapsed_s": elapsed_s,
        "diverged": descent.diverged,
        "verdict": verdict.kind.value,
        "J_min": least_J(bottom),
    }
    import json  # the window does without

    return json.dumps({key: _finite(value) for key, value in report.items()}, allow_nan=False)


def _finite(value: object) -> object:
    """JSON has no inf and no nan: null stands for them."""
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="descent-lab",
        description="Watch gradient descent fit logistic regression. Without arguments: the course's six points, ready to play.",
        allow_abbrev=False,
    )
    data = parser.add_argument_group("data")
    data.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a table with one or two numeric columns and a label: CSV, TSV, semicolon or | between cells, .xlsx, .xls or .ods",
    )
    data.add_argument("--x1", metavar="COL", help="column of the first feature")
    data.add_argument("--x2", metavar="COL", help="column of the second feature; none for one feature only")
    data.add_argument("--label", metavar="COL", help="column of the label; of its two values, sorted, the second is y = 1")
    data.add_argument("--one", metavar="VALUE", help="value of the label that is y = 1; all others are y = 0")
    data.add_argument("--zero", metavar="VALUE", help="the one other value that is y = 0; rows with any other are left out")
    data.add_argument("--sheet", metavar="NAME", help="sheet of a workbook (default: the first that is not empty)")
    data.add_argument("--skip-bad-rows", action="store_true", help="leave out rows that cannot be read or have a text among numbers")
    data.add_argument("--sample", metavar="NAME", help="instead of a file: " + ", ".join(SAMPLES))
    data.add_argument("--seed", dest="sample_seed", type=int, metavar="N", help="seed of a generated sample")
    data.add_argument(
        "--test-share", type=_number, metavar="S", help="share of each class to keep back from training, 0 to 0.9 (default 0)"
    )
    data.add_argument("--split-seed", type=int, metavar="N", help="seed of the choice of examples that --test-share keeps back (default 0)")
    training = parser.add_argument_group("training")
    training.add_argument("--model", metavar="MODEL", help=" or ".join(MODELS) + " (default logistic)")
    training.add_argument("--degree", type=int, metavar="D", help="degree of the polynomial terms, 1 to 6 (default 1)")
    training.add_argument("--scaling", metavar="SCALING", help=", ".join(SCALINGS) + " (default none)")
    training.add_argument("--alpha", type=_number, metavar="A", help="learning rate α (default 0.1; 1 for newton)")
    training.add_argument("--iterations", type=_whole, metavar="N", help="where the run ends (default 10000)")
    training.add_argument("--lambda", dest="lambda_", type=_number, metavar="L", help="L2 regularization λ (default 0)")
    training.add_argument(
        "--stop-below", type=_number, metavar="E", help="stop when J falls by less than E in one iteration (default: do not)"
    )
    training.add_argument("--start", type=_numbers, metavar="w1,w2,b", help="w and b before any update (default zeros)")
    training.add_argument("--method", metavar="METHOD", help=", ".join(METHODS) + " (default gradient: all examples in each update)")
    training.add_argument("--batch-size", type=_whole, metavar="N", help="examples in each update of --method mini-batch (default 16)")
    training.add_argument(
        "--order-seed",
        dest="seed",
        type=_whole,
        metavar="N",
        help="seed of the order in which stochastic and mini-batch take the examples (default 0)",
    )
    training.add_argument(
        "--momentum", type=_number, metavar="B", help="β of momentum and nesterov, β1 of adam, from 0 up to 1 (default 0.9)"
    )
    training.add_argument("--threshold", type=_number, metavar="T", help="class 1 is predicted where f ≥ T, between 0 and 1 (default 0.5)")
    what = parser.add_argument_group("what to do")
    what.add_argument("--play", action="store_true", help="begin training as soon as the window is open")
    what.add_argument("--headless", action="store_true", help="no window: train to the end and print one JSON object")
    what.add_argument("--code", metavar="KIND", help="with --headless: print the run as a Python script; KIND is numpy, loops or sklearn")
    what.add_argument("--screenshot", metavar="PNG", help="open the window, train to the end, save a picture of the window, exit")
    return parser


def _number(text: str) -> float:
    """A plain number; float() alone would take 1_0 as well."""
    if "_" in text or not text.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number; write it like 0.3 or 1e-3")
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number; write it like 0.3 or 1e-3") from error


def _whole(text: str) -> int | float:
    """A whole number, also as 1e5; any other number is left for Experiment to refuse."""
    value = _number(text)
    return int(value) if value.is_integer() else value


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(_number(part) for part in text.split(","))
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not possible; give numbers separated by commas, such as 0,0,0") from error
