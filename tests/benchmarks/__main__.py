"""`python -m tests.benchmarks [name…]` runs the benchmarks, all of them when none is named.

They are commands, no tests: figures depend on the machine.
"""

import sys

import core  # noqa: F401  # before NumPy, as in the app: it sets how many threads NumPy makes
from tests.benchmarks import (
    click,
    closing,
    frame,
    kernel,
    long_run,
    methods,
    parallel,
    points,
    race,
    reading,
    smoothness,
    soak,
    start,
    table,
)

BENCHMARKS = {
    "kernel": kernel.main,
    "methods": methods.main,
    "parallel": parallel.main,
    "long": long_run.main,
    "frame": frame.main,
    "race": race.main,
    "points": points.main,
    "smoothness": smoothness.main,
    "soak": soak.main,
    "table": table.main,
    "start": start.main,
    "csv": reading.main,
    "click": click.main,
    "close": closing.main,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks; returns the exit code."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {unknown[0]}; choose from {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        print(f"== {name}")
        BENCHMARKS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
