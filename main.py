"""Descent Lab: arguments → a headless run, or the window."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from core.command_line import Arguments, parse, run_headless
from core.errors import UserError

BAD_INPUT = 2


def main(argv: list[str] | None = None) -> int:
    """Run with these arguments (without the program's name) and return the exit code."""
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
        if arguments.headless:
            print(run_headless(arguments))
            return 0
    except UserError as error:
        print(f"descent-lab: {error}", file=sys.stderr)
        return BAD_INPUT
    return _open_window(arguments)


def _open_window(arguments: Arguments) -> int:
    if problem := _missing_display():
        print(f"descent-lab: {problem}", file=sys.stderr)
        return BAD_INPUT
    try:
        from gui.app import run
    except ImportError as error:
        print(
            f"descent-lab: the window cannot be opened because a library is missing ({error}); "
            "on Debian or Ubuntu: apt install libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxcb-cursor0",
            file=sys.stderr,
        )
        return BAD_INPUT
    return run(arguments)


def _missing_display() -> str | None:
    # Qt aborts the process when there is no display, so look first.
    if not sys.platform.startswith("linux"):
        return None
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return None
    return "there is no display to open a window on; use --headless, or start it from a desktop session"


if __name__ == "__main__":
    sys.exit(main())
