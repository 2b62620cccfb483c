"""The house rules of DESIGN.md that a program can check: imports point one way, start-up stays light, files stay short."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {"main.py", "gui", "core", "tests", "resources", "docs", "pyproject.toml"}
TOP_LEVEL |= {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"}
BUILT = {"__pycache__", "build", "dist", "uv.lock", "venv"}
QT = {"PySide6", "shiboken6", "pyqtgraph", "gui"}
HEAVY = {"contourpy", "numba", "pandas", "python_calamine", "scipy", "sklearn"}
MAX_LINES = 500
VIEW_MAY_IMPORT = (
    "gui.plots.base",
    "gui.panels.base",
    "gui.view",
    "gui.session",
    "gui.pointer",
    "gui.tools",
    "gui.actions",
    "gui.drawing",
    "gui.theme",
    "gui.fields",
    "gui.text",
)
COMPILED = "core.compiled"  # the numba files; imported in a background thread only

IMPORT_EACH = """
import importlib, json, sys
names, unwanted = json.loads(sys.argv[1])
brought = {}
for name in names:
    importlib.import_module(name)
    for found in set(unwanted) & {module.partition(".")[0] for module in sys.modules}:
        brought.setdefault(found, name)
print(json.dumps(brought))
"""


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def imported_modules(path: Path) -> Iterator[str]:
    """Full names of the modules a file imports anywhere in it, `from gui import theme` as gui.theme."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield full if module.startswith("PySide6") or is_module(full) else module


def within(module: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def unwanted_after_import(names: list[str], unwanted: set[str]) -> dict[str, str]:
    """Unwanted package → the module whose import brought it, in a new process."""
    command = [sys.executable, "-c", IMPORT_EACH, json.dumps([names, sorted(unwanted)])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    brought: dict[str, str] = json.loads(run.stdout.splitlines()[-1])
    return brought


CORE = [path for path in python_files("core") if not within(module_name(path), {COMPILED})]
TABLE = python_files("gui/data_table")
VIEWS = [path for path in python_files("gui/plots", "gui/panels") if path.name != "__init__.py"]  # __init__.py is the registry
TOOLS = python_files("gui/tools")
SESSION = [path for path in [ROOT / "gui" / "session.py"] if path.exists()]
START = [name for name in ("main", "gui.app", "gui.main_window") if is_module(name)]
SOURCES = [*ROOT.glob("*.py"), *python_files("core", "gui", "tests")]


def test_importing_core_brings_neither_qt_nor_a_slow_package() -> None:
    assert unwanted_after_import([module_name(path) for path in CORE], QT | HEAVY) == {}


@pytest.mark.parametrize("name", START)
def test_importing_the_window_brings_no_slow_package(name: str) -> None:
    assert unwanted_after_import([name], HEAVY) == {}


@pytest.mark.parametrize("path", python_files("core"), ids=relative)
def test_core_never_names_the_gui(path: Path) -> None:
    assert [module for module in imported_modules(path) if within(module, QT)] == []


@pytest.mark.parametrize("path", SESSION, ids=relative)
def test_the_session_imports_no_widget(path: Path) -> None:
    assert [module for module in imported_modules(path) if within(module, {"PySide6.QtWidgets", "pyqtgraph"})] == []


@pytest.mark.parametrize("path", VIEWS, ids=relative)
def test_plots_and_panels_do_not_know_each_other(path: Path) -> None:
    assert [module for module in imported_modules(path) if within(module, {"gui"}) and not within(module, VIEW_MAY_IMPORT)] == []


@pytest.mark.parametrize("path", TOOLS, ids=relative)
def test_tools_do_not_know_the_plots(path: Path) -> None:
    assert [module for module in imported_modules(path) if within(module, {"gui.plots", "gui.panels", "gui.main_window"})] == []


@pytest.mark.parametrize("path", TABLE, ids=relative)
def test_the_data_table_knows_neither_plots_nor_panels(path: Path) -> None:
    assert [module for module in imported_modules(path) if within(module, {"gui.plots", "gui.panels", "gui.main_window"})] == []


def test_the_top_level_holds_only_the_fixed_names() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and not path.name.endswith(".egg-info")}
    assert found - TOP_LEVEL - BUILT == set()


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_file_is_longer_than_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
