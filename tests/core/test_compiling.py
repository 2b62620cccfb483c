"""The compiled kernel's cache: never older than the sources, and in the user's folder where the package folder cannot be written."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from core import compiling
from core.courtesy import PAUSE_S, Courtesy

ROOT = Path(__file__).resolve().parent.parent.parent


def function_cached_in(folder: Path) -> SimpleNamespace:
    return SimpleNamespace(stats=SimpleNamespace(cache_path=str(folder)), __module__="core.compiled.advance", __name__="advance")


@pytest.mark.parametrize("stamp", [None, "of other sources", "of these"])
def test_what_was_compiled_from_other_sources_is_removed(tmp_path: Path, stamp: str | None) -> None:
    index = tmp_path / f"advance.advance-20.py{sys.version_info.major}{sys.version_info.minor}.nbi"
    index.write_bytes(b"compiled")
    if stamp:
        (tmp_path / compiling.STAMP).write_text(compiling.digest_of_sources() if stamp == "of these" else stamp)
    compiling.remove_outdated(function_cached_in(tmp_path))
    assert index.exists() == (stamp == "of these")
    index.write_bytes(b"compiled anew")
    compiling.remove_outdated(function_cached_in(tmp_path))
    assert index.exists()


def test_a_change_of_the_sources_is_seen_though_their_times_are_kept(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "core", tmp_path / "core", ignore=shutil.ignore_patterns("__pycache__"))
    assert compiling.digest_of_sources(tmp_path / "core") == compiling.digest_of_sources()
    source = tmp_path / "core" / "compiled" / "exponential.py"
    times = source.stat()
    source.write_text(source.read_text().replace("LN2 = 0.69", "LN2 = 0.68"))
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert compiling.digest_of_sources(tmp_path / "core") != compiling.digest_of_sources()


def test_a_function_that_was_never_compiled_has_no_cache(tmp_path: Path) -> None:
    assert compiling._cached(function_cached_in(tmp_path)) == []
    assert compiling._cached(SimpleNamespace(stats=SimpleNamespace(cache_path=None), __module__="a", __name__="b")) == []
    compiling.remove_outdated(SimpleNamespace(stats=SimpleNamespace(cache_path=None)))


def test_where_the_package_cannot_be_written_the_cache_is_in_the_users_folder(tmp_path: Path) -> None:
    """A file stands where the folder of the cache would be made, so that even an administrator cannot make it."""
    package = tmp_path / "package"
    shutil.copytree(ROOT / "core", package / "core", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "core" / "compiled" / "__pycache__").write_text("no folder")
    code = "from core.compiled.two import advance_two; print(advance_two.stats.cache_path)"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(package)}
    environment.pop("NUMBA_CACHE_DIR", None)
    run = subprocess.run([sys.executable, "-c", code], cwd=package, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    folder = Path(run.stdout.strip())
    assert folder.is_dir()
    assert not folder.is_relative_to(package)


def test_where_nothing_can_be_written_it_is_compiled_all_the_same(tmp_path: Path) -> None:
    """Files stand where the folders of the cache would be made, so that even an administrator cannot make them."""
    package = tmp_path / "package"
    shutil.copytree(ROOT / "core", package / "core", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "core" / "compiled" / "__pycache__").write_text("no folder")
    (tmp_path / "cache").write_text("no folder")
    code = (
        "import numpy as np\n"
        "from core.compiled.landscape import log_loss_grid\n"
        "from core.compiling import Compiler\n"
        "functions = Compiler.load_functions()\n"
        "one = np.ones(1)\n"
        "print([function.stats.cache_path for function in functions.kept], log_loss_grid(one, one, one, one, one).shape)"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(package)}
    environment.pop("NUMBA_CACHE_DIR", None)
    run = subprocess.run([sys.executable, "-c", code], cwd=package, env=environment, capture_output=True, text=True, check=False)
    assert run.stdout.startswith("[None, None, None, None, None]"), run.stderr


def test_without_numba_numpy_goes_on_stepping() -> None:
    code = (
        "import sys; sys.modules['numba'] = None\n"
        "from core import kernels\n"
        "from core.descent import descend\n"
        "assert not kernels.wait()\n"
        "trace = descend([[0.0], [1.0]], [0, 1], alpha=1.0, iterations=50)\n"
        "print(len(trace), trace.J[-1] < trace.J[0])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout.split() == ["51", "True"], run.stderr


def test_imports_of_the_loading_thread_pause_until_somebody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    hurried = threading.Event()
    pauses: list[tuple[float, bool]] = []
    wait = hurried.wait

    def wait_and_note(most_s: float) -> bool:
        pauses.append((most_s, wait(most_s)))
        return pauses[-1][1]

    monkeypatch.setattr(hurried, "wait", wait_and_note)

    def load() -> None:
        with Courtesy(hurried) as courtesy:
            assert courtesy in sys.meta_path
            for _ in range(2):
                courtesy._worked_since_s -= 1.0  # it has worked for long
                assert courtesy.find_spec("numba.anything") is None
                hurried.set()
        assert courtesy not in sys.meta_path

    loader = threading.Thread(target=load)
    loader.start()
    loader.join()
    assert pauses == [(PAUSE_S, False), (PAUSE_S, True)], "to its end, and then cut short"


def test_imports_of_the_thread_of_the_window_do_not_pause() -> None:
    with Courtesy() as courtesy:
        courtesy._worked_since_s -= 1.0
        before_s = courtesy._worked_since_s
        assert courtesy.find_spec("numba.anything") is None
        assert courtesy._worked_since_s == before_s
