"""The examples of README.md, run as they are written: the output is the same, except for the time."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from nmf_explorer import __main__ as program

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECONDS = re.compile(r"\d+\.\d\d s$", re.MULTILINE)


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.+?)^```", README, re.MULTILINE | re.DOTALL)
    return str(found)


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
    assert SECONDS.sub("… s", printed.out + printed.err) == SECONDS.sub("… s", expected)
    assert {"model.npz", "parts.png"} <= {path.name for path in tmp_path.iterdir()}


def test_python_prints_what_the_readme_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    example = doctest.DocTestParser().get_doctest(block("pycon"), {}, "README.md", "README.md", 0)
    complaints: list[str] = []
    result = doctest.DocTestRunner().run(example, out=complaints.append)
    assert result.attempted >= 10
    assert complaints == []
