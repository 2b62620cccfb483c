"""The window and all that is imported after it do without PySide's hook for features, which reads the source of every module."""

import builtins
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui import plain_imports

ROOT = Path(__file__).resolve().parent.parent.parent
READ_AT_IMPORT = """
import json, linecache
from PySide6.QtWidgets import QApplication
import {first}
import gui.app
import wave
import PySide6.QtXml
names = {{}}
exec("from PySide6.QtXml import *", names)
read = [path.replace("\\\\", "/") for path in linecache.cache]
print(json.dumps({{"read": read, "star": "QDomDocument" in names}}))
"""


def sources_read(first: str) -> list[str]:
    """The sources that have been read when the window's modules are imported, and before them `first`."""
    command = [sys.executable, "-c", READ_AT_IMPORT.format(first=first)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    found = json.loads(run.stdout)
    assert found["star"], "PySide makes its classes when they are asked for, with and without its hook"
    return list(found["read"])


def test_no_source_is_read_at_an_import() -> None:
    read = sources_read("sys")
    for name in ("gui/main_window.py", "core/trainer.py", "pyqtgraph/functions.py", "/wave.py"):
        assert not [path for path in read if path.endswith(name)]


def test_before_the_window_is_imported_sources_are_read() -> None:
    # Should PySide leave it one day, gui/plain_imports.py can go.
    assert [path for path in sources_read("colorsys") if path.endswith("/colorsys.py")]


def test_an_import_of_somebody_else_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    replaced, hook = getattr(builtins, "__orig_import__", builtins.__import__), object()
    monkeypatch.setattr(builtins, "__orig_import__", replaced, raising=False)
    monkeypatch.setattr(builtins, "__feature_import__", hook, raising=False)

    def of_a_debugger(*arguments: object) -> object:
        raise AssertionError

    with monkeypatch.context() as debugged:
        debugged.setattr(builtins, "__import__", of_a_debugger)
        plain_imports.restore()
        kept = builtins.__import__
    assert kept is of_a_debugger
    with monkeypatch.context() as hooked:
        hooked.setattr(builtins, "__import__", hook)
        plain_imports.restore()
        given_back = builtins.__import__
    assert given_back is replaced
