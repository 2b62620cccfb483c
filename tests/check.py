"""The one check: `python -m tests.check` runs format, lint, types and tests, and stops at the first failure with its exit code.

Further arguments go to pytest: `python -m tests.check tests/core -x`. The last line printed is pytest's.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

STEPS = (
    ("format", ("ruff", "format", "--check", "."), "python -m ruff format ."),
    ("lint", ("ruff", "check", "."), "python -m ruff check --fix ."),
    ("types", ("mypy",), ""),
    ("tests", ("pytest", "--numprocesses=auto", "--maxprocesses=8", "--dist=worksteal"), ""),
)


def main(pytest_arguments: list[str]) -> int:
    """The exit code of the first step that fails, or 0."""
    for name, command, remedy in STEPS:
        arguments = [*command, *(pytest_arguments if name == "tests" else [])]
        print(f"--- {name}: {' '.join(arguments)}", flush=True)
        code = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=False).returncode
        if code != 0:
            if name != "tests":
                print(f"--- {name} failed; later steps were not run.{f' Try: {remedy}' if remedy else ''}", file=sys.stderr)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
