"""--headless --code: the run as a script, instead of its result."""

import json

import pytest

import main


def test_code_prints_a_script_that_comes_to_what_the_headless_run_comes_to(capsys: pytest.CaptureFixture[str]) -> None:
    settings = ["--sample", "blobs", "--iterations", "200", "--alpha", "1", "--lambda", "1"]
    assert main.main([*settings, "--headless"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert main.main([*settings, "--headless", "--code", "numpy"]) == 0
    script = capsys.readouterr().out
    exec(compile(script, "script", "exec"), {})
    printed = dict(line.split(" = ") for line in capsys.readouterr().out.splitlines())
    assert json.loads(printed["w"]) == pytest.approx(report["w"], rel=1e-12)
    assert float(printed["J"]) == pytest.approx(report["J"], rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "why"), [(["--headless", "--code", "julia"], "numpy, loops, sklearn"), (["--code", "numpy"], "--headless")]
)
def test_code_of_an_unknown_kind_or_with_a_window_is_refused(arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(arguments) == 2
    refused = capsys.readouterr()
    assert refused.out == ""
    assert why in refused.err
