"""A copied script, run as a user runs it: by itself, in a folder of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.frame import Frame


def result(script: str, folder: Path) -> tuple[list[float], float, float]:
    """What a script prints, run by itself in a folder: w, b, J."""
    (folder / "run.py").write_text(script, encoding="utf-8")
    run = subprocess.run([sys.executable, "-W", "error", "run.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    w, b, J = (json.loads(line.partition("=")[2]) for line in run.stdout.splitlines())
    return w, b, J


def assert_same(made: tuple[list[float], float, float], frame: Frame, tolerance: float = 1e-10) -> None:
    w, b, J = made
    assert w == pytest.approx(frame.w.tolist(), rel=tolerance, abs=tolerance)
    assert b == pytest.approx(frame.b, rel=tolerance, abs=tolerance)
    assert pytest.approx(frame.J, rel=tolerance, abs=tolerance) == J
