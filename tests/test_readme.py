"""The examples of README.md print what it shows; time, iterations and error of a fit may differ by processor."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from nmf_explorer import __main__ as program

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTCOME = re.compile(r"relative error (?P<error>\d\.\d+), (?P<iterations>\d+) iterations, \d+\.\d\d s$", re.MULTILINE)


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.+?)^```", README, re.MULTILINE | re.DOTALL)
    return str(found)


def assert_same_output(printed: str, shown: str) -> None:
    """Compare all text, iterations within 20 % and errors within 1 in the last digit, but not the time."""
    assert OUTCOME.sub("…", printed) == OUTCOME.sub("…", shown)
    for mine, its in zip(OUTCOME.finditer(printed), OUTCOME.finditer(shown), strict=True):
        assert abs(int(mine["iterations"]) - int(its["iterations"])) <= 0.2 * int(its["iterations"])
        assert len(mine["error"]) == len(its["error"])
        assert abs(int(mine["error"].replace(".", "")) - int(its["error"].replace(".", ""))) <= 1


SHOWN = "2 parts, relative error 0.0016, 315 iterations, 2.27 s\nnote: done\n"


@pytest.mark.parametrize("outcome", ["0.0015, 252 iterations, 0.01 s", "0.0017, 378 iterations, 99.99 s"])
def test_a_fit_may_end_slightly_differently_on_another_processor(outcome: str) -> None:
    assert_same_output(f"2 parts, relative error {outcome}\nnote: done\n", SHOWN)


@pytest.mark.parametrize(
    "printed",
    [
        SHOWN.replace("2 parts", "3 parts"),
        SHOWN.replace("done", "not done"),
        SHOWN.replace("0.0016", "0.0018"),
        SHOWN.replace("0.0016", "0.016"),
        SHOWN.replace("0.0016", "0.00160"),
        SHOWN.replace("315", "251"),
        SHOWN.replace("315", "379"),
        SHOWN.replace(" s\n", "\n"),
        "",
    ],
)
def test_other_differences_are_found(printed: str) -> None:
    with pytest.raises(AssertionError):
        assert_same_output(printed, SHOWN)


def test_the_command_line_prints_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, _, expected = block("console").partition("\n")
    name, *words = shlex.split(command.removeprefix("$ "))
    assert name == "nmf-explorer"
    (tmp_path / "sample_images").symlink_to(ROOT / "sample_images", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    assert program.main(words) == 0
    printed = capsys.readouterr()
    assert_same_output(printed.out + printed.err, expected)
    assert {"model.npz", "parts.png"} <= {path.name for path in tmp_path.iterdir()}


def test_python_prints_what_the_readme_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    example = doctest.DocTestParser().get_doctest(block("pycon"), {}, "README.md", "README.md", 0)
    complaints: list[str] = []
    result = doctest.DocTestRunner().run(example, out=complaints.append)
    assert result.attempted >= 10
    assert complaints == []
